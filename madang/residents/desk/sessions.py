"""The desk's door: opened with a reason, open for a time, closed by hand or by the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, door, found, page, safe_next
from madang.ground.verdict import Refused, Verdict
from madang.residents import actions, rules
from madang.residents.desk.forms import OpenDeskForm
from madang.residents.models import DeskSession, PostHolding


def desk_home() -> str:
    """Where the desk begins: the queue, or this page while there is none."""
    for name in ("site:desk", "desk:home"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return reverse("residents:open_desk")


@dataclass(frozen=True)
class OpenDeskPage:
    form: OpenDeskForm
    session: DeskSession | None
    minutes_left: int
    minutes: int
    posts: Iterable[PostHolding]
    has_factor: bool
    needs_factor: bool
    may_open: Verdict
    recent: Iterable[DeskSession]
    next: str


@door(rules.may_come_to_desk)
def open_desk(request: Request) -> HttpResponse:
    """Opens the desk, or shows how long it stays open."""
    actor, at = request.actor, request.at
    onward = safe_next(request, desk_home())
    form = OpenDeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_desk(account=request.user, reason=form.sentence, actor=actor, at=at)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
        else:
            messages.success(request, _("업무 화면을 열었습니다."))
            return redirect(onward)
    session = DeskSession.objects.open(at).filter(account_id=actor.account_id or 0).order_by("-pk").first()
    left = -(-int((session.expires_at - at).total_seconds()) // 60) if session else 0
    holdings = PostHolding.objects.on(today(at)).filter(account_id=actor.account_id or 0).select_related("post__department", "post__place")
    recent = DeskSession.objects.filter(account_id=actor.account_id or 0).order_by("-pk")[:5]
    minutes = request.town.settings(today(at)).desk_minutes
    content = OpenDeskPage(
        form, session, left, minutes, holdings, rules.has_second_factor(actor.account_id), rules.needs_second_factor(),
        rules.may_open_desk(actor, at=at), recent, onward,
    )  # fmt: skip
    return page(request, "residents/desk/open.html", content)


def own_session(request: Request) -> DeskSession:
    """The session that is open, or the latest one."""
    rows = DeskSession.objects.filter(account_id=request.actor.account_id) if request.actor.account_id else DeskSession.objects.none()
    row = rows.order_by("-pk").first()
    if row is None:
        raise Http404
    return found(rows, pk=row.pk)


def post_only(request: Request) -> HttpResponse | None:
    """A deed by a link does nothing: back to the page with the buttons."""
    return None if request.method == "POST" else redirect("residents:open_desk")


def mine(actor: Any, session: DeskSession, *, at: Any) -> Verdict:
    """Anybody with a post; the verb asks whose the session is."""
    return rules.may_come_to_desk(actor, at=at)


@door(mine, load=own_session, in_preview=True)
def extend_desk(request: Request, session: DeskSession) -> HttpResponse:
    """The full time again."""
    away = post_only(request)
    if away is None:
        actions.extend_desk(session=session, actor=request.actor, at=request.real_at)
        messages.success(request, _("업무 시간을 늘렸습니다."))
    return away or redirect(safe_next(request, reverse("residents:open_desk")))


@door(mine, load=own_session, in_preview=True)
def close_desk(request: Request, session: DeskSession) -> HttpResponse:
    """Ends the session."""
    away = post_only(request)
    if away is None:
        actions.close_desk(session=session, actor=request.actor, at=request.real_at)
        messages.success(request, _("업무 화면을 닫았습니다. 수고하셨습니다."))
    return away or redirect("residents:open_desk")
