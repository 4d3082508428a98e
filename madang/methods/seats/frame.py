"""A pool under its quotas as arrays: what the solver sees. Rows are the quotas and, last, the number of seats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from madang.methods.seats.lottery import Counts as Counts
from madang.methods.seats.pool import Type
from madang.methods.seats.quotas import Quota


@dataclass(frozen=True, slots=True)
class Frame:
    """``sizes`` people of each type, shape (types,); ``member`` 1 where a row counts a type, shape (rows, types);
    ``low`` ≤ row ≤ ``high``."""

    sizes: NDArray[np.int64]
    member: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    seats: int

    @property
    def people(self) -> int:
        return int(self.sizes.sum())

    def holds(self, counts: NDArray[np.int64] | Sequence[int]) -> bool:
        """Whether these numbers are a committee: every quota met, no more people than there are. Whole numbers, no tolerance."""
        given = np.asarray(counts, dtype=np.int64)
        rows = self.member @ given
        return bool((given >= 0).all() and (given <= self.sizes).all() and (rows >= self.low).all() and (rows <= self.high).all())

    def of(self, types: Iterable[int]) -> "Frame":
        """The frame with these types alone."""
        kept = np.array(sorted(types), dtype=np.int64)
        return Frame(self.sizes[kept], self.member[:, kept], self.low, self.high, self.seats)


def frame_of(types: Sequence[Type], features: Sequence[str], quotas: Sequence[Quota], seats: int) -> Frame:
    """Raises ValueError for a quota on a feature the types do not have, a value without a quota, a quota given twice, or seats below 1."""
    if seats < 1:
        raise ValueError("at least one seat is drawn")
    asked = {(quota.feature, quota.value) for quota in quotas}
    if len(asked) != len(quotas):
        raise ValueError("a quota is given twice")
    for feature in {quota.feature for quota in quotas}:
        if feature not in features:
            raise ValueError(f"nobody has the feature {feature}")
        if bare := sorted({kind.values[features.index(feature)] for kind in types} - {value for name, value in asked if name == feature}):
            raise ValueError(f"{feature} {bare[0]} has no quota")
    places = [features.index(quota.feature) for quota in quotas]
    rows = [[int(kind.values[place] == quota.value) for kind in types] for place, quota in zip(places, quotas, strict=True)]
    rows.append([1] * len(types))
    return Frame(
        np.array([len(kind.keys) for kind in types], dtype=np.int64),
        np.array(rows, dtype=np.int64).reshape(len(rows), len(types)),
        np.array([*(quota.min for quota in quotas), seats], dtype=np.int64),
        np.array([*(quota.max for quota in quotas), seats], dtype=np.int64),
        seats,
    )
