"""How long seat lotteries take: python -m benchmarks.methods_seats [--repeat 3] prints a markdown table.

Needs no town and no database, so it stands beside the benches of ``python -m benchmarks``. Pools are made up and seeded: sex × age bands ×
villages with census shares, applicants skewed to women and to the elder, quotas of every value the census share of 50 seats give or take
one. Pools of citizens' assemblies are read from the folder in MADANG_LOTTERY_DATA when it is set.
"""

import argparse
import os
import random
import statistics
import sys
import time
from math import ceil, floor
from pathlib import Path

import highspy

from madang.methods.seats import balls, drawing, fair, record
from madang.methods.seats.lottery import Lottery
from madang.methods.seats.pool import Pool, pool_of, read_pool
from madang.methods.seats.quotas import Quota, allowed_values, features_of, read_quotas
from madang.methods.seats.relaxation import relaxation

SEED = "a seed for measuring only"
AGES = (("10대", 0.6, 0.2), ("20대", 1.0, 0.5), ("30대", 1.2, 0.9), ("40대", 1.3, 1.4), ("50대", 1.3, 1.8), ("60대 이상", 1.6, 1.6))


def dong(size: int, *, villages: int = 10, ages: int = 6, seats: int = 50, seed: int = 1) -> tuple[Pool, list[Quota]]:
    """``size`` applicants of a dong that does not exist, and quotas around its census. The same seed gives the same pool."""
    chance = random.Random(seed)
    census = {
        "성별": {"여": 0.5, "남": 0.5},
        "나이": {name: weight for name, weight, _ in AGES[-ages:]},
        "마을": {f"{i + 1:02}통": chance.uniform(0.5, 2.0) for i in range(villages)},
    }
    zeal = {
        "성별": {"여": 1.3, "남": 0.7},
        "나이": {name: zest for name, _, zest in AGES[-ages:]},
        "마을": {name: chance.uniform(0.6, 1.6) for name in census["마을"]},
    }
    quotas = []
    for feature, weights in census.items():
        total = sum(weights.values())
        for value, weight in weights.items():
            quotas.append(Quota(feature, value, max(0, floor(seats * weight / total) - 1), ceil(seats * weight / total) + 1))
    people = {}
    for i in range(size):
        people[f"{i:06}"] = {
            feature: chance.choices(list(weights), [weight * zeal[feature][value] for value, weight in weights.items()])[0]
            for feature, weights in census.items()
        }
    return pool_of(people, census), quotas


def stored(folder: Path) -> list[tuple[str, Pool, tuple[Quota, ...], int]]:
    """The pools of the data folder: name, pool, quotas, seats."""
    found = []
    for name, people, limits, seats in (
        ("22 of 150", "candidates.csv", "features.csv", 22),
        ("20 of 200", "example_small_20/respondents.csv", "example_small_20/categories.csv", 20),
        ("200 of 2,000", "example_large_200/respondents.csv", "example_large_200/categories.csv", 200),
    ):
        quotas = read_quotas((folder / limits).read_bytes())
        assert isinstance(quotas, tuple)
        pool = read_pool((folder / people).read_bytes(), features_of(quotas), allowed=allowed_values(quotas))
        assert isinstance(pool, Pool)
        found.append((name, pool, quotas, seats))
    return found


def measured(pool: Pool, quotas: list[Quota] | tuple[Quota, ...], seats: int, method: fair.Method, repeat: int) -> str:
    """One row of the table."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        found = fair.solve(pool, quotas, seats, method)
        times.append(time.perf_counter() - began)
    if not isinstance(found, Lottery):
        return f"{method} | infeasible, {found.units} seats to relax | {statistics.median(times):.2f} | | | "
    drawn = drawing.draw(found, pool, SEED)
    said = record.of_draw(found, pool, drawn, SEED)
    began = time.perf_counter()
    assert not record.verify(said, pool)
    checked = time.perf_counter() - began
    low, high = float(found.least), float(max(found.chances))
    return (
        f"{method} | {len(found.types)} | {statistics.median(times):.2f} | {low:.6f} (bound {found.bound:.6f}) | {high:.3f} | "
        f"{len(found.committees)} | {checked * 1000:.0f}"
    )


def main() -> int:
    asks = argparse.ArgumentParser(prog="python -m benchmarks.methods_seats", description=__doc__)
    asks.add_argument("--repeat", type=int, default=3, help="median of so many runs (%(default)s)")
    repeat = asks.parse_args().repeat
    print(f"HiGHS {highspy.Highs().version()}, one thread; median of {repeat}; load average {os.getloadavg()[0]:.1f}\n")
    print("| pool | method | types | solve, s | smallest chance | largest | committees | verify, ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    cases: list[tuple[str, Pool, list[Quota] | tuple[Quota, ...], int]] = [
        (f"50 of {size:,}", *dong(size, villages=villages, ages=ages), 50)
        for size, villages, ages in ((500, 10, 6), (2_000, 10, 6), (10_000, 10, 6), (10_000, 15, 5))
    ]
    if folder := os.environ.get("MADANG_LOTTERY_DATA"):
        cases += stored(Path(folder))
    for name, pool, quotas, seats in cases:
        for method in fair.METHODS:
            print(f"| {name} | {measured(pool, quotas, seats, method, repeat)} |", flush=True)
    pool, quotas = dong(120)
    began = time.perf_counter()
    found = relaxation(pool, [Quota(one.feature, one.value, one.min + 1, one.min + 1) for one in quotas], 50)
    print(f"\nsmallest relaxation of impossible quotas, 120 people: {found.units} seats, {time.perf_counter() - began:.2f} s")
    sexes = record.sexes_of(dong(10_000)[0])
    began = time.perf_counter()
    balls.draw(sexes, balls.Rule(50), seed=SEED)
    print(f"ball draw, 50 of 10,000 and everybody's place among the reserves: {time.perf_counter() - began:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
