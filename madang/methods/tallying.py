"""From ballots to votes: which papers are valid, what each project got.

A ballot is the ids a voter picked. It counts whole or not at all (an over-vote is refused whole; 주민참여예산 practice of the districts
in our domain notes), and every invalid ballot is counted under its first reason in this order: blank, duplicate_pick,
unknown_project, too_many_picks, too_few_picks. Who voted is no business of this module.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

Ballot = Collection[str]
Invalid = Literal["blank", "duplicate_pick", "unknown_project", "too_many_picks", "too_few_picks"]
REASONS: tuple[Invalid, ...] = ("blank", "duplicate_pick", "unknown_project", "too_many_picks", "too_few_picks")


@dataclass(frozen=True, slots=True)
class Tally:
    """``received`` = ``valid`` + all of ``invalid``. ``votes`` has every project, those without a vote too, in id order.

    ``papers`` are the distinct ballots received with their number, invalid ones too, in a fixed order that says nothing about the
    order of voting; they are what the fingerprint of the input is made from.
    """

    received: int
    valid: int
    invalid: Mapping[Invalid, int]
    votes: Mapping[str, int]
    papers: tuple[tuple[tuple[str, ...], int], ...]
    flaws: Mapping[tuple[str, ...], Invalid]

    def valid_papers(self) -> Iterator[tuple[str, ...]]:
        """Every valid paper, equal ones as often as they were cast."""
        for picks, number in self.papers:
            if picks not in self.flaws:
                yield from repeat(picks, number)


def flaw(ballot: Ballot, known: Set[str], max_picks: int | None = None, min_picks: int = 1) -> Invalid | None:
    """Why a ballot is invalid, or None. The same answer serves at the moment of casting and at the count."""
    if not ballot:
        return "blank"
    picks = set(ballot)
    if len(picks) != len(ballot):
        return "duplicate_pick"
    if not picks <= known:
        return "unknown_project"
    if max_picks is not None and len(picks) > max_picks:
        return "too_many_picks"
    return "too_few_picks" if len(picks) < min_picks else None


def tally(ids: Iterable[str], ballots: Iterable[Ballot], max_picks: int | None = None, min_picks: int = 1) -> Tally:
    """Count ballots over projects. Equal ballots are grouped first, so the time grows with their distinct kinds after one pass."""
    known = frozenset(ids)
    papers = Counter(tuple(sorted(ballot)) for ballot in ballots)
    votes = dict.fromkeys(sorted(known), 0)
    invalid: dict[Invalid, int] = dict.fromkeys(REASONS, 0)
    valid = 0
    flaws: dict[tuple[str, ...], Invalid] = {}
    for picks, number in papers.items():
        reason = flaw(picks, known, max_picks, min_picks)
        if reason is not None:
            flaws[picks] = reason
            invalid[reason] += number
            continue
        valid += number
        for pick in picks:
            votes[pick] += number
    return Tally(papers.total(), valid, {reason: n for reason, n in invalid.items() if n}, votes, tuple(sorted(papers.items())), flaws)
