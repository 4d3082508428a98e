"""The home page: what is open now for my dong, this month, what became of our ideas, what was promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from madang.archive.models import Record
from madang.ballots import figures as ballots
from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, page
from madang.ground.models import Place
from madang.ground.templatetags.look import won
from madang.ground.town import Town
from madang.methods.workdays import public_holidays
from madang.processes import figures as processes
from madang.processes.kinds import StepKind
from madang.processes.models import Process
from madang.projects import figures as projects
from madang.projects.models import Project
from madang.proposals import figures as proposals
from madang.reports.models import OfficialPaper

DONG = "dong"  # cookie: the dong a visitor chose


@dataclass(frozen=True)
class OpenItem:
    """One open thing as parts/open_list.html draws it."""

    closes_at: datetime | None
    kind: Any
    tone: str
    where: str
    title: str
    url: str
    act: str
    text: str
    is_main: bool
    title_url: str


@dataclass(frozen=True)
class HomePage:
    dong: Place | None
    items: Sequence[OpenItem]
    entries: Sequence[processes.DayEntry]
    holidays: Sequence[date]
    made: Sequence[projects.Card]
    kept: Sequence[dict[str, Any]]


def chosen_dong(request: Request) -> Place | None:
    """The dong of the person: the one picked now, else the one kept in the cookie, else where they live."""
    town: Town = request.town
    slug = request.GET.get("dong", request.COOKIES.get(DONG, ""))
    if slug == "all":
        return None
    return town.dong(slug) or next((d for d in town.dongs if d.pk == request.actor.home_id), None)


def open_items(town: Town, *, at: datetime, place_id: int | None) -> list[OpenItem]:
    """What people can do now, what closes first on top; the thing with the nearest end carries the main button."""
    found: list[OpenItem] = []
    elsewhere: dict[str, list[processes.OpenStep]] = {}
    for row in processes.open_steps(town, at=at, place_id=place_id):
        if place_id is None and not row.is_for_all:
            elsewhere.setdefault(row.kind.slug, []).append(row)
            continue
        line, where = row.line, _("%(town)s 전체") % {"town": town.place.name_shown} if row.is_for_all else row.process.place.name_shown
        if not line.url:
            continue
        found.append(
            OpenItem(
                row.step.closes_at, row.kind.mark or row.kind.label, row.kind.tone, where, row.step.title, line.url, line.action,
                line.text or row.step.summary, line.is_main, reverse("processes:detail", args=[row.process.pk]),
            )
        )  # fmt: skip
    return found + [_in_dongs(rows) for rows in elsewhere.values() if any(r.line.url for r in rows)]


def _in_dongs(rows: Sequence[processes.OpenStep]) -> OpenItem:
    """One line for what several dong have open, for a reader who has not said where they live."""
    first = rows[0]
    text = _("우리 동을 고르면 바로 할 수 있어요.")
    where = _("%(n)s개 동") % {"n": len({r.process.place_id for r in rows})}
    return OpenItem(
        first.step.closes_at, first.kind.mark or first.kind.label, first.kind.tone, where, first.step.title, f"{reverse('site:home')}#dong",
        _("우리 동 고르기"), text, False, _listed(first.kind),
    )  # fmt: skip


def _listed(kind: StepKind) -> str:
    """Where everything of a kind is listed, of every dong; the processes when its area keeps no such list."""
    try:
        return reverse(f"{kind.home.partition(':')[0]}:list")
    except NoReverseMatch:
        return reverse("processes:list")


def month_entries(town: Town, month: date, place_id: int | None) -> list[processes.DayEntry]:
    """A month of the town and one dong; without a dong, what many dong do on one day is one line."""
    rows = processes.calendar(town, month=month, place_id=place_id)
    if place_id is not None:
        return rows
    names = {d.pk: d.name_shown for d in town.dongs}
    found: dict[tuple[date, str], list[processes.DayEntry]] = {}
    for row in rows:
        found.setdefault((row.on, row.text.removeprefix(names.get(row.place_id or 0, "")).strip()), []).append(row)
    calendar_url = f"{reverse('site:calendar')}?month={month:%Y-%m}"
    return [
        same[0]
        if len(same) == 1
        else replace(same[0], text=_("%(n)s개 동 %(what)s") % {"n": len(same), "what": what}, url=calendar_url, hour="")
        for (_on, what), same in found.items()
    ]


def holidays_of(month: date) -> list[date]:
    """The public holidays of a month."""
    return [d for d in public_holidays(month.year) if d.month == month.month]


def kept_promises(town: Town, year: int) -> list[dict[str, Any]]:
    """Four figures of the year, each with its list."""
    funnel, times = proposals.funnel(town.pk, year), proposals.stage_times(town.pk, year)
    work = projects.town_projects(town.pk)
    listed = reverse("projects:list")
    return [
        {"term": _("올해 들어온 제안"), "value": _("%(n)s건") % {"n": f"{funnel.submitted:,}"}, "url": funnel.url("received")},
        {
            "term": _("기한 안에 답한 제안"),
            "value": _("%(n)s건") % {"n": f"{times.on_time:,}"},
            "note": _("답한 %(n)s건 가운데") % {"n": f"{times.answered:,}"},
            "url": funnel.url("reviewed"),
        },
        {
            "term": _("하기로 한 사업"),
            "value": _("%(n)s개") % {"n": work.total},
            "note": _("마친 사업 %(n)s개") % {"n": work.done},
            "url": listed,
        },
        {
            "term": _("쓰기로 한 돈"),
            "value": won(work.money.appropriated_won),
            "note": _("쓴 돈 %(won)s") % {"won": won(work.money.spent_won)},
            "url": listed,
        },
    ]


@door(anyone)
def home(request: Request) -> HttpResponse:
    """Today in the yard."""
    town, at = request.town, request.at
    dong, day = chosen_dong(request), today(at)
    rows = Project.objects.in_town(town.pk).select_related("programme", "place")
    if dong:
        rows = rows.filter(place_id__in=(dong.pk, town.pk))
    response = page(
        request,
        "site/home.html",
        HomePage(
            dong,
            open_items(town, at=at, place_id=dong.pk if dong else None),
            month_entries(town, day, dong.pk if dong else None),
            holidays_of(day),
            projects.cards(rows[:3]),
            kept_promises(town, day.year),
        ),
    )
    if "dong" in request.GET:
        response.set_cookie(DONG, dong.slug if dong else "all", max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


@dataclass(frozen=True)
class DongPage:
    dong: Place
    items: Sequence[OpenItem]
    entries: Sequence[processes.DayEntry]
    holidays: Sequence[date]
    processes: Sequence[Any]
    newest: Sequence[Any]
    proposal_count: int
    projects: Sequence[projects.Card]
    project_counts: dict[str, int]
    results: Sequence[ballots.Result]


@door(anyone)
def dong(request: Request, slug: str) -> HttpResponse:
    """A dong's own page: what is open, what was decided, what is being done."""
    town, at = request.town, request.at
    place = town.dong(slug)
    if place is None:
        raise Http404
    rows = Project.objects.visible_to(request.actor).filter(place=place).select_related("programme", "place")
    results = [r for year in (today(at).year, today(at).year - 1) for r in ballots.results_of_town(town.pk, year) if r.place_id == place.pk]
    return page(
        request,
        "site/dong.html",
        DongPage(
            place,
            open_items(town, at=at, place_id=place.pk),
            month_entries(town, today(at), place.pk),
            holidays_of(today(at)),
            processes.cards(Process.objects.visible_to(request.actor).filter(place=place)[:6], at=at),
            proposals.newest(town.pk, at=at, place_id=place.pk, most=4),
            proposals.public_count(town.pk, place.pk),
            projects.cards(rows[:6]),
            {"all": rows.count(), "done": rows.filter(state="done").count()},
            results,
        ),
    )


@dataclass(frozen=True)
class CalendarPage:
    month: date
    previous: date
    next: date
    dong: Place | None
    entries: Sequence[processes.DayEntry]
    holidays: Sequence[date]


@door(anyone)
def calendar(request: Request) -> HttpResponse:
    """A month of the town; any month by ?month=2021-06."""
    asked = request.GET.get("month", "")
    try:
        month = date.fromisoformat(f"{asked}-01") if asked else today(request.at).replace(day=1)
        if not 2000 <= month.year <= 2100:
            raise ValueError
    except ValueError:
        return redirect("site:calendar")
    chosen = chosen_dong(request)
    previous = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    following = date(month.year + (month.month == 12), month.month % 12 + 1, 1)
    entries = month_entries(request.town, month, chosen.pk if chosen else None)
    return page(request, "site/calendar.html", CalendarPage(month, previous, following, chosen, entries, holidays_of(month)))


@dataclass(frozen=True)
class ResultsPage:
    year: int
    years: Sequence[int]
    results: Sequence[ballots.Result]
    funnel: Sequence[Any]
    most: int
    papers: Iterable[OfficialPaper]
    records: Iterable[Record]


@door(anyone)
def results(request: Request) -> HttpResponse:
    """Results and records of a year: votes, what became of it, papers, archive."""
    town, this_year = request.town, today(request.at).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= 2100 else this_year
    funnel = projects.town_funnel(town.pk, year)
    return page(
        request,
        "site/results.html",
        ResultsPage(
            year,
            range(this_year, this_year - 4, -1),
            ballots.results_of_town(town.pk, year),
            funnel,
            max((r.value for r in funnel), default=0),
            OfficialPaper.objects.visible_to(request.actor).filter(as_of__year=year)[:10],
            Record.objects.visible_to(request.actor).filter(made_on__year=year)[:10],
        ),
    )
