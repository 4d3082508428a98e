"""Where a project's score comes from: votes, points, places of a ranking, or a weighted sum with what others have judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from madang.methods.voting.election import Election

Source = Literal["votes", "points", "borda"]
SOURCES: tuple[Source, ...] = ("votes", "points", "borda")


def of(election: Election, source: Source) -> tuple[int, ...]:
    """Scores by position. "votes": who names it. "points": the sum of what ballots give. "borda": for ranked ballots the first place gives
    as many points as the longest ballot has places, the next one fewer, unranked ones none (Borda 1781, for ballots that may stop early).

    Raises ValueError for an unknown source, points of ballots that give none, and places of ballots that are no rankings."""
    if source == "votes":
        return election.votes
    if source == "points":
        if not election.points:
            raise ValueError("these ballots give no points")
        return election.scores
    if source != "borda":
        raise ValueError(f"unknown score: {source}")
    if election.kind != "ordinal":
        raise ValueError("only ranked ballots have places")
    longest = max(map(len, election.picks), default=0)
    totals = [p.votes for p in election.projects]
    for picks, number in zip(election.picks, election.numbers, strict=True):
        for place, n in enumerate(picks):
            totals[n] += (longest - place) * number
    return tuple(totals)


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a composite score: its name, its part of the whole (parts add up to 1), and values by project id (votes of a channel,
    points of a committee, a survey's per cent), each at most `most`; without `most` the highest value counts as full marks."""

    name: str
    weight: Fraction
    values: Mapping[str, int | Fraction]
    most: int | Fraction | None = None


def composite(ids: Sequence[str], components: Sequence[Component]) -> dict[str, Fraction]:
    """Σ weight × value / full marks for each project, between 0 and 1, exact. A project that a component does not name gets 0 there.

    Raises ValueError where weights do not add up to 1, a value is negative or above `most`, or an id is unknown."""
    if sum((c.weight for c in components), Fraction(0)) != 1 or any(c.weight < 0 for c in components):
        raise ValueError("weights are not negative and add up to 1")
    totals = dict.fromkeys(ids, Fraction(0))
    for c in components:
        if unknown := set(c.values) - set(ids):
            raise ValueError(f"{c.name}: no such project: {min(unknown)}")
        full = Fraction(c.most if c.most is not None else max(c.values.values(), default=0))
        if any(v < 0 or (c.most is not None and v > c.most) for v in c.values.values()):
            raise ValueError(f"{c.name}: a value is below 0 or above full marks")
        for code, value in c.values.items():
            totals[code] += c.weight * Fraction(value) / full if full else 0
    return totals
