"""Column generation over real committees: exact where the relaxation promises too much.

The master programme gives the committees known so far their chances; its prices ask for the committee they value most (a whole-number
programme over type counts); a committee worth more than the known ones joins them. When there is none, the distribution is the best of
all, and the value of the last committee asked for is a bound nobody can pass (linear duality).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from madang.methods.seats.frame import Counts, Frame
from madang.methods.seats.programme import INFINITY, Floats, Programme
from madang.methods.seats.targets import PRICED, SLACK

WORTH = 1e-8
"""A committee joins when it is worth more than this above the known ones; values are about 1."""
Chances = tuple[tuple[float, Counts], ...]


class Committees:
    """All committees of a frame, asked for by what they are worth."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._programme = Programme()
        self._programme.frame(frame)
        self._programme.whole()

    def best(self, worth: Floats) -> Counts | None:
        """The committee whose types are worth most together; None when there is no committee at all."""
        self._programme.costs(worth)
        if not self._programme.solve():
            return None
        counts = self._programme.counts()
        if not self.frame.holds(counts):
            raise ArithmeticError("the solver's committee does not meet the quotas")
        return tuple(counts.tolist())


def covering(committees: Committees) -> tuple[Counts, ...]:
    """Few committees in which every type that can sit at all sits somewhere; none when there is no committee."""
    waiting = np.ones(len(committees.frame.sizes), dtype=bool)
    found: list[Counts] = []
    while waiting.any():
        best = committees.best(waiting.astype(np.float64))
        if best is None or (found and not any(np.array(best)[waiting])):
            break
        found.append(best)
        waiting &= np.array(best) == 0
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """A distribution over committees; ``level`` is what the smallest chance came to, ``bound`` what it could not pass (same scale)."""

    chances: Chances
    level: float
    bound: float


class _Master:
    """The chances of the known committees. Each type's expected seats times ``scale`` is at least the level, which is maximised."""

    def __init__(self, committees: Committees, scale: Floats, known: Iterable[Counts]) -> None:
        self._committees, self._scale = committees, scale
        self._known: dict[Counts, None] = {}
        self._programme = Programme(presolve="off")
        self._programme.column(1.0, 0.0, INFINITY)
        for _ in scale:
            self._programme.row(0.0, INFINITY, (0,), (-1.0,))
        self._sum = self._programme.row(1.0, 1.0)
        for counts in known:
            self._join(counts)

    def _join(self, counts: Counts) -> None:
        if counts in self._known:
            return
        self._known[counts] = None
        at = np.flatnonzero(counts)
        values = np.array(counts)[at] * self._scale[at]
        self._programme.column(0.0, 0.0, INFINITY, [*at.tolist(), self._sum], [*values.tolist(), 1.0])

    def grow(self, enough: float = INFINITY, *, all_or_nothing: bool = False) -> tuple[float, float, Floats]:
        """Adds committees until none is worth more, or the level is ``enough``; ``all_or_nothing``, or it is proved that it never will be.

        Level, bound and the prices of the types.
        """
        bound = INFINITY
        while True:
            if not self._programme.solve():
                raise ArithmeticError("the master programme has no answer")
            level, prices = float(self._programme.values()[0]), self._programme.prices()
            types, sum_price = np.maximum(prices[: len(self._scale)], 0.0), float(prices[self._sum])
            if level >= enough - WORTH:
                return level, enough, types
            best = self._committees.best(types * self._scale)
            if best is None:
                raise ArithmeticError("there is no committee")
            more = float((types * self._scale) @ np.array(best)) + sum_price
            bound = min(bound, level + max(more, 0.0))
            if more <= WORTH or best in self._known or (all_or_nothing and bound < enough - 1e-6):
                return level, bound, types
            self._join(best)

    def pin(self, kind: int, level: float) -> None:
        self._programme.pin(kind, level - SLACK, 0)

    def chances(self) -> Iterator[tuple[float, Counts]]:
        for chance, counts in zip(self._programme.values()[1:], self._known, strict=True):
            if chance > 0:
                yield float(chance), counts


def reach(committees: Committees, expected: Floats, known: Iterable[Counts]) -> Found:
    """The distribution whose expected seats come nearest to ``expected`` (all above 0) in proportion; reached when the level is 1."""
    master = _Master(committees, 1.0 / expected, known)
    level, bound, _ = master.grow(1.0, all_or_nothing=True)
    return Found(tuple(master.chances()), level, bound)


def fairest(committees: Committees, known: Iterable[Counts], *, leximin: bool, enough: float = INFINITY) -> Found:
    """Maximin or leximin over real committees. Levels are smallest chances of a person; ``enough`` is a bound known from elsewhere."""
    frame = committees.frame
    unit = frame.seats / frame.people
    master = _Master(committees, np.asarray(1.0 / (unit * frame.sizes), dtype=np.float64), known)
    level, bound, prices = master.grow(enough / unit)
    free = set(range(len(frame.sizes))) if leximin else set()
    first = level
    while free:
        pinned = [kind for kind in sorted(free) if prices[kind] > PRICED] or sorted(free)
        for kind in pinned:
            master.pin(kind, level)
            free.discard(kind)
        if free:
            level, _, prices = master.grow()
    return Found(tuple(master.chances()), first * unit, bound * unit)
