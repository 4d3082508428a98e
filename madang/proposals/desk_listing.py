"""The desk's list: what an officer's posts reach, narrowed, grouped by due date and sorted. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground.actor import Actor
from madang.ground.clock import KST, kst, today
from madang.ground.town import Town
from madang.proposals.forms_desk import DUE_GROUPS, SORTS, DeskFilter
from madang.proposals.models import ClockPause, Proposal, Review
from madang.proposals.rules_desk import reached
from madang.proposals.wording import look_of

COLUMNS = (
    gettext_lazy("접수번호"), gettext_lazy("제목"), gettext_lazy("상태"), gettext_lazy("할 일"), gettext_lazy("종류"), gettext_lazy("동"),
    gettext_lazy("분야"), gettext_lazy("주관 부서"), gettext_lazy("접수 방법"), gettext_lazy("접수일"), gettext_lazy("답변 기한"),
    gettext_lazy("남은 날"), gettext_lazy("기한 멈춤"), gettext_lazy("공감"), gettext_lazy("답변한 때"),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One number over the list that opens its rows."""

    figure: Any
    label: str
    url: str = ""
    tone: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Row:
    """One proposal of the desk's list."""

    pk: int
    seen: str
    number: str
    title: str
    url: str
    left: int | None
    due_on: date | None
    note: str
    is_waiting: bool
    to_do: str
    place: str
    owner: str
    tone: str
    state: Any
    endorsements: int
    is_picked: bool


def base(town: Town, actor: Actor) -> QuerySet[Proposal]:
    """Everything the officer may open, with what the list asks of each row."""
    standing = ClockPause.objects.filter(proposal=OuterRef("pk"), to_on__isnull=True)
    rows = reached(Proposal.objects.visible_to(actor).in_town(town.pk), actor)
    return rows.annotate(is_paused=Exists(standing), is_reviewed=Exists(Review.objects.filter(proposal=OuterRef("pk"))))


def narrow(rows: Any, form: DeskFilter, *, town: Town) -> Any:
    """By the filters, but not by the group of due dates."""
    chosen = form.chosen()
    if dong := town.dong(chosen.get("dong", "")):
        rows = rows.filter(place=dong)
    if department := chosen.get("department"):
        rows = rows.filter(department__isnull=True) if department == "none" else rows.filter(department_id=department)
    for name in ("law_class", "channel"):
        if name in chosen:
            rows = rows.filter(**{name: chosen[name]})
    if q := chosen.get("q"):
        rows = rows.filter(Q(title__icontains=q) | Q(number__icontains=q))
    state = chosen.get("state", "")
    if state == "all":
        return rows
    return rows.filter(state=state) if state else rows.answerable()


def group_of(name: str, day: date) -> Q:
    """The rows of one group of due dates; those whose clock stands are a group of their own."""
    days = {"late": (None, 0), "three": (0, 3), "fortnight": (3, 14), "later": (14, None)}
    if name == "paused":
        return Q(is_paused=True)
    after, until = days[name]
    found = Q(is_paused=False)
    if after is not None:
        found &= Q(due_on__gt=day + timedelta(days=after)) | (Q(due_on__isnull=True) if until is None else Q(pk__in=[]))
    return found & Q(due_on__lte=day + timedelta(days=until)) if until is not None else found


def tally(rows: QuerySet, query: QueryDict, *, year_rows: QuerySet, day: date) -> list[Cell]:
    """How many wait in each group, and how many answers of this year kept their day. Two queries."""
    waiting = Q(state__in=Proposal.WAITING)
    found = rows.aggregate(**{name: Count("pk", filter=waiting & group_of(name, day)) for name in DUE_GROUPS})
    words = {"late": _("기한 지남·오늘"), "three": _("3일 안"), "fortnight": _("2주 안"), "later": _("그 뒤"), "paused": _("시계 멈춤")}
    tones = {"late": "bad", "three": "time"}
    now = query.get("due", "")
    cells = [
        Cell(
            found[name], words[name], _link(query, due="" if name == now else name), tones.get(name, "") if found[name] else "", name == now
        )
        for name in DUE_GROUPS
    ]
    return [*cells, kept_cell(year_rows, day)]


def kept_cell(rows: QuerySet, day: date) -> Cell:
    """The share of this year's answers given by the legal day, with both counts."""
    answered = rows.filter(decided_at__gte=kst(day.year, 1, 1)).annotate(decided_on=TruncDate("decided_at", tzinfo=KST))
    found = answered.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(decided_on__lte=F("due_on"))))
    if not found["all"]:
        return Cell("–", _("올해 답변 없음"))
    share = found["kept"] * 100 // found["all"]  # never rounded up: 100% means all
    return Cell(f"{share}%", _("올해 기한 지킴 (%(kept)s/%(all)s)") % found)


def _link(query: QueryDict, **changes: str) -> str:
    copy = query.copy()
    copy.pop("page", None)
    for key, value in changes.items():
        copy.pop(key, None)
        if value:
            copy[key] = value
    return f"?{copy.urlencode()}"


def ordered(rows: QuerySet, sort: str) -> QuerySet:
    """By the chosen head; by due date unless another is asked for, standing clocks and answered ones after the others."""
    if sort not in SORTS:
        sort = "due"
    field, back = sort.lstrip("-"), sort.startswith("-")
    if field == "due":
        due = F("due_on").desc(nulls_last=True) if back else F("due_on").asc(nulls_last=True)
        return rows.order_by("is_paused", F("decided_at").desc(nulls_first=True), due, "pk")
    return rows.order_by(("-" if back else "") + {"number": "number", "endorsements": "endorsements"}[field], "pk")


def rows_of(proposals: Iterable[Any], *, at: datetime, picked: Iterable[str] = ()) -> list[Row]:
    """The rows as the page draws them; `picked`: values of the boxes that were ticked before something had to be mended."""
    day, ticked = today(at), set(picked)
    return [_row(p, at=at, day=day, ticked=ticked) for p in proposals]


def _row(p: Any, *, at: datetime, day: date, ticked: set[str]) -> Row:
    tone, state = look_of(p, at=at)
    waits = p.state in Proposal.WAITING
    seen = f"{p.pk}:{p.state}"
    return Row(
        pk=p.pk, seen=seen, number=p.number, title=p.title, url=reverse("proposals:desk_detail", args=[p.pk]),
        left=None if p.is_paused or p.due_on is None else (p.due_on - day).days, due_on=p.due_on,
        note=_("답을 기다림") if p.state == "supplement" else _("전문가 의견"), is_waiting=waits, to_do=to_do(p, is_reviewed=p.is_reviewed),
        place=p.place.name_shown, owner=p.department.name if p.department else "", tone=tone, state=state, endorsements=p.endorsements,
        is_picked=seen in ticked,
    )  # fmt: skip


def to_do(p: Proposal, *, is_reviewed: bool) -> str:
    """What an officer does next with it, in a few words."""
    if p.state in ("open", "review"):
        if p.department_id is None:
            return _("부서 정하기")
        return _("답변 쓰기") if is_reviewed else _("적격 검토")
    words: Mapping[str, str] = {
        "screening": _("살펴보고 열기"), "supplement": _("보완 기다림"), "reconsideration": _("다시 검토"), "shortlisted": _("투표 준비"),
        "adopted": _("사업 준비"), "implementing": _("사업 진행"),
    }  # fmt: skip
    return words.get(p.state, _("끝남"))


def cells_of(proposals: Iterable[Any], *, at: datetime) -> Iterable[list[Any]]:
    """The list as rows of a file, in the order of COLUMNS."""
    day = today(at)
    for p in proposals:
        left = (p.due_on - day).days if p.due_on and p.state in Proposal.WAITING and not p.is_paused else None
        yield [
            p.number, p.title, p.get_state_display(), to_do(p, is_reviewed=p.is_reviewed), p.get_law_class_display(), p.place.name,
            p.category, p.department.name if p.department else "", p.get_channel_display(), p.received_on, p.due_on, left,
            _("멈춤") if p.is_paused else "", p.endorsements, p.decided_at,
        ]  # fmt: skip
