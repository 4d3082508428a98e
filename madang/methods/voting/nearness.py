"""How near to being bought each project came in a run of equal shares."""

from fractions import Fraction

import numpy as np

from madang.methods.voting.exact import ExactPurses
from madang.methods.voting.limits import Watch
from madang.methods.voting.shares import Bought, EqualShares

NEAR = 1e-6


def needed(game: EqualShares, bought: tuple[Bought, ...], share: Fraction) -> dict[int, int | None]:
    """For each project left out the fewest further voters, naming only it and holding the same share, with whom it would have been
    bought; None for one that a limit keeps out. Everything else stays as it was, the share too."""
    election = game.election
    watch = Watch(game.limits, election)
    for was in bought:
        watch.take(was.project)
    out = {one.project for one in bought}
    rest = [n for n in range(len(election.projects)) if n not in out]
    found: dict[int, int | None] = {n: None for n in rest}
    money = np.full(len(game.weights), float(share))
    unsure: dict[int, list[int]] = {}
    looked = [n for n in rest if not watch.bars(n) and election.projects[n].cost]
    turns: list[Bought | None] = [*bought, None]
    for turn, one in enumerate(turns):
        for n in looked:
            if one is not None and not election.projects[one.project].cost:
                continue
            more = _missing(game, n, one, money, float(share))
            if abs(more - round(more)) < NEAR:
                unsure.setdefault(turn, []).append(n)
            else:
                _take(found, n, int(np.ceil(more)))
        if one is not None:
            _pay(game, one, money)
    _decide(game, bought, share, unsure, found)
    for n in looked:
        short = game.limits.threshold - election.votes[n]
        if short > 0:
            found[n] = max(short, found[n] or 0)
    return found


def _take(found: dict[int, int | None], n: int, more: int) -> None:
    before = found[n]
    more = max(1, more)
    found[n] = more if before is None else min(before, more)


def _missing(game: EqualShares, n: int, one: Bought | None, money: "np.ndarray", share: float) -> float:
    """Further voters, as a real number, with whom n would have had this turn (`one` is who had it; None: nobody could be bought)."""
    voices, heads, gives = game.voices[n], game.heads[n], game.gives[n]
    theirs, most = money[voices], share
    if one is not None:
        limit = one.rho * game.scale[n]
        most = min(share, limit)
        theirs = np.minimum(theirs, limit if gives is None else limit * gives)
    have = float((theirs * heads).sum())
    return (game.costs[n] - have) / most


def _pay(game: EqualShares, one: Bought, money: "np.ndarray") -> None:
    voices, gives = game.voices[one.project], game.gives[one.project]
    pay = one.rho * game.scale[one.project]
    money[voices] = np.maximum(money[voices] - (pay if gives is None else pay * gives), 0.0)


def _decide(
    game: EqualShares, bought: tuple[Bought, ...], share: Fraction, unsure: dict[int, list[int]], found: dict[int, int | None]
) -> None:
    """The turns in which a number came out too near to a whole one, in exact rationals."""
    if not unsure:
        return
    purses = game.purses(share)
    turns: list[Bought | None] = [*bought, None]
    for turn, one in enumerate(turns):
        for n in unsure.get(turn, ()):
            _take(found, n, _exactly(game, purses, n, one, share))
        if one is not None and turn < max(unsure):
            purses.buy(one.project)


def _exactly(game: EqualShares, purses: ExactPurses, n: int, one: Bought | None, share: Fraction) -> int:
    cost, scale = game.election.projects[n].cost, game.unit(n)
    if one is None:
        lack = (cost - purses.have(n, None)) / share
        return -(-lack.numerator // lack.denominator)
    rho = purses.rho(one.project, game.unit(one.project))
    lack = (cost - purses.have(n, rho * scale)) / min(share, rho * scale)
    more = -(-lack.numerator // lack.denominator)
    # Equal prices: the order among equals decides, and one more voter makes it cheaper.
    return more + (lack.denominator == 1 and rho * scale <= share and game.ties[n] > game.ties[one.project])
