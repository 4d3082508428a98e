"""Money for pages and papers: sums in won, each with the rows it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

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


_SUMS = {"a": Sum("amount_won", default=0), "c": Sum("committed_won", default=0), "s": Sum("spent_won", default=0)}


def money_of(programme_ids: Iterable[int]) -> dict[int, Money]:
    """The money of several programmes over all years and sources; one query. Programmes without any are left out."""
    rows = Appropriation.objects.filter(programme__in=list(programme_ids)).order_by().values("programme_id").annotate(**_SUMS)
    return {r["programme_id"]: Money(r["a"], r["c"], r["s"]) for r in rows}


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
    """One commitment or expenditure."""

    on: date
    kind: str
    what: str
    amount_won: int


def lines_of(programme_id: int) -> tuple[Line, ...]:
    """Every commitment and expenditure of a programme, oldest first."""
    rows = Spending.objects.filter(appropriation__programme_id=programme_id)
    return tuple(Line(r.on, r.get_kind_display(), r.what, r.amount_won) for r in rows)


def town_money(town_id: int, year: int) -> Money:
    """All of a town's programme money of a fiscal year."""
    here = Q(place_id=town_id) | Q(place__parent_id=town_id)
    r = Appropriation.objects.filter(here, year=year).aggregate(**_SUMS)
    return Money(r["a"], r["c"], r["s"])


def sources(town_id: int) -> list[Source]:
    """A town's sources in their order."""
    return list(Source.objects.filter(place_id=town_id))
