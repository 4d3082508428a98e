"""First storey of counting for a vote on projects: most votes first, within the money.

The two rules here are the ones Korean districts use (주민참여예산 득표순 선정):

- "greedy_votes": projects in the order of their votes are funded while the money lasts. One that does not fit is passed over and the
  next is tried (``skip_too_large``), or the count stops there. The name in the literature is greedy approval; it is neither
  proportional nor does it look for the best use of the money, which is why its page in the documentation says so.
- "top_n": the first n projects in the order of votes, whatever they cost.

Order: more votes first. Equal votes are ordered by the tie keys in turn: "cost" (cheaper first), "name" (id by code point), "lot" (a draw
from a seed committed to before the vote, see ``lots``). The last key must be "name" or "lot", so that no order is left to chance.

Amounts are integer won and votes are integers; nothing is divided. The outcome does not depend on the order in which projects or
ballots are given. Further rules are other modules that answer with the same ``Outcome``.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Literal

from madang.methods.chain import canonical
from madang.methods.lots import seed_commitment, shuffle
from madang.methods.stories import Fact, Line
from madang.methods.tallying import Ballot, Tally, tally

TieKey = Literal["cost", "name", "lot"]
CHEAPEST_THEN_LOT: tuple[TieKey, ...] = ("cost", "lot")
LOT_CONTEXT = "tie"


@dataclass(frozen=True, slots=True)
class Project:
    """Something to vote on. ``votes`` are votes counted elsewhere (a paper box) that are added to those on the ballots.

    Raises ValueError for an empty id, a cost below 0 or votes below 0.
    """

    id: str
    cost_won: int
    votes: int = 0
    group: str | None = None

    def __post_init__(self) -> None:
        if not self.id or self.cost_won < 0 or self.votes < 0:
            raise ValueError("a project has an id, a cost and votes that are not negative")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project's place: ``rank`` by votes alone (equal votes share it: 1, 2, 2, 4), ``order`` after ties were broken (1, 2, 3, 4)."""

    id: str
    votes: int
    cost_won: int
    rank: int
    order: int


@dataclass(frozen=True, slots=True)
class TieBroken:
    """Projects of equal votes in the order they were put, and the last key that was needed for it."""

    ids: tuple[str, ...]
    votes: int
    by: TieKey


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count says: the funded in the order they were funded, everybody's place, the money, and the story line by line.

    ``input_sha256`` is the fingerprint of everything the outcome depends on: rule, settings, projects, distinct ballots with their
    numbers, and the seed's commitment. Equal fingerprints, equal outcomes. ``left_won`` is None when the rule has no budget.
    """

    rule: str
    funded: tuple[str, ...]
    ranking: tuple[Ranked, ...]
    spent_won: int
    left_won: int | None
    story: tuple[Line, ...]
    tally: Tally
    ties_broken: tuple[TieBroken, ...]
    input_sha256: str


def count(
    projects: Iterable[Project],
    ballots: Iterable[Ballot],
    budget_won: int,
    *,
    rule: Literal["greedy_votes"] = "greedy_votes",
    skip_too_large: bool = True,
    threshold: int = 0,
    max_picks: int | None = None,
    min_picks: int = 1,
    ties: Sequence[TieKey] = CHEAPEST_THEN_LOT,
    seed: str | None = None,
) -> Outcome:
    """Fund projects in the order of votes within ``budget_won``. ``threshold``: fewest votes a funded project needs (0: none).

    Invalid ballots are counted and told, never raised. Raises ValueError for settings that make no sense: unknown rule, negative
    budget, an id twice, tie keys that leave an order open, "lot" without a seed.
    """
    if rule != "greedy_votes":
        raise ValueError(f"unknown rule: {rule}")
    if budget_won < 0 or threshold < 0:
        raise ValueError("a budget and a threshold are not negative")
    settings: dict[str, Fact] = {"budget_won": budget_won, "skip_too_large": int(skip_too_large), "threshold": threshold}
    counted = _Count.prepare(rule, settings, projects, ballots, max_picks, min_picks, ties, seed)
    left = budget_won
    funded: list[Ranked] = []
    story = list(counted.opening)
    for place in counted.ranking:
        facts: dict[str, Fact] = {"id": place.id, "order": place.order, "votes": place.votes, "cost_won": place.cost_won}
        if place.votes < threshold:
            story.append(Line("below_threshold", facts | {"threshold": threshold}))
        elif place.cost_won <= left:
            left -= place.cost_won
            funded.append(place)
            story.append(Line("funded", facts | {"left_won": left}))
        else:
            story.append(Line("too_large_skipped" if skip_too_large else "too_large_stopped", facts | {"left_won": left}))
            if not skip_too_large:
                break
    return counted.outcome(funded, story, left)


def top_n(
    projects: Iterable[Project],
    ballots: Iterable[Ballot],
    n: int,
    *,
    threshold: int = 0,
    max_picks: int | None = None,
    min_picks: int = 1,
    ties: Sequence[TieKey] = CHEAPEST_THEN_LOT,
    seed: str | None = None,
) -> Outcome:
    """The first ``n`` projects in the order of votes, without a budget. ``left_won`` is None. Raises ValueError as ``count``."""
    if n < 0 or threshold < 0:
        raise ValueError("a number of projects and a threshold are not negative")
    counted = _Count.prepare("top_n", {"n": n, "threshold": threshold}, projects, ballots, max_picks, min_picks, ties, seed)
    funded: list[Ranked] = []
    story = list(counted.opening)
    for place in counted.ranking:
        facts: dict[str, Fact] = {"id": place.id, "order": place.order, "votes": place.votes, "cost_won": place.cost_won}
        if place.votes < threshold:
            story.append(Line("below_threshold", facts | {"threshold": threshold}))
        elif len(funded) < n:
            funded.append(place)
            story.append(Line("funded", facts))
        else:
            story.append(Line("not_among_first", facts | {"n": n}))
    return counted.outcome(funded, story, None)


@dataclass(frozen=True, slots=True)
class _Count:
    rule: str
    ranking: tuple[Ranked, ...]
    tally: Tally
    ties_broken: tuple[TieBroken, ...]
    opening: tuple[Line, ...]
    input_sha256: str

    @classmethod
    def prepare(
        cls,
        rule: str,
        settings: dict[str, Fact],
        projects: Iterable[Project],
        ballots: Iterable[Ballot],
        max_picks: int | None,
        min_picks: int,
        ties: Sequence[TieKey],
        seed: str | None,
    ) -> "_Count":
        listed = tuple(sorted(projects, key=lambda project: project.id))
        _check(listed, ties, seed)
        counted = tally([project.id for project in listed], ballots, max_picks, min_picks)
        votes = {project.id: project.votes + counted.votes[project.id] for project in listed}
        lot = {key: place for place, key in enumerate(shuffle(votes, seed, LOT_CONTEXT))} if seed is not None and "lot" in ties else {}
        ordered = sorted(listed, key=lambda project: (-votes[project.id], *_tie_keys(project, ties, lot)))
        broken = tuple(_ties(ordered, votes, ties))
        opening = tuple(_opening(settings, counted, len(listed), broken))
        fingerprint = {
            "rule": rule,
            "settings": settings,
            "picks": [min_picks, max_picks],
            "ties": list(ties),
            "seed_commitment": seed_commitment(seed) if seed is not None and "lot" in ties else None,
            "projects": [[project.id, project.cost_won, project.votes, project.group] for project in listed],
            "papers_sha256": sha256(json.dumps(counted.papers, separators=(",", ":")).encode()).hexdigest(),
        }
        return cls(rule, _ranked(ordered, votes), counted, broken, opening, sha256(canonical(fingerprint)).hexdigest())

    def outcome(self, funded: list[Ranked], story: list[Line], left_won: int | None) -> Outcome:
        spent = sum(place.cost_won for place in funded)
        closing: dict[str, Fact] = {"funded": len(funded), "spent_won": spent}
        if left_won is not None:
            closing["left_won"] = left_won
        return Outcome(
            rule=self.rule,
            funded=tuple(place.id for place in funded),
            ranking=self.ranking,
            spent_won=spent,
            left_won=left_won,
            story=(*story, Line("closed", closing)),
            tally=self.tally,
            ties_broken=self.ties_broken,
            input_sha256=self.input_sha256,
        )


def _check(projects: Sequence[Project], ties: Sequence[TieKey], seed: str | None) -> None:
    if len({project.id for project in projects}) != len(projects):
        raise ValueError("a project's id occurs twice")
    if not set(ties) <= {"cost", "name", "lot"} or len(set(ties)) != len(ties) or not ties or ties[-1] == "cost":
        raise ValueError("tie keys are cost, name and lot, each once, and the last of them is name or lot")
    if "lot" in ties and seed is None:
        raise ValueError("a lot needs the seed that was committed to")


def _tie_keys(project: Project, ties: Sequence[TieKey], lot: dict[str, int]) -> tuple[int | str, ...]:
    return tuple(project.cost_won if key == "cost" else project.id if key == "name" else lot[project.id] for key in ties)


def _ties(ordered: Sequence[Project], votes: dict[str, int], ties: Sequence[TieKey]) -> Iterator[TieBroken]:
    for equal_votes, group in groupby(ordered, key=lambda project: votes[project.id]):
        members = tuple(group)
        if len(members) > 1:
            costs = {project.cost_won for project in members}
            needed = ties[1] if ties[0] == "cost" and len(costs) < len(members) else ties[0]
            yield TieBroken(tuple(project.id for project in members), equal_votes, needed)


def _ranked(ordered: Sequence[Project], votes: dict[str, int]) -> tuple[Ranked, ...]:
    ranked: list[Ranked] = []
    for order, project in enumerate(ordered, 1):
        shares = ranked and ranked[-1].votes == votes[project.id]
        ranked.append(Ranked(project.id, votes[project.id], project.cost_won, ranked[-1].rank if shares else order, order))
    return tuple(ranked)


def _opening(settings: dict[str, Fact], counted: Tally, projects: int, broken: Sequence[TieBroken]) -> Iterator[Line]:
    yield Line("opened", settings | {"projects": projects, "received": counted.received, "valid": counted.valid})
    for reason, number in counted.invalid.items():
        yield Line("invalid_ballots", {"reason": reason, "number": number})
    for tie in broken:
        yield Line("tie_broken", {"ids": tie.ids, "votes": tie.votes, "by": tie.by})
