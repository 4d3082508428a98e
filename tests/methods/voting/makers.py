"""Small elections for tests."""

from fractions import Fraction

from hypothesis import strategies as st

from madang.methods.voting.election import Election, Project

NAMES = "abcdefgh"


def an_election(costs: dict[str, int], ballots: list[str], budget: int) -> Election:
    """`ballots` are words whose letters are the projects picked."""
    return Election.of([Project(code, cost) for code, cost in costs.items()], [list(b) for b in ballots], budget)


def voters_of(election: Election) -> list[frozenset[int]]:
    return [frozenset(picks) for picks, number in zip(election.picks, election.numbers, strict=True) for _ in range(number)]


def share_of(election: Election) -> Fraction:
    return Fraction(election.budget, election.voters)


@st.composite
def elections(draw: st.DrawFn, most_projects: int = 6, most_voters: int = 12) -> Election:
    """Few projects of round costs and few voters: near ties and true ties are common."""
    count = draw(st.integers(1, most_projects))
    costs = draw(st.lists(st.sampled_from([1, 2, 3, 4, 6, 10, 12, 25]), min_size=count, max_size=count))
    picks = st.sets(st.sampled_from(NAMES[:count]), min_size=1).map(lambda s: "".join(sorted(s)))
    ballots = draw(st.lists(picks, min_size=1, max_size=most_voters))
    return an_election(dict(zip(NAMES, costs, strict=False)), ballots, draw(st.integers(1, 60)))
