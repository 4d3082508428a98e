"""Officials' face: the execution table, winners that become projects, sources of money."""

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

from madang.ballots.figures import Result, ResultItem, result
from madang.ballots.models import Ballot, BallotItem
from madang.budgets.actions import make_source
from madang.budgets.figures import Money, fiscal_years
from madang.budgets.figures import sources as sources_of
from madang.budgets.models import Source
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.forms import row_field
from madang.methods.korean import thousand_won
from madang.projects import actions, rules
from madang.projects.desk_pages import crumbs_to, or_beside, who
from madang.projects.execution import LATE_POINTS, Execution, Wanted, execution
from madang.projects.forms import AdoptForm, DeskFilter, SourceForm
from madang.projects.models import Project
from madang.projects.views import A_PAGE
from madang.residents.figures import department_choices
from madang.residents.models import Department


def _ballot_for(request: Request, pk: int) -> Ballot:
    return found(Ballot.objects.visible_to(request.actor).select_related("place"), pk=pk, state="counted")


# The execution table


@dataclass(frozen=True)
class Waiting:
    """A counted ballot with winners that are no projects yet."""

    title: str
    count: int
    url: str


@dataclass(frozen=True)
class DeskListPage:
    crumbs: list[tuple[str, Any]]
    filters: Sequence[Any]
    late_field: Any
    table: Execution
    year: int
    found: Page
    is_grouped: bool
    cells: list[dict[str, Any]]
    waiting: Sequence[Waiting]
    may_adopt: bool
    late_points: int


@door(rules.may_read_desk)
def listing(request: Request) -> HttpResponse:
    """How the year's money stands, programme by programme; the same as a file in 천원."""
    town, at, actor = request.town, request.at, request.actor
    day = today(at)
    years = sorted({day.year, *fiscal_years(town.pk)}, reverse=True)
    form = DeskFilter(request.GET, town=town, years=years, departments=department_choices(town.pk), sources=sources_of(town.pk))
    wanted = _wanted(form.chosen(), town, day.year, request.GET.get("sort", ""))
    table = execution(town.pk, wanted, on=day)
    if request.GET.get("format") in ("csv", "xlsx"):
        title = _("예산 집행 %(year)s") % {"year": wanted.year}
        return export(title, _columns(), _lines(table), as_xlsx=request.GET["format"] == "xlsx", title=title, at=at)
    may_adopt = bool(rules.may_adopt_any(actor, at=at))
    content = DeskListPage(
        crumbs=[("", _("사업 진행"))], filters=[f for f in form if f.name != "late"], late_field=form["late"], table=table,
        year=wanted.year,
        found=Paginator(table.rows, A_PAGE).get_page(request.GET.get("page")), is_grouped=not wanted.sort, cells=_cells(table),
        waiting=_waiting(request) if may_adopt else (), may_adopt=may_adopt, late_points=LATE_POINTS,
    )  # fmt: skip
    return page(request, "projects/desk_list.html", content)


def _wanted(chosen: dict[str, Any], town: Any, this_year: int, sort: str) -> Wanted:
    dong = town.dong(chosen.get("dong", ""))
    return Wanted(
        year=int(chosen.get("year", this_year)), place_id=dong.pk if dong else None,
        department_id=int(chosen["department"]) if "department" in chosen else None,
        source_id=int(chosen["source"]) if "source" in chosen else None, state=chosen.get("state", ""),
        basis=chosen.get("basis", "spent"), late_only=bool(chosen.get("late")), q=chosen.get("q", ""), sort=sort,
    )  # fmt: skip


def _cells(table: Execution) -> list[dict[str, Any]]:
    def part(rate: int | None) -> str:
        return "" if rate is None else f" ({rate}%)"

    total = table.total
    return [
        {"figure": thousand_won(total.appropriated_won), "label": _("예산현액")},
        {"figure": thousand_won(total.committed_won), "label": _("원인행위") + part(table.committed_rate)},
        {"figure": thousand_won(total.spent_won), "label": _("지출") + part(table.rate)},
        {"figure": thousand_won(total.unspent_won), "label": _("잔액 (예산현액 − 지출)")},
        {"figure": table.late, "label": _("계획보다 늦은 사업"), "url": "?late=on", "tone": "bad" if table.late else ""},
    ]


def _columns() -> list[str]:
    return [
        _("사업"), _("동"), _("부서"), _("상태"), _("예산현액(천원)"), _("원인행위(천원)"), _("지출(천원)"), _("잔액(천원)"),
        _("집행률(%)"),
        _("계획(%)"), _("계획 견줌(%p)"), _("판정"),
    ]  # fmt: skip


def _lines(table: Execution) -> Iterator[tuple[Any, ...]]:
    for r in table.rows:
        yield (
            r.programme.title, r.programme.place.name, r.programme.department.name if r.programme.department else "",
            r.project.get_state_display() if r.project else "", *_sums(r.money), r.rate, r.plan, _signed(-r.behind), r.words,
        )  # fmt: skip
    yield (_("합계"), "", "", "", *_sums(table.total), table.rate, table.plan, "", "")


def _sums(money: Money) -> list[Any]:
    """In thousands of won, half up; a number a spreadsheet can add, a decrease as △."""
    wons = (money.appropriated_won, money.committed_won, money.spent_won, money.unspent_won)
    return [(w + 500) // 1000 if w >= 0 else thousand_won(w) for w in wons]


def _signed(points: int) -> Any:
    return points if points >= 0 else f"△{-points}"


def _waiting(request: Request) -> list[Waiting]:
    found_rows = []
    made = set(Project.objects.visible_to(request.actor).filter(ballot_item__isnull=False).values_list("ballot_item_id", flat=True))
    ballots = Ballot.objects.visible_to(request.actor).filter(state="counted").select_related("tally").prefetch_related("items")
    for ballot in ballots.order_by("-counted_at"):
        left = [i for i in ballot.items.all() if i.number in ballot.tally.funded and i.pk not in made]
        if left:
            found_rows.append(Waiting(ballot.title, len(left), reverse("projects:desk_adopt", args=[ballot.pk])))
    return found_rows


# Winners become projects


@dataclass(frozen=True)
class Winner:
    item: ResultItem
    department: Any  # bound field, None once it is a project
    project_url: str


@dataclass(frozen=True)
class AdoptPage:
    crumbs: list[tuple[str, Any]]
    ballot: Ballot
    result: Result
    form: AdoptForm
    winners: list[Winner]
    left: int
    left_won: int
    has_sources: bool


@door(rules.may_adopt_any, load=_ballot_for)
def adopt(request: Request, ballot: Ballot) -> HttpResponse:
    """The winners of a counted ballot: from which source, for which year, done by whom; one of them or all at once."""
    counted = result(ballot.pk)
    if counted is None:
        raise Http404
    made = dict(Project.objects.filter(ballot_item__ballot=ballot).values_list("ballot_item_id", "pk"))
    waiting = [i for i in counted.funded if i.pk not in made]
    form = _adopt_form(request, ballot, waiting)
    # The Enter key in a field presses the form's first button, which is to do nothing.
    if request.method == "POST" and request.POST.get("item") != "none" and form.is_valid():
        done = or_beside(form, lambda: _adopted(request, ballot, form))
        if done is not None:
            messages.success(request, _("사업 %(n)s건을 만들었습니다.") % {"n": len(done)})
            return redirect("projects:desk_adopt", pk=ballot.pk)
    winners = [
        Winner(
            i, form[f"department_{i.pk}"] if f"department_{i.pk}" in form.fields else None,
            reverse("projects:desk_detail", args=[made[i.pk]]) if i.pk in made else "",
        )
        for i in counted.funded
    ]  # fmt: skip
    content = AdoptPage(
        crumbs_to(("", ballot.title)), ballot, counted, form, winners, len(waiting), sum(i.cost_won for i in waiting),
        row_field(form, "source").queryset.exists(),
    )  # fmt: skip
    return page(request, "projects/desk_adopt.html", content)


def _adopt_form(request: Request, ballot: Ballot, waiting: Sequence[ResultItem]) -> AdoptForm:
    town, at = request.town, request.at
    rows = BallotItem.objects.filter(pk__in=[i.pk for i in waiting], proposal__department__isnull=False)
    return AdoptForm(
        request.POST or None, sources=Source.objects.visible_to(request.actor), departments=department_choices(town.pk), items=waiting,
        given=dict(rows.values_list("pk", "proposal__department_id")), initial={"year": _next_year(ballot, at)},
    )  # fmt: skip


def _next_year(ballot: Ballot, at: datetime) -> int:
    """What an assembly chooses is done in the year after it."""
    return (today(ballot.counted_at) if ballot.counted_at else today(at)).year + 1


def _adopted(request: Request, ballot: Ballot, form: AdoptForm) -> list[Project]:
    chosen = form.departments()
    departments = Department.objects.visible_to(request.actor).in_bulk(set(chosen.values()))
    given = {item: departments[pk] for item, pk in chosen.items() if pk in departments}
    terms = {"source": form.cleaned_data["source"], "year": form.cleaned_data["year"], **who(request)}
    one = request.POST.get("item", "all")
    if one == "all":
        return actions.adopt_all(ballot=ballot, departments=given, **terms)
    rows = BallotItem.objects.filter(ballot=ballot).select_related("ballot__tally", "place", "proposal__department")
    item = found(rows, pk=one)
    return [actions.adopt(item=item, department=given.get(item.pk), **terms)]


@dataclass(frozen=True)
class SourcesPage:
    crumbs: list[tuple[str, Any]]
    sources: list[Source]
    form: SourceForm
    back_url: str


@door(rules.may_adopt_any)
def sources(request: Request) -> HttpResponse:
    """Where the town's money comes from, and one more."""
    town = request.town
    rows, form = sources_of(town.pk), SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if any(s.name == name for s in rows):
            form.add_error("name", _("이미 있는 재원입니다."))
        else:
            code, order = f"source-{len(rows) + 1}", max((s.order for s in rows), default=0) + 1
            make_source(place=town.place, code=code, name=name, order=order, **who(request))
            messages.success(request, _("재원을 더했습니다."))
            return redirect("projects:desk_sources")
    content = SourcesPage(crumbs_to(("", _("재원"))), rows, form, reverse("projects:desk_list"))
    return page(request, "projects/desk_sources.html", content)
