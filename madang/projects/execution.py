"""How the money of a fiscal year stands, programme by programme: the desk's table. Reads only; a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from madang.budgets.figures import Money, money_of, spent_by_month
from madang.budgets.models import Appropriation
from madang.methods.partial_dates import PartialDate
from madang.programmes.figures import elapsed_percent
from madang.programmes.models import Programme
from madang.projects.models import Project

LATE_POINTS = 15  # percentage points behind the plan from which a programme is called late
SORTS = ("title", "department", "budget", "committed", "spent", "rate", "left", "behind")
CHART = (40, 50, 160, 125)  # left edge, width of a month, base line, height of 100 %


@dataclass(frozen=True)
class Wanted:
    """What the table is narrowed to. `basis`: which money the rate is made of, spent or committed."""

    year: int
    place_id: int | None = None
    department_id: int | None = None
    source_id: int | None = None
    state: str = ""
    basis: str = "spent"
    late_only: bool = False
    q: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """One programme's year. `plan` is how much of its time has passed, the yardstick of `rate`; both whole percent or None."""

    programme: Programme
    project: Project | None
    money: Money
    rate: int | None
    plan: int | None
    tone: str
    words: str
    is_late: bool

    @property
    def behind(self) -> int:
        """Percentage points behind the plan; below zero when ahead."""
        return (self.plan or 0) - (self.rate or 0) if self.plan is not None and self.rate is not None else 0


@dataclass(frozen=True)
class Execution:
    """The whole table: rows in order, their sum, how many are late, the plan of the whole and the months' course."""

    rows: list[Row]
    total: Money
    rate: int | None
    committed_rate: int | None
    plan: int | None
    late: int
    course: "Course"


@dataclass(frozen=True)
class Month:
    label: str
    plan: int | None
    spent: int | None


@dataclass(frozen=True)
class Course:
    """Cumulated spending by month against the plan, as numbers and as two lines of an SVG of 640 × 190."""

    months: tuple[Month, ...]
    plan_line: str
    spent_line: str
    end_x: int
    end_y: int


def rate_of(part: int, whole: int) -> int | None:
    """Whole percent, half up (사사오입); None without a budget."""
    return (part * 200 + whole) // (2 * whole) if whole > 0 else None


def execution(town_id: int, wanted: Wanted, *, on: date) -> Execution:
    """The year's programmes that have money (or a project), as they stand on a day. Four queries."""
    projects = {
        p.programme_id: p
        for p in Project.objects.in_town(town_id).filter(Q(programme__year=wanted.year) | Q(programme__in=_funded(wanted.year)))
    }
    programmes = list(_programmes(town_id, wanted, list(projects)))
    money = money_of([p.pk for p in programmes], year=wanted.year, source_id=wanted.source_id)
    if wanted.source_id:
        programmes = [p for p in programmes if p.pk in money]
    rows = [_row(p, projects.get(p.pk), money.get(p.pk, Money()), wanted, on) for p in programmes]
    late = sum(r.is_late for r in rows)
    if wanted.state:
        rows = [r for r in rows if r.project and r.project.state == wanted.state]
    if wanted.late_only:
        rows = [r for r in rows if r.is_late]
    total = sum((r.money for r in rows), Money())
    return Execution(
        rows=_ordered(rows, wanted.sort),
        total=total,
        rate=rate_of(total.spent_won, total.appropriated_won),
        committed_rate=rate_of(total.committed_won, total.appropriated_won),
        plan=_plan_of_all(rows, wanted.year, on),
        late=late,
        course=_course(rows, wanted, on),
    )


def standing(programme: Programme, project: Project | None, *, on: date) -> Row:
    """One programme's own year as it stands on a day. One query."""
    wanted = Wanted(programme.year)
    return _row(programme, project, money_of([programme.pk], year=programme.year).get(programme.pk, Money()), wanted, on)


def _funded(year: int) -> Any:
    return Appropriation.objects.filter(year=year).values("programme_id")


def _programmes(town_id: int, wanted: Wanted, of_projects: Sequence[int]) -> Any:
    rows = Programme.objects.in_town(town_id).filter(Q(pk__in=of_projects) | Q(pk__in=_funded(wanted.year)))
    if wanted.place_id:
        rows = rows.filter(place_id=wanted.place_id)
    if wanted.department_id:
        rows = rows.filter(Q(department_id=wanted.department_id) | Q(department__parent_id=wanted.department_id))
    if wanted.q:
        rows = rows.filter(title__icontains=wanted.q)
    return rows.select_related("place", "department").order_by("place__level", "place__order", "pk")


def _row(programme: Programme, project: Project | None, money: Money, wanted: Wanted, on: date) -> Row:
    part = money.committed_won if wanted.basis == "committed" else money.spent_won
    rate, plan = rate_of(part, money.appropriated_won), plan_of(programme, wanted.year, on)
    behind = plan - rate if plan is not None and rate is not None else 0
    state = project.state if project else ""
    if state == Project.State.STOPPED:
        return Row(programme, project, money, rate, plan, "bad", _("멈춤"), False)
    if state == Project.State.DONE:
        return Row(programme, project, money, rate, plan, "good", _("마침"), False)
    if rate is None:
        return Row(programme, project, money, rate, plan, "plain", _("예산 없음"), False)
    if behind <= LATE_POINTS:
        return Row(programme, project, money, rate, plan, "good", _("계획대로"), False)
    if not money.committed_won and state in ("", Project.State.PLANNED):
        return Row(programme, project, money, rate, plan, "bad", _("착수 늦음"), True)
    return Row(programme, project, money, rate, plan, "warn", _("계획보다 %(n)s%%p 늦음") % {"n": behind}, True)


def plan_of(programme: Programme, year: int, on: date) -> int | None:
    """How much of the programme's time within a fiscal year has passed on a day, whole percent."""
    starts = max(programme.starts_on or date(year, 1, 1), date(year, 1, 1))
    ends = min(programme.ends_on or date(year, 12, 31), date(year, 12, 31))
    return elapsed_percent(starts, ends, on) if starts <= ends else None


def _plan_of_all(rows: Sequence[Row], year: int, on: date) -> int | None:
    """The plans of all rows, weighted with their budgets."""
    known = [(r.money.appropriated_won, plan_of(r.programme, year, on)) for r in rows]
    parts = [(won, plan) for won, plan in known if won and plan is not None]
    whole = sum(won for won, _plan in parts)
    return rate_of(sum(won * plan for won, plan in parts) // 100, whole) if whole else None


def _course(rows: Sequence[Row], wanted: Wanted, on: date) -> Course:
    year, whole = wanted.year, sum(r.money.appropriated_won for r in rows)
    spent = spent_by_month([r.programme.pk for r in rows], year, source_id=wanted.source_id)
    now = 12 if on.year > year else on.month if on.year == year else 0
    months = tuple(
        Month(
            str(MONTHS_3[n]).capitalize(), _plan_of_all(rows, year, PartialDate(year, n).last_day),
            rate_of(spent[n - 1], whole) if n <= now else None,
        )
        for n in range(1, 13)
    )  # fmt: skip
    plan, paid = _line([m.plan for m in months]), _line([m.spent for m in months])
    last = next((m.spent for m in reversed(months) if m.spent is not None), 0) or 0
    return Course(months, plan, paid, CHART[0] + CHART[1] * max(now - 1, 0), _y(last))


def _y(value: int) -> int:
    return CHART[2] - min(value, 100) * CHART[3] // 100


def _line(values: Sequence[int | None]) -> str:
    points = [f"{CHART[0] + CHART[1] * n} {_y(v)}" for n, v in enumerate(values) if v is not None]
    return "M" + " ".join(points) if len(points) > 1 else ""


def _ordered(rows: list[Row], sort: str) -> list[Row]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        return rows
    keys = {
        "title": lambda r: r.programme.title,
        "department": lambda r: r.programme.department.name if r.programme.department else "",
        "budget": lambda r: r.money.appropriated_won,
        "committed": lambda r: r.money.committed_won,
        "spent": lambda r: r.money.spent_won,
        "rate": lambda r: -1 if r.rate is None else r.rate,
        "left": lambda r: r.money.unspent_won,
        "behind": lambda r: r.behind,
    }
    return sorted(rows, key=keys[name], reverse=sort.startswith("-"))
