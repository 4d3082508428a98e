"""Residents' pages for writing a proposal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from madang.ground.door import anyone, door


@door(anyone)
def write(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def draft(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def idea(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def similar(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def town_map(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
