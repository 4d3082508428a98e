"""Numbers of a vote for pages, projects and papers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from madang.ballots.models import Ballot, Tally, TurnoutMark
from madang.ground.models import Place

SMALL = 5


@dataclass(frozen=True)
class Share:
    """A part of the voters; `people` is None when fewer than SMALL and so not shown."""

    label: str
    people: int | None


@dataclass(frozen=True)
class Turnout:
    voters: int
    electorate: int
    by_channel: tuple[Share, ...]
    by_dong: tuple[Share, ...]
    by_age: tuple[Share, ...]


@dataclass(frozen=True)
class ResultItem:
    """One item of a counted ballot. `votes_short` is how many more votes would have funded it, where that can be said."""

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


@dataclass(frozen=True)
class Result:
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

    @property
    def funded(self) -> tuple[ResultItem, ...]:
        return tuple(i for i in self.items if i.is_funded)

    @property
    def not_funded(self) -> tuple[ResultItem, ...]:
        return tuple(i for i in self.items if not i.is_funded)


def _shares(counts: dict[str, int], names: dict[str, str]) -> tuple[Share, ...]:
    return tuple(
        Share(names.get(k, _("모름")), n if n >= SMALL else None) for k, n in sorted(counts.items(), key=lambda kv: _order(kv[0], names))
    )


def _order(key: str, names: dict[str, str]) -> tuple[int, str]:
    keys = list(names)
    return (keys.index(key) if key in keys else len(keys), key)


def turnout(ballot_id: int) -> Turnout:
    """Who has voted so far, by channel, dong and age band, with small cells hidden. No vote is read."""
    ballot = Ballot.objects.get(pk=ballot_id)
    tally = Tally.objects.filter(ballot=ballot).first()
    if tally:
        return _frozen_turnout(ballot, tally.turnout)
    from madang.ballots.actions.counting import _turnout

    return _frozen_turnout(ballot, _turnout(ballot))


def _frozen_turnout(ballot: Ballot, data: dict[str, Any]) -> Turnout:
    dongs = {str(p.pk): p.name for p in Place.objects.filter(pk__in=[int(k) for k in data["by_dong"] if k != "None"])}
    ages = {str(a): _("%(n)s대") % {"n": a} if a < 80 else _("80세 이상") for a in range(10, 90, 10)}
    return Turnout(
        voters=data["voters"],
        electorate=ballot.electorate_size,
        by_channel=_shares(data["by_channel"], {k: str(v) for k, v in TurnoutMark.Channel.choices}),
        by_dong=_shares(data["by_dong"], dongs),
        by_age=_shares(data["by_age"], ages),
    )


def result(ballot_id: int) -> Result | None:
    """The counted result with the reason of every item; None while it is not counted."""
    tally = Tally.objects.select_related("ballot__step__process", "ballot__place").filter(ballot_id=ballot_id).first()
    return _result(tally) if tally else None


def _result(tally: Tally) -> Result:
    ballot = tally.ballot
    why = _reasons(tally)
    votes = {int(k): v for k, v in tally.votes.items()}
    ranked = sorted(votes.values(), reverse=True)
    place_in_story = {int(f["id"]): f["order"] for _c, f in tally.story if "order" in f}
    rows = [
        ResultItem(
            i.pk, i.number, i.title, i.place.name, i.place_id, i.category, i.cost_won, votes[i.number], ranked.index(votes[i.number]) + 1,
            i.number in tally.funded, why.get(i.number, _("앞에서 셈이 끝났어요.")), i.proposal_id,
        )
        for i in ballot.items.select_related("place")
    ]  # fmt: skip
    rows.sort(key=lambda r: (-r.votes, place_in_story.get(r.number, 10**6), r.number))
    return Result(
        ballot_id=ballot.pk, title=ballot.title, place=ballot.place.name, place_id=ballot.place_id, opens_at=ballot.step.opens_at,
        closes_at=ballot.step.closes_at, counted_at=tally.at, noticed_at=ballot.noticed_at, budget_won=ballot.budget_won,
        spent_won=tally.spent_won, left_won=tally.left_won, picks_max=ballot.picks_max, papers=tally.papers, quorum=ballot.quorum,
        is_quorate=tally.papers >= ballot.quorum, min_age=ballot.min_age, electorate_source=ballot.electorate_source,
        turnout=_frozen_turnout(ballot, tally.turnout), items=tuple(rows), seed=ballot.seed, seed_commitment=ballot.seed_commitment,
        input_sha256=tally.input_sha256,
    )  # fmt: skip


def _reasons(tally: Tally) -> dict[int, str]:
    sentences = {
        "funded": _("표가 많은 차례에 남은 예산으로 할 수 있었어요."),
        "too_large_skipped": _("차례가 왔을 때 남은 예산 %(left)s원보다 비싸서 다음 사업을 봤어요."),
        "too_large_stopped": _("차례가 왔을 때 남은 예산 %(left)s원보다 비싸서 셈을 멈췄어요."),
        "below_threshold": _("가장 적은 표 기준에 못 미쳤어요."),
    }
    return {
        int(facts["id"]): sentences[code] % {"left": f"{facts.get('left_won', 0):,}"} for code, facts in tally.story if code in sentences
    }


def results_of_town(town_id: int, year: int) -> tuple[Result, ...]:
    """Every counted ballot of a town's year, newest first."""
    rows = Tally.objects.select_related("ballot__step__process", "ballot__place").filter(
        ballot__in=Ballot.objects.in_town(town_id), ballot__step__process__year=year
    )
    return tuple(_result(t) for t in rows.order_by("-at"))


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
