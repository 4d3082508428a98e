"""The affordable set with the highest total score, exactly: for every total the least money that reaches it.

The classic dynamic programme over values (Bellman 1957; Kellerer, Pferschy, Pisinger: "Knapsack Problems", 2004, 2.3). Its work is projects
times the sum of all scores, whatever the costs are, so a count that was announced always ends.
"""

from collections.abc import Sequence

import numpy as np

from madang.methods.voting.election import Election
from madang.methods.voting.limits import Limits

MOST_TOTAL = 10_000_000
BEYOND = np.iinfo(np.int64).max // 2


def best_total(election: Election, scores: Sequence[int], ties: Sequence[int], limits: Limits) -> tuple[int, ...]:
    """Positions of the best set, highest score first. Among sets of equal total the cheapest; among equally cheap ones the set that has
    the project the tie order puts first, and so on.

    Of the limits it knows the threshold and groups of which at most one is funded, no project in two of them; others raise ValueError.
    Raises OverflowError where scores add up to more than MOST_TOTAL."""
    if limits.most is not None or limits.field_most:
        raise ValueError("the best total knows no greatest numbers of projects")
    groups = _groups(election, scores, ties, limits)
    total = sum(max(scores[n] for n in group) for group in groups)
    if total > MOST_TOTAL:
        raise OverflowError("scores add up to more than this count can hold")
    # least[v]: the least money for the total v with the groups from here on; the last groups go first, so that looking back
    # afterwards meets them in the tie order.
    least = np.full(total + 1, BEYOND, dtype=np.int64)
    least[0] = 0
    taken = []
    for group in reversed(groups):
        best, choice = least.copy(), np.zeros(total + 1, dtype=np.uint8)
        for k, n in reversed(list(enumerate(group, 1))):
            own, cost = scores[n], election.projects[n].cost
            with_it = np.full(total + 1, BEYOND, dtype=np.int64)
            with_it[own:] = least[: total + 1 - own] + cost
            better = (with_it <= best) & (with_it < BEYOND)
            best[better], choice[better] = with_it[better], k
        least = best
        taken.append(choice)
    value = int(np.flatnonzero(least <= election.budget).max())
    chosen = []
    for group, choice in zip(groups, reversed(taken), strict=True):
        k = int(choice[value])
        if k:
            chosen.append(group[k - 1])
            value -= scores[group[k - 1]]
    return tuple(sorted(chosen, key=lambda n: (-scores[n], ties[n])))


def _groups(election: Election, scores: Sequence[int], ties: Sequence[int], limits: Limits) -> list[list[int]]:
    """Projects of which at most one is funded, each by itself where nothing excludes it; groups and members in the tie order."""
    place = {p.id: n for n, p in enumerate(election.projects)}
    able = {
        n for n, p in enumerate(election.projects) if scores[n] > 0 and election.votes[n] >= limits.threshold and p.cost <= election.budget
    }
    groups = [[place[code] for code in group] for group in limits.exclusive]
    members = [n for group in groups for n in group]
    if len(set(members)) != len(members):
        raise ValueError("the best total knows no project that two groups exclude")
    groups += [[n] for n in able - set(members)]
    kept = [sorted((n for n in group if n in able), key=lambda n: ties[n]) for group in groups]
    return sorted((g for g in kept if g), key=lambda g: ties[g[0]])
