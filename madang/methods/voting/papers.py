"""From the papers of a box to an outcome: which papers are valid, then the rule."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from madang.methods.chain import canonical
from madang.methods.stories import Line
from madang.methods.tallying import Ballot, Tally, tally
from madang.methods.voting.election import Election, Project
from madang.methods.voting.outcome import Outcome
from madang.methods.voting.rules import Rule, count


def election_of(
    projects: Iterable[Project], papers: Iterable[Ballot], budget: int, *, max_picks: int | None = None, min_picks: int = 1
) -> tuple[Election, Tally]:
    """The valid papers as an election, and the tally of all. A paper counts whole or not at all, see `tallying`."""
    listed = tuple(projects)
    if len({p.id for p in listed}) != len(listed):
        raise ValueError("a project's id occurs twice")
    counted = tally([p.id for p in listed], papers, max_picks, min_picks)
    return Election.of(listed, counted.valid_papers(), budget), counted


def count_papers(
    projects: Sequence[Project],
    papers: Iterable[Ballot],
    budget: int,
    rule: Rule,
    *,
    seed: str | None = None,
    max_picks: int | None = None,
    min_picks: int = 1,
) -> tuple[Outcome, Tally]:
    """Counts a box: `budget` and costs in won. The story begins with the papers received, and the fingerprint covers the invalid ones
    too. Raises ValueError as `rules.count` and for a project's id twice."""
    election, counted = election_of(projects, papers, budget, max_picks=max_picks, min_picks=min_picks)
    outcome = count(election, rule, seed=seed)
    opening = [Line("papers", {"received": counted.received, "valid": counted.valid})]
    opening += [Line("invalid_ballots", {"reason": reason, "number": number}) for reason, number in counted.invalid.items()]
    print_of = {"count": outcome.input_sha256, "picks": [min_picks, max_picks], "invalid": {str(k): n for k, n in counted.invalid.items()}}
    return outcome.opened_with(opening, sha256(canonical(print_of)).hexdigest()), counted
