"""The Method of Equal Shares, one run for one endowment: certified floating point, exact where it matters.

Method: every voter gets the same money. A project can be bought if the voters who name it have enough between them; each pays in
proportion to the utility the project gives that voter, or all that is left of the own money. In every round the project is bought whose
payment for a unit of utility (rho) is least, until none can be bought. Peters, Pierczyński, Skowron: "Proportional Participatory
Budgeting with Additive Utilities", NeurIPS 2021. Utility "cost": a project gives each who names it its cost (so rho is the share of the
cost that one pays); "cardinality": 1; "points": what the ballot gives.

Arithmetic: rounds run in float64 with a bound on every error. Where two projects or an amount and a cost are nearer than the bounds, the
exact state is made by replaying the purchases in whole numbers over a common denominator, and decides. The outcome is therefore that of
exact rationals, always.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any, Literal

import numpy as np

from madang.methods.voting.election import Election
from madang.methods.voting.exact import ExactPurses
from madang.methods.voting.limits import Limits, Watch

Utility = Literal["cost", "cardinality", "points"]
EPS = 2.0**-50  # of one step: addition and rounding of a sum, with room
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase: the project, rho (payment for a unit of utility), who named it, how many gave all they had, and whether its round
    needed the exact state."""

    project: int
    rho: float
    supporters: int
    emptied: int
    exact: bool


class EqualShares:
    """Runs of one election: what does not depend on the endowment is made once."""

    def __init__(self, election: Election, utility: Utility, ties: Sequence[int], limits: Limits, *, exact: bool = False) -> None:
        self.election, self.utility, self.ties, self.limits, self.always = election, utility, ties, limits, exact
        if utility == "points" and not election.points:
            raise ValueError("these ballots give no points")
        self.weights = election.weights.astype(np.float64)
        self.costs = [float(p.cost) for p in election.projects]
        self.gives: list[Any] = [None] * len(election.projects)
        self.voices = list(election.supporters)
        if utility == "points":
            self._take_points()
        self.heads = [self.weights[v] for v in self.voices]
        self.caps = [h if g is None else h * g for h, g in zip(self.heads, self.gives, strict=True)]
        self.sizes = [float(h.sum()) for h in self.heads]
        self.full = [float(c.sum()) for c in self.caps]
        self.scale = [c if utility == "cost" else 1.0 for c in self.costs]
        self.candidates = [
            n for n, p in enumerate(election.projects) if p.cost > 0 and self.sizes[n] > 0 and election.votes[n] >= limits.threshold
        ]
        self.free = [n for n, p in enumerate(election.projects) if not p.cost and self.sizes[n] and election.votes[n] >= limits.threshold]

    def _take_points(self) -> None:
        given = [dict(zip(picks, points, strict=True)) for picks, points in zip(self.election.picks, self.election.points, strict=True)]
        for n, voices in enumerate(self.voices):
            points = np.array([given[v][n] for v in voices], dtype=np.float64)
            self.voices[n], self.gives[n] = voices[points > 0], points[points > 0]

    def run(self, endowment: Fraction) -> list[Bought]:
        """The purchases in their order when every voter gets `endowment` units."""
        return _Run(self, endowment).play()

    def unit(self, n: int) -> int:
        """What a project gives each of its voters, where it gives all the same."""
        return self.election.projects[n].cost if self.utility == "cost" else 1

    def purses(self, endowment: Fraction) -> ExactPurses:
        return ExactPurses(self.election.weights, self.voices, self.gives, [p.cost for p in self.election.projects], endowment)


class _Run:
    def __init__(self, game: EqualShares, endowment: Fraction) -> None:
        self.game, self.endowment = game, endowment
        self.start = float(endowment)
        self.money = np.full(len(game.weights), self.start)
        self.bought: list[Bought] = []
        self.exact: ExactPurses | None = None
        self.watch = Watch(game.limits, game.election) if game.limits.are_any else None

    def play(self) -> list[Bought]:
        game = self.game
        for n in sorted(game.free, key=lambda n: game.ties[n]):
            if not (self.watch and self.watch.bars(n)):
                self.bought.append(Bought(n, 0.0, int(game.sizes[n]), 0, False))
                if self.watch:
                    self.watch.take(n)
        # What a project costs its voters never falls from round to round, so an old figure is a lower bound: most are not looked at again.
        heap = [
            (game.costs[n] / game.full[n] / game.scale[n], n)
            for n in game.candidates
            if game.costs[n] <= self.start * game.sizes[n] * (1 + 1e-9)
        ]
        heap.sort()
        while heap:
            best = self._best(heap)
            if best is None:
                break
            self._buy(*best)
        return self.bought

    def _best(self, heap: list[tuple[float, int]]) -> tuple[int, float, bool] | None:
        """Takes the next purchase off the heap: project, rho, and whether the exact state decided."""
        looked: list[tuple[float, float, int]] = []  # rho, its error, project
        bound = float("inf")
        exact = False
        while heap and heap[0][0] * (1 - 1e-9) <= bound:
            old, n = heappop(heap)
            if self.watch and self.watch.bars(n):
                continue
            rho, error, sure = self._price(n, old)
            if not sure or self.game.always:
                exact = True
                if not self._purses().affords(n):
                    continue
                rho, error = float(self._purses().rho(n, self.game.unit(n))), 0.0
            elif rho == float("inf"):
                continue
            looked.append((rho, error, n))
            bound = min(bound, rho + error + rho * 1e-12)
        if not looked:
            return None
        near = [one for one in looked if one[0] - one[1] - one[0] * 1e-12 <= bound]
        winner = near[0][2]
        if len(near) > 1:
            exact = True
            purses = self._purses()
            winner = min((n for _rho, _error, n in near), key=lambda n: (purses.rho(n, self.game.unit(n)), self.game.ties[n]))
        for rho, error, n in looked:
            if n != winner:
                heappush(heap, (rho - error, n))
        return winner, next(rho for rho, _error, n in looked if n == winner), exact

    def _price(self, n: int, old: float) -> tuple[float, float, bool]:
        """rho, a bound on its error, and whether it is sure that the voters can or cannot pay; inf where they cannot.

        `old` is a lower bound. What voters give when nobody gives more than x grows with x ever more slowly, so Newton's steps from below
        come up to the payment and stop, as soon as a step finds the same voters giving all they have."""
        game = self.game
        heads, gives, caps, cost, full = game.heads[n], game.gives[n], game.caps[n], game.costs[n], game.full[n]
        money = self.money[game.voices[n]]
        theirs = money * heads
        have = float(theirs.sum())
        slack = (len(self.bought) + 4) * EPS * self.start * game.sizes[n] + have * EPS * (16 + len(money) / 8)
        if have < cost - slack:
            return float("inf"), 0.0, True
        if have < cost + slack:
            return 0.0, 0.0, False
        rho, left = max(old * game.scale[n], cost / full), -1.0
        for _step in range(MOST_STEPS):
            poor = (money < (rho if gives is None else rho * gives)).astype(np.float64)
            before, left = left, full - float((caps * poor).sum())
            if left == before:
                return rho / game.scale[n], slack / left / game.scale[n], True
            if left <= 0:
                break
            rho = (cost - float((theirs * poor).sum())) / left
        return 0.0, 0.0, False

    def _purses(self) -> ExactPurses:
        """The exact state of now: made at the first need, brought up to date at the next."""
        if self.exact is None:
            self.exact = self.game.purses(self.endowment)
        for one in self.bought[self.exact.done :]:
            self.exact.buy(one.project)
        return self.exact

    def _buy(self, n: int, rho: float, exact: bool) -> None:
        game = self.game
        voices, pay = game.voices[n], rho * game.scale[n]
        left = self.money[voices] - (pay if game.gives[n] is None else pay * game.gives[n])
        poor = left <= 0
        emptied = int(game.heads[n][poor].sum())
        self.money[voices] = np.maximum(left, 0.0)
        self.bought.append(Bought(n, rho, int(game.sizes[n]), emptied, exact))
        if self.watch:
            self.watch.take(n)
