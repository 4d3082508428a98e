"""찬반투표: each item for itself, yes or no, with a quorum for the whole vote and a majority for the item.

Ordinances differ (residents' assemblies in Dobong and Gangbuk 2021: half a percent of the dong's residents take part and
a majority of those who took part agree; elsewhere one percent of people from 16), so quorum and majority are settings. A
voter who leaves an item blank took part; whether the blank stands against the item is the setting ``majority_of``. Equal
numbers are no majority.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from madang.methods.stories import Line

MajorityOf = Literal["voters", "yes_and_no"]


@dataclass(frozen=True, slots=True)
class Item:
    """``reason``: "passed", "no_quorum" or "no_majority". ``yes`` + ``no`` + ``blank`` is the number of valid ballots."""

    id: str
    yes: int
    no: int
    blank: int
    passed: bool
    reason: Literal["passed", "no_quorum", "no_majority"]


@dataclass(frozen=True, slots=True)
class YesNoOutcome:
    items: tuple[Item, ...]
    voters: int
    invalid: int
    quorum_voters: int
    quorum_met: bool
    story: tuple[Line, ...]


def quorum_of(electorate: int, numerator: int, denominator: int) -> int:
    """Fewest voters that reach numerator/denominator of ``electorate``, rounded up: half a percent of 25,001 is 126."""
    if electorate < 0 or numerator < 0 or denominator <= 0:
        raise ValueError("a share of an electorate is not negative")
    return -(-electorate * numerator // denominator)


def yes_no(
    ids: Iterable[str],
    ballots: Iterable[Mapping[str, bool | None]],
    *,
    quorum_voters: int = 0,
    majority_of: MajorityOf = "yes_and_no",
) -> YesNoOutcome:
    """Count ballots that answer items with True (찬), False (반) or None (기권); an item left out counts as None.

    A ballot that names an unknown item or answers nothing at all is invalid and no voter. ``majority_of`` "voters" asks for more
    than half of all valid ballots, "yes_and_no" for more yes than no. Raises ValueError for an id twice or a negative quorum.
    """
    listed = tuple(ids)
    if len(set(listed)) != len(listed) or quorum_voters < 0:
        raise ValueError("ids occur once and a quorum is not negative")
    if majority_of not in ("voters", "yes_and_no"):
        raise ValueError(f"unknown majority: {majority_of}")
    yes, no = dict.fromkeys(listed, 0), dict.fromkeys(listed, 0)
    voters = invalid = 0
    for ballot in ballots:
        if not ballot.keys() <= yes.keys() or all(answer is None for answer in ballot.values()):
            invalid += 1
            continue
        voters += 1
        for item_id, answer in ballot.items():
            if answer is not None:
                (yes if answer else no)[item_id] += 1
    met = voters >= quorum_voters
    items = tuple(_item(item_id, yes[item_id], no[item_id], voters, met, majority_of) for item_id in listed)
    story = [Line("opened", {"items": len(items), "voters": voters, "invalid": invalid, "majority_of": majority_of})]
    story.append(Line("quorum_met" if met else "quorum_missed", {"voters": voters, "quorum_voters": quorum_voters}))
    story += [Line(item.reason, {"id": item.id, "yes": item.yes, "no": item.no, "blank": item.blank}) for item in items]
    return YesNoOutcome(items, voters, invalid, quorum_voters, met, tuple(story))


def _item(item_id: str, yes: int, no: int, voters: int, met: bool, majority_of: MajorityOf) -> Item:
    won = yes * 2 > voters if majority_of == "voters" else yes > no
    reason: Literal["passed", "no_quorum", "no_majority"] = "no_quorum" if not met else "passed" if won else "no_majority"
    return Item(item_id, yes, no, voters - yes - no, reason == "passed", reason)
