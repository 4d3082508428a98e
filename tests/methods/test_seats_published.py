"""The optima others published for real and made-up pools. The pools are not in the project: MADANG_LOTTERY_DATA names their folder."""

import csv
import os
from pathlib import Path

import pytest

from madang.methods.seats import drawing, fair
from madang.methods.seats.lottery import Lottery
from madang.methods.seats.pool import Pool, pool_of, read_pool
from madang.methods.seats.quotas import Quota, allowed_values, features_of, read_quotas

PROJECT = Path(__file__).parents[2]
DATA = Path(os.environ.get("MADANG_LOTTERY_DATA", PROJECT.parent / "shared" / "data" / "lottery"))
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="pools of seat lotteries are not here: set MADANG_LOTTERY_DATA to their folder")


def stored(folder: str) -> tuple[Pool, tuple[Quota, ...], dict[str, str]]:
    quotas = read_quotas((DATA / folder / "categories.csv").read_bytes())
    assert isinstance(quotas, tuple)
    pool = read_pool((DATA / folder / "respondents.csv").read_bytes(), features_of(quotas), allowed=allowed_values(quotas))
    assert isinstance(pool, Pool)
    said = csv.reader((DATA / folder / "reference_statistics.txt").read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return pool, quotas, {row[0].rstrip(":"): row[1] for row in said if len(row) == 2}


@with_data
@pytest.mark.parametrize("folder", ["example_small_20", "example_large_200"])
def test_published_optimum_of_citizens_assemblies(folder: str) -> None:
    pool, quotas, said = stored(folder)
    assert len(pool.people) == int(said["pool size n"])
    for method in fair.METHODS:
        found = fair.solve(pool, quotas, int(said["panel size k"]), method)
        assert isinstance(found, Lottery)
        assert drawing.percent(found.least, 1) + "%" == said["LEXIMIN minimum probability (exact)"]
        assert found.problems(pool) == ()
    chances = sorted(float(one) for one in found.chance_of(pool).values())
    size = len(chances)
    gini = sum((2 * i - size + 1) * one for i, one in enumerate(chances)) / (size * sum(chances))
    assert f"{100 * abs(gini):.1f}%" == said["gini coefficient of LEXIMIN"]


@with_data
def test_pool_of_many_types() -> None:
    """150 people of 122 types in four features for 22 seats. 1/11 was also the value of another program (0.0909091, 2026)."""
    quotas = read_quotas((DATA / "features.csv").read_bytes())
    assert isinstance(quotas, tuple)
    pool = read_pool((DATA / "candidates.csv").read_bytes(), features_of(quotas), key="nationbuilder_id", allowed=allowed_values(quotas))
    assert isinstance(pool, Pool)
    for method in fair.METHODS:
        found = fair.solve(pool, quotas, 22, method)
        assert isinstance(found, Lottery)
        assert abs(float(found.least) - 1 / 11) < 1e-6
        assert abs(found.bound - 1 / 11) < 1e-6
        assert found.problems(pool) == ()


def test_cap_as_a_quota() -> None:
    """개봉1동 2019: leximin under the cap of 60 % gives 48.8 % and 41.7 %."""
    pool = pool_of({f"{i:03}": {"성별": "남" if i < 41 else "여"} for i in range(113)}, ["성별"])
    found = fair.solve(pool, [Quota("성별", "남", 20, 30), Quota("성별", "여", 20, 30)], 50)
    assert isinstance(found, Lottery)
    assert {values[0]: drawing.percent(chance, 1) for values, chance in zip(found.types, found.chances, strict=True)} == {
        "남": "48.8",
        "여": "41.7",
    }
