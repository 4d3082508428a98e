"""Quota lotteries with the fairest chances: maximin and leximin over types of people.

Among all lotteries over committees that meet the quotas, ``maximin`` makes the smallest chance of anybody who can sit as large as
possible; ``leximin`` then also the second smallest, and so on. The way there:

1. few committees in which everybody sits who can (``columns.covering``); without any, the answer is the smallest relaxation;
2. the fairest expected seats of the linear relaxation (``targets``), which no lottery can pass;
3. those are cut into real committees (``peeling``), where that gets stuck by column generation (``columns.reach``);
4. where real committees cannot reach the relaxation, column generation over real committees finds their own optimum (``columns.fairest``).

Tolerance: the smallest chance is within 1e-6 of ``Lottery.bound``, relative to seats / people; every committee is checked in whole numbers.
Chances are as fair as the quotas let them be, not equal: some may be certain and others rare. Show them (``Lottery.chance_of``).
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from madang.methods.seats import columns
from madang.methods.seats.frame import Counts, frame_of
from madang.methods.seats.lottery import TICKETS, Lottery, tickets_of
from madang.methods.seats.peeling import peel
from madang.methods.seats.pool import Pool
from madang.methods.seats.quotas import Quota
from madang.methods.seats.relaxation import Relaxation, relaxation
from madang.methods.seats.targets import target

Method = Literal["maximin", "leximin"]
METHODS: tuple[Method, ...] = ("maximin", "leximin")
REACHED = 1e-7


def solve(pool: Pool, quotas: Sequence[Quota], seats: int, method: Method = "leximin", *, tickets: int = TICKETS) -> Lottery | Relaxation:
    """The fairest lottery for so many seats, or the smallest relaxation when no committee meets the quotas.

    The pool may have further features; people are told apart by those with quotas alone. Raises ValueError for another method, for a value
    without a quota, a quota on a feature nobody has, a quota given twice, or seats below 1; ``programme.Unsolved`` if the solver gives up.
    """
    if method not in METHODS:
        raise ValueError(f"methods are {', '.join(METHODS)}")
    ordered = tuple(sorted(quotas, key=lambda quota: (quota.feature, quota.value)))
    kept = pool.only({quota.feature for quota in ordered})
    types = kept.types()
    frame = frame_of(types, kept.features, ordered, seats)
    known = columns.covering(columns.Committees(frame)) if types else ()
    if not known:
        return relaxation(kept, ordered, seats)
    sitting = np.flatnonzero(np.array(known).sum(axis=0)).tolist()
    inner = frame.of(sitting)
    chances, bound = _chances(columns.Committees(inner), [_only(counts, sitting) for counts in known], method == "leximin")
    full = [(chance, _back(counts, sitting, len(types))) for chance, counts in chances]
    return Lottery(
        method, seats, ordered, kept.features, tuple(kind.values for kind in types), tuple(len(kind.keys) for kind in types),
        tickets_of(full, tickets), kept.fingerprint(), bound,
    )  # fmt: skip


def _chances(committees: columns.Committees, known: Iterable[Counts], leximin: bool) -> tuple[columns.Chances, float]:
    """The distribution and the bound of the smallest chance."""
    frame = committees.frame
    aim = target(frame, leximin=leximin)
    peeled = peel(frame, aim.expected)
    if not peeled.left:
        return peeled.committees, aim.least
    known = [*known, *(counts for _, counts in peeled.committees)]
    if leximin:
        near = columns.reach(committees, aim.expected, known)
        if near.level > 1 - REACHED:
            return near.chances, aim.least
        known += [counts for _, counts in near.chances]
    found = columns.fairest(committees, known, leximin=leximin, enough=aim.least)
    return found.chances, found.bound


def _only(counts: Counts, types: Sequence[int]) -> Counts:
    return tuple(counts[i] for i in types)


def _back(counts: Counts, types: Sequence[int], size: int) -> Counts:
    full = [0] * size
    for i, number in zip(types, counts, strict=True):
        full[i] = number
    return tuple(full)
