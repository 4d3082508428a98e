#!/usr/bin/env python3
"""Count a vote of Madang again, with nothing but Python: python3 recount.py ballot-3.json

The file is the one on the vote's result page ("표와 규칙, 추첨 씨앗"). This program knows nothing of Madang: it was written from the
descriptions in docs/methods (budgeting.md, equal-shares.md, lots.md), counts in whole numbers only, and is slow where that keeps it short.
It checks that the seed is the one that was promised, counts, and says whether it comes to the same. Exit code 0: the same; 1: not; 2: the
file cannot be counted. 마당의 투표를 마당 없이 다시 셉니다.
"""

import hashlib
import json
import sys
from collections import Counter
from fractions import Fraction
from math import gcd


def shuffled(keys, seed):
    """The order of the lot: numbers below m from SHA-256 of "SEED|tie|k", Fisher and Yates (docs/methods/lots.md)."""
    order, k = sorted(keys), 0
    for i in range(len(order) - 1, 0, -1):
        fair = 2**256 - 2**256 % (i + 1)
        while True:
            x = int.from_bytes(hashlib.sha256(f"{seed}|tie|{k}".encode()).digest(), "big")
            k += 1
            if x < fair:
                break
        j = x % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


class Vote:
    """Items by id with cost and votes, the distinct valid papers with their numbers, and the place of each item among equals."""

    def __init__(self, file):
        self.rule, self.budget, self.seed = file["rule"], int(file["budget_won"]), file["seed"]
        self.cost = {str(i["number"]): int(i["cost_won"]) for i in file["items"]}
        papers = Counter(tuple(sorted(map(str, p["picks"]))) for p in file["papers"])
        least, most = int(file["picks_min"]), int(file["picks_max"])
        self.papers = sorted((set_, n) for set_, n in papers.items() if self._valid(set_, least, most))
        self.invalid = sum(papers.values()) - sum(n for _p, n in self.papers)
        self.votes = Counter()
        for picks, n in self.papers:
            self.votes.update(dict.fromkeys(picks, n))
        self.voters = sum(n for _p, n in self.papers)
        lot = {one: place for place, one in enumerate(shuffled(self.cost, self.seed))}
        keys = {"cost": self.cost.get, "votes": lambda one: -self.votes[one], "name": str, "lot": lot.get}
        order = sorted(self.cost, key=lambda one: tuple(keys[k](one) for k in self.rule["ties"]))
        self.tie = {one: place for place, one in enumerate(order)}
        threshold = self.rule["limits"]["threshold"]
        self.able = [one for one in order if self.votes[one] >= max(1, threshold)]
        self.of = {one: [k for k, (picks, _n) in enumerate(self.papers) if one in picks] for one in self.able}

    def _valid(self, picks, least, most):
        return least <= len(picks) <= most and len(set(picks)) == len(picks) and set(picks) <= self.cost.keys()


def greedy(vote, utility, skip, before=()):
    """In the order of votes (or votes per won) while the money lasts."""
    left, funded = vote.budget - sum(vote.cost[one] for one in before), []

    def worth(one):
        if utility == "cost" or not vote.cost[one]:
            return Fraction(vote.votes[one] if utility == "cost" else 10**30)
        return Fraction(vote.votes[one], vote.cost[one])

    for one in sorted(set(vote.able) - set(before), key=lambda one: (-worth(one), vote.tie[one])):
        if vote.cost[one] <= left:
            funded.append(one)
            left -= vote.cost[one]
        elif not skip:
            break
    return funded


def shares_once(vote, share, utility):
    """Equal shares: everybody holds `share`; money is whole numbers of one 1/parts of a won."""
    money, parts = [share.numerator] * len(vote.papers), share.denominator
    heads = [n for _picks, n in vote.papers]
    bought = [one for one in vote.able if not vote.cost[one]]
    rest = [one for one in vote.able if vote.cost[one]]
    while True:
        order = sorted(range(len(money)), key=money.__getitem__)
        place = {k: n for n, k in enumerate(order)}
        best = None
        for one in list(rest):
            payers = sorted(vote.of[one], key=place.__getitem__)
            left, cost_parts = sum(heads[k] for k in payers), vote.cost[one] * parts
            if sum(money[k] * heads[k] for k in payers) < cost_parts:
                rest.remove(one)  # money only falls: it can never be bought any more
                continue
            for k in payers:
                if money[k] * left >= cost_parts:
                    break
                cost_parts -= money[k] * heads[k]
                left -= heads[k]
            unit = vote.cost[one] if utility == "cost" else 1
            price = (Fraction(cost_parts, left * unit), vote.tie[one], one, cost_parts, left)
            best = price if best is None or price < best else best
        if best is None:
            return bought
        _rho, _tie, one, pay, left = best
        common = gcd(pay, left)
        pay, left = pay // common, left // common
        money, parts = [m * left for m in money], parts * left
        for k in vote.of[one]:
            money[k] = max(0, money[k] - pay)
        bought.append(one)
        rest.remove(one)


def equal_shares(vote):
    """With its completion: shares grow by the published step while the outcome stays within the budget."""
    rule, share = vote.rule, Fraction(vote.budget, vote.voters)
    bought = shares_once(vote, share, rule["utility"])
    if rule["completion"] in ("add1", "add1u"):
        step = rule["step"].strip()
        step = share * Fraction(step[:-1]) / 100 if step.endswith("%") else Fraction(step)
        ceiling = sum(vote.cost.values()) + 1
        while len(bought) < len(vote.able) and share <= ceiling:
            left = vote.budget - sum(vote.cost[one] for one in bought)
            if rule["exhaustive_stop"] and not any(vote.cost[one] <= left for one in vote.able if one not in bought):
                break
            share += step
            more = shares_once(vote, share, rule["utility"])
            if sum(vote.cost[one] for one in more) > vote.budget:
                break
            bought = more
    if rule["completion"] in ("greedy", "add1u"):
        bought += greedy(vote, rule["utility"], True, bought)
    return bought


def phragmen(vote):
    """The next is the item whose supporters carry least after it; the end when one whose turn it is does not fit."""
    load, funded, left = [Fraction(0)] * len(vote.papers), [], vote.budget
    while True:
        after = {}
        for one in vote.able:
            if one not in funded:
                carried = sum(load[k] * vote.papers[k][1] for k in vote.of[one])
                after[one] = (vote.cost[one] + carried) / vote.votes[one]
        if not after:
            return funded
        least = min(after.values())
        equals = [one for one in after if after[one] == least]
        if any(vote.cost[one] > left for one in equals):
            return funded
        one = min(equals, key=vote.tie.get)
        funded.append(one)
        left -= vote.cost[one]
        for k in vote.of[one]:
            load[k] = least


def best_total(vote):
    """least[v] is the least money that reaches v votes with the items from one on; looked back in the tie order."""
    items = [one for one in vote.able if vote.cost[one] <= vote.budget]
    least, took = {0: 0}, []
    for one in reversed(items):
        now, chosen = dict(least), set()
        for votes, money in least.items():
            reached = votes + vote.votes[one]
            if money + vote.cost[one] <= now.get(reached, vote.budget):
                now[reached] = money + vote.cost[one]
                chosen.add(reached)
        least = now
        took.append(chosen)
    votes, funded = max(least), []
    for one, chosen in zip(items, reversed(took), strict=True):
        if votes in chosen:
            funded.append(one)
            votes -= vote.votes[one]
    return sorted(funded, key=lambda one: (-vote.votes[one], vote.tie[one]))


def count(vote):
    """The funded items in their order."""
    name = vote.rule["name"]
    if name == "greedy":
        return greedy(vote, vote.rule["utility"], vote.rule["skip"])
    return {"equal_shares": equal_shares, "phragmen": phragmen, "best_total": best_total}[name](vote)


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as opened:
            file = json.load(opened)
        vote = Vote(file)
        funded = count(vote) if vote.voters else []
    except (IndexError, OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        print(f"The file cannot be counted: {wrong!r}\n\n{__doc__}", file=sys.stderr)
        return 2
    kept = hashlib.sha256(vote.seed.encode()).hexdigest() == file["seed_commitment"]
    same = sorted(map(int, funded)) == sorted(file["funded"])
    print(f"{file['ballot']}: {vote.voters} valid papers, {vote.invalid} invalid")
    for place, one in enumerate(funded, 1):
        print(f"{place:3}. item {one}: {vote.votes[one]} votes, {vote.cost[one]:,} won")
    print(f"spent {sum(vote.cost[one] for one in funded):,} of {vote.budget:,} won")
    print("the seed is the one that was promised" if kept else "THE SEED IS NOT THE ONE THAT WAS PROMISED")
    print("the same result as published" if same else f"NOT THE PUBLISHED RESULT: published {file['funded']}")
    return 0 if kept and same else 1


if __name__ == "__main__":
    sys.exit(main())
