"""What waits for an officer: gathered from every area, what the law wants first on top."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots.models import Ballot
from madang.comments.figures import waiting_for_moderation
from madang.deliberation.models import Question
from madang.ground.actor import Actor, Role
from madang.ground.clock import today
from madang.ground.town import Town
from madang.processes.models import Process
from madang.proposals.models import Proposal
from madang.reports.models import OfficialPaper

MOST = 300


@dataclass(frozen=True)
class Task:
    """One thing to do. `left` is days until due, None while the clock stands or where the law names none."""

    kind: str
    due_on: date | None
    left: int | None
    note: str
    number: str
    title: str
    url: str
    to_do: str
    place: str
    owner: str
    tone: str
    state: str
    endorsements: int | None = None


def tasks(actor: Actor, town: Town, *, at: datetime) -> list[Task]:
    """Everything that waits for this officer, by legal due date; things without one come last."""
    day = today(at)
    found = [*_proposals(actor, town, day)]
    if actor.holds(Role.COORDINATING_OFFICER, Role.DONG_OFFICER, Role.SITE_ADMIN):
        found += [*_ballots(actor, town, at), *_processes(actor, town)]
    if actor.holds(Role.COORDINATING_OFFICER, Role.DONG_OFFICER, Role.DEPARTMENT_OFFICER, Role.SITE_ADMIN):
        found += _questions(actor, town, at)
    if actor.holds(Role.COORDINATING_OFFICER, Role.MAYOR_OFFICE, Role.SITE_ADMIN):
        found += _papers(town)
    if actor.holds(Role.MODERATOR, Role.SITE_ADMIN):
        found += _reported(town)
    return sorted(found, key=lambda t: (t.left is None, t.left or 0, t.number))


def _scope(actor: Actor) -> Q:
    """What this officer's posts reach: all of the town, their departments, their dong."""
    if actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN, Role.MAYOR_OFFICE):
        return Q()
    departments = [p.department_id for p in actor.posts if p.role == Role.DEPARTMENT_OFFICER and p.department_id]
    dongs = [p.place_id for p in actor.posts if p.role == Role.DONG_OFFICER]
    return Q(department__in=departments) | Q(place__in=dongs)


TO_DO: dict[str, Callable[[], str]] = {
    "screening": lambda: _("살펴보고 열기"),
    "supplement": lambda: _("보완 기다림"),
    "open": lambda: _("부서 정하고 답변"),
    "review": lambda: _("검토하고 답변"),
    "reconsideration": lambda: _("다시 검토"),
}
TONES = {"screening": "open", "supplement": "warn", "open": "info", "review": "info", "reconsideration": "time"}


def _proposals(actor: Actor, town: Town, day: date) -> list[Task]:
    rows = (
        Proposal.objects.in_town(town.pk).answerable().filter(_scope(actor)).select_related("place", "department").order_by("due_on", "pk")
    )
    paused = set(
        Proposal.objects.in_town(town.pk).answerable().filter(pauses__isnull=False, pauses__to_on__isnull=True).values_list("pk", flat=True)
    )
    return [
        Task(
            "proposal", p.due_on, None if p.pk in paused or p.due_on is None else (p.due_on - day).days,
            _("시계 멈춤") if p.pk in paused else "", p.number, p.title, reverse("proposals:desk_detail", args=[p.pk]),
            TO_DO[p.state](), p.place.name_shown, p.department.name if p.department else _("부서 정하기"), TONES[p.state],
            p.get_state_display(), p.endorsements,
        )
        for p in rows[:MOST]
    ]  # fmt: skip


def _ballots(actor: Actor, town: Town, at: datetime) -> list[Task]:
    rows = Ballot.objects.in_town(town.pk).exclude(state="counted").select_related("step", "place")
    if not actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        rows = rows.filter(place__in=[p.place_id for p in actor.posts])
    found = []
    for b in rows:
        to_do = {"drafted": _("점검하고 공고"), "noticed": _("투표 지켜보기"), "closed": _("개표")}[b.state]
        ends = b.step.opens_at if b.state == "drafted" else b.step.closes_at
        if b.state == "noticed" and ends and ends <= at:
            to_do = _("마감과 개표")
        due = today(ends) if ends else None
        found.append(
            Task(
                "ballot", due, (due - today(at)).days if due else None, "", _("투표"), b.title,
                reverse("ballots:desk_detail", args=[b.pk]), to_do, b.place.name_shown, "", "open", b.get_state_display(),
            )
        )  # fmt: skip
    return found


def _questions(actor: Actor, town: Town, at: datetime) -> list[Task]:
    """Questions still to be asked, and closed ones whose use the town promised to tell."""
    rows = Question.objects.in_town(town.pk).filter(state__in=["drafted", "closed"]).select_related("step", "place")
    if not actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        dongs = [p.place_id for p in actor.posts if p.role == Role.DONG_OFFICER]
        departments = [p.department_id for p in actor.posts if p.role == Role.DEPARTMENT_OFFICER and p.department_id]
        rows = rows.filter(Q(place__in=dongs) | Q(state="closed", step__process__department__in=departments))
    found = []
    for q in rows:
        is_over = q.state == Question.State.CLOSED
        due = q.use_due_on if is_over else today(q.step.opens_at) if q.step.opens_at else None
        found.append(
            Task(
                "question", due, (due - today(at)).days if due else None, "" if due else _("기한 없음"), _("의견 묻기"), q.wording,
                reverse("deliberation:desk_detail", args=[q.pk]), _("어떻게 썼는지 알리기") if is_over else _("살펴보고 알리기"),
                q.place.name_shown, "", "time" if is_over else "plain", q.get_state_display(),
            )
        )  # fmt: skip
    return found


def _processes(actor: Actor, town: Town) -> list[Task]:
    rows = Process.objects.in_town(town.pk).filter(state="draft").select_related("place")
    if not actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        rows = rows.filter(place__in=[p.place_id for p in actor.posts])
    return [
        Task(
            "process", None, None, _("기한 없음"), _("과정"), p.title, reverse("processes:desk_detail", args=[p.pk]), _("갖추고 열기"),
            p.place.name_shown, "", "plain", p.get_state_display(),
        )
        for p in rows
    ]  # fmt: skip


def _papers(town: Town) -> list[Task]:
    rows = OfficialPaper.objects.in_town(town.pk).waiting().defer("frozen").select_related("place")
    return [
        Task(
            "paper", None, None, _("기한 없음"), p.number, p.title, reverse("reports:desk_detail", args=[p.pk]),
            _("결재") if p.state == "drawn_up" else _("공개"), p.place.name_shown, "", "info", p.get_state_display(),
        )
        for p in rows
    ]  # fmt: skip


def _reported(town: Town) -> list[Task]:
    count = waiting_for_moderation(town.pk)
    if not count:
        return []
    title = _("신고된 이야기 %(n)s건") % {"n": count}
    return [
        Task(
            "comment",
            None,
            None,
            _("기한 없음"),
            _("이야기"),
            title,
            reverse("comments:desk_list"),
            _("살펴보기"),
            "",
            "",
            "time",
            _("신고됨"),
        )
    ]


@dataclass(frozen=True)
class Cell:
    """A group of the tally."""

    key: str
    figure: Any
    label: str
    tone: str
    url: str
    is_current: bool


GROUPS: tuple[tuple[str, Callable[[Task], bool], str], ...] = (
    ("late", lambda t: t.left is not None and t.left <= 0, "bad"),
    ("soon", lambda t: t.left is not None and 0 < t.left <= 3, "time"),
    ("fortnight", lambda t: t.left is not None and 3 < t.left <= 14, ""),
    ("later", lambda t: t.left is not None and t.left > 14, ""),
    ("none", lambda t: t.left is None, ""),
)


def grouped(rows: Sequence[Task], chosen: str, asked: Mapping[str, str]) -> tuple[list[Cell], list[Task]]:
    """The tally's cells and the tasks of the chosen group (all when none is chosen). A cell's address keeps what else was asked."""
    kept = {k: v for k, v in asked.items() if v}
    labels = {
        "late": _("기한 지남·오늘"), "soon": _("3일 안"), "fortnight": _("2주 안"), "later": _("그 뒤"), "none": _("멈춤·기한 없음"),
    }  # fmt: skip
    cells = [
        Cell(key, sum(1 for t in rows if test(t)), labels[key], tone if any(test(t) for t in rows) else "",
             f"?{urlencode({**kept, 'due': key})}", chosen == key)
        for key, test, tone in GROUPS
    ]  # fmt: skip
    test = next((t for key, t, _tone in GROUPS if key == chosen), None)
    return cells, [t for t in rows if test is None or test(t)]
