"""What is open, what is coming and what has been: pure reads for the home page, the calendar, a process's page and papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from madang.ground import dates
from madang.ground.clock import KST, today
from madang.ground.models import AuditEntry
from madang.ground.town import Town
from madang.processes.blueprints import BLUEPRINTS
from madang.processes.kinds import Document, StepKind, StepLine, documents_of, known_kind
from madang.processes.models import Process, Step

PAST, NOW, NEXT = "done", "now", "next"  # the words of parts/trail.html


@dataclass(frozen=True)
class OpenStep:
    """A step under way with its kind's line. `days_left` counts to `last_day`, 0 on that day; both None when it has no end."""

    step: Step
    process: Process
    kind: StepKind
    line: StepLine
    days_left: int | None
    last_day: date | None
    is_for_all: bool  # the whole town's, not one dong's


@dataclass(frozen=True)
class DayEntry:
    """Something on a day of the calendar (parts/agenda.html, tag `month`)."""

    on: date
    text: str
    url: str
    is_end: bool = False
    hour: str = ""
    place_id: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class StepView:
    """A step as a stone of the trail."""

    step: Step
    kind: StepKind
    state: str  # done, now, next
    when: str
    line: StepLine
    opens_on: date | None
    last_day: date | None
    is_law: bool
    home: str  # the page of what stands in it, when it can be seen


@dataclass(frozen=True)
class Change:
    """A public deed of the process: opened, dates changed …"""

    at: datetime
    sentence: str
    role: str
    is_dates: bool


@dataclass(frozen=True)
class Bar:
    """A row of the year's chart (tag `gantt`)."""

    label: str
    opens_on: date | None
    closes_on: date | None
    text: str
    is_law: bool


@dataclass(frozen=True)
class ProcessFigures:
    """All of a process at a moment."""

    process: Process
    steps: Sequence[StepView]
    now: Sequence[StepView]
    chart_years: Sequence[tuple[int, Sequence[Bar]]]
    changes: Sequence[Change]
    documents: Sequence[Document]


@dataclass(frozen=True)
class ProcessCard:
    """A process in a list: where it stands and what comes next."""

    process: Process
    state: str  # draft, coming, open, over, archived: the clock's word where people have no say
    now: Sequence[Step]
    next: Step | None
    opens_on: date | None
    last_day: date | None


def open_steps(town: Town, *, at: datetime, place_id: int | None = None) -> list[OpenStep]:
    """Steps under way in a town, what ends first on top and what has no end last. With a dong: the town's own and that dong's only.

    One query, and one more of each kind whose line is written from rows of its own."""
    rows = Step.objects.open(at).in_town(town.pk).select_related("process__place")
    if place_id is not None:
        rows = rows.filter(process__place_id__in=(town.pk, place_id))
    steps, found = list(rows.order_by("closes_at", "pk")), []
    lines: dict[int, StepLine] = {}
    for slug in dict.fromkeys(s.kind for s in steps):
        lines |= known_kind(slug).says_of([s for s in steps if s.kind == slug], at=at)
    for step in steps:
        last, kind = step.last_day, known_kind(step.kind)
        left = (last - today(at)).days if last else None
        found.append(OpenStep(step, step.process, kind, lines[step.pk], left, last, step.process.place_id == town.pk))
    return sorted(found, key=lambda o: (o.step.closes_at is None, o.step.closes_at or at))


def calendar(town: Town, *, month: date, place_id: int | None = None) -> list[DayEntry]:
    """What begins, ends or happens in a month, by day. A step within one day is one entry with its hour. One query."""
    begin = datetime.combine(month.replace(day=1), time(), tzinfo=KST)
    end = datetime.combine((month.replace(day=1) + timedelta(days=32)).replace(day=1), time(), tzinfo=KST)
    within = Q(opens_at__gte=begin, opens_at__lt=end) | Q(closes_at__gt=begin, closes_at__lte=end)
    rows = Step.objects.in_town(town.pk).filter(within, process__state__in=["open", "closed", "archived"]).select_related("process__place")
    if place_id is not None:
        rows = rows.filter(process__place_id__in=(town.pk, place_id))
    entries = [e for step in rows for e in _days_of(step, town) if (e.on.year, e.on.month) == (month.year, month.month)]
    return sorted(entries, key=lambda e: (e.on, not e.is_end, e.text))


def _days_of(step: Step, town: Town) -> Iterable[DayEntry]:
    place = step.process.place
    name = step.title if place.pk == town.pk else f"{place.name_shown} {step.title}"
    url = f"{reverse('processes:detail', args=[step.process_id])}#step-{step.pk}"
    opens_on, last = today(step.opens_at) if step.opens_at else None, step.last_day
    if opens_on and opens_on == last:
        yield DayEntry(opens_on, name, url, False, f"{step.opens_at.astimezone(KST):%H:%M}", place.pk, step.kind)  # type: ignore[union-attr]
        return
    if opens_on:
        yield DayEntry(opens_on, _("%(name)s 열림") % {"name": name}, url, False, "", place.pk, step.kind)
    if last:
        yield DayEntry(last, _("%(name)s 마감") % {"name": name}, url, True, "", place.pk, step.kind)


def process_page(process: Process, at: datetime) -> ProcessFigures:
    """A process as residents see it at a moment: its stones, what is open, the chart of each year it touches, its public record."""
    steps = [view_of(step, process, at=at) for step in process.steps.all()]
    years = sorted({d.year for v in steps for d in (v.opens_on, v.last_day) if d and not v.step.always_open})
    charts = [(year, bars) for year in years if (bars := _bars(steps, year))]
    trail = AuditEntry.objects.of_trail(f"process/{process.pk}").filter(is_public=True).order_by("-pk")
    changes = [Change(e.at, e.sentence, e.role, e.verb == "step.dates_changed") for e in trail if e.verb != "step.changed"]
    documents = documents_of(process, at=at)
    return ProcessFigures(process, steps, [v for v in steps if v.state == NOW], charts, changes, documents)


def view_of(step: Step, process: Process, *, at: datetime) -> StepView:
    """One step with its state by the clock and its kind's line."""
    step.process = process
    kind = known_kind(step.kind)
    state = step_state(step, process, at=at)
    is_law = bool(getattr(kind.read_settings(step.settings), "is_law", False)) if kind.known(step.settings) == step.settings else False
    return StepView(
        step, kind, state, when(step, at=at), kind.says(step, at=at), today(step.opens_at) if step.opens_at else None, step.last_day,
        is_law, page_of(kind.home, step),
    )  # fmt: skip


def step_state(step: Step, process: Process, *, at: datetime) -> str:
    """done, now or next. In a process that is over everything is done; in a draft the dates alone decide."""
    if process.state in (Process.State.CLOSED, Process.State.ARCHIVED) or (step.closes_at and step.closes_at <= at):
        return PAST
    return NOW if step.opens_at and step.opens_at <= at else NEXT


def when(step: Step, *, at: datetime) -> str:
    """`5. 21. ~ 6. 3.`, `6. 12.(토) 14:00 ~ 17:00`, `1. 1.부터`: as residents read it, the year only when it is another."""
    if step.opens_at is None:
        return _("날짜를 정하는 중이에요")
    opens, last = step.opens_at.astimezone(KST), step.last_day
    if last is None:
        return _("%(first)s부터 늘") % {"first": dates.day(opens, at=at)}
    if opens.date() == last and step.closes_at:
        return f"{dates.moment(opens, at=at)} ~ {step.closes_at.astimezone(KST):%H:%M}"
    end = step.closes_at.astimezone(KST)  # type: ignore[union-attr]
    tail = dates.day(last, at=at) if (end.hour, end.minute) == (0, 0) else dates.moment(end, at=at)
    head = dates.day(opens, at=at) if (opens.hour, opens.minute) == (0, 0) else dates.moment(opens, at=at)
    return f"{head} ~ {tail}"


def cards(processes: Any, *, at: datetime) -> list[ProcessCard]:
    """Processes (a query or a page of one) as list entries; two queries whatever their number."""
    rows = processes.select_related("place", "department").prefetch_related(Prefetch("steps", Step.objects.order_by("order", "pk")))
    return [card_of(p, at=at) for p in rows]


def card_of(process: Process, *, at: datetime) -> ProcessCard:
    """Where a process stands at a moment."""
    steps = list(process.steps.all())
    states = [(s, step_state(s, process, at=at)) for s in steps]
    now = [s for s, state in states if state == NOW]
    coming = sorted((s for s, state in states if state == NEXT and s.opens_at), key=lambda s: (s.opens_at or at, s.order))
    opens = [today(s.opens_at) for s in steps if s.opens_at]
    ends = [s.last_day for s in steps]
    return ProcessCard(
        process, _standing(process, now, coming), now, coming[0] if coming else None, min(opens, default=None),
        max((e for e in ends if e), default=None) if all(ends) else None,
    )  # fmt: skip


def _standing(process: Process, now: list[Step], coming: list[Step]) -> str:
    if process.state != Process.State.OPEN:
        return {"draft": "draft", "closed": "over", "archived": "archived"}[process.state]
    return "open" if now else "coming" if coming else "over"


def touched_by(step: Step) -> set[int]:
    """Accounts whom new dates of a step touch: those who took part in it, as its kind knows them.

    A step nobody takes part in by a deed (an assembly day, a review) touches everybody who took part in its process."""
    kind = known_kind(step.kind)
    steps = [step] if kind.allows else step.process.steps.all()
    return {account for one in steps for account in known_kind(one.kind).touched(one)}


def years_of(town_id: int) -> list[int]:
    """Years with a published process, newest first."""
    return sorted(set(Process.objects.in_town(town_id).published().order_by().values_list("year", flat=True).distinct()), reverse=True)


def process_counts(town_id: int, year: int) -> Mapping[str, int]:
    """How many processes of a year stand where: {"draft": 1, "open": 3, "closed": 0, "archived": 0}."""
    counts = dict.fromkeys(Process.State.values, 0)
    for state in Process.objects.in_town(town_id).filter(year=year).order_by().values_list("state", flat=True):
        counts[state] += 1
    return counts


def _bars(steps: Sequence[StepView], year: int) -> list[Bar]:
    edge = date(year, 12, 31)
    words = {PAST: "", NOW: _("열림"), NEXT: ""}
    return [
        Bar(v.step.title, v.opens_on, v.last_day or edge, words[v.state] or _short(v), v.is_law)
        for v in steps
        if v.opens_on and v.opens_on.year <= year <= (v.last_day or edge).year
    ]


def _short(view: StepView) -> str:
    """`8. 1. ~ 9. 30.`: what fits into a bar."""
    days = dict.fromkeys(d for d in (view.opens_on, view.last_day) if d)
    return " ~ ".join(f"{d.month}. {d.day}." for d in days)


def page_of(name: str, step: Step) -> str:
    """The address of a step's page by its name: one that takes the step's number, or a list narrowed to it; "" when there is none."""
    for args, tail in (([step.pk], ""), ([], f"?step={step.pk}")):
        try:
            return reverse(name, args=args) + tail if name else ""
        except NoReverseMatch:
            continue
    return ""


def suggested(step: Step) -> Mapping[str, Any]:
    """What the blueprint suggests for a step of this kind ({"picks_max": 6}), also what its kind has no setting for."""
    blueprint = BLUEPRINTS.get(step.process.blueprint)
    return next((t.settings for t in (blueprint.steps if blueprint else ()) if t.kind == step.kind), {})


def facts_of(step: Step) -> dict[str, Any]:
    """What papers say of a step: title, kind, first and last day, place."""
    return {
        "title": step.title, "kind": step.kind, "opens_on": today(step.opens_at) if step.opens_at else None, "last_day": step.last_day,
        "where": step.where,
    }  # fmt: skip


@dataclass(frozen=True)
class RoundStep:
    """A step as papers name it: its days (None while not set), its hours and its place."""

    title: str
    kind: str
    opens_at: datetime | None
    closes_at: datetime | None
    last_day: date | None
    where: str


@dataclass(frozen=True)
class Round:
    """What papers say of a process: whose it is, on what ground it stands, its steps in order. Names as they are now."""

    pk: int
    title: str
    year: int
    place_id: int
    council: str
    department: str
    source: str
    steps: tuple[RoundStep, ...]


def round_of(process_id: int) -> Round | None:
    """A process for a paper; None when there is none. Two queries."""
    process = Process.objects.select_related("council", "department").filter(pk=process_id).first()
    if process is None:
        return None
    blueprint = BLUEPRINTS.get(process.blueprint)
    steps = tuple(RoundStep(s.title, s.kind, s.opens_at, s.closes_at, s.last_day, s.where) for s in process.steps.all())
    return Round(
        process.pk, process.title, process.year, process.place_id, process.council.name if process.council else "",
        process.department.name if process.department else "", str(blueprint.source) if blueprint else "", steps,
    )  # fmt: skip
