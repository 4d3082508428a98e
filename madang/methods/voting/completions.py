"""What follows a run of equal shares that leaves money over: larger shares, step by step, and the money's last use.

add1: everybody's share grows by a published step while the outcome stays within the budget; the last outcome within it holds
("add1", Peters, Skowron: equalshares.net). With the exhaustive stop it ends earlier, as soon as no further project fits the money.
In won the number of steps is the share divided by the step: publish a step such as 0.1 % of the first share.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from madang.methods.voting.election import Election
from madang.methods.voting.limits import Watch
from madang.methods.voting.shares import Bought, EqualShares

Completion = Literal["none", "greedy", "add1", "add1u"]
COMPLETIONS: tuple[Completion, ...] = ("none", "greedy", "add1", "add1u")


@dataclass(frozen=True)
class Grown:
    """The purchases that hold, the share they were made with, and how many shares were tried."""

    bought: tuple[Bought, ...]
    share: Fraction
    runs: int


def first_share(election: Election) -> Fraction:
    """Each voter's part of the budget, in units. Raises ValueError without voters."""
    if not election.voters:
        raise ValueError("an election without voters has no shares")
    return Fraction(election.budget, election.voters)


def grow(game: EqualShares, step: Fraction, *, exhaustive_stop: bool) -> Grown:
    """add1 with `step` in units above 0."""
    election = game.election
    if step <= 0:
        raise ValueError("a step is above 0")
    costs = [p.cost for p in election.projects]
    share, runs = first_share(election), 1
    held = Grown(tuple(game.run(share)), share, runs)
    everything = len(game.candidates) + len(game.free)
    # Above this everybody can pay for everything alone, and nothing changes any more.
    ceiling = Fraction(sum(costs) + 1)
    while len(held.bought) < everything and share <= ceiling:
        if exhaustive_stop and is_exhausted(game, held.bought):
            break
        share, runs = share + step, runs + 1
        bought = tuple(game.run(share))
        if sum(costs[b.project] for b in bought) > election.budget:
            break
        held = Grown(bought, share, runs)
    return Grown(held.bought, held.share, runs)


def is_exhausted(game: EqualShares, bought: tuple[Bought, ...]) -> bool:
    """Whether no further project fits the money that is left."""
    election = game.election
    taken = {b.project for b in bought}
    left = election.budget - sum(election.projects[n].cost for n in taken)
    watch = Watch(game.limits, election)
    for n in taken:
        watch.take(n)
    return not any(
        p.cost <= left and n not in taken and not watch.bars(n) and election.votes[n] >= game.limits.threshold
        for n, p in enumerate(election.projects)
    )
