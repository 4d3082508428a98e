from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.yes_no import quorum_of, yes_no


def test_quorum_is_rounded_up() -> None:
    assert quorum_of(25_001, 5, 1000) == 126
    assert quorum_of(25_000, 5, 1000) == 125
    assert quorum_of(0, 1, 2) == 0


@given(st.integers(0, 10**7), st.integers(0, 1000), st.integers(1, 1000))
def test_quorum_is_the_least_that_reaches(electorate: int, numerator: int, denominator: int) -> None:
    least = quorum_of(electorate, numerator, denominator)
    assert Fraction(least) >= Fraction(electorate * numerator, denominator) > least - 1


def test_yes_no_majorities() -> None:
    ballots: list[dict[str, bool | None]] = [
        {"a": True, "b": True},
        {"a": True, "b": None},
        {"a": False},
        {"a": False, "b": False},
        {},
        {"z": True},
    ]
    outcome = yes_no(["a", "b"], ballots, quorum_voters=4)
    a, b = outcome.items
    assert (outcome.voters, outcome.invalid, outcome.quorum_met) == (4, 2, True)
    assert (a.yes, a.no, a.blank, a.passed, a.reason) == (2, 2, 0, False, "no_majority")
    assert (b.yes, b.no, b.blank) == (1, 1, 2)
    assert [line.code for line in outcome.story] == ["opened", "quorum_met", "no_majority", "no_majority"]


def test_blanks_may_count_against() -> None:
    ballots = [{"a": True}, {"a": True}, {"a": False}, {"b": True}, {"b": True}]
    assert yes_no("ab", ballots).items[0].passed
    assert not yes_no("ab", ballots, majority_of="voters").items[0].passed


def test_without_quorum_nothing_passes() -> None:
    outcome = yes_no(["a"], [{"a": True}] * 3, quorum_voters=4)
    assert outcome.items[0].reason == "no_quorum"
    assert not outcome.items[0].passed
    with pytest.raises(ValueError):
        yes_no(["a", "a"], [])
