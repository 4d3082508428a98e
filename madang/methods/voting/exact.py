"""The voters' money in exact numbers: whole numbers over one common denominator, one for all who bought the same things."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np


class ExactPurses:
    """Voters of the same purchases have the same money, so a class of them shares one number. `voices[p]` are the positions of the
    ballots that pay for p, `gives[p]` the utilities beside them or None where all get the same, `costs` whole units."""

    def __init__(self, weights: Any, voices: Sequence[Any], gives: Sequence[Any], costs: Sequence[int], endowment: Fraction) -> None:
        self._weights, self._voices, self._gives, self._costs = weights, voices, gives, costs
        self._class = np.zeros(len(weights), dtype=np.int64)
        self._money = [endowment.numerator]
        self._parts = endowment.denominator
        self._known: dict[int, tuple[int, int] | None] = {}
        self.done = 0

    def affords(self, project: int) -> bool:
        return self._price(project) is not None

    def rho(self, project: int, unit: int) -> Fraction:
        """Payment for one unit of utility where a project that gives all the same gives each `unit`. Raises ValueError if unaffordable."""
        price = self._price(project)
        if price is None:
            raise ValueError("the voters cannot pay for it")
        top, bottom = price
        return Fraction(top, bottom * self._parts * unit)

    def have(self, project: int, most: Fraction | None) -> Fraction:
        """What its voters have between them, or would give if each gave at most `most` for a unit of utility."""
        total = Fraction(0)
        for money, number, unit in self._groups(project):
            one = Fraction(money, self._parts)
            total += number * (one if most is None else min(one, most * unit))
        return total

    def buy(self, project: int) -> None:
        """Its voters pay: each rho times the utility, or all that is left. A project that costs nothing changes nothing."""
        self.done += 1
        if not self._costs[project]:
            return
        price = self._price(project)
        if price is None:
            raise ValueError("the voters cannot pay for it")
        top, bottom = price
        common = gcd(top, bottom)
        top, bottom = top // common, bottom // common
        money = [one * bottom for one in self._money] if bottom != 1 else list(self._money)
        self._parts *= bottom
        voices, gives = self._voices[project], self._gives[project]
        if gives is None:
            keys, kinds = np.unique(self._class[voices], return_inverse=True)
            pays = [(int(one), top) for one in keys]
        else:
            pairs = np.stack([self._class[voices], gives.astype(np.int64)])
            keys, kinds = np.unique(pairs, axis=1, return_inverse=True)
            pays = [(int(one), top * int(unit)) for one, unit in keys.T]
        place: dict[int, int] = {}
        ends = np.empty(len(pays), dtype=np.int64)
        for n, (one, pay) in enumerate(pays):
            left = max(money[one] - pay, 0)
            # Whoever has nothing left is in one class, whatever was bought.
            key = 0 if not left else -1 - n
            if key not in place:
                place[key] = len(money)
                money.append(left)
            ends[n] = place[key]
        self._class[voices] = ends[kinds.reshape(-1)]
        used, self._class = np.unique(self._class, return_inverse=True)
        self._class = self._class.reshape(-1)
        self._money = [money[int(one)] for one in used]
        self._known.clear()

    def _price(self, project: int) -> tuple[int, int] | None:
        """rho for one unit as (number of parts, divisor); None where all the voters' money is not enough."""
        if project not in self._known:
            self._known[project] = self._fill(project)
        return self._known[project]

    def _fill(self, project: int) -> tuple[int, int] | None:
        groups = self._groups(project)
        cost = self._costs[project] * self._parts
        paid, left = 0, sum(number * unit for _money, number, unit in groups)
        if sum(money * number for money, number, _unit in groups) < cost:
            return None
        # Those who have least for their utility are the first to give all.
        rich = sorted(groups, key=lambda g: Fraction(g[0], g[2]) if g[2] != 1 else g[0])
        for money, number, unit in rich:
            if money * left >= (cost - paid) * unit:
                return cost - paid, left
            paid += money * number
            left -= number * unit
        raise AssertionError("the last voters pay what is left")

    def _groups(self, project: int) -> list[tuple[int, int, int]]:
        """(money, how many voters, utility) of the classes that pay for a project."""
        voices, gives = self._voices[project], self._gives[project]
        if gives is None:
            numbers = np.bincount(self._class[voices], weights=self._weights[voices], minlength=len(self._money))
            return [(self._money[n], int(numbers[n]), 1) for n in np.flatnonzero(numbers)]
        pairs = np.stack([self._class[voices], gives.astype(np.int64)])
        keys, kinds = np.unique(pairs, axis=1, return_inverse=True)
        numbers = np.bincount(kinds.reshape(-1), weights=self._weights[voices])
        return [(self._money[int(one)], int(numbers[n]), int(unit)) for n, (one, unit) in enumerate(keys.T)]
