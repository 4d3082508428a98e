"""The rules once more, as the papers define them: slow, in rationals, without a trick. What the tests compare with."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Voters = Sequence[frozenset[int]]


def equal_shares(costs: Sequence[int], voters: Voters, share: Fraction, *, by_cost: bool, ties: Sequence[int]) -> list[int]:
    """Everybody holds `share`; buy what has the least payment for a unit of utility until nothing can be bought."""
    money = [share] * len(voters)
    bought: list[int] = []
    while True:
        prices = []
        for p, cost in enumerate(costs):
            names_it = [v for v, picks in enumerate(voters) if p in picks]
            if p in bought or sum(money[v] for v in names_it) < cost or not names_it:
                continue
            unit = cost if by_cost else 1
            prices.append((_payment([money[v] for v in names_it], cost) / unit if cost else Fraction(-1), ties[p], p, names_it))
        if not prices:
            return bought
        rho, _tie, p, names_it = min(prices)
        pay = rho * (costs[p] if by_cost else 1)
        for v in names_it:
            money[v] -= min(money[v], max(pay, Fraction(0)))
        bought.append(p)


def _payment(money: list[Fraction], cost: int) -> Fraction:
    """The most anybody pays when all pay the same or all they have."""
    left, rest = Fraction(cost), sorted(money)
    for n, one in enumerate(rest):
        equal = left / (len(rest) - n)
        if one >= equal:
            return equal
        left -= one
    return rest[-1]


def phragmen(costs: Sequence[int], voters: Voters, budget: int, ties: Sequence[int]) -> list[int]:
    """Loads: the next is the project after which its supporters carry least; the end when one whose turn it is does not fit."""
    loads = [Fraction(0)] * len(voters)
    bought: list[int] = []
    left = budget
    while True:
        turns = []
        for p, cost in enumerate(costs):
            names_it = [v for v, picks in enumerate(voters) if p in picks]
            if p not in bought and names_it:
                turns.append(((cost + sum(loads[v] for v in names_it)) / len(names_it), p, names_it))
        if not turns:
            return bought
        least = min(load for load, _p, _n in turns)
        equals = [(p, names_it) for load, p, names_it in turns if load == least]
        if any(costs[p] > left for p, _names in equals):
            return bought
        p, names_it = min(equals, key=lambda one: ties[one[0]])
        bought.append(p)
        left -= costs[p]
        for v in names_it:
            loads[v] = least


def best_total(costs: Sequence[int], votes: Sequence[int], budget: int) -> tuple[int, int]:
    """(highest total of votes, least money for it) over all affordable sets of projects that somebody named."""
    able = [p for p, v in enumerate(votes) if v]
    sets = (chosen for size in range(len(able) + 1) for chosen in combinations(able, size))
    found = ((-sum(votes[p] for p in chosen), sum(costs[p] for p in chosen)) for chosen in sets)
    total, money = min(one for one in found if one[1] <= budget)
    return -total, money


def breaks_ejr_plus_up_to_one(costs: Sequence[int], voters: Voters, budget: int, funded: Sequence[int]) -> bool:
    """Whether a group is owed more than it got: all name an unfunded p, and with one project more each of them would still have no more
    than the group's part of the budget pays for projects of p's price.

    EJR+ for cardinality utilities, up to one project: Brill, Peters: "Robust and Verifiable Proportionality Axioms for Multiwinner
    Voting", EC 2023, section on budgets. It is enough to look at the worst served of each size."""
    for p, cost in enumerate(costs):
        if p in funded or not cost:
            continue
        have = sorted(len(picks & set(funded)) for picks in voters if p in picks)
        for size in range(1, len(have) + 1):
            if have[size - 1] + 1 <= Fraction(budget * size, len(voters)) / cost:
                return True
    return False
