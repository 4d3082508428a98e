"""Each rule against its definition, and the laws it promises."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.methods.voting.completions import first_share, grow
from madang.methods.voting.election import Election, Project
from madang.methods.voting.limits import Limits
from madang.methods.voting.rules import Rule, count
from madang.methods.voting.shares import EqualShares
from madang.methods.voting.ties import tie_order
from tests.methods.voting import reference
from tests.methods.voting.makers import an_election, elections, share_of, voters_of

BY_NAME = {"ties": ("name",)}
SEED = "2021 가산동 주민총회 추첨 씨앗"
RULES = [
    Rule("greedy", **BY_NAME),
    Rule("greedy", utility="cardinality", **BY_NAME),
    Rule("greedy", skip=False, **BY_NAME),
    Rule("equal_shares", **BY_NAME),
    Rule("equal_shares", utility="cardinality", **BY_NAME),
    Rule("equal_shares", completion="greedy", **BY_NAME),
    Rule("equal_shares", completion="add1", **BY_NAME),
    Rule("equal_shares", completion="add1u", exhaustive_stop=True, compare=True, **BY_NAME),
    Rule("phragmen", **BY_NAME),
    Rule("best_total", **BY_NAME),
]
EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.name}-{r.utility}-{r.completion}-{r.skip}")


class TestAgainstTheDefinition:
    @given(elections(), st.sampled_from(["cost", "cardinality"]))
    def test_equal_shares(self, election: Election, utility: Any) -> None:
        ties = tie_order(election, ("name",))
        expected = reference.equal_shares(
            [p.cost for p in election.projects], voters_of(election), share_of(election), by_cost=utility == "cost", ties=ties
        )
        for exact in (False, True):
            outcome = count(election, Rule("equal_shares", utility=utility, exact=exact, **BY_NAME))
            assert outcome.funded == tuple(election.projects[n].id for n in expected)

    @given(elections())
    def test_phragmen(self, election: Election) -> None:
        ties = tie_order(election, ("name",))
        expected = reference.phragmen([p.cost for p in election.projects], voters_of(election), election.budget, ties)
        for exact in (False, True):
            assert count(election, Rule("phragmen", exact=exact, **BY_NAME)).funded == tuple(election.projects[n].id for n in expected)

    @given(elections())
    def test_best_total(self, election: Election) -> None:
        outcome = count(election, Rule("best_total", **BY_NAME))
        votes = {s.id: s.votes for s in outcome.standings}
        total, money = reference.best_total([p.cost for p in election.projects], election.votes, election.budget)
        assert (sum(votes[code] for code in outcome.funded), outcome.spent) == (total, money)

    @given(elections(), st.integers(1, 4))
    def test_add1_is_the_last_share_within_the_budget(self, election: Election, step: int) -> None:
        game = EqualShares(election, "cost", tie_order(election, ("name",)), Limits())
        grown = grow(game, Fraction(step, 3), exhaustive_stop=False)
        costs = [p.cost for p in election.projects]

        def spent(share: Fraction) -> int:
            return sum(costs[b.project] for b in game.run(share))

        assert spent(grown.share) <= election.budget
        assert grown.share == share_of(election) + (round((grown.share - share_of(election)) / Fraction(step, 3))) * Fraction(step, 3)
        everything = sum(costs[n] for n in game.candidates + game.free)
        assert spent(grown.share + Fraction(step, 3)) > election.budget or spent(grown.share) == everything

    def test_a_worked_example(self) -> None:
        """Ten voters, 100 won: three of them want only c. By votes they get nothing, by equal shares they get c."""
        election = an_election({"a": 50, "b": 50, "c": 30}, ["ab"] * 7 + ["c"] * 3, 100)
        assert count(election, Rule("greedy", **BY_NAME)).funded == ("a", "b")
        shares = count(election, Rule("equal_shares", **BY_NAME))
        assert shares.funded == ("a", "c")
        assert (shares.spent, shares.left) == (80, 20)


class TestLaws:
    @EVERY
    @given(election=elections(), data=st.data())
    @settings(max_examples=40)
    def test_never_over_the_budget_and_deaf_to_order(self, rule: Rule, election: Election, data: Any) -> None:
        outcome = count(election, rule)
        cost = {p.id: p.cost for p in election.projects}
        assert outcome.spent == sum(cost[code] for code in outcome.funded) <= election.budget
        assert outcome.left == election.budget - outcome.spent
        assert len(set(outcome.funded)) == len(outcome.funded)
        ids = [p.id for p in election.projects]
        ballots = [[ids[n] for n in picks] for picks in map(list, voters_of(election))]
        again = Election.of(data.draw(st.permutations(election.projects)), data.draw(st.permutations(ballots)), election.budget)
        other = count(again, rule)
        assert (other.funded, other.story, other.needed, other.input_sha256) == (
            outcome.funded, outcome.story, outcome.needed, outcome.input_sha256,
        )  # fmt: skip

    @pytest.mark.parametrize("rule", [r for r in RULES if r.name == "greedy"], ids=str)
    @given(election=elections())
    def test_one_more_vote_keeps_a_winner(self, rule: Rule, election: Election) -> None:
        for code in count(election, rule).funded:
            assert code in count(with_votes(election, code, 1), rule).funded

    @given(elections(most_projects=4, most_voters=6))
    def test_equal_shares_are_proportional(self, election: Election) -> None:
        outcome = count(election, Rule("equal_shares", utility="cardinality", **BY_NAME))
        place = {p.id: n for n, p in enumerate(election.projects)}
        funded = [place[code] for code in outcome.funded]
        costs = [p.cost for p in election.projects]
        assert not reference.breaks_ejr_plus_up_to_one(costs, voters_of(election), election.budget, funded)

    def test_votes_are_not_proportional(self) -> None:
        """What the law above would say of greedy: it can fail there."""
        election = an_election({"a": 50, "b": 50, "c": 10, "d": 10}, ["ab"] * 6 + ["cd"] * 4, 100)
        place = {p.id: n for n, p in enumerate(election.projects)}
        funded = [place[code] for code in count(election, Rule("greedy", **BY_NAME)).funded]
        assert reference.breaks_ejr_plus_up_to_one([50, 50, 10, 10], voters_of(election), 100, funded)


def with_votes(election: Election, code: str, more: int, money: int | None = None) -> Election:
    """So many further voters who name only this project; the budget may grow so that everybody's share stays."""
    ids = [p.id for p in election.projects]
    ballots = [[ids[n] for n in picks] for picks in map(list, voters_of(election))]
    return Election.of(election.projects, [*ballots, *[[code]] * more], election.budget if money is None else money)


class TestNearness:
    """`needed` is true: with so many voters more it is funded, with one fewer it is not."""

    @pytest.mark.parametrize(
        "rule", [Rule("greedy", **BY_NAME), Rule("greedy", utility="cardinality", **BY_NAME), Rule("phragmen", **BY_NAME)], ids=str
    )
    @given(election=elections())
    def test_by_counting_again(self, rule: Rule, election: Election) -> None:
        for code, more in count(election, rule).needed.items():
            if more is None:
                assert code not in count(with_votes(election, code, 60), rule).funded
            else:
                assert code in count(with_votes(election, code, more), rule).funded
                assert more == 0 or code not in count(with_votes(election, code, more - 1), rule).funded

    @given(elections())
    def test_equal_shares_with_the_same_share(self, election: Election) -> None:
        share = share_of(election)
        ties = tie_order(election, ("name",))
        for code, more in count(election, Rule("equal_shares", **BY_NAME)).needed.items():
            if more is None:
                continue
            for extra, funded in ((more, True), (more - 1, False)):
                bigger = with_votes(election, code, extra)
                bought = EqualShares(bigger, "cost", ties, Limits()).run(share)
                assert (code in {bigger.projects[b.project].id for b in bought}) == funded, (code, extra)


class TestSettings:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": "dictator"},
            {"completion": "add2"},
            {"completion": "add1"},
            {"compare": True},
            {"name": "top"},
            {"top": 3},
            {"utility": "points"},
            {"ties": ("cost",)},
            {"ties": ()},
            {"ties": ("name", "name")},
            {"limits": Limits(threshold=-1)},
            {"limits": Limits(exclusive=(("a", "zz"),))},
            {"name": "equal_shares", "completion": "add1", "step": "0"},
            {"name": "equal_shares", "completion": "add1", "step": "much"},
            {"name": "equal_shares", "utility": "points"},
            {"score": "points"},
            {"score": "borda"},
            {"name": "best_total", "limits": Limits(most=2)},
        ],
        ids=str,
    )
    def test_what_makes_no_sense_is_refused(self, wrong: dict[str, Any]) -> None:
        rule = replace(Rule(**BY_NAME), **wrong)
        with pytest.raises(ValueError):
            count(an_election({"a": 1, "b": 2}, ["a", "ab"], 5), rule)

    def test_a_lot_needs_its_seed_and_keeps_it_secret(self) -> None:
        election = an_election({"a": 2, "b": 2}, ["ab"], 2)
        with pytest.raises(ValueError, match="seed"):
            count(election, Rule())
        outcome = count(election, Rule(), seed=SEED)
        assert len(outcome.funded) == 1
        assert SEED not in str(outcome.rule)
        assert {count(election, Rule(), seed=f"{SEED} {n}").funded for n in range(20)} == {("a",), ("b",)}

    def test_ties_in_turn(self) -> None:
        election = an_election({"a": 3, "b": 2, "c": 3}, ["abc"] * 2, 3)
        assert count(election, Rule(ties=("cost", "name"))).funded == ("b",)
        assert count(election, Rule(**BY_NAME)).funded == ("a",)
        (tied,) = [line for line in count(election, Rule(ties=("cost", "name"))).story if line.code == "tied"]
        assert tied.params == {"ids": ("a", "b", "c"), "votes": 2, "by": "name"}

    def test_limits(self) -> None:
        projects = [Project("a", 1, fields=("길",)), Project("b", 1, fields=("길",)), Project("c", 1), Project("d", 1)]
        election = Election.of(projects, [list("abcd")] * 3 + [list("abc")] * 2 + [["a"]], 10)
        for rule in [r for r in RULES if r.name in ("greedy", "equal_shares", "phragmen")]:

            def funded(rule: Rule = rule, **limits: Any) -> set[str]:
                return set(count(election, replace(rule, limits=Limits(**limits), compare=False)).funded)

            assert funded() == set("abcd")
            assert funded(threshold=4) == set("abc")
            assert funded(most=2) == set("ab")
            assert funded(field_most={"길": 1}) == set("acd")
            assert funded(exclusive=(("a", "c"),)) == set("abd")
        best = Rule("best_total", limits=Limits(exclusive=(("a", "c"),)), **BY_NAME)
        assert set(count(election, best).funded) == set("abd")

    def test_top_has_no_budget(self) -> None:
        outcome = count(an_election({"a": 100, "b": 100}, ["a", "ab"], 1), Rule("top", top=1, **BY_NAME))
        assert outcome.funded == ("a",)

    def test_a_project_that_costs_nothing(self) -> None:
        election = an_election({"a": 0, "b": 5}, ["a", "b"], 5)
        for rule in RULES:
            assert "a" in count(election, rule).funded or rule.name == "equal_shares"

    def test_nobody_voted(self) -> None:
        election = an_election({"a": 1}, [], 5)
        for rule in RULES:
            limited = replace(rule, limits=Limits(threshold=1))
            assert count(election, limited).funded == ()
        with pytest.raises(ValueError, match="without voters"):
            first_share(election)

    def test_fingerprints_tell_elections_and_rules_apart(self) -> None:
        base = an_election({"a": 1, "b": 2}, ["a", "b", "ab"], 3)
        prints = {count(base, rule).input_sha256 for rule in RULES}
        prints |= {
            count(e, RULES[0]).input_sha256
            for e in (
                an_election({"a": 1, "b": 2}, ["a", "b", "ab"], 4),
                an_election({"a": 1, "b": 3}, ["a", "b", "ab"], 3),
                an_election({"a": 1, "b": 2}, ["a", "b", "b"], 3),
                an_election({"a": 1, "b": 2}, ["a", "b", "ab", "a"], 3),
            )
        }
        assert len(prints) == len(RULES) + 4
