"""One draw from a lottery: the committee by its ticket, then the people of each type by lot.

Everything follows from the published lottery, the published list and the revealed seed (blocks as in ``lots``):

1. a ticket: a number below the number of tickets from the blocks of (seed, ``CONTEXT/committee``). Tickets are numbered from 0 through the
   committees in their order.
2. for every type i of which somebody sits: ``lots.shuffle`` of its keys with (seed, ``CONTEXT/type/i``); the first ones sit, the others are
   that type's reserves in order. Who steps in for a member of the same type leaves every quota met.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from madang.methods.lots import Blocks, seed_commitment, shuffle
from madang.methods.seats.lottery import Lottery
from madang.methods.seats.pool import Pool
from madang.methods.stories import Fact, Line

CONTEXT = "seats"


@dataclass(frozen=True, slots=True)
class Draw:
    """Who sits. ``chosen`` by type and lot, ``reserves`` for each type that sits in their order."""

    ticket: int
    committee: int
    chosen: tuple[str, ...]
    reserves: dict[int, tuple[str, ...]]
    seed_sha256: str
    lottery_sha256: str
    story: tuple[Line, ...]


def draw(lottery: Lottery, pool: Pool, seed: str, context: str = CONTEXT) -> Draw:
    """The draw of this seed. Raises ValueError for a poor seed or a list that is not the lottery's."""
    kept = pool.only(lottery.features)
    if kept.fingerprint() != lottery.list_sha256:
        raise ValueError("the list is not the one of the lottery")
    ticket = Blocks(seed, f"{context}/committee").below(lottery.tickets)
    place = lottery.holder(ticket)
    committee = lottery.committees[place]
    first = sum(one.tickets for one in lottery.committees[:place])
    story = [
        Line("ticket", {"ticket": ticket, "tickets": lottery.tickets}),
        Line(
            "committee", {"committee": place, "first": first, "last": first + committee.tickets - 1, "committees": len(lottery.committees)}
        ),
    ]
    chosen: list[str] = []
    reserves: dict[int, tuple[str, ...]] = {}
    for i, (kind, seats) in enumerate(zip(kept.types(), committee.counts, strict=True)):
        if not seats:
            continue
        order = shuffle(kind.keys, seed, f"{context}/type/{i}")
        chosen += order[:seats]
        reserves[i] = order[seats:]
        facts: dict[str, Fact] = {"type": i, "values": kind.values, "people": len(kind.keys), "seats": seats, "chosen": order[:seats]}
        story.append(Line("type", facts))
    return Draw(ticket, place, tuple(chosen), reserves, seed_commitment(seed), lottery.fingerprint(), tuple(story))


def steps_in(lottery: Lottery, pool: Pool, outcome: Draw, leaving: Iterable[str]) -> tuple[str | None, ...]:
    """For each of those leaving, in their order, the next reserve of the same type; None where that type has nobody left.

    Then quotas must be loosened or the rest drawn anew. Raises ValueError for somebody who does not sit.
    """
    kept = pool.only(lottery.features)
    number = {values: i for i, values in enumerate(lottery.types)}
    waiting = {i: iter(keys) for i, keys in outcome.reserves.items()}
    entering: list[str | None] = []
    for key in leaving:
        if key not in outcome.chosen:
            raise ValueError("only members leave")
        entering.append(next(waiting[number[kept.people[key]]], None))
    return tuple(entering)


def percent(chance: Fraction, digits: int = 2) -> str:
    """A chance in percent, half up, for showing: 3/41 is "7.32". Whole-number arithmetic."""
    scale: int = 10**digits
    scaled = (2 * 100 * scale * chance.numerator + chance.denominator) // (2 * chance.denominator)
    return f"{scaled // scale}.{scaled % scale:0{digits}}" if digits else str(scaled)
