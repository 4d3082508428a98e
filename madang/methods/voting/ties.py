"""Which of equal projects comes first. The order is decided before the count and is part of the rule."""

from collections.abc import Sequence
from typing import Literal

from madang.methods.lots import shuffle
from madang.methods.voting.election import Election

TieKey = Literal["cost", "votes", "name", "lot"]
TIE_KEYS: tuple[TieKey, ...] = ("cost", "votes", "name", "lot")
CHEAPEST_THEN_LOT: tuple[TieKey, ...] = ("cost", "lot")
LOT_CONTEXT = "tie"


def check_ties(keys: Sequence[TieKey], seed: str | None) -> None:
    """Raises ValueError for keys that leave an order open (the last is "name" or "lot"), and for a lot without its seed."""
    if not keys or not set(keys) <= set(TIE_KEYS) or len(set(keys)) != len(keys) or keys[-1] not in ("name", "lot"):
        raise ValueError("tie keys are cost, votes, name and lot, each once, and the last of them is name or lot")
    if "lot" in keys and seed is None:
        raise ValueError("a lot needs the seed that was committed to")


def tie_order(election: Election, keys: Sequence[TieKey], seed: str | None = None) -> tuple[int, ...]:
    """For each project its place among equals: 0 comes first. Keys in turn: "cost" (cheaper first), "votes" (more first), "name" (id by
    code point), "lot" (a draw from the committed seed, see `lots`)."""
    check_ties(keys, seed)
    ids = [p.id for p in election.projects]
    lot = {code: n for n, code in enumerate(shuffle(ids, seed, LOT_CONTEXT))} if seed is not None and "lot" in keys else {}

    def key(n: int) -> tuple[int | str, ...]:
        by: dict[str, int | str] = {
            "cost": election.projects[n].cost,
            "votes": -election.votes[n],
            "name": ids[n],
            "lot": lot.get(ids[n], 0),
        }
        return tuple(by[name] for name in keys)

    places = [0] * len(ids)
    for place, n in enumerate(sorted(range(len(ids)), key=key)):
        places[n] = place
    return tuple(places)
