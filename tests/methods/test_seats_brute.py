"""Fair lotteries against brute force in exact fractions: every committee listed, leximin by its definition, no solver and no prices."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import isclose

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from madang.methods.seats import columns, fair
from madang.methods.seats.frame import Frame, frame_of
from madang.methods.seats.lottery import Lottery
from madang.methods.seats.peeling import peel
from madang.methods.seats.pool import Pool, pool_of
from madang.methods.seats.quotas import Quota
from madang.methods.seats.relaxation import Relaxation, relaxation
from madang.methods.seats.targets import target

Row = list[Fraction]


def maximum(costs: Sequence[Fraction], rows: Sequence[tuple[Row, Fraction]]) -> Fraction | None:
    """The largest costs·x for x ≥ 0 with row·x = right for every row; None when there is no such x. Two phases, Bland's rule."""
    width = len(costs)
    table = [[*(row if right >= 0 else [-v for v in row]), abs(right)] for row, right in rows]
    table = [[*row[:-1], *(Fraction(i == j) for j in range(len(table))), row[-1]] for i, row in enumerate(table)]
    basis = [width + i for i in range(len(table))]
    _pivot(table, basis, [Fraction(0)] * width + [Fraction(-1)] * len(table), width + len(table))
    if any(basis[i] >= width and row[-1] for i, row in enumerate(table)):
        return None
    for i in range(len(table)):
        if basis[i] >= width and (enter := next((j for j in range(width) if table[i][j]), None)) is not None:
            _step(table, basis, i, enter)
    kept = [i for i in range(len(table)) if basis[i] < width]
    table, basis = [[*table[i][:width], table[i][-1]] for i in kept], [basis[i] for i in kept]
    _pivot(table, basis, list(costs), width)
    return sum((costs[j] * row[-1] for j, row in zip(basis, table, strict=True)), Fraction(0))


def _pivot(table: list[Row], basis: list[int], costs: list[Fraction], width: int) -> None:
    while True:
        used = set(basis)
        worth = (
            j for j in range(width) if j not in used and costs[j] > sum(costs[b] * row[j] for b, row in zip(basis, table, strict=True))
        )
        enter = next(worth, None)
        if enter is None:
            return
        leave = min((row[-1] / row[enter], basis[i], i) for i, row in enumerate(table) if row[enter] > 0)[2]
        _step(table, basis, leave, enter)


def _step(table: list[Row], basis: list[int], leave: int, enter: int) -> None:
    table[leave] = [v / table[leave][enter] for v in table[leave]]
    for i, row in enumerate(table):
        if i != leave and row[enter]:
            table[i] = [a - row[enter] * b for a, b in zip(row, table[leave], strict=True)]
    basis[leave] = enter


def committees(frame: Frame) -> list[tuple[int, ...]]:
    return [counts for counts in product(*(range(size + 1) for size in frame.sizes.tolist())) if frame.holds(counts)]


def by_definition(frame: Frame, listed: Sequence[tuple[int, ...]], leximin: bool) -> list[Fraction]:
    """Chances per type that can sit: raise the smallest; whoever cannot have more than it without hurting one held stays there."""
    types = [i for i in range(len(frame.sizes)) if any(counts[i] for counts in listed)]
    chance = {i: [Fraction(counts[i], int(frame.sizes[i])) for counts in listed] for i in types}
    held: dict[int, Fraction] = {}
    while len(held) < len(types):
        free = [i for i in types if i not in held]
        level = best(chance, listed, {i: (row_of, held.get(i)) for i, row_of in chance.items()}, None)
        assert level is not None
        if not leximin:
            return [level]
        for i in free:
            floors = {j: (chance[j], held.get(j, level)) for j in types}
            if best(chance, listed, floors, i) == level:
                held[i] = level
    return [held[i] for i in types]


def best(
    chance: dict[int, Row], listed: Sequence[tuple[int, ...]], floors: dict[int, tuple[Row, Fraction | None]], goal: int | None
) -> Fraction | None:
    """The largest chance of type ``goal``, or (None) of the smallest of those without a floor. Columns: level, committees, slack."""
    number, order = len(listed), sorted(floors)
    rows: list[tuple[Row, Fraction]] = [([Fraction(0), *[Fraction(1)] * number, *[Fraction(0)] * len(order)], Fraction(1))]
    for place, i in enumerate(order):
        values, floor = floors[i]
        slack = [Fraction(-(place == j)) for j in range(len(order))]
        rows.append(([Fraction(-1 if floor is None else 0), *values, *slack], floor or Fraction(0)))
    costs = [Fraction(goal is None), *([Fraction(0)] * number if goal is None else chance[goal]), *[Fraction(0)] * len(order)]
    return maximum(costs, rows)


VALUES = {"가": ["ㄱ", "ㄴ"], "나": ["1", "2", "3"], "다": ["x", "y"]}
PEOPLE = st.lists(st.tuples(*(st.sampled_from(names) for names in VALUES.values())), min_size=3, max_size=9)
Case = tuple[Pool, list[Quota], int]


@st.composite
def tiny(draw: st.DrawFn, meetable: bool = True) -> Case:
    """Up to 9 people, three features of two or three values, often no whole-number corner; ``meetable`` quotas lie around a committee."""
    people = draw(PEOPLE)
    seats = draw(st.integers(1, min(4, len(people))))
    sitting = draw(st.permutations(people))[:seats]
    quotas = []
    for place, (feature, names) in enumerate(VALUES.items()):
        for name in names:
            has = sum(one[place] == name for one in sitting)
            least = draw(st.integers(max(0, has - 1), has) if meetable else st.integers(0, min(2, seats)))
            quotas.append(Quota(feature, name, least, draw(st.integers(has, has + 1) if meetable else st.integers(least, seats))))
    return pool_of({f"p{i}": dict(zip(VALUES, one, strict=True)) for i, one in enumerate(people)}, VALUES), quotas, seats


def frames(pool: Pool, quotas: Sequence[Quota], seats: int) -> Frame:
    return frame_of(pool.types(), pool.features, sorted(quotas), seats)


def people_chances(lottery: Lottery) -> list[float]:
    return sorted(float(c) for c, size in zip(lottery.chances, lottery.sizes, strict=True) if c for _ in range(size))


@settings(max_examples=60, deadline=None)
@given(st.booleans().flatmap(tiny), st.sampled_from(fair.METHODS))
def test_solver_agrees_with_brute_force(case: Case, method: fair.Method) -> None:
    pool, quotas, seats = case
    frame = frames(pool, quotas, seats)
    listed = committees(frame)
    found = fair.solve(pool, quotas, seats, method)
    if not listed:
        assert isinstance(found, Relaxation)
        return
    assert isinstance(found, Lottery)
    assert found.problems(pool) == ()
    assert set(found.never) == {i for i in range(len(frame.sizes)) if not any(counts[i] for counts in listed)}
    exact = by_definition(frame, listed, method == "leximin")
    assert isclose(float(found.least), float(min(exact)), abs_tol=1e-6)
    assert isclose(found.bound, float(min(exact)), abs_tol=1e-6)
    if method == "leximin":
        sizes = [size for i, size in enumerate(found.sizes) if i not in found.never]
        wanted = sorted(float(c) for c, size in zip(exact, sizes, strict=True) for _ in range(size))
        assert np.allclose(people_chances(found), wanted, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(tiny())
def test_column_generation_alone_agrees_with_brute_force(case: Case) -> None:
    """The way around the relaxation, which most real pools never need."""
    frame = frames(*case)
    listed = committees(frame)
    whole = columns.covering(columns.Committees(frame))
    sitting = np.flatnonzero(np.array(whole).sum(axis=0)).tolist()
    inner = frame.of(sitting)
    found = columns.fairest(columns.Committees(inner), [tuple(np.array(one)[sitting].tolist()) for one in whole], leximin=True)
    mean = sum(chance * np.array(counts) for chance, counts in found.chances) / inner.sizes
    exact = by_definition(frame, listed, leximin=True)
    assert np.allclose(mean, [float(c) for c in exact], atol=1e-6)
    assert isclose(found.bound, float(min(exact)), abs_tol=1e-6)


def changed(quotas: Sequence[Quota], units: int, flex: bool, seats: int) -> Iterator[list[Quota]]:
    """Every way to loosen these quotas by so many units."""
    if not quotas:
        if not units:
            yield []
        return
    first = quotas[0]
    top = first.max_flex if flex and first.max_flex is not None else max(seats, first.max)
    for lower in range(min(units, first.min - (first.min_flex if flex else 0)) + 1):
        for higher in range(min(units - lower, top - first.max) + 1):
            for rest in changed(quotas[1:], units - lower - higher, flex, seats):
                yield [Quota(first.feature, first.value, first.min - lower, first.max + higher), *rest]


@settings(max_examples=40, deadline=None)
@given(tiny(meetable=False), st.booleans())
def test_relaxation_is_enough_and_no_smaller_one_is(case: Case, tight: bool) -> None:
    pool, quotas, seats = case
    if tight:
        quotas = [Quota(q.feature, q.value, q.min, q.max, max(0, q.min - 1), q.max + 1) for q in quotas]
    found = relaxation(pool, quotas, seats)
    assert not found.missing
    eased = found.applied(sorted(quotas))
    assert committees(frames(pool, eased, seats)), "the named change is not enough"
    assert bool(found.units) != bool(committees(frames(pool, quotas, seats)))
    if found.within_flex:
        assert all(change.changed.min >= change.quota.min_flex for change in found.changes)
    assume(found.units <= 4)
    for fewer in range(found.units):
        for other in changed(sorted(quotas), fewer, found.within_flex, seats):
            assert not committees(frames(pool, other, seats)), "a smaller change is enough"


def test_flex_limits_are_passed_only_when_nothing_else_helps() -> None:
    pool = pool_of({f"p{i}": {"성별": "여" if i else "남"} for i in range(6)}, ["성별"])
    quotas = [Quota("성별", "남", 3, 3, 2, 3), Quota("성별", "여", 3, 3, 3, 4)]
    found = relaxation(pool, quotas, 6)
    assert (found.units, found.within_flex) == (4, False)
    assert [(change.quota.value, change.lower, change.higher) for change in found.changes] == [("남", 2, 0), ("여", 0, 2)]
    loose = [Quota("성별", "남", 3, 3), Quota("성별", "여", 3, 3)]
    assert relaxation(pool, loose, 6).within_flex
    assert relaxation(pool, loose, 8).missing == 2


def test_a_pool_whose_relaxation_promises_too_much() -> None:
    """Three people, each with two of three features' values in a ring: half of each would do, no real pair does."""
    ring = {"p1": ("1", "1", "0"), "p2": ("0", "1", "1"), "p3": ("1", "0", "1"), "p4": ("0", "0", "0")}
    pool = pool_of({key: dict(zip("가나다", values, strict=True)) for key, values in ring.items()}, "가나다")
    quotas = [Quota(feature, value, 1, 1) for feature in "가나다" for value in "01"]
    found = fair.solve(pool, quotas, 2)
    assert isinstance(found, Relaxation)
    assert found.units == 2


STUCK = [
    ("001 101 122 200 201 211", 4, "가0:1-2 가1:0-1 가2:1-2 나0:3-4 나1:0-1 나2:0-2 다0:0-1 다1:2-3 다2:0-1", False),
    ("0010 0011 0100 1000 1010 1011 1101", 3, "가0:1-2 가1:0-2 나0:2-3 나1:1-1 다0:1-2 다1:2-2 라0:0-1 라1:2-2", True),
]


@pytest.mark.parametrize(("rows", "seats", "limits", "reachable"), STUCK)
def test_pools_that_cannot_be_peeled(rows: str, seats: int, limits: str, reachable: bool) -> None:
    """Peeling stops half-way; column generation reaches the relaxation's optimum, or proves that no real lottery does."""
    people = rows.split()
    pool = pool_of({f"p{i}": dict(zip("가나다라", one, strict=False)) for i, one in enumerate(people)}, "가나다라"[: len(people[0])])
    quotas = [Quota(one[0], one[1], int(one[3]), int(one[5])) for one in limits.split()]
    frame = frames(pool, quotas, seats)
    listed = committees(frame)
    sitting = [i for i in range(len(frame.sizes)) if any(counts[i] for counts in listed)]
    inner = frame.of(sitting)
    aim = target(inner, leximin=True)
    assert peel(inner, aim.expected).left > 0
    near = columns.reach(columns.Committees(inner), aim.expected, committees(inner)[:3])
    assert (near.level > 1 - fair.REACHED) == reachable
    found = fair.solve(pool, quotas, seats)
    assert isinstance(found, Lottery)
    exact = by_definition(frame, listed, leximin=True)
    assert np.allclose([float(found.chances[i]) for i in sitting], [float(c) for c in exact], atol=1e-6)


@pytest.mark.parametrize(("seats", "message"), [(0, "one seat"), (2, "no quota")])
def test_nonsense_is_refused(seats: int, message: str) -> None:
    pool = pool_of({"a": {"성별": "여"}, "b": {"성별": "남"}}, ["성별"])
    with pytest.raises(ValueError, match=message):
        fair.solve(pool, [Quota("성별", "여", 0, 2)], seats)
    with pytest.raises(ValueError, match="twice"):
        fair.solve(pool, [Quota("성별", "여", 0, 2), Quota("성별", "여", 0, 1)], 1)


def test_people_who_can_never_sit_are_named_and_do_not_spoil_the_rest() -> None:
    people = {f"p{i}": {"나이": "청년" if i < 2 else "장년"} for i in range(6)}
    found = fair.solve(pool_of(people, ["나이"]), [Quota("나이", "청년", 0, 0), Quota("나이", "장년", 0, 4)], 3, "maximin")
    assert isinstance(found, Lottery)
    assert [found.types[i] for i in found.never] == [("청년",)]
    assert isclose(float(found.least), 3 / 4, abs_tol=1e-8)
    assert Counter(found.chance_of(pool_of(people, ["나이"])).values())[Fraction(0)] == 2
