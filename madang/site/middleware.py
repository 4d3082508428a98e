"""Gives every request its town, its moment and its actor."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from madang.ground import clock
from madang.ground.town import town_by_host
from madang.residents.actors import actor_for

PREVIEW = "preview_on"  # session key: the date an official looks at the site as on


class TownMiddleware:
    """request.town (with .settings in force), request.at, request.actor, request.preview_on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._without_nul(request)
        town = town_by_host(request.get_host())
        if town is None:
            return render(request, "no_town.html", status=503)
        real = clock.now()
        request.town = town  # type: ignore[attr-defined]
        request.real_at = real  # type: ignore[attr-defined]
        request.preview_on = self._preview(request)  # type: ignore[attr-defined]
        request.at = self._moment(request.preview_on, real)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_for(request.user, town_id=town.pk, at=real))  # type: ignore[attr-defined, arg-type]
        return self.get_response(request)

    @staticmethod
    def _without_nul(request: HttpRequest) -> None:
        """No page asks for a NUL, and PostgreSQL refuses a query that carries one: none is ever read from an address."""
        if "\x00" in request.path:
            raise SuspiciousOperation("NUL in the address")
        while "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")

    @staticmethod
    def _preview(request: HttpRequest) -> date | None:
        # An anonymous visitor without a session cookie costs no query.
        if not request.COOKIES.get("sessionid"):
            return None
        value = request.session.get(PREVIEW)
        return date.fromisoformat(value) if value else None

    @staticmethod
    def _moment(preview: date | None, real: datetime) -> datetime:
        return datetime.combine(preview, time(12), tzinfo=clock.KST) if preview else real
