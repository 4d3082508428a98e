"""Cutting expected seats into real committees, one after the other.

From the point of expected seats, each committee rounds every type and every quota's row down or up. It is taken for as long as the rest
still lies between the same floors and ceilings; then one more number has become whole and stays so. There are at most as many
committees as types and quotas together, and people of a type see their number change by at most one from committee to committee.

The rest may lie outside the hull of real committees (whole-number corners are not promised); then peeling stops, says what is left, and
``columns`` takes over with the committees found so far.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang.methods.seats.frame import Counts, Frame
from madang.methods.seats.programme import Floats, Programme

WHOLE = 1e-7
"""A number this close to a whole one is taken for it, at first. What is left is divided by its chance, and its rounding errors with it, so
the width grows in the same measure, to ``WIDEST`` at most."""
WIDEST = 1e-2
NOTHING = 1e-7
"""A remaining chance this small is left out; nobody's chance changes by more than this part of it."""
NEAR = 1e-6
"""All is cut when the committees' mean is this near to the expected seats, as a part of them."""


@dataclass(frozen=True, slots=True)
class Peeled:
    """Committees with their chances; ``left`` is the chance for which none was found, 0.0 when all is cut."""

    committees: tuple[tuple[float, Counts], ...]
    left: float


def peel(frame: Frame, expected: Floats) -> Peeled:
    """Committees whose mean is ``expected`` (shape (types,)), as far as it goes."""
    programme = Programme(mip_rel_gap=1e-3, mip_abs_gap=1e-3)  # any committee between floors and ceilings will do, a close one is better
    programme.frame(frame)
    programme.whole()
    rest, left = expected.astype(np.float64), 1.0
    found: list[tuple[float, Counts]] = []
    while left > NOTHING:
        width = min(WIDEST, WHOLE / left)
        types, rows = _Between(rest, width), _Between(frame.member @ rest, width)
        programme.limits((types.floor, types.ceiling), (rows.floor, rows.ceiling))
        programme.costs(2 * types.part - 1)
        if not programme.solve():
            return Peeled(tuple(found), left)
        counts = programme.counts()
        if not frame.holds(counts):
            return Peeled(tuple(found), left)
        share = min(types.share(counts), rows.share(frame.member @ counts))
        found.append((left * share, tuple(counts.tolist())))
        if share > 1 - WHOLE:
            break
        if share <= 0:
            return Peeled(tuple(found), left)
        rest = (rest - share * counts) / (1 - share)
        left *= 1 - share
    mean = sum(chance * np.array(counts) for chance, counts in found) / sum(chance for chance, _ in found)
    return Peeled(tuple(found), 0.0 if (mean >= expected * (1 - NEAR)).all() else NEAR)


class _Between:
    """Numbers between their floors and ceilings."""

    def __init__(self, numbers: Floats, width: float) -> None:
        self.floor = np.floor(numbers + width)
        self.ceiling = np.ceil(numbers - width)
        self.part = numbers - self.floor

    def share(self, counts: NDArray[np.int64]) -> float:
        """For how long ``counts`` may be taken before the rest leaves the floors and ceilings."""
        limits = np.where(counts > self.floor, self.part, 1 - self.part)[self.ceiling > self.floor]
        return float(limits.min()) if limits.size else 1.0
