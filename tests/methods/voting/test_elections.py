"""Real elections: the winners that cities published, and the same winners as pabutools."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from madang.methods.voting import pabulib
from madang.methods.voting.rules import Rule, count
from tests.methods.voting.data import HERE, needs_elections, the_file

pytestmark = needs_elections

LARGEST = 8_000  # voters; the oracle takes seconds to minutes on larger ones, which `python -m benchmarks.counting` compares
BY_NAME: Any = {"ties": ("name",)}
RULES = {
    "greedy, cost": Rule("greedy", **BY_NAME),
    "greedy, cardinality": Rule("greedy", utility="cardinality", **BY_NAME),
    "equal shares, cost": Rule("equal_shares", **BY_NAME),
    "equal shares, cardinality": Rule("equal_shares", utility="cardinality", **BY_NAME),
    "phragmen": Rule("phragmen", **BY_NAME),
    "add1, cost": Rule("equal_shares", completion="add1", exhaustive_stop=True, **BY_NAME),
    "add1, cardinality": Rule("equal_shares", utility="cardinality", completion="add1", exhaustive_stop=True, **BY_NAME),
}


def selected(election: Any) -> set[str]:
    return {p.id for p in election.projects if p.more.get("selected") in ("1", "2", "3")}


@pytest.mark.parametrize(
    ("name", "stop", "share"),
    [("Netherlands_Assen_2024", True, "2033.48"), ("Poland_Swiecie_2023", True, "645.11"), ("Poland_Wieliczka_2023", False, "315.84")],
)
def test_what_cities_published(name: str, stop: bool, share: str) -> None:
    """Equal shares by cost with add1 at a step of one; two cities stopped where nothing further fitted, one did not."""
    election = pabulib.read(the_file(name)).election
    outcome = count(election, Rule("equal_shares", completion="add1", exhaustive_stop=stop, **BY_NAME), closeness=False)
    assert set(outcome.funded) == selected(election)
    assert f"{float(Fraction(outcome.facts['share'])):.2f}" == share


@pytest.mark.parametrize("path", HERE, ids=lambda p: p.stem)
def test_every_file_is_read_and_written_again(path: Any) -> None:
    election = pabulib.read(path.read_bytes()).election
    assert election.voters == int(election.meta["num_votes"]) - pabulib.read(path.read_bytes()).empty
    assert len(election.projects) == int(election.meta["num_projects"])
    if election.voters < LARGEST:
        again = pabulib.read(pabulib.write(election).encode()).election
        assert (again.votes, again.scores, again.budget, again.scale, again.kind) == (
            election.votes, election.scores, election.budget, election.scale, election.kind,
        )  # fmt: skip
        assert [dict(p.more) for p in again.projects] == [dict(p.more) | {"name": p.name} for p in election.projects]
        assert {k: v for k, v in again.meta.items() if k in election.meta} == dict(election.meta)


@pytest.mark.parametrize("path", HERE, ids=lambda p: p.stem)
def test_the_same_winners_as_pabutools(path: Any) -> None:
    read = pabulib.read(path.read_bytes())
    if read.election.kind not in ("approval", "choose-1") or read.election.voters > LARGEST:
        pytest.skip("not an approval vote of a size the oracle counts quickly")
    oracle = pytest.importorskip("tests.methods.voting.oracle")
    theirs = oracle.winners(path, list(RULES))
    for name, rule in RULES.items():
        outcome = count(read.election, rule, closeness=False)
        assert set(outcome.funded) == set(theirs[name]), name
        if rule.name != "phragmen":  # the oracle does not tell Phragmén's order
            assert list(outcome.funded) == theirs[name], name
        if rule.completion == "none":
            assert count(read.election, replace(rule, exact=True), closeness=False).funded == outcome.funded
