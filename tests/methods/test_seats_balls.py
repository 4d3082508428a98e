"""The ball draw: the cap, the reserves, who steps in, and a replay from the description alone."""

from collections import Counter
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.seats import balls
from madang.methods.seats.balls import Rule

SEED = "개봉1동 주민자치회 공개추첨 2019"
SEXES = st.dictionaries(st.text("0123456789", min_size=1, max_size=4), st.sampled_from(["남", "여"]), max_size=40)
SHARES = st.sampled_from([(60, 100), (1, 2), (2, 3), (7, 10), None])


def below(seed: str, context: str, number: int, size: int) -> int:
    """Block ``number`` as the page describes it; a thrown-away block has a chance of about 10⁻⁷⁵."""
    return int.from_bytes(sha256(f"{seed}|{context}|{number}".encode()).digest(), "big") % size


def test_replayed_by_hand() -> None:
    candidates = {"01": "여", "02": "여", "03": "남", "04": "여", "05": "남", "06": "여", "07": "여"}
    left, drawn, held = sorted(candidates), [], Counter[str]()
    for number in range(5):
        box = [key for key in left if held[candidates[key]] < 3]  # 5 × 60 % = 3
        key = box[below(SEED, "seats/balls", number, len(box))]
        left.remove(key)
        drawn.append(key)
        held[candidates[key]] += 1
    outcome = balls.draw(candidates, Rule(5), seed=SEED)
    assert list(outcome.drawn) == drawn
    assert held == {"여": 3, "남": 2}
    first = left[below(SEED, "seats/reserves", 0, 2)]
    assert list(outcome.reserves) == [first, *(key for key in left if key != first)]
    told = [line.params["id"] for line in outcome.story if line.code == "drawn"]
    assert told == drawn


@pytest.mark.parametrize(
    ("seats", "share", "rounding", "cap"),
    [(50, (60, 100), "down", 30), (29, (60, 100), "down", 17), (29, (60, 100), "nearest", 17), (29, (60, 100), "up", 18),
     (28, (60, 100), "nearest", 17), (33, (60, 100), "down", 19), (33, (60, 100), "nearest", 20), (3, (60, 100), "down", 2),
     (1, (60, 100), "down", 1), (40, None, "down", 40), (10, (1, 3), "down", 3), (0, (60, 100), "down", 0)],
)  # fmt: skip
def test_cap(seats: int, share: tuple[int, int] | None, rounding: balls.Rounding, cap: int) -> None:
    assert Rule(seats, share, rounding).cap() == cap


@given(SEXES, st.integers(0, 30), SHARES, st.sampled_from(["leave_empty", "fill"]), st.data())
def test_cap_holds_whenever_it_can(
    people: dict[str, str], seats: int, share: tuple[int, int] | None, short: balls.Short, data: st.DataObject
) -> None:
    given_seats = data.draw(st.sets(st.sampled_from(sorted(people)), max_size=min(seats, len(people)))) if people else set()
    recommended = {key: people[key] for key in given_seats}
    candidates = {key: sex for key, sex in people.items() if key not in given_seats}
    rule = Rule(seats, share, short=short)
    outcome = balls.draw(candidates, rule, seed=SEED, recommended=recommended, reserves=4)
    held, before, there = (Counter(group.values()) for group in ({k: people[k] for k in outcome.members}, recommended, candidates))
    assert len(outcome.members) + outcome.empty == seats
    assert sorted({*outcome.members, *outcome.reserves}) == sorted([*outcome.members, *outcome.reserves])
    open_seats = sum(min(there[sex], max(0, rule.cap() - before[sex])) for sex in ("남", "여"))
    avoidable = open_seats >= seats - len(recommended)
    for sex in ("남", "여"):
        if avoidable or short == "leave_empty":
            assert held[sex] <= max(rule.cap(), before[sex])
    if short == "leave_empty":
        assert len(outcome.drawn) == min(seats - len(recommended), open_seats)
    else:
        assert len(outcome.drawn) == min(seats - len(recommended), len(candidates))
    assert set(balls.steps_in(outcome, outcome.members[:2])) <= set(outcome.reserves)


@given(SEXES, st.integers(0, 20), st.data())
def test_order_of_the_list_changes_nothing(people: dict[str, str], seats: int, data: st.DataObject) -> None:
    mixed = dict(data.draw(st.permutations(list(people.items()))))
    assert balls.draw(mixed, Rule(seats), seed=SEED) == balls.draw(people, Rule(seats), seed=SEED)


def test_recommended_count_in_the_cap_and_reserves_keep_it() -> None:
    """35 seats, 14 recommended of whom 12 are women: with a cap of 21, at most 9 more."""
    recommended = {f"r{i:02}": "여" if i < 12 else "남" for i in range(14)}
    candidates = {f"{i:03}": "여" if i < 50 else "남" for i in range(70)}
    outcome = balls.draw(candidates, Rule(35), seed=SEED, recommended=recommended, reserves=5)
    women = [key for key in outcome.members if outcome.sexes[key] == "여"]
    assert len(outcome.members) == 35
    assert len(women) == 21
    assert Counter(outcome.sexes[key] for key in outcome.reserves) == {"여": 3, "남": 2}
    man = next(key for key in outcome.members if outcome.sexes[key] == "남")
    entered = balls.steps_in(outcome, [man])
    assert entered == tuple(key for key in outcome.reserves if outcome.sexes[key] == "남")[:1]
    assert balls.steps_in(outcome, [women[0]]) == outcome.reserves[:1]
    with pytest.raises(ValueError, match="only members"):
        balls.steps_in(outcome, [outcome.reserves[0]])


def test_seats_stay_empty_or_are_filled_when_a_sex_is_short() -> None:
    candidates = {f"{i:02}": "여" if i < 20 else "남" for i in range(22)}
    outcome = balls.draw(candidates, Rule(10), seed=SEED)
    assert (len(outcome.drawn), outcome.empty) == (8, 2)
    filled = balls.draw(candidates, Rule(10, short="fill"), seed=SEED)
    assert (len(filled.drawn), filled.empty) == (10, 0)
    assert "cap_lifted" in [line.code for line in filled.story]
    assert set(outcome.drawn) <= set(filled.drawn)


def test_published_example_of_chances() -> None:
    """개봉1동 2019: 41 men, 72 women, 50 seats, no sex above 60 %. The ball rule gives 49.6 % and 41.2 %."""
    chance = balls.chances({"남": 41, "여": 72}, Rule(50))
    assert round(float(chance["남"]), 3) == 0.496
    assert round(float(chance["여"]), 3) == 0.412
    assert 41 * chance["남"] + 72 * chance["여"] == 50
    assert balls.chances({"남": 2, "여": 3}, Rule(2, None)) == {"남": Fraction(2, 5), "여": Fraction(2, 5)}


@pytest.mark.parametrize("short", ["leave_empty", "fill"])
def test_chances_are_those_of_many_draws(short: balls.Short) -> None:
    candidates, recommended = {"1": "남", "2": "여", "3": "여", "4": "여", "5": "여"}, {"r": "여"}
    rule = Rule(4, (1, 2), short=short)
    chance = balls.chances({"남": 1, "여": 4}, rule, {"여": 1})
    draws = 3000
    seen = Counter(key for n in range(draws) for key in balls.draw(candidates, rule, seed=f"{SEED} {n}", recommended=recommended).drawn)
    for key, sex in candidates.items():
        assert abs(seen[key] / draws - float(chance[sex])) < 0.04


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="recommended and a candidate"):
        balls.draw({"1": "남"}, Rule(2), seed=SEED, recommended={"1": "남"})
    with pytest.raises(ValueError, match="more are recommended"):
        balls.draw({}, Rule(0), seed=SEED, recommended={"1": "남"})
    with pytest.raises(ValueError, match="NFC"):
        balls.draw({"": "남"}, Rule(1), seed=SEED)
    with pytest.raises(ValueError, match="16"):
        balls.draw({"1": "남"}, Rule(1), seed="short")
    for wrong in ({"seats": -1}, {"seats": 1, "share": (3, 2)}, {"seats": 1, "share": (1, 0)}):
        with pytest.raises(ValueError, match=r"share|seats"):
            Rule(**wrong)  # type: ignore[arg-type]
