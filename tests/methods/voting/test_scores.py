"""Scores of points, places and several judges; whom an outcome serves."""

from fractions import Fraction

import pytest

from madang.methods.voting import pabulib
from madang.methods.voting.election import Election, Project
from madang.methods.voting.limits import Limits
from madang.methods.voting.outcome import representation
from madang.methods.voting.pots import count_in_pots
from madang.methods.voting.rules import Rule, count
from madang.methods.voting.sample import made_up
from madang.methods.voting.scores import Component, composite, of
from tests.methods.voting.makers import an_election

THREE = [Project("a", 10), Project("b", 10), Project("c", 10)]


def test_places_of_a_ranking() -> None:
    election = Election.of(THREE, [["a", "b", "c"], ["b", "a"], ["b"]], 10, "ordinal")
    assert of(election, "borda") == (5, 8, 1)
    assert count(election, Rule("greedy", score="borda", ties=("name",))).funded == ("b",)
    with pytest.raises(ValueError, match="ranked"):
        of(an_election({"a": 1}, ["a"], 1), "borda")


def test_composite_of_vote_committee_and_survey() -> None:
    """Committee 45, online vote 45, survey 10 per cent, as a district's notice has it."""
    scores = composite(
        ["a", "b", "c"],
        [
            Component("심사", Fraction(45, 100), {"a": 80, "b": 100}, most=100),
            Component("투표", Fraction(45, 100), {"a": 300, "b": 150, "c": 30}),
            Component("설문", Fraction(10, 100), {"c": Fraction(1, 2)}, most=1),
        ],
    )
    assert scores == {"a": Fraction(81, 100), "b": Fraction(675, 1000), "c": Fraction(95, 1000)}


@pytest.mark.parametrize(
    "components",
    [
        [Component("x", Fraction(1, 2), {})],
        [Component("x", Fraction(1), {"z": 1})],
        [Component("x", Fraction(1), {"a": -1})],
        [Component("x", Fraction(1), {"a": 6}, most=5)],
        [Component("x", Fraction(3, 2), {}), Component("y", Fraction(-1, 2), {})],
    ],
)
def test_components_without_sense(components: list[Component]) -> None:
    with pytest.raises(ValueError):
        composite(["a"], components)


def test_whom_an_outcome_serves() -> None:
    election = an_election({"a": 60, "b": 40}, ["a", "a", "ab", "b"], 100)
    place = {picks: n for n, picks in enumerate(election.picks)}
    groups = {"young": {place[(0,)]: 2}, "old": {place[(0, 1)]: 1, place[(1,)]: 1}}
    old, young = representation(election, ["a", "b"], groups)
    assert (young.voters, young.with_one, young.picks, young.share) == (2, 2, 2, Fraction(40, 100))
    assert (old.voters, old.with_one, old.picks, old.share) == (2, 2, 3, Fraction(60, 100))
    assert [g.with_one for g in representation(election, ["b"], groups)] == [2, 0]
    assert [g.share for g in representation(election, [], groups)] == [0, 0]


def test_made_up_voters_are_always_the_same() -> None:
    projects = [Project(f"p{n}", 10, fields=("길" if n % 2 else "숲",)) for n in range(8)]
    voters = made_up(projects, voters=200, most=3, least=2, seed="seed of the test 01")
    assert voters == made_up(projects, voters=200, most=3, least=2, seed="seed of the test 01")
    assert voters != made_up(projects, voters=200, most=3, least=2, seed="seed of the test 02")
    assert {len(v) for v in voters} == {2, 3}
    assert all(len(set(v)) == len(v) for v in voters)
    assert made_up(projects[:1], voters=3, most=5, seed="seed of the test 01") == [["p0"]] * 3


def test_pots_are_counted_by_themselves() -> None:
    projects = [
        Project("a", 60, fields=("길",)),
        Project("b", 50, fields=("길",)),
        Project("c", 30, fields=("숲",)),
        Project("d", 20, fields=("숲",)),
    ]
    election = Election.of(projects, [list("ab")] * 5 + [list("ac")] * 3 + [["d"]] * 2, 100)
    pot_of = {p.id: p.fields[0] for p in projects}
    whole = count(election, Rule("greedy", ties=("name",)))
    parts = count_in_pots(election, Rule("greedy", ties=("name",)), {"길": 60, "숲": 40}, pot_of)
    assert whole.funded == ("a", "c")
    assert parts.funded == ("a", "c")
    assert {name: (o.funded, o.left) for name, o in parts.outcomes.items()} == {"길": (("a",), 0), "숲": (("c",), 10)}
    assert (parts.spent, parts.left) == (90, 10)
    other = count_in_pots(election, Rule("equal_shares", ties=("name",)), {"길": 50, "숲": 50}, pot_of)
    assert {name: o.funded for name, o in other.outcomes.items()} == {"길": (), "숲": ("c", "d")}
    # Eight voters named something of the first pot and hold 6.25 each: those of b 31.25 together. Five named something of the second.
    assert [o.story[0].params["voters"] for o in other.outcomes.values()] == [8, 5]
    for pots, of_project in (({"길": 101}, pot_of), ({"길": -1, "숲": 5}, pot_of), ({"길": 5}, pot_of)):
        with pytest.raises(ValueError):
            count_in_pots(election, Rule(ties=("name",)), pots, of_project)


def test_points_go_into_their_pots() -> None:
    head = "META\nkey;value\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost;category\na;10;x\nb;10;y\n"
    data = f"{head}VOTES\nvoter_id;vote;points\n1;a,b;4,6\n2;a;10\n"
    election = pabulib.read(data.encode()).election
    parts = count_in_pots(election, Rule(score="points", ties=("name",)), {"x": 10, "y": 10}, {"a": "x", "b": "y"})
    assert [o.standings[0].score for o in parts.outcomes.values()] == [14, 6]


def test_the_best_of_every_dong_come_first() -> None:
    projects = [Project(code, 40, fields=(dong,)) for code, dong in (("a", "가산"), ("b", "가산"), ("c", "독산"), ("d", "시흥"))]
    election = Election.of(projects, [["a", "b"]] * 5 + [["c"]] * 2 + [["d"]], 120)
    assert count(election, Rule(ties=("name",))).funded == ("a", "b", "c")
    owed = Limits(field_least={"가산": 1, "독산": 1, "시흥": 1})
    assert count(election, Rule(ties=("name",), limits=owed)).funded == ("a", "c", "d")
    # What nobody named is owed nothing, and who is owed two gets the best two.
    assert count(election, Rule(ties=("name",), limits=Limits(threshold=2, field_least={"가산": 2, "시흥": 1}))).funded == ("a", "b", "c")
    with pytest.raises(ValueError, match="least numbers"):
        count(election, Rule("phragmen", ties=("name",), limits=owed))
