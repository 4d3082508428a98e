"""A budget in parts: each field or dong has money of its own, and its projects are counted among themselves by the same rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from madang.methods.voting.election import Election
from madang.methods.voting.outcome import Outcome
from madang.methods.voting.rules import Rule, count


@dataclass(frozen=True)
class Parts:
    """`outcomes` by the name of the pot; `funded` of all pots in their order; `spent` and `left` over all pots, in units.

    Money that one pot leaves over goes to no other: whether it may is for the notice to say, and would be another count."""

    outcomes: Mapping[str, Outcome]
    funded: tuple[str, ...]
    spent: int
    left: int


def count_in_pots(
    election: Election, rule: Rule, pots: Mapping[str, int], pot_of: Mapping[str, str], *, seed: str | None = None, closeness: bool = True
) -> Parts:
    """Count each pot by itself. `pots` has the units of each, `pot_of` the pot of each project's id; a voter's ballot counts in every pot
    of which it names a project.

    Raises ValueError where a project has no pot, a pot is negative, or they hold more than the budget."""
    if any(money < 0 for money in pots.values()) or sum(pots.values()) > election.budget:
        raise ValueError("pots are not negative and hold no more than the budget together")
    lost = [p.id for p in election.projects if pot_of.get(p.id) not in pots]
    if lost:
        raise ValueError(f"no pot for the project {lost[0]}")
    outcomes = {
        name: count(_part(election, name, money, pot_of), rule, seed=seed, closeness=closeness) for name, money in sorted(pots.items())
    }
    return Parts(
        outcomes,
        tuple(code for one in outcomes.values() for code in one.funded),
        sum(one.spent for one in outcomes.values()),
        sum(one.left for one in outcomes.values()),
    )


def _part(election: Election, name: str, money: int, pot_of: Mapping[str, str]) -> Election:
    kept = [n for n, p in enumerate(election.projects) if pot_of[p.id] == name]
    place = {n: k for k, n in enumerate(kept)}
    merged: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for n, (picks, number) in enumerate(zip(election.picks, election.numbers, strict=True)):
        own = [k for k, one in enumerate(picks) if one in place]
        if own:
            paper = tuple(place[picks[k]] for k in own), tuple(election.points[n][k] for k in own) if election.points else ()
            merged[paper] = merged.get(paper, 0) + number
    rows = sorted(merged.items())
    return replace(
        election,
        projects=tuple(election.projects[n] for n in kept),
        budget=money,
        picks=tuple(picks for (picks, _points), _n in rows),
        points=tuple(points for (_picks, points), _n in rows) if election.points else (),
        numbers=tuple(n for _paper, n in rows),
    )
