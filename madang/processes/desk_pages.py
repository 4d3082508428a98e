"""What the officials' pages show: one typed value each, and how it is gathered. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground.actor import Actor
from madang.ground.dates import is_korean
from madang.ground.door import Request
from madang.ground.verdict import Verdict
from madang.methods.korean import particle
from madang.processes import rules
from madang.processes.blueprints import BLUEPRINTS, Blueprint
from madang.processes.checks import Check, check_list, holidays_of, overlaps
from madang.processes.figures import Change, ProcessCard, StepView, page_of, process_page
from madang.processes.forms import DeskFilter, RedateForm, SpanForm
from madang.processes.kinds import StepKind, known_kind
from madang.processes.models import Process, Step
from madang.processes.views import head_mark

WIZARD = (
    gettext_lazy("본보기 고르기"),
    gettext_lazy("어디의 무엇"),
    gettext_lazy("일정"),
    gettext_lazy("내용"),
    gettext_lazy("살펴보고 열기"),
)


@dataclass(frozen=True)
class DeskListPage:
    crumbs: list[tuple[str, str]]
    filter: DeskFilter
    found: Page
    cards: list[ProcessCard]
    total: int


@dataclass(frozen=True)
class ChoosePage:
    crumbs: list[tuple[str, str]]
    steps: Sequence[Any]
    blueprints: list[tuple[Blueprint, list[str]]]
    earlier: list[ProcessCard]


@dataclass(frozen=True)
class FormPage:
    crumbs: list[tuple[str, str]]
    title: str
    lede: str
    steps: Sequence[Any]
    now: int
    form: Any
    act: str
    back_url: str
    process: Process | None = None
    aside: "Aside | None" = None


@dataclass(frozen=True)
class Aside:
    """The check list beside every page of the wizard."""

    checks: list[Check]
    missing: int
    done: int
    total: int
    may_open: Verdict


@dataclass(frozen=True)
class DateRow:
    """A step in the table of dates: its form and what there is to see about it."""

    step: Step
    kind: StepKind
    form: SpanForm
    marks: list[tuple[str, str]]


@dataclass(frozen=True)
class DatesPage:
    crumbs: list[tuple[str, str]]
    process: Process
    steps: Sequence[Any]
    rows: list[DateRow]
    forms: list[SpanForm]
    aside: Aside


@dataclass(frozen=True)
class StepRow:
    view: StepView
    may_change: Verdict
    may_redate: Verdict
    desk_home: str


@dataclass(frozen=True)
class DeskPage:
    crumbs: list[tuple[str, str]]
    process: Process
    blueprint: Blueprint | None
    head_tone: str
    head_word: str
    steps: Sequence[Any]
    rows: list[StepRow]
    aside: Aside
    changes: Sequence[Change]
    may_plan: Verdict
    may_change: Verdict
    may_close: Verdict
    may_reopen: Verdict
    may_archive: Verdict
    may_copy: Verdict


@dataclass(frozen=True)
class RedatePage:
    crumbs: list[tuple[str, str]]
    process: Process
    step: Step
    form: RedateForm
    now_words: str
    told: int


def may_copy(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Makes a draft for another year from a process: whoever runs processes there."""
    return rules.may_run(actor, process.place_id, at=at)


def crumbs_to(label: str, process: Process | None = None) -> list[tuple[str, str]]:
    """Where am I, from the desk's list."""
    return [(reverse("processes:desk_list"), _("과정")), (desk_of(process) if process else "", label)]


def desk_of(process: Process) -> str:
    """The desk's page of a process."""
    return reverse("processes:desk_detail", args=[process.pk])


def aside_of(request: Request, process: Process) -> Aside:
    """The check list of a process and whether it may open."""
    at = request.at
    checks = check_list(process, at=at)
    count = {state: sum(c.state == state for c in checks) for state in ("missing", "maybe", "done")}
    may_open = rules.may_open(request.actor, process, at=at, checks=checks)
    if not rules.may_change(request.actor, process, at=at):
        checks = [replace(c, url="") for c in checks]  # to be read; the pages where it is mended do not open
    return Aside(checks, count["missing"], len(checks) - count["missing"], len(checks), may_open)


def marks_of(step: Step, steps: list[Step]) -> list[tuple[str, str]]:
    """What there is to see about a step's dates: gaps, holidays, overlaps."""
    marks = []
    if step.opens_at is None:
        marks.append(("bad", _("여는 때 없음")))
    elif step.closes_at is None and known_kind(step.kind).needs_end:
        marks.append(("bad", _("닫는 때 없음")))
    if not step.always_open:
        marks += [("warn", _("%(day)s %(name)s") % {"day": f"{d.month}. {d.day}.", "name": name}) for d, name in holidays_of(step)]
    for o in overlaps(steps):
        if o.second.pk == step.pk:
            with_it = {"title": o.first.title, "and": particle(o.first.title, "과/와") if is_korean() else "", "days": o.days}
            marks.append(("info", _("‘%(title)s’%(and)s %(days)s일 겹침") % with_it))
    return marks or [("good", _("좋아요"))]


def desk_page(request: Request, process: Process) -> DeskPage:
    """All the desk knows of a process."""
    at, actor = request.at, request.actor
    figures = process_page(process, at)
    tone, word = head_mark(process, at=at)
    rows = [
        StepRow(v, rules.may_change_step(actor, v.step, at=at), rules.may_redate(actor, v.step, at=at), page_of(v.kind.desk_home, v.step))
        for v in figures.steps
    ]
    crumbs = crumbs_to(process.title)
    return DeskPage(
        crumbs=crumbs if rules.may_run_any(actor, at=at) else crumbs[1:],
        process=process,
        blueprint=BLUEPRINTS.get(process.blueprint),
        head_tone=tone,
        head_word=word,
        steps=WIZARD,
        rows=rows,
        aside=aside_of(request, process),
        changes=figures.changes,
        may_plan=rules.may_plan(actor, process, at=at),
        may_change=rules.may_change(actor, process, at=at),
        may_close=rules.may_close(actor, process, at=at),
        may_reopen=rules.may_reopen(actor, process, at=at),
        may_archive=rules.may_archive(actor, process, at=at),
        may_copy=may_copy(actor, process, at=at),
    )
