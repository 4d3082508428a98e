"""When quotas cannot all be met: the smallest change that makes a committee possible.

A unit is one seat by which a min is lowered or a max is raised; the sum of units is the least there is (a whole-number programme with
slack, HiGHS). First within ``min_flex`` and ``max_flex``; if that cannot work, without them, and the answer says so. Several changes may be
equally small: which one is named then depends on nothing but the pool and the quotas, and it is an offer, not a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from madang.methods.seats.frame import frame_of
from madang.methods.seats.pool import Pool, Type
from madang.methods.seats.programme import Programme
from madang.methods.seats.quotas import Quota


@dataclass(frozen=True, slots=True)
class Change:
    """This quota's min goes down by ``lower`` and its max up by ``higher`` seats."""

    quota: Quota
    lower: int
    higher: int

    @property
    def changed(self) -> Quota:
        """The quota as it would be."""
        quota = self.quota
        low, high = quota.min - self.lower, quota.max + self.higher
        flex = None if quota.max_flex is None else max(high, quota.max_flex)
        return replace(quota, min=low, max=high, min_flex=min(low, quota.min_flex), max_flex=flex)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """``changes`` that make a committee possible, none when one is already; ``units`` seats in all.

    ``within_flex`` is False when the limits of the quotas had to be passed. ``missing`` people: the pool is smaller than the seats by so
    many, and no change of quotas helps.
    """

    changes: tuple[Change, ...]
    within_flex: bool = True
    missing: int = 0

    @property
    def units(self) -> int:
        return sum(change.lower + change.higher for change in self.changes)

    def applied(self, quotas: Sequence[Quota]) -> tuple[Quota, ...]:
        """The quotas with the changes made."""
        changed = {change.quota: change.changed for change in self.changes}
        return tuple(changed.get(quota, quota) for quota in quotas)


def relaxation(pool: Pool, quotas: Sequence[Quota], seats: int) -> Relaxation:
    """The smallest change of these quotas for so many seats. Raises ValueError as ``frame.frame_of`` does."""
    kept = pool.only({quota.feature for quota in quotas})
    ordered = sorted(quotas, key=lambda quota: (quota.feature, quota.value))
    frame_of(kept.types(), kept.features, ordered, seats)
    if (missing := seats - len(kept.people)) > 0:
        return Relaxation((), missing=missing)
    for within in (True, False):
        changes = _smallest(kept.types(), kept.features, ordered, seats, within)
        if changes is not None:
            return Relaxation(changes, within_flex=within)
    raise ArithmeticError("without any quota a committee exists")


def _smallest(
    types: Sequence[Type], features: Sequence[str], quotas: Sequence[Quota], seats: int, within: bool
) -> tuple[Change, ...] | None:
    frame = frame_of(types, features, quotas, seats)
    programme = Programme()
    for size in frame.sizes:
        programme.column(0.0, 0.0, float(size))
    lower, higher = [], []
    for i, quota in enumerate(quotas):
        most = seats if quota.max_flex is None or not within else quota.max_flex
        lower.append(programme.column(-1.0, 0.0, float(quota.min - (quota.min_flex if within else 0))))
        higher.append(programme.column(-1.0, 0.0, float(max(0, most - quota.max))))
        at = np.flatnonzero(frame.member[i]).tolist()
        programme.row(float(quota.min), np.inf, [*at, lower[i]], [1.0] * (len(at) + 1))
        programme.row(-np.inf, float(quota.max), [*at, higher[i]], [*[1.0] * len(at), -1.0])
    programme.row(float(seats), float(seats), range(len(types)), [1.0] * len(types))
    programme.whole()
    if not programme.solve():
        return None
    found = programme.counts()
    changes = (Change(quota, int(found[lower[i]]), int(found[higher[i]])) for i, quota in enumerate(quotas))
    return tuple(change for change in changes if change.lower or change.higher)
