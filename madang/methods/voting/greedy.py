"""Most votes first, within the money: the rule of most Korean districts (주민참여예산 득표순 선정), and its relatives.

Utility "cost" orders projects by their score (a project is worth its cost to each who names it, so what a vote buys for a won is the
same everywhere); "cardinality" by score for each won. Neither is proportional, and neither looks for the best use of the money.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from madang.methods.stories import Fact, Line
from madang.methods.voting.election import Election
from madang.methods.voting.limits import Limits, Watch

Utility = Literal["cost", "cardinality"]
Score = int | Fraction


@dataclass(frozen=True)
class Greedy:
    """`order` are positions in the order of being looked at, `before[n]` the money left when the n-th was looked at, and
    `open_before[n]` whether the count was still going on."""

    order: tuple[int, ...]
    funded: tuple[int, ...]
    left: int
    story: tuple[Line, ...]
    before: tuple[int, ...]


def worth(election: Election, scores: Sequence[Score], n: int, utility: Utility) -> Score:
    """What the order goes by. A project that costs nothing comes first."""
    if utility == "cost":
        return scores[n]
    cost = election.projects[n].cost
    return Fraction(scores[n]) / cost if cost else Fraction(scores[n]) * (sum(p.cost for p in election.projects) + 1)


def greedy(
    election: Election,
    scores: Sequence[Score],
    ties: Sequence[int],
    *,
    utility: Utility = "cost",
    skip: bool = True,
    limits: Limits | None = None,
    funded_before: Sequence[int] = (),
    most: int | None = None,
    money: int | None = None,
) -> Greedy:
    """Fund in the order of worth while the money lasts. `skip`: what does not fit is passed over, else the count stops there.
    `funded_before` are funded already (a completion goes on from there). `most` with `money=None` and no budget: the first so many."""
    limits = limits or Limits()
    watch = Watch(limits, election)
    left = (election.budget if money is None else money) - sum(election.projects[n].cost for n in funded_before)
    for n in funded_before:
        watch.take(n)
    done = set(funded_before)
    order = sorted((n for n in range(len(scores)) if n not in done), key=lambda n: (-worth(election, scores, n, utility), ties[n]))
    if limits.field_least:
        order = _owed_first(election, limits, order, left)
    funded: list[int] = []
    story: list[Line] = []
    before: list[int] = []
    going = True
    for place, n in enumerate(order, 1):
        p = election.projects[n]
        before.append(left if going else -1)
        if not going:
            continue
        facts: dict[str, Fact] = {"id": p.id, "order": place, "votes": election.votes[n], "cost": _said(election, p.cost)}
        if election.votes[n] < limits.threshold:
            story.append(Line("below_threshold", facts | {"threshold": limits.threshold}))
        elif (barred := watch.bars(n)) is not None:
            story.append(Line("barred", facts | {"why": barred[0], "by": barred[1]}))
        elif most is not None and len(funded) >= most:
            story.append(Line("not_among_first", facts | {"n": most}))
        elif most is None and p.cost > left:
            story.append(Line("too_large_skipped" if skip else "too_large_stopped", facts | {"left": _said(election, left)}))
            going = skip
        else:
            left -= p.cost
            watch.take(n)
            funded.append(n)
            story.append(Line("funded", facts | {"left": _said(election, left)}))
    return Greedy(tuple(order), tuple(funded), left, tuple(story), tuple(before))


def _owed_first(election: Election, limits: Limits, order: list[int], left: int) -> list[int]:
    """The best projects of fields that are owed some come before the others, each part in the order of worth; what cannot be funded
    owes nothing off."""
    watch = Watch(limits, election)
    first: list[int] = []
    for n in order:
        cost = election.projects[n].cost
        if cost <= left and election.votes[n] >= limits.threshold and not watch.bars(n) and watch.owes(n):
            first.append(n)
            left -= cost
            watch.take(n)
    return [*first, *(n for n in order if n not in set(first))]


def needed(election: Election, scores: Sequence[int], ties: Sequence[int], done: Greedy, *, utility: Utility, limits: Limits) -> Iterator[
    tuple[int, int | None]
]:  # fmt: skip
    """For each project left out, how many more votes would have funded it, everything else as it was; None where none would.

    It had to come before the last of those projects that were looked at while its cost still fitted. Limits other than the threshold
    are taken as they stood at the end."""
    watch = Watch(limits, election)
    for n in done.funded:
        watch.take(n)
    place = {n: k for k, n in enumerate(done.order)}
    for n in (n for n in done.order if n not in set(done.funded)):
        p = election.projects[n]
        if watch.bars(n):
            yield n, None
            continue
        fits = [k for k in range(len(done.order)) if done.before[k] >= p.cost and done.order[k] != n]
        floor = max(0, limits.threshold - election.votes[n])
        if not fits:
            yield n, None
            continue
        if done.before[place[n]] >= p.cost:
            yield n, floor
            continue
        rival = done.order[fits[-1]]
        yield n, max(floor, _to_pass(election, scores, ties, n, rival, utility))


def _to_pass(election: Election, scores: Sequence[int], ties: Sequence[int], n: int, rival: int, utility: Utility) -> int:
    """Fewest further votes with which n comes before the rival."""
    own, other = (1, 1) if utility == "cost" else (election.projects[n].cost, election.projects[rival].cost)
    if not own or not other:
        return 0 if not own else scores[rival] * own + 1
    # scores[n] + k over own cost against scores[rival] over its cost
    target = Fraction(scores[rival] * own, other)
    least = -(-target.numerator // target.denominator)
    if Fraction(least) == target and ties[n] > ties[rival]:
        least += 1
    return max(0, least - scores[n])


def _said(election: Election, units: int) -> Fact:
    return election.money(units)
