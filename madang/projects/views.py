"""Residents' pages: the projects, one project, taking part, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.budgets.figures import Money, money_of, total_of
from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.exports import export
from madang.ground.forms import choice_field
from madang.ground.models import Place
from madang.ground.verdict import Refused
from madang.projects import actions
from madang.projects.figures import (
    STAGES,
    Card,
    FunnelRow,
    MatrixRow,
    Reached,
    cards,
    funnel_years,
    matrix,
    reached,
    reached_rows,
    stage_names,
    town_funnel,
)
from madang.projects.forms import ListFilter
from madang.projects.models import Project
from madang.projects.reading import ProjectPage, read

A_PAGE = 20
WITH_ALL = ("programme__department__parent", "place", "proposal", "ballot_item__ballot")


def project_for(request: Request, pk: int) -> Project:
    """The project the actor may know of, or 404."""
    return found(Project.objects.visible_to(request.actor).select_related(*WITH_ALL), pk=pk)


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class ListPage:
    filters: Sequence[Any]
    chips: Sequence[Chip]
    found: Page
    cards: list[Card]
    money: Money
    done: int
    crumbs: list[tuple[str, Any]]


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """Projects by year, dong, state and category; the same as open data with ?format=csv or xlsx."""
    town, at = request.town, request.at
    everything = Project.objects.visible_to(request.actor)
    years = sorted(set(everything.order_by().values_list("programme__year", flat=True).distinct()), reverse=True)
    form = ListFilter(request.GET, town=town, years=years, categories=town.settings(today(at)).categories)
    chosen = form.chosen()
    rows = everything.select_related(*WITH_ALL)
    if "year" in chosen:
        rows = rows.of_year(int(chosen["year"]))
    if "dong" in chosen:
        rows = rows.filter(place=town.dong(chosen["dong"]))
    if "state" in chosen:
        rows = rows.filter(state=chosen["state"])
    if "category" in chosen:
        rows = rows.of_category(chosen["category"])
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(_("사업"), _columns(), _lines(rows), as_xlsx=request.GET["format"] == "xlsx", title=_("사업"), at=at)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    chips = [Chip(str(dict(choice_field(form, k).choices)[v]), _without(request, k)) for k, v in chosen.items()]
    content = ListPage(
        filters=list(form), chips=chips, found=shown, cards=cards(shown.object_list),
        money=total_of(rows.order_by().values("programme_id")),
        done=rows.filter(state=Project.State.DONE).count(), crumbs=[("/", _("지금 우리 동네")), ("", _("예산과 사업"))],
    )  # fmt: skip
    return page(request, "projects/list.html", content)


def _without(request: Request, name: str) -> str:
    left = request.GET.copy()
    left.pop(name, None)
    left.pop("page", None)
    return f"?{left.urlencode()}"


def _columns() -> list[str]:
    return [
        _("번호"), _("사업"), _("동"), _("분야"), _("연도"), _("상태"), _("한 만큼(%)"), _("예산(원)"), _("원인행위(원)"), _("지출(원)"),
        _("부서"),
        _("시작"), _("마침"), _("제안 접수번호"), _("투표"), _("정한 때"),
    ]  # fmt: skip


def _lines(rows: Any) -> Iterator[tuple[Any, ...]]:
    money = money_of(rows.order_by().values("programme_id"))
    for p in rows.iterator(chunk_size=500):
        m, programme, item = money.get(p.programme_id, Money()), p.programme, p.ballot_item
        yield (
            p.pk, programme.title, p.place.name, item.category if item else "", programme.year, p.get_state_display(), p.percent,
            m.appropriated_won, m.committed_won, m.spent_won, programme.department.name if programme.department else "",
            programme.starts_on, programme.ends_on, p.proposal.number if p.proposal and p.proposal.is_public else "",
            item.ballot.title if item else "", today(p.adopted_at),
        )  # fmt: skip


@door(anyone, load=project_for)
def detail(request: Request, project: Project) -> HttpResponse:
    """One project: its money, how far it came, where it came from, who to call."""
    content: ProjectPage = read(request, project)
    return page(request, "projects/detail.html", content)


@door(anyone, load=project_for)
def join(request: Request, project: Project) -> HttpResponse:
    """Taking part, or no longer. Pressing twice is harmless."""
    back = f"{reverse('projects:detail', args=[project.pk])}#together"
    if request.method != "POST":
        return redirect(back)
    actor, at = request.actor, request.at
    leaving = request.POST.get("do") == "leave"
    try:
        (actions.leave if leaving else actions.sign_up)(project=project, actor=actor, at=at)
    except Refused as refused:
        if refused.verdict.code not in ("already_signed_up", "not_signed_up"):
            raise
    else:
        said = _("함께하기를 그만두었어요.") if leaving else _("함께하기로 했어요. 새 소식이 나오면 알려 드릴게요.")
        messages.success(request, said)
    return redirect(back)


# What became of it


@dataclass(frozen=True)
class FunnelPage:
    year: int
    years: Sequence[int]
    dong: Place | None
    funnel: tuple[FunnelRow, ...]
    most: int
    heads: list[str]
    rows: tuple[MatrixRow, ...]
    total: MatrixRow
    crumbs: list[tuple[str, Any]]


@door(anyone)
def funnel(request: Request) -> HttpResponse:
    """What became of what came in in a year, for the town or one dong, and dong by dong; every number opens its list."""
    town, at = request.town, request.at
    years = funnel_years(town.pk)
    year = _year(request, at, years)
    dong = town.dong(request.GET.get("dong", ""))
    table = matrix(town, year)
    shown = town_funnel(town.pk, year, dong.pk) if dong else table.funnel
    if request.GET.get("format") in ("csv", "xlsx"):
        lines = [(r.place, *(n for n, _url in r.cells)) for r in (*table.rows, table.total)]
        return export(
            _("낸 생각은 어디까지 갔나요"), [_("동"), *stage_names().values()], lines, as_xlsx=request.GET["format"] == "xlsx", at=at
        )
    content = FunnelPage(
        year, years or [year], dong, shown, shown[0].value, list(stage_names().values()), table.rows, table.total,
        [("/", _("지금 우리 동네")), (reverse("projects:list"), _("예산과 사업")), ("", _("낸 생각은 어디까지 갔나요"))],
    )  # fmt: skip
    return page(request, "projects/funnel.html", content)


def _year(request: Request, at: datetime, years: Sequence[int]) -> int:
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked) >= 1900:
        return int(asked)
    this = today(at).year
    return this if this in years or not years else years[0]


@dataclass(frozen=True)
class FunnelListPage:
    stage: str
    label: str
    year: int
    place: Place | None
    found: Page
    rows: list[Reached]
    back_url: str
    crumbs: list[tuple[str, Any]]


@door(anyone)
def funnel_list(request: Request) -> HttpResponse:
    """Exactly the proposals behind one number of the funnel, with the votes they were on and what they became."""
    town, at = request.town, request.at
    stage, slug = request.GET.get("stage", ""), request.GET.get("dong", "")
    place = town.place if slug == town.place.slug else town.dong(slug)
    if stage not in STAGES or (slug and place is None):
        raise Http404
    year = _year(request, at, ())
    proposals = reached(stage, town_id=town.pk, year=year, place_id=place.pk if place else None)
    shown = Paginator(proposals.select_related("place").order_by("-pk"), A_PAGE).get_page(request.GET.get("page"))
    back = f"{reverse('projects:funnel')}?year={year}"
    content = FunnelListPage(
        stage, stage_names()[stage], year, place, shown, reached_rows(shown.object_list), back,
        [("/", _("지금 우리 동네")), (back, _("낸 생각은 어디까지 갔나요")), ("", stage_names()[stage])],
    )  # fmt: skip
    return page(request, "projects/funnel_list.html", content)
