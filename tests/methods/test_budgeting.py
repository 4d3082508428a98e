from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.budgeting import Outcome, Project, count, top_n
from madang.methods.lots import shuffle
from madang.methods.tallying import flaw, tally
from madang.methods.yes_no import quorum_of, yes_no

SEED = "2021 가산동 주민총회 추첨 씨앗"
IDS = "abcdef"


def papers(**votes: int) -> list[list[str]]:
    return [[key] for key, number in votes.items() for _ in range(number)]


def codes(outcome: Outcome) -> list[str]:
    return [line.code for line in outcome.story]


def test_most_votes_first_and_too_large_is_passed_over() -> None:
    projects = [Project("a", 50), Project("b", 60), Project("c", 40), Project("d", 10)]
    outcome = count(projects, papers(a=5, b=4, c=3, d=1), 100, seed=SEED)
    assert outcome.funded == ("a", "c", "d")
    assert (outcome.spent_won, outcome.left_won) == (100, 0)
    assert codes(outcome) == ["opened", "funded", "too_large_skipped", "funded", "funded", "closed"]
    assert outcome.story[2].params == {"id": "b", "order": 2, "votes": 4, "cost_won": 60, "left_won": 50}


def test_or_the_count_stops_there() -> None:
    projects = [Project("a", 50), Project("b", 60), Project("c", 40)]
    outcome = count(projects, papers(a=5, b=4, c=3), 100, skip_too_large=False, seed=SEED)
    assert outcome.funded == ("a",)
    assert codes(outcome)[-2:] == ["too_large_stopped", "closed"]


def test_threshold_and_votes_from_the_paper_box() -> None:
    projects = [Project("a", 10, votes=3), Project("b", 10)]
    outcome = count(projects, papers(a=1, b=2), 100, threshold=3, seed=SEED)
    assert outcome.funded == ("a",)
    assert [place.votes for place in outcome.ranking] == [4, 2]
    assert "below_threshold" in codes(outcome)


def test_ties_go_to_the_cheaper_then_to_the_lot() -> None:
    projects = [Project("a", 30), Project("b", 20), Project("c", 30), Project("d", 5)]
    outcome = count(projects, papers(a=2, b=2, c=2, d=3), 55, seed=SEED)
    lot = [key for key in shuffle("abcd", SEED, "tie") if key in "ac"]
    assert [place.id for place in outcome.ranking] == ["d", "b", *lot]
    assert [place.rank for place in outcome.ranking] == [1, 2, 2, 2]
    assert [place.order for place in outcome.ranking] == [1, 2, 3, 4]
    (tie,) = outcome.ties_broken
    assert (tie.ids, tie.votes, tie.by) == (("b", *lot), 2, "lot")
    by_name = count(projects, papers(a=2, b=2, c=2, d=3), 55, ties=("cost", "name"))
    assert [place.id for place in by_name.ranking] == ["d", "b", "a", "c"]
    assert by_name.ties_broken[0].by == "name"


def test_tie_settled_by_cost_alone_says_so() -> None:
    outcome = count([Project("a", 2), Project("b", 1)], papers(a=1, b=1), 5, seed=SEED)
    assert outcome.ties_broken[0].by == "cost"


def test_invalid_ballots_are_counted_by_reason() -> None:
    ballots = [["a"], [], ["a", "a"], ["z"], ["a", "b", "c"], ["a", "b"]]
    outcome = count([Project(key, 1) for key in "abc"], ballots, 10, max_picks=2, seed=SEED)
    assert outcome.tally.received == 6
    assert outcome.tally.valid == 2
    assert outcome.tally.invalid == {"blank": 1, "duplicate_pick": 1, "unknown_project": 1, "too_many_picks": 1}
    assert outcome.tally.votes == {"a": 2, "b": 1, "c": 0}
    assert codes(outcome).count("invalid_ballots") == 4


def test_casting_and_counting_agree_on_flaws() -> None:
    assert flaw(["a"], {"a"}, 1) is None
    assert flaw(["a"], {"a", "b"}, 2, 2) == "too_few_picks"
    assert flaw(frozenset("ab"), {"a", "b"}, 1) == "too_many_picks"


@pytest.mark.parametrize(
    "settings",
    [
        {"budget_won": -1, "seed": SEED},
        {"budget_won": 1, "threshold": -1, "seed": SEED},
        {"budget_won": 1},  # a lot without a seed
        {"budget_won": 1, "ties": ("cost",)},
        {"budget_won": 1, "ties": ()},
        {"budget_won": 1, "ties": ("name", "name")},
        {"budget_won": 1, "ties": ("cost", "luck")},
        {"budget_won": 1, "rule": "equal_shares", "seed": SEED},
    ],
)
def test_settings_without_sense_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        count([Project("a", 1)], [], **settings)


def test_projects_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        count([Project("a", 1), Project("a", 2)], [], 1, seed=SEED)
    for arguments in (("", 1), ("a", -1), ("a", 1, -1)):
        with pytest.raises(ValueError):
            Project(*arguments)


def test_nothing_to_count() -> None:
    outcome = count([], [], 100, seed=SEED)
    assert (outcome.funded, outcome.spent_won, outcome.left_won) == ((), 0, 100)
    assert codes(outcome) == ["opened", "closed"]


def test_top_n_has_no_budget() -> None:
    outcome = top_n([Project(key, 10**9) for key in "abc"], papers(a=1, b=3, c=2), 2, seed=SEED)
    assert outcome.funded == ("b", "c")
    assert outcome.left_won is None
    assert codes(outcome) == ["opened", "funded", "funded", "not_among_first", "closed"]


PROJECTS = st.lists(st.integers(0, 100), min_size=1, max_size=6).map(lambda costs: [Project(IDS[i], cost) for i, cost in enumerate(costs)])
BALLOTS = st.lists(st.lists(st.sampled_from(IDS + "z"), max_size=4), max_size=25)


@given(PROJECTS, BALLOTS, st.integers(0, 300), st.booleans(), st.integers(0, 4), st.randoms(use_true_random=False))
def test_laws_of_the_count(projects: list[Project], ballots: list[list[str]], budget: int, skip: bool, threshold: int, rng) -> None:  # type: ignore[no-untyped-def]
    outcome = count(projects, ballots, budget, skip_too_large=skip, threshold=threshold, max_picks=3, seed=SEED)
    cost = {project.id: project.cost_won for project in projects}
    assert outcome.spent_won == sum(cost[key] for key in outcome.funded) <= budget
    assert outcome.left_won == budget - outcome.spent_won
    assert outcome.tally.received == len(ballots) == outcome.tally.valid + sum(outcome.tally.invalid.values())
    assert sorted(place.id for place in outcome.ranking) == sorted(cost)
    assert all(
        a.votes > b.votes or (a.votes == b.votes and a.rank == b.rank) for a, b in zip(outcome.ranking, outcome.ranking[1:], strict=False)
    )
    if skip:
        left_out = [place for place in outcome.ranking if place.id not in outcome.funded and place.votes >= threshold]
        assert all(place.cost_won > outcome.left_won for place in left_out)
    shuffled, other_way = list(ballots), list(projects)
    rng.shuffle(shuffled)
    rng.shuffle(other_way)
    assert count(other_way, shuffled, budget, skip_too_large=skip, threshold=threshold, max_picks=3, seed=SEED) == outcome


@given(PROJECTS, BALLOTS, st.integers(0, 300))
def test_one_more_vote_for_a_winner_keeps_it(projects: list[Project], ballots: list[list[str]], budget: int) -> None:
    before = count(projects, ballots, budget, seed=SEED)
    for winner in before.funded[:2]:
        assert winner in count(projects, [*ballots, [winner]], budget, seed=SEED).funded


def test_fingerprint_names_everything_that_matters() -> None:
    projects, ballots = [Project("a", 1), Project("b", 2)], papers(a=1, b=1)
    prints = {
        count(projects, ballots, 3, seed=SEED).input_sha256,
        count(projects, ballots, 4, seed=SEED).input_sha256,
        count(projects, ballots, 3, seed=SEED + "2").input_sha256,
        count(projects, ballots, 3, seed=SEED, max_picks=1).input_sha256,
        count(projects, ballots, 3, seed=SEED, skip_too_large=False).input_sha256,
        count(projects, [*ballots, []], 3, seed=SEED).input_sha256,
        count([Project("a", 1, 1), Project("b", 2)], ballots, 3, seed=SEED).input_sha256,
    }
    assert len(prints) == 7
    assert count(projects, ballots, 3, seed=SEED).input_sha256 in prints


def test_equal_ballots_are_grouped() -> None:
    assert tally("ab", [["b", "a"], ["a", "b"], ["a"]]).papers == ((("a",), 1), (("a", "b"), 2))


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
