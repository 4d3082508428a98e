"""A rule is a value that can be published before the vote; `count` applies it to an election."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from typing import Any, Literal

from madang.methods.chain import canonical
from madang.methods.lots import seed_commitment
from madang.methods.stories import Fact, Line
from madang.methods.voting import knapsack, nearness, phragmen, scores
from madang.methods.voting.completions import COMPLETIONS, Completion, first_share, grow
from madang.methods.voting.election import Election
from madang.methods.voting.greedy import Greedy, greedy
from madang.methods.voting.greedy import needed as greedy_needed
from madang.methods.voting.limits import Limits
from madang.methods.voting.outcome import Outcome, standings
from madang.methods.voting.shares import Bought, EqualShares, Utility
from madang.methods.voting.ties import CHEAPEST_THEN_LOT, TieKey, check_ties, tie_order

Name = Literal["greedy", "equal_shares", "phragmen", "best_total", "top"]
NAMES: tuple[Name, ...] = ("greedy", "equal_shares", "phragmen", "best_total", "top")


@dataclass(frozen=True)
class Rule:
    """Everything that decides an outcome beside the ballots.

    `name`: "greedy" (score order within the money), "equal_shares", "phragmen", "best_total" (the affordable set of most points) or "top"
    (the first `top` by score, no budget). `utility`: see `shares` and `greedy`. `score`: where scores come from, see `scores.of`.
    `completion` with `step` (text: units of currency such as "1", or a part of the first share such as "0.1%") and `exhaustive_stop`: see
    `completions`. `compare`: the outcome is put against greedy by votes, and the one that more voters prefer holds. `skip`: greedy passes
    over what does not fit. `ties`: keys in turn, see `ties`. `exact`: every decision in exact rationals, not only the near ones (the same
    outcome, more slowly)."""

    name: Name = "greedy"
    utility: Utility = "cost"
    score: scores.Source = "votes"
    completion: Completion = "none"
    step: str = "1"
    exhaustive_stop: bool = False
    compare: bool = False
    skip: bool = True
    top: int | None = None
    ties: tuple[TieKey, ...] = CHEAPEST_THEN_LOT
    limits: Limits = field(default_factory=Limits)
    exact: bool = False

    def check(self, election: Election, seed: str | None) -> None:
        """Raises ValueError with a sentence for settings that make no sense together or for this election."""
        if self.name not in NAMES:
            raise ValueError(f"unknown rule: {self.name}")
        if self.completion not in COMPLETIONS:
            raise ValueError(f"unknown completion: {self.completion}")
        if self.utility not in ("cost", "cardinality", "points") or (self.utility == "points" and self.name != "equal_shares"):
            raise ValueError(f"{self.name} has no utility {self.utility}")
        if (self.completion != "none" or self.compare) and self.name != "equal_shares":
            raise ValueError("only equal shares are completed and compared")
        if (self.name == "top") != (self.top is not None) or (self.top or 0) < 0:
            raise ValueError("the rule top needs a number of projects, the others have none")
        if self.limits.field_least and self.name not in ("greedy", "top"):
            raise ValueError("only greedy and top know least numbers of a field")
        check_ties(self.ties, seed)
        self.limits.check(election)

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Rule":
        """The rule from what `facts` told of it, so that a published one can be applied again."""
        own = {k: v for k, v in facts.items() if k not in ("seed_commitment", "limits", "ties")}
        limits = dict(facts["limits"])
        limits["exclusive"] = tuple(tuple(group) for group in limits["exclusive"])
        return cls(**own, ties=tuple(facts["ties"]), limits=Limits(**limits))

    def facts(self, seed: str | None = None) -> dict[str, Any]:
        """As plain values, to be stored and published; a lot's seed by its commitment only."""
        plain = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}
        if "lot" in self.ties and seed is not None:
            plain["seed_commitment"] = seed_commitment(seed)
        return plain


def count(election: Election, rule: Rule, *, seed: str | None = None, closeness: bool = True) -> Outcome:
    """The outcome of a rule. `closeness=False` leaves out how many votes the others needed, which takes longer than the count.

    Raises ValueError as `Rule.check` does."""
    rule.check(election, seed)
    return _Count(election, rule, seed, closeness).outcome()


class _Count:
    def __init__(self, election: Election, rule: Rule, seed: str | None, closeness: bool) -> None:
        self.election, self.rule, self.seed, self.closeness = election, rule, seed, closeness
        self.ties = tie_order(election, rule.ties, seed)
        self.scores = scores.of(election, rule.score)
        self.story: list[Line] = []
        self.facts: dict[str, Any] = {}
        self.exact_rounds = 0
        self.needed: Mapping[int, int | None] = {}

    def outcome(self) -> Outcome:
        election = self.election
        opening: dict[str, Fact] = {"rule": self.rule.name, "projects": len(election.projects), "voters": election.voters}
        self.story.append(Line("opened", opening | {"budget": self._money(election.budget)}))
        chosen = getattr(self, "_" + self.rule.name)()
        spent = sum(election.projects[n].cost for n in chosen)
        closing: dict[str, Fact] = {"funded": len(chosen), "spent": self._money(spent)}
        if self.rule.name != "top":
            closing["left"] = self._money(election.budget - spent)
        self.story.append(Line("closed", closing))
        ids = [p.id for p in election.projects]
        rule = self.rule.facts(self.seed)
        return Outcome(
            rule=rule,
            funded=tuple(ids[n] for n in chosen),
            spent=spent,
            left=election.budget - spent,
            standings=standings(election, self.scores, self.ties),
            story=tuple(self.story),
            needed={ids[n]: more for n, more in self.needed.items()},
            facts=self.facts,
            exact_rounds=self.exact_rounds,
            input_sha256=sha256(canonical({"rule": rule, "election": election.fingerprint})).hexdigest(),
        )

    def _money(self, units: int) -> Fact:
        return self.election.money(units)

    def _greedy(self) -> tuple[int, ...]:
        utility: Any = self.rule.utility
        self.story += _ties_told(self.election, self.scores, self.rule.ties)
        done = greedy(self.election, self.scores, self.ties, utility=utility, skip=self.rule.skip, limits=self.rule.limits)
        self._keep(done)
        return done.funded

    def _top(self) -> tuple[int, ...]:
        self.story += _ties_told(self.election, self.scores, self.rule.ties)
        done = greedy(self.election, self.scores, self.ties, limits=self.rule.limits, most=self.rule.top)
        self.story += done.story
        return done.funded

    def _keep(self, done: Greedy) -> None:
        self.story += done.story
        whole = [int(s) for s in self.scores]
        if self.closeness and self.rule.score == "votes" and not self.rule.limits.field_least:
            utility: Any = self.rule.utility
            self.needed = dict(greedy_needed(self.election, whole, self.ties, done, utility=utility, limits=self.rule.limits))

    def _phragmen(self) -> tuple[int, ...]:
        done = phragmen.phragmen(self.election, self.ties, self.rule.limits, exact=self.rule.exact, closeness=self.closeness)
        left = self.election.budget
        for place, one in enumerate(done.rounds, 1):
            left -= self.election.projects[one.project].cost
            self.exact_rounds += one.exact
            self.story.append(self._line("carried", one.project, place, supporters=one.supporters, pays=self._part(one.load), left=left))
        if done.stopped_at is not None:
            self.story.append(self._line("turn_too_large", done.stopped_at, len(done.rounds) + 1, left=left))
        self.needed = done.needed
        return tuple(one.project for one in done.rounds)

    def _best_total(self) -> tuple[int, ...]:
        chosen = knapsack.best_total(self.election, self.scores, self.ties, self.rule.limits)
        left = self.election.budget
        for place, n in enumerate(chosen, 1):
            left -= self.election.projects[n].cost
            self.story.append(self._line("in_best_set", n, place, left=left))
        return chosen

    def _equal_shares(self) -> tuple[int, ...]:
        rule, election = self.rule, self.election
        if not election.voters:
            return ()  # nobody holds a share
        game = EqualShares(election, rule.utility, self.ties, rule.limits, exact=rule.exact)
        share, runs = first_share(election), 1
        if rule.completion in ("add1", "add1u"):
            grown = grow(game, self._step(share), exhaustive_stop=rule.exhaustive_stop)
            bought, share, runs = grown.bought, grown.share, grown.runs
            self.story.append(Line("share_grown", {"first": self._part(first_share(election)), "last": self._part(share), "runs": runs}))
        else:
            bought = tuple(game.run(share))
            self.story.append(Line("share", {"first": self._part(share)}))
        self.facts |= {"share": str(share / election.scale), "runs": runs}
        self._tell(game, bought)
        chosen = tuple(one.project for one in bought)
        if self.closeness:
            self.needed = nearness.needed(game, bought, share)
        if rule.completion in ("greedy", "add1u"):
            chosen += self._use_what_is_left(chosen)
        return self._compared(chosen) if rule.compare else chosen

    def _step(self, share: Fraction) -> Fraction:
        text = self.rule.step.strip()
        try:
            step = share * Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text) * self.election.scale
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"a step is an amount or a part such as 0.1%, not {text[:20]!r}") from None
        if step <= 0:
            raise ValueError("a step is above 0")
        return step

    def _tell(self, game: EqualShares, bought: Sequence[Bought]) -> None:
        left = self.election.budget
        for place, one in enumerate(bought, 1):
            left -= self.election.projects[one.project].cost
            self.exact_rounds += one.exact
            pays = one.rho * game.scale[one.project]
            told: dict[str, Fact] = {"supporters": one.supporters, "pays": self._part(pays), "emptied": one.emptied}
            self.story.append(self._line("bought", one.project, place, **told, left=left))

    def _use_what_is_left(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        utility: Any = "cardinality" if self.rule.utility == "cardinality" else "cost"
        done = greedy(self.election, self.scores, self.ties, utility=utility, limits=self.rule.limits, funded_before=chosen)
        lines = [replace(line, code="completed") for line in done.story if line.code == "funded"]
        self.story += lines
        self.needed = {n: more for n, more in self.needed.items() if n not in done.funded}
        return done.funded

    def _compared(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        """The last step cities add: had more voters rather had what greedy funds? Each voter weighs by the rule's utility."""
        utility: Any = "cardinality" if self.rule.utility == "cardinality" else "cost"
        other = greedy(self.election, self.scores, self.ties, limits=self.rule.limits, skip=self.rule.skip).funded
        worth = [1 if utility == "cardinality" else p.cost for p in self.election.projects]
        ours, theirs = set(chosen), set(other)
        first = second = 0
        for picks, number in zip(self.election.picks, self.election.numbers, strict=True):
            margin = sum(worth[n] for n in picks if n in ours) - sum(worth[n] for n in picks if n in theirs)
            first, second = first + number * (margin > 0), second + number * (margin < 0)
        self.story.append(Line("compared", {"prefer_this": first, "prefer_greedy": second}))
        self.facts["compared"] = [first, second]
        if second > first:
            self.needed = {}
            return other
        return chosen

    def _line(self, code: str, n: int, place: int, *, left: int, **facts: Fact) -> Line:
        p = self.election.projects[n]
        own: dict[str, Fact] = {"id": p.id, "order": place, "votes": self.election.votes[n], "cost": self._money(p.cost)}
        return Line(code, own | facts | {"left": self._money(left)})

    def _part(self, units: float | Fraction) -> str:
        return f"{float(units) / self.election.scale:,.2f}"


def _ties_told(election: Election, scored: Sequence[int], keys: Sequence[TieKey]) -> Iterator[Line]:
    """Equal scores and the key that put them in order."""
    by_score: dict[int, list[int]] = {}
    for n, score in enumerate(scored):
        by_score.setdefault(score, []).append(n)
    for score in sorted((s for s, group in by_score.items() if len(group) > 1), reverse=True):
        group = by_score[score]
        costs = {election.projects[n].cost for n in group}
        votes = {election.votes[n] for n in group}
        apart = {"cost": len(costs) == len(group), "votes": len(votes) == len(group), "name": True, "lot": True}
        by = next(key for key in keys if apart[key])
        yield Line("tied", {"ids": tuple(election.projects[n].id for n in group), "votes": score, "by": by})
