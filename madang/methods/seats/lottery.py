"""A lottery over committees as whole tickets: what is published before the seed is revealed, and what a seed is held against.

Every committee (how many people of each type sit) has so many of the tickets, 1,000,000,000 in all unless said otherwise. The solver's
chances become tickets by largest remainders: each chance times the tickets rounded down, the tickets still missing one each to the largest
remainders, between equal ones to the committee that comes first. Committees are in the order of their counts. From here on everything
is whole numbers: a person's chance is the fraction (sum over committees of tickets × seats of the type) / (tickets × people of the type).

The solver's answer may differ in the last digits from one version or machine to another; therefore not the solver but this table is the
draw's basis. ``problems`` checks a table without a solver.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate
from typing import Any

from madang.methods.chain import canonical
from madang.methods.seats.pool import Pool
from madang.methods.seats.quotas import Quota, broken

TICKETS = 1_000_000_000
Counts = tuple[int, ...]
"""A committee: how many people of each type sit."""


@dataclass(frozen=True, slots=True)
class Committee:
    """``counts[i]`` people of type i sit; it has so many tickets."""

    tickets: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Lottery:
    """``types`` are the values of each type, ``sizes`` their people. ``bound`` is the largest smallest chance there can be among those who
    can sit at all, as the solver proved it; compare ``least``. ``list_sha256`` names the pool (its features those of the quotas)."""

    method: str
    seats: int
    quotas: tuple[Quota, ...]
    features: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    committees: tuple[Committee, ...]
    list_sha256: str
    bound: float

    @property
    def tickets(self) -> int:
        return sum(committee.tickets for committee in self.committees)

    @property
    def chances(self) -> tuple[Fraction, ...]:
        """The chance of each person of a type, exactly."""
        whole = self.tickets
        sums = [sum(committee.tickets * committee.counts[i] for committee in self.committees) for i in range(len(self.types))]
        return tuple(Fraction(number, whole * size) for number, size in zip(sums, self.sizes, strict=True))

    @property
    def never(self) -> tuple[int, ...]:
        """The types that sit in no committee. From ``fair.solve``: the quotas let none of them in."""
        return tuple(i for i, chance in enumerate(self.chances) if not chance)

    @property
    def least(self) -> Fraction:
        """The smallest chance among those who can sit at all."""
        return min((chance for chance in self.chances if chance), default=Fraction(0))

    def chance_of(self, pool: Pool) -> dict[str, Fraction]:
        """Each person's chance of a seat."""
        kept = pool.only(self.features)
        by_values = dict(zip(self.types, self.chances, strict=True))
        return {key: by_values[values] for key, values in kept.people.items()}

    def holder(self, ticket: int) -> int:
        """The committee that has this ticket; tickets are numbered from 0 through the committees in order."""
        for place, end in enumerate(accumulate(committee.tickets for committee in self.committees)):
            if 0 <= ticket < end:
                return place
        raise ValueError("no such ticket")

    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON of ``plain`` to publish before the draw."""
        return sha256(canonical(self.plain())).hexdigest()

    def plain(self) -> dict[str, object]:
        """Lists, text and whole numbers only. Counts are pairs [type, people]; ``bound`` stays out, it is no part of the draw."""
        return {
            "method": self.method,
            "seats": self.seats,
            "list_sha256": self.list_sha256,
            "quotas": [{"feature": one.feature, "value": one.value, "min": one.min, "max": one.max} for one in self.quotas],
            "features": list(self.features),
            "types": [{"values": list(values), "people": size} for values, size in zip(self.types, self.sizes, strict=True)],
            "committees": [
                {"tickets": committee.tickets, "counts": [[i, number] for i, number in enumerate(committee.counts) if number]}
                for committee in self.committees
            ],
        }

    def problems(self, pool: Pool) -> tuple[str, ...]:
        """What does not hold between this table and the list of people, in codes; empty when all is well."""
        kept = pool.only(self.features)
        types = kept.types()
        wrong = []
        if kept.fingerprint() != self.list_sha256:
            wrong.append("list_differs")
        if tuple(one.values for one in types) != self.types or tuple(len(one.keys) for one in types) != self.sizes:
            wrong.append("types_differ")
        if any(committee.tickets < 1 for committee in self.committees) or not self.committees:
            wrong.append("tickets_wrong")
        for place, committee in enumerate(self.committees):
            if sum(committee.counts) != self.seats or any(n < 0 or n > size for n, size in zip(committee.counts, self.sizes, strict=True)):
                wrong.append(f"committee_wrong:{place}")
            sitting = [
                dict(zip(self.features, values, strict=True))
                for values, n in zip(self.types, committee.counts, strict=True)
                for _ in range(n)
            ]
            wrong += [f"quota_broken:{place}:{quota.feature}:{quota.value}" for quota, _ in broken(self.quotas, sitting)]
        return tuple(wrong)


def tickets_of(chances: Iterable[tuple[float, Counts]], tickets: int = TICKETS) -> tuple[Committee, ...]:
    """Whole tickets by largest remainders (see the module's text). Chances need not add up to 1; equal committees are one.

    Raises ValueError when there is no positive chance or no ticket.
    """
    merged: dict[Counts, Fraction] = {}
    for chance, counts in chances:
        if chance > 0:
            merged[counts] = merged.get(counts, Fraction(0)) + Fraction(chance)
    total = sum(merged.values())
    if not total or tickets < 1:
        raise ValueError("a lottery has a committee with a chance and at least one ticket")
    order = sorted(merged)
    exact = [merged[counts] * tickets / total for counts in order]
    given = [int(share) for share in exact]
    by_remainder = sorted(range(len(order)), key=lambda i: (given[i] - exact[i], i))
    for i in by_remainder[: tickets - sum(given)]:
        given[i] += 1
    return tuple(Committee(number, counts) for number, counts in zip(given, order, strict=True) if number)


def lottery_from(plain: Mapping[str, object]) -> Lottery:
    """The lottery of ``plain`` JSON. Raises ValueError when it is not of that shape."""
    try:
        return _read(plain)
    except (KeyError, TypeError, IndexError, AttributeError) as wrong:
        raise ValueError(f"not a lottery: {wrong}") from wrong


def _read(plain: Mapping[str, object]) -> Lottery:
    types = _list(plain["types"])
    quotas = tuple(Quota(str(q["feature"]), str(q["value"]), int(q["min"]), int(q["max"])) for q in _list(plain["quotas"]))
    committees = []
    for one in _list(plain["committees"]):
        counts = [0] * len(types)
        for i, number in one["counts"]:
            if not 0 <= i < len(types):
                raise ValueError("not a lottery: no such type")
            counts[i] = int(number)
        committees.append(Committee(int(one["tickets"]), tuple(counts)))
    return Lottery(
        str(plain["method"]), int(str(plain["seats"])), quotas, tuple(map(str, _list(plain["features"]))),
        tuple(tuple(map(str, one["values"])) for one in types), tuple(int(one["people"]) for one in types),
        tuple(committees), str(plain["list_sha256"]), float("nan"),
    )  # fmt: skip


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a lottery: a list was expected")
    return value
