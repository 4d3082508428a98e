"""Money for pages and papers: sums in won, each with the rows it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from madang.budgets.models import Appropriation, Source, Spending


@dataclass(frozen=True)
class Money:
    """Sums in won. `left_won` is what is neither committed nor spent."""

    appropriated_won: int = 0
    committed_won: int = 0
    spent_won: int = 0

    @property
    def left_won(self) -> int:
        return self.appropriated_won - self.committed_won

    @property
    def promised_won(self) -> int:
        """Committed but not yet paid."""
        return self.committed_won - self.spent_won

    @property
    def unspent_won(self) -> int:
        """집행잔액: budget less expenditure, commitments not looked at."""
        return self.appropriated_won - self.spent_won

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.appropriated_won + other.appropriated_won, self.committed_won + other.committed_won, self.spent_won + other.spent_won
        )


_SUMS = {"a": Sum("amount_won", default=0), "c": Sum("committed_won", default=0), "s": Sum("spent_won", default=0)}


def money_of(programme_ids: Iterable[int] | QuerySet, *, year: int | None = None, source_id: int | None = None) -> dict[int, Money]:
    """The money of several programmes, over all years and sources or of one; one query. Programmes without any are left out."""
    ids = programme_ids if isinstance(programme_ids, QuerySet) else list(programme_ids)
    rows = Appropriation.objects.filter(programme__in=ids)
    if year:
        rows = rows.filter(year=year)
    if source_id:
        rows = rows.filter(source_id=source_id)
    grouped: Any = rows.order_by().values("programme_id").annotate(**_SUMS)
    return {r["programme_id"]: Money(r["a"], r["c"], r["s"]) for r in grouped}


def total_of(programme_ids: Iterable[int] | QuerySet) -> Money:
    """The money of all these programmes together; one query."""
    ids = programme_ids if isinstance(programme_ids, QuerySet) else list(programme_ids)
    r = Appropriation.objects.filter(programme__in=ids).aggregate(**_SUMS)
    return Money(r["a"], r["c"], r["s"])


@dataclass(frozen=True)
class SourceMoney:
    pk: int
    source: str
    year: int
    money: Money


def by_source(programme_id: int) -> tuple[SourceMoney, ...]:
    """A programme's appropriations by year and source."""
    rows = Appropriation.objects.filter(programme_id=programme_id).select_related("source")
    return tuple(SourceMoney(r.pk, r.source.name, r.year, Money(r.amount_won, r.committed_won, r.spent_won)) for r in rows)


@dataclass(frozen=True)
class Line:
    """One commitment or expenditure. `cancelled_why` is set on one that was taken back and counts no more."""

    on: date
    kind: str
    what: str
    amount_won: int
    pk: int = 0
    year: int = 0
    source: str = ""
    cancelled_why: str = ""


def lines_of(programme_id: int) -> tuple[Line, ...]:
    """Every commitment and expenditure of a programme, oldest first, those taken back with their reason."""
    rows = Spending.objects.filter(appropriation__programme_id=programme_id).select_related("appropriation__source")
    return tuple(
        Line(
            r.on, r.get_kind_display(), r.what, r.amount_won, r.pk, r.appropriation.year, r.appropriation.source.name, r.cancelled_why
        )
        for r in rows
    )  # fmt: skip


def town_money(town_id: int, year: int) -> Money:
    """All of a town's programme money of a fiscal year."""
    r = Appropriation.objects.in_town(town_id).filter(year=year).aggregate(**_SUMS)
    return Money(r["a"], r["c"], r["s"])


def spent_by_month(programme_ids: Iterable[int], year: int, *, source_id: int | None = None) -> tuple[int, ...]:
    """Won spent from a fiscal year's money by the end of each of its months; payments of next January count with December."""
    rows = Spending.objects.valid().filter(
        Q(appropriation__source_id=source_id) if source_id else Q(),
        kind=Spending.Kind.EXPENDITURE, appropriation__programme__in=list(programme_ids), appropriation__year=year,
    )  # fmt: skip
    months = [0] * 12
    for on, amount in rows.values_list("on", "amount_won"):
        months[11 if on.year > year else on.month - 1] += amount
    return tuple(sum(months[: n + 1]) for n in range(12))


def fiscal_years(town_id: int) -> list[int]:
    """Fiscal years a town has money in, newest first."""
    return sorted(set(Appropriation.objects.in_town(town_id).order_by().values_list("year", flat=True).distinct()), reverse=True)


def sources(town_id: int) -> list[Source]:
    """A town's sources in their order."""
    return list(Source.objects.filter(place_id=town_id))
