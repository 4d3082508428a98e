"""An election as it is counted: projects with costs, a budget, and the distinct ballots with their numbers.

Money is whole units of 1/`scale` (an election in won has scale 1; one written with cents has scale 100), so that every sum is exact.
Equal ballots are kept once with their number: who cast which and in what order is gone before the counting starts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

import numpy as np

from madang.methods.chain import canonical

Kind = Literal["approval", "choose-1", "cumulative", "scoring", "ordinal"]
KINDS: tuple[Kind, ...] = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
Indices = Any  # a numpy array of whole numbers


@dataclass(frozen=True, slots=True)
class Project:
    """Something to vote on. `cost` in units of the election; `votes` counted elsewhere are added where a rule counts votes.

    `more` holds every other column of the file. Raises ValueError for an empty id or a negative number."""

    id: str
    cost: int
    name: str = ""
    fields: tuple[str, ...] = ()
    votes: int = 0
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id or self.cost < 0 or self.votes < 0:
            raise ValueError("a project has an id, and a cost and votes that are not negative")


@dataclass(frozen=True)
class Election:
    """`picks[i]` are the positions (into `projects`) that the i-th distinct ballot names, in its own order; `numbers[i]` how many cast
    it; `points[i]` what it gives each of them (cumulative, scoring), else empty. Positions of one ballot are distinct."""

    projects: tuple[Project, ...]
    budget: int
    kind: Kind
    picks: tuple[tuple[int, ...], ...]
    numbers: tuple[int, ...]
    points: tuple[tuple[int, ...], ...] = ()
    scale: int = 1
    meta: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, projects: Iterable[Project], ballots: Iterable[Sequence[str]], budget: int, kind: Kind = "approval") -> "Election":
        """From ballots that name projects by id; empty ones are no voters. Raises ValueError for an unknown id, one named twice in a
        ballot, an id of two projects or a negative budget."""
        listed = tuple(sorted(projects, key=lambda p: p.id))
        place = {p.id: n for n, p in enumerate(listed)}
        if len(place) != len(listed) or budget < 0:
            raise ValueError("ids occur once and a budget is not negative")
        order: Callable[[Iterable[int]], Iterable[int]] = list if kind == "ordinal" else sorted
        try:
            papers = Counter(tuple(order(place[one] for one in ballot)) for ballot in ballots if ballot)
        except KeyError as unknown:
            raise ValueError(f"no such project: {unknown.args[0]}") from None
        if any(len(set(paper)) != len(paper) for paper in papers):
            raise ValueError("a ballot names a project twice")
        kept = sorted(papers.items())
        return cls(listed, budget, kind, tuple(p for p, _n in kept), tuple(n for _p, n in kept))

    @cached_property
    def voters(self) -> int:
        return sum(self.numbers)

    @cached_property
    def weights(self) -> Indices:
        """How many cast each distinct ballot, shape (ballots,)."""
        return np.array(self.numbers, dtype=np.int64)

    @cached_property
    def supporters(self) -> tuple[Indices, ...]:
        """For each project the positions of the ballots that name it, ascending."""
        lengths = np.fromiter(map(len, self.picks), dtype=np.int64, count=len(self.picks))
        flat = np.fromiter((p for picks in self.picks for p in picks), dtype=np.int64, count=int(lengths.sum()))
        rows = np.repeat(np.arange(len(self.picks)), lengths)
        order = np.argsort(flat, kind="stable")
        edges = np.searchsorted(flat[order], np.arange(len(self.projects) + 1))
        return tuple(rows[order[edges[n] : edges[n + 1]]] for n in range(len(self.projects)))

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters name each project, those counted elsewhere included."""
        return tuple(int(self.weights[s].sum()) + p.votes for s, p in zip(self.supporters, self.projects, strict=True))

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """Points of each project where ballots give points; else its votes."""
        if not self.points:
            return self.votes
        totals = [p.votes for p in self.projects]
        for picks, points, number in zip(self.picks, self.points, self.numbers, strict=True):
            for place, given in zip(picks, points, strict=True):
                totals[place] += given * number
        return tuple(totals)

    def money(self, units: int) -> int | str:
        """An amount as its currency writes it: a whole number, or a decimal text where the election counts in parts."""
        whole, rest = divmod(units, self.scale)
        return whole if not rest else f"{Decimal(units) / self.scale:f}"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of everything a count depends on but the rule: equal fingerprints, equal elections."""
        papers = sha256(repr((self.picks, self.points, self.numbers)).encode()).hexdigest()
        listed = [[p.id, p.cost, p.votes, list(p.fields)] for p in self.projects]
        return sha256(canonical({"projects": listed, "budget": self.budget, "kind": self.kind, "papers": papers})).hexdigest()
