"""Sequential Phragmén: the cost of each project is a load that its supporters carry, and the next project is the one after which the most
laden of its supporters carries least.

Los, Christoff, Grossi: "Proportional Budget Allocations: Towards a Systematization", IJCAI 2022. The count ends when the project whose turn
it is does not fit the money that is left. Loads run in float64 with bounds; near ties are decided by replaying in exact rationals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from madang.methods.voting.election import Election
from madang.methods.voting.limits import Limits, Watch

BAND = 1e-11
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Laden:
    """One round: the project, the load of its supporters after it, how many they are, and whether exact numbers decided."""

    project: int
    load: float
    supporters: int
    exact: bool


@dataclass(frozen=True)
class Phragmen:
    rounds: tuple[Laden, ...]
    stopped_at: int | None
    """The project whose turn it was and that did not fit; None when all were funded."""
    needed: dict[int, int | None]


def phragmen(election: Election, ties: Sequence[int], limits: Limits, *, exact: bool = False, closeness: bool = True) -> Phragmen:
    """Fund in the order of least load until one does not fit. `exact`: every round in exact rationals. `closeness=False` leaves `needed`
    empty and looks at few projects in a round."""
    return _Run(election, ties, limits, exact, closeness).play()


class _Run:
    def __init__(self, election: Election, ties: Sequence[int], limits: Limits, always: bool, closeness: bool) -> None:
        self.election, self.ties, self.always, self.closeness = election, ties, always, closeness
        self.weights = election.weights.astype(np.float64)
        self.voices = election.supporters
        self.heads = [self.weights[v] for v in self.voices]
        self.sizes = [int(h.sum()) for h in self.heads]
        self.loads = np.zeros(len(self.weights))
        self.rows = [n for n, s in enumerate(self.sizes) if s > 0 and election.votes[n] >= limits.threshold]
        self.watch = Watch(limits, election)
        self.rounds: list[Laden] = []
        self.costs = [p.cost for p in election.projects]
        self.old = {n: self.costs[n] / self.sizes[n] for n in self.rows}  # loads only grow: an old one is a lower bound
        self.turn = np.full(len(self.weights), -1)  # the round that gave a ballot its load
        self.exact_loads: list[Fraction] = []
        self.needed: dict[int, int | None] = dict.fromkeys(self.rows) if closeness else {}

    def play(self) -> Phragmen:
        left = self.election.budget
        while True:
            self.rows = [n for n in self.rows if not self.watch.bars(n)]
            if not self.rows:
                return Phragmen(tuple(self.rounds), None, self.needed)
            new = self._loads()
            least = min(new.values())
            near = [n for n, load in new.items() if load <= least * (1 + BAND)]
            exact = len(near) > 1 or self.always
            if exact:
                sure = {n: self._exact(n) for n in (self.rows if self.always else near)}
                bound = min(sure.values())
                near = [n for n, load in sure.items() if load == bound]
            # Should one of the equals not fit, the count ends: which of them comes first must not decide whether it goes on.
            too_dear = [n for n in near if self.costs[n] > left]
            winner = min(too_dear or near, key=lambda n: self.ties[n])
            if self.closeness:
                self._count_needed(left, new, winner)
            if too_dear:
                return Phragmen(tuple(self.rounds), winner, self.needed)
            left -= self.costs[winner]
            self.watch.take(winner)
            self.rounds.append(Laden(winner, new[winner], self.sizes[winner], exact))
            self.loads[self.voices[winner]] = new[winner]
            self.exact_loads.append(Fraction(-1))
            self.turn[self.voices[winner]] = len(self.rounds) - 1
            self.rows.remove(winner)
            self.needed.pop(winner, None)

    def _loads(self) -> dict[int, float]:
        """Loads after buying each project: of all, or of those that can be the least."""
        every = self.closeness or self.always
        least, found = float("inf"), {}
        for n in sorted(self.rows, key=self.old.__getitem__):
            if self.old[n] > least * (1 + 2 * BAND) and not every:
                break
            found[n] = self.old[n] = self._load(n)
            least = min(least, found[n])
        return found

    def _load(self, n: int) -> float:
        loads = self.loads[self.voices[n]]
        carried = float((loads * self.heads[n]).sum())
        return (self.costs[n] + carried) / self.sizes[n]

    def _exact(self, n: int) -> Fraction:
        """The load after buying n, from the rounds that gave its supporters theirs."""
        voices = self.voices[n]
        numbers = np.bincount(self.turn[voices] + 1, weights=self.weights[voices])
        carried = sum((int(numbers[k]) * self._of_round(int(k) - 1) for k in np.flatnonzero(numbers) if k), Fraction(0))
        return (self.costs[n] + carried) / self.sizes[n]

    def _of_round(self, k: int) -> Fraction:
        """The exact load that round k gave; earlier rounds are made exact on the way."""
        if self.exact_loads[k] < 0:
            turn = np.full(len(self.weights), -1)
            for r, one in enumerate(self.rounds):
                voices = self.voices[one.project]
                if self.exact_loads[r] < 0:
                    numbers = np.bincount(turn[voices] + 1, weights=self.weights[voices])
                    carried = sum((int(numbers[j]) * self.exact_loads[int(j) - 1] for j in np.flatnonzero(numbers) if j), Fraction(0))
                    self.exact_loads[r] = (self.costs[one.project] + carried) / self.sizes[one.project]
                turn[voices] = r
        return self.exact_loads[k]

    def _count_needed(self, left: int, new: dict[int, float], winner: int) -> None:
        """Further voters who name only one project carry nothing yet: with so many of them it would have had this turn."""
        if not self.costs[winner]:
            return
        for n in self.rows:
            if self.costs[n] <= left and n != winner:
                missing = new[n] * self.sizes[n] / new[winner] - self.sizes[n]
                more = int(np.ceil(missing))
                if abs(missing - round(missing)) < NEAR:
                    sure = self._exact(n) * self.sizes[n] / self._exact(winner) - self.sizes[n]
                    more = -(-sure.numerator // sure.denominator)
                    more += sure.denominator == 1 and self.ties[n] > self.ties[winner]
                before = self.needed[n]
                self.needed[n] = max(1, more) if before is None else min(before, max(1, more))
