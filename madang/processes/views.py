"""Residents' face: the processes of a year, one process with its stones, its dates for a calendar."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.models import Place
from madang.ground.verdict import Verdict
from madang.processes.figures import PAST, ProcessCard, ProcessFigures, StepView, cards, process_page, years_of
from madang.processes.forms import PreviewForm
from madang.processes.ics import Event, calendar_file
from madang.processes.models import Process
from madang.processes.rules import may_run

A_PAGE = 20
LONG_DAYS = 14  # a longer step is two entries in a calendar, its beginning and its end


@dataclass(frozen=True)
class ListPage:
    crumbs: list[tuple[str, str]]
    found: Page
    cards: list[ProcessCard]
    year: int
    years: list[dict[str, Any]]
    dong: Place | None
    dong_chips: list[dict[str, Any]]
    may_make: bool


@dataclass(frozen=True)
class DetailPage:
    crumbs: list[tuple[str, str]]
    process: Process
    figures: ProcessFigures
    head_tone: str
    head_word: str
    may_run: Verdict
    is_preview: bool
    preview_form: PreviewForm | None
    shown_at: Any
    shown_on: Any


def process_for(request: Request, pk: int) -> Process:
    """The process the actor may know of, or 404."""
    rows = Process.objects.visible_to(request.actor).select_related("place", "department", "council").prefetch_related("steps")
    return found(rows, pk=pk)


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """The processes of one year, the town's first, then by dong; other years by link."""
    town, at = request.town, request.at
    years = years_of(town.pk)
    this_year = today(at).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    dong = town.dong(request.GET.get("dong", ""))
    rows = Process.objects.in_town(town.pk).published().filter(year=year)
    rows = rows.filter(place=dong) if dong else rows
    rows = rows.order_by("place__order", "pk")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    home = reverse("processes:list")
    chips = [{"url": f"{home}?year={year}", "label": _("모두"), "is_current": dong is None}]
    chips += [{"url": f"{home}?year={year}&dong={d.slug}", "label": d.name_shown, "is_current": d == dong} for d in town.dongs]
    tail = f"&dong={dong.slug}" if dong else ""
    return page(
        request,
        "processes/list.html",
        ListPage(
            crumbs=[("/", _("지금 우리 동네")), ("", _("주민총회와 과정"))],
            found=shown,
            cards=cards(shown.object_list, at=at),
            year=year,
            years=[
                {"url": f"{home}?year={y}{tail}", "label": _("%(y)s년") % {"y": y}, "is_current": y == year}
                for y in sorted({*years, this_year}, reverse=True)
            ],
            dong=dong,
            dong_chips=chips,
            may_make=bool(request.actor.desk_open and may_run(request.actor, town.pk, at=at)),
        ),
    )


@door(anyone, load=process_for)
def detail(request: Request, process: Process) -> HttpResponse:
    """One process: what is open now, its stones, its year, its papers, what was changed."""
    return page(request, "processes/detail.html", detail_page(request, process, at=request.at))


@door(anyone, load=process_for)
def calendar_of(request: Request, process: Process) -> HttpResponse:
    """Its dates as a calendar file. A short step is one entry, a long one its first and its last day."""
    at = request.at
    address = request.build_absolute_uri(reverse("processes:detail", args=[process.pk]))
    events = [e for v in process_page(process, at).steps for e in _events(v, address, request.get_host())]
    response = HttpResponse(calendar_file(process.title, events, at=at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="process-{process.pk}.ics"'
    return response


def detail_page(request: Request, process: Process, *, at: Any, preview: PreviewForm | None = None) -> DetailPage:
    """What the page of a process shows at a moment."""
    home = reverse("processes:list")
    tone, word = head_mark(process, at=at)
    return DetailPage(
        crumbs=[("/", _("지금 우리 동네")), (f"{home}?year={process.year}", _("주민총회와 과정")), ("", process.title)],
        process=process,
        figures=process_page(process, at),
        head_tone=tone,
        head_word=word,
        may_run=may_run(request.actor, process.place_id, at=request.at),
        is_preview=preview is not None,
        preview_form=preview,
        shown_at=at,
        shown_on=today(at),
    )


def head_mark(process: Process, *, at: Any) -> tuple[str, str]:
    """The mark over a process's title: people decide whether it is open, the clock whether it has come."""
    if process.state == Process.State.OPEN:
        begins = min((s.opens_at for s in process.steps.all() if s.opens_at), default=None)
        return ("plain", _("곧 시작해요")) if begins and begins > at else ("open", _("진행 중"))
    return {"draft": "warn", "closed": "good"}.get(process.state, "plain"), str(process.get_state_display())


def _events(view: StepView, address: str, host: str) -> list[Event]:
    step, begins, ends = view.step, view.step.opens_at, view.step.closes_at
    if begins is None or view.opens_on is None or (view.state == PAST and ends is None):
        return []
    base: dict[str, Any] = {"about": step.summary, "where": step.where, "url": f"{address}#step-{step.pk}"}
    uid = f"step-{step.pk}@{host}"
    if ends is None or view.last_day is None:
        return [Event(uid=uid, title=_("%(name)s 열림") % {"name": step.title}, day=view.opens_on, **base)]
    if ends - begins > timedelta(days=LONG_DAYS):
        return [
            Event(uid=f"open-{uid}", title=_("%(name)s 열림") % {"name": step.title}, day=view.opens_on, **base),
            Event(uid=f"close-{uid}", title=_("%(name)s 마감") % {"name": step.title}, day=view.last_day, **base),
        ]
    if view.opens_on == view.last_day:
        return [Event(uid=uid, title=step.title, begins=begins, ends=ends, **base)]
    return [Event(uid=uid, title=step.title, day=view.opens_on, last_day=view.last_day, **base)]
