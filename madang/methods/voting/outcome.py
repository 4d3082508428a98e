"""What a count says, and what can be read off it: how near the others came, and whom the chosen ones serve."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from madang.methods.stories import Line
from madang.methods.voting.election import Election


@dataclass(frozen=True, slots=True)
class Standing:
    """A project's place by score alone: equal scores share `rank` (1, 2, 2, 4); `order` has ties broken (1, 2, 3, 4)."""

    id: str
    votes: int
    score: int | Fraction
    cost: int
    rank: int
    order: int


@dataclass(frozen=True)
class Outcome:
    """`funded` in the order of funding; `spent` and `left` in units of the election; `needed[id]` how many more votes an unfunded project
    needed (None: no number of votes would have done it); `facts` what the rule found on its way (the final share, the steps);
    `exact_rounds` how many decisions were too near for floating point and were made in exact rationals; `input_sha256` the fingerprint
    of rule and election: equal fingerprints, equal outcomes."""

    rule: Mapping[str, Any]
    funded: tuple[str, ...]
    spent: int
    left: int
    standings: tuple[Standing, ...]
    story: tuple[Line, ...]
    needed: Mapping[str, int | None]
    facts: Mapping[str, Any]
    exact_rounds: int
    input_sha256: str

    def opened_with(self, lines: Iterable[Line], input_sha256: str) -> "Outcome":
        """The same outcome with a longer beginning of its story and a fingerprint that covers more."""
        return replace(self, story=(*lines, *self.story), input_sha256=input_sha256)


@dataclass(frozen=True, slots=True)
class Group:
    """How the chosen projects serve the voters of one group: `voters` of whom `with_one` named a chosen project; `picks` is how many
    chosen projects its voters named in all; `share` the part of the money spent that was spent for them, each project's cost shared
    equally by all who named it; `weight` their part of all voters."""

    name: str
    voters: int
    with_one: int
    picks: int
    share: Fraction
    weight: Fraction


def standings(election: Election, scores: Sequence[int | Fraction], ties: Sequence[int]) -> tuple[Standing, ...]:
    """Projects by score, higher first."""
    rows: list[Standing] = []
    for order, n in enumerate(sorted(range(len(scores)), key=lambda n: (-scores[n], ties[n])), 1):
        p = election.projects[n]
        rank = rows[-1].rank if rows and rows[-1].score == scores[n] else order
        rows.append(Standing(p.id, election.votes[n], scores[n], p.cost, rank, order))
    return tuple(rows)


def representation(election: Election, funded: Iterable[str], groups: Mapping[str, Mapping[int, int]]) -> tuple[Group, ...]:
    """How the funded projects serve each group. `groups[name]` has how many of its voters cast each distinct ballot."""
    place = {p.id: n for n, p in enumerate(election.projects)}
    chosen = {place[code] for code in funded}
    named = [len(chosen & set(picks)) for picks in election.picks]
    voices = [sum(election.numbers[int(b)] for b in s) for s in election.supporters]
    for_each = [Fraction(election.projects[n].cost, voices[n]) if n in chosen and voices[n] else Fraction(0) for n in range(len(voices))]
    value = [sum((for_each[n] for n in picks if n in chosen), Fraction(0)) for picks in election.picks]
    spent = sum(election.projects[n].cost for n in chosen if voices[n])
    return tuple(
        Group(
            name=name,
            voters=(size := sum(cast.values())),
            with_one=sum(number for ballot, number in cast.items() if named[ballot]),
            picks=sum(number * named[ballot] for ballot, number in cast.items()),
            share=sum((number * value[ballot] for ballot, number in cast.items()), Fraction(0)) / spent if spent else Fraction(0),
            weight=Fraction(size, election.voters) if election.voters else Fraction(0),
        )
        for name, cast in sorted(groups.items())
    )
