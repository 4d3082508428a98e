"""The fairest chances if committees could be cut in pieces: the linear relaxation.

Over the numbers x (expected seats of each type) that meet the quotas, the smallest chance x / size is made as large as possible; for
leximin, the types that hold it down (positive price) are pinned there and the others are raised again, until all are pinned. The
relaxation contains every distribution over real committees, so nothing can be fairer; where real committees reach it (``peeling``,
``columns``), it is the optimum. Types that can sit in no committee must have been taken out.

Leximin for sortition: Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021).
"""

from dataclasses import dataclass

import numpy as np

from madang.methods.seats.frame import Frame
from madang.methods.seats.programme import INFINITY, Floats, Programme

PRICED = 1e-6
"""A type holds the smallest chance down when its price is above this; prices of one step add up to 1."""
SLACK = 1e-10
"""How far below its pinned value a chance (times people / seats) may fall, so that rounding contradicts nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """``expected`` seats per type, shape (types,); ``least`` is the smallest chance of a person; ``steps`` of pinning."""

    expected: Floats
    least: float
    steps: int


def target(frame: Frame, *, leximin: bool) -> Target:
    """The relaxation's optimum; without ``leximin`` only the smallest chance is the fairest, the rest falls as it may."""
    types = len(frame.sizes)
    programme = Programme(presolve="off")
    programme.frame(frame)
    level = programme.column(1.0, 0.0, INFINITY)
    scale = frame.people / (frame.seats * frame.sizes)
    first = programme.rows
    for kind in range(types):
        programme.row(0.0, INFINITY, (kind, level), (float(scale[kind]), -1.0))
    free = set(range(types))
    least, steps = 0.0, 0
    while free:
        if not programme.solve():
            raise ValueError("the quotas contradict each other")
        found, prices = programme.values(), programme.prices()[first:]
        least = float(found[level]) if not steps else least
        steps += 1
        if not leximin:
            break
        pinned = [kind for kind in sorted(free) if prices[kind] > PRICED]
        for kind in pinned or sorted(free):
            programme.pin(first + kind, float(found[level]) - SLACK, level)
            free.discard(kind)
    expected = np.clip(programme.values()[:types], 0.0, frame.sizes)
    return Target(expected, least * frame.seats / frame.people, steps)
