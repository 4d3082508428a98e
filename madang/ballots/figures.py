"""Numbers of a vote for pages, projects and papers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots.counting_rules import WAYS
from madang.ballots.electorate import Fact, how, who
from madang.ballots.models import OFFLINE, Ballot, BallotItem, Channel, Tally, TurnoutMark
from madang.ballots.stories import reasons, story
from madang.ground.models import Place
from madang.proposals.onward_links import Link

SMALL = 5  # a cell of fewer people is not shown


@dataclass(frozen=True)
class Share:
    """A part of the voters; `people` is None when fewer than SMALL (or the only other hidden one) and so not shown."""

    label: str
    people: int | None


@dataclass(frozen=True)
class Turnout:
    """Who voted. `percent` is of the electorate, one decimal, None when its size is not known."""

    voters: int
    electorate: int
    by_channel: tuple[Share, ...]
    by_dong: tuple[Share, ...]
    by_age: tuple[Share, ...]

    @property
    def percent(self) -> float | None:
        return round(100 * self.voters / self.electorate, 1) if self.electorate else None


@dataclass(frozen=True)
class ResultItem:
    """One item of a counted ballot. `votes_short`: how many more voters who pick only it would have funded it (by equal
    shares: with the same share each); None when it is funded or no number would."""

    pk: int
    number: int
    title: str
    place: str
    place_id: int
    category: str
    cost_won: int
    votes: int
    rank: int
    is_funded: bool
    why: str
    proposal_id: int | None
    votes_short: int | None = None


@dataclass(frozen=True)
class Result:
    """A counted ballot with everything a page or a paper says of it. Amounts in won.

    `who` and `how` are the electorate rule set in words."""

    ballot_id: int
    title: str
    place: str
    place_id: int
    opens_at: datetime | None
    closes_at: datetime | None
    counted_at: datetime
    noticed_at: datetime | None
    budget_won: int
    spent_won: int
    left_won: int
    picks_max: int
    papers: int
    quorum: int
    is_quorate: bool
    min_age: int
    electorate_source: str
    turnout: Turnout
    items: tuple[ResultItem, ...]
    seed: str
    seed_commitment: str
    input_sha256: str
    min_proof: int = 0
    reference_on: date | None = None
    who: tuple[Fact, ...] = ()
    how: tuple[Fact, ...] = ()
    story: tuple[str, ...] = ()
    skips_too_large: bool = True
    rule: str = "greedy_votes"
    rule_name: str = ""
    goes_by_turns: bool = True  # whether projects are looked at in turn, so that "does not fit: skip or stop" means anything
    picks_min: int = 1
    step_id: int = 0
    process_id: int = 0

    @property
    def funded(self) -> tuple[ResultItem, ...]:
        return tuple(i for i in self.items if i.is_funded)

    @property
    def not_funded(self) -> tuple[ResultItem, ...]:
        return tuple(i for i in self.items if not i.is_funded)


# Turnout


def turnout_counts(ballot: Ballot) -> dict[str, Any]:
    """The roll in numbers, as a Tally freezes it. No paper is read."""
    marks = list(ballot.marks.values_list("channel", "dong_id", "age_band"))
    return {
        "voters": len(marks),
        "by_channel": dict(Counter(m[0] for m in marks)),
        "by_dong": {str(k): n for k, n in Counter(m[1] for m in marks).items()},
        "by_age": {str(k): n for k, n in Counter(m[2] for m in marks).items()},
    }


def turnout(ballot_id: int) -> Turnout:
    """Who has voted so far (or did, once counted), by channel, dong and age band, with small cells hidden. No vote is read."""
    ballot = Ballot.objects.get(pk=ballot_id)
    tally = Tally.objects.filter(ballot=ballot).first()
    return _turnout(ballot, tally.turnout if tally else turnout_counts(ballot))


def _turnout(ballot: Ballot, data: dict[str, Any], dongs: dict[str, str] | None = None) -> Turnout:
    names = dong_names([data]) if dongs is None else dongs
    ages = {str(a): _("%(n)s대") % {"n": a} if a < 80 else _("80세 이상") for a in range(10, 90, 10)}
    return Turnout(
        voters=data["voters"],
        electorate=ballot.electorate_size,
        by_channel=_shares(data["by_channel"], {k: str(v) for k, v in Channel.choices}),
        by_dong=_shares(data["by_dong"], names),
        by_age=_shares(data["by_age"], ages),
    )


def dong_names(counts: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Names of all dong in these turnouts in their official order; one query."""
    keys = {int(k) for data in counts for k in data["by_dong"] if k != "None"}
    return {str(p.pk): p.name_shown for p in Place.objects.filter(pk__in=keys)} if keys else {}


def _shares(counts: dict[str, int], names: dict[str, str]) -> tuple[Share, ...]:
    """Cells under SMALL are hidden; a single hidden cell could be found by subtraction, so the next smallest is hidden with it."""
    hidden = {k for k, n in counts.items() if n < SMALL}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((n, k) for k, n in counts.items() if k not in hidden)[1])
    ordered = sorted(counts.items(), key=lambda kv: _order(kv[0], names))
    return tuple(Share(names.get(k, _("모름")), None if k in hidden else n) for k, n in ordered)


def _order(key: str, names: dict[str, str]) -> tuple[int, str]:
    keys = list(names)
    return (keys.index(key) if key in keys else len(keys), key)


def open_papers(ballot: Ballot) -> dict[str, int]:
    """Channel -> papers handed out at a counter that have not been entered yet; channels without such are left out."""
    marked = Counter(ballot.marks.filter(channel__in=OFFLINE).values_list("channel", flat=True))
    entered = Counter(ballot.papers.filter(channel__in=OFFLINE).values_list("channel", flat=True))
    return dict(marked - entered)


@dataclass(frozen=True)
class Day:
    """Voters of one day and all up to it."""

    on: date
    people: int
    so_far: int


def days(ballot_id: int) -> tuple[Day, ...]:
    """Voters by day, oldest first: for the desk's monitor while a vote runs."""
    rows = TurnoutMark.objects.filter(ballot_id=ballot_id).values_list("on").annotate(n=Count("pk")).order_by("on")
    found: list[Day] = []
    for on, n in rows:
        found.append(Day(on, n, n + (found[-1].so_far if found else 0)))
    return tuple(found)


# Results


def result(ballot_id: int) -> Result | None:
    """The counted result with the reason of every item; None while it is not counted."""
    found = _results(Tally.objects.filter(ballot_id=ballot_id))
    return found[0] if found else None


def results_of_town(town_id: int, year: int) -> tuple[Result, ...]:
    """Every counted ballot of a town's year, newest first. Three queries whatever their number."""
    rows = Tally.objects.filter(ballot__in=Ballot.objects.in_town(town_id), ballot__step__process__year=year)
    return _results(rows.order_by("-at", "-pk"))


def _results(rows: QuerySet) -> tuple[Result, ...]:
    tallies = list(rows.select_related("ballot__step__process", "ballot__place").prefetch_related("ballot__items__place"))
    dongs = dong_names(t.turnout for t in tallies)
    return tuple(_result(t, dongs) for t in tallies)


def _result(tally: Tally, dongs: dict[str, str]) -> Result:
    ballot = tally.ballot
    voters = _turnout(ballot, tally.turnout, {k: v for k, v in dongs.items() if k in tally.turnout["by_dong"]})
    return Result(
        ballot_id=ballot.pk, title=ballot.title, place=ballot.place.name_shown, place_id=ballot.place_id, opens_at=ballot.step.opens_at,
        closes_at=ballot.step.closes_at, counted_at=tally.at, noticed_at=ballot.noticed_at, budget_won=ballot.budget_won,
        spent_won=tally.spent_won, left_won=tally.left_won, picks_max=ballot.picks_max, papers=tally.papers, quorum=ballot.quorum,
        is_quorate=voters.voters >= ballot.quorum, min_age=ballot.min_age, electorate_source=ballot.electorate_source,
        turnout=voters, items=tuple(_items(tally)), seed=ballot.seed, seed_commitment=ballot.seed_commitment,
        input_sha256=tally.input_sha256, min_proof=ballot.min_proof, reference_on=ballot.reference_on,
        who=tuple(who(ballot, at=tally.at)), how=tuple(how(ballot, at=tally.at)), story=tuple(story(tally)),
        skips_too_large=ballot.skips_too_large, rule=ballot.rule, rule_name=str(WAYS[ballot.rule].name),
        goes_by_turns=WAYS[ballot.rule].skips, picks_min=ballot.picks_min,
        step_id=ballot.step_id, process_id=ballot.step.process_id,
    )  # fmt: skip


def _items(tally: Tally) -> list[ResultItem]:
    why, short = reasons(tally), {int(k): more for k, more in tally.needed.items()}
    votes = {int(k): v for k, v in tally.votes.items()}
    ranked = sorted(votes.values(), reverse=True)
    # JSON keeps the order of the count: ties were broken there
    place = {number: i for i, number in enumerate(_count_order(tally))}
    rows = [
        ResultItem(
            i.pk, i.number, i.title, i.place.name_shown, i.place_id, i.category, i.cost_won, votes[i.number],
            ranked.index(votes[i.number]) + 1, i.number in tally.funded, why.get(i.number, _("앞에서 셈이 끝났어요.")), i.proposal_id,
            short.get(i.number),
        )
        for i in tally.ballot.items.all()
    ]  # fmt: skip
    return sorted(rows, key=lambda r: (-r.votes, place.get(r.number, len(place)), r.number))


def _count_order(tally: Tally) -> list[int]:
    return [int(f["id"]) for _code, f in tally.story if "order" in f]


# People and things elsewhere


@dataclass(frozen=True)
class Participation:
    """That a person voted, never what."""

    ballot_id: int
    title: str
    on: Any
    channel: str
    is_counted: bool


def participation_of(resident_id: int) -> tuple[Participation, ...]:
    """The votes a person took part in, newest first."""
    rows = TurnoutMark.objects.filter(resident_id=resident_id).select_related("ballot").order_by("-on", "-pk")
    return tuple(
        Participation(m.ballot_id, m.ballot.title, m.on, m.get_channel_display(), m.ballot.state == Ballot.State.COUNTED) for m in rows
    )


def links_of_proposals(proposal_ids: Sequence[int]) -> dict[int, list[Link]]:
    """Where proposals stood on an announced ballot, for the proposals' own pages. One query."""
    rows = (
        BallotItem.objects.filter(proposal_id__in=proposal_ids)
        .exclude(ballot__state=Ballot.State.DRAFTED)
        .order_by("pk")
        .values_list("proposal_id", "number", "ballot_id", "ballot__title", "ballot__state", "ballot__tally__funded")
    )
    found: dict[int, list[Link]] = {}
    for proposal, number, ballot, title, state, funded in rows:
        if state == Ballot.State.COUNTED:
            said = _("하기로 함") if number in (funded or []) else _("이번에는 뽑히지 않음")
            link = Link(title, reverse("ballots:result", args=[ballot]), said)
        else:
            link = Link(title, f"{reverse('ballots:detail', args=[ballot])}#item-{number}", dict(Ballot.State.choices)[state])
        found.setdefault(proposal, []).append(link)
    return found
