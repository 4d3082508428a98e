"""Closing and counting."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from madang.ballots.models import Ballot, BallotItem, BallotPaper, Tally
from madang.ballots.rules import may_run_ballot
from madang.ground import korean
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import Refused, no
from madang.ground.workflow import move
from madang.methods import budgeting
from madang.notices.actions import notify
from madang.residents.models import Resident

SMALL = 5  # a cell of fewer people is not shown


@transaction.atomic
def close(*, ballot: Ballot, actor: Actor, at: datetime) -> Ballot:
    """마감: after the step's end. The key that joins people to papers is destroyed, and with it every token."""
    may_run_ballot(actor, ballot, at=at).or_raise()
    ends = ballot.step.closes_at
    if ends is None or at < ends:
        raise Refused(no("ballot_still_open", closes=korean.moment(ends, at=at) if ends else ""))
    voters = ballot.marks.count()
    move(ballot, to="closed", verb="ballot.closed", actor=actor, at=at, closed_at=at, mark_key="", facts={"voters": voters})
    BallotPaper.objects.filter(ballot=ballot).update(token="")
    return ballot


@transaction.atomic
def count(*, ballot: Ballot, actor: Actor, at: datetime) -> Tally:
    """개표: counts all papers by the ballot's rule with the committed seed and freezes the outcome with its story."""
    may_run_ballot(actor, ballot, at=at).or_raise()
    items = list(ballot.items.all())
    papers = [[str(n) for n in picks] for picks in ballot.papers.values_list("picks", flat=True)]
    outcome = budgeting.count(
        [budgeting.Project(str(i.number), i.cost_won) for i in items], papers, ballot.budget_won,
        skip_too_large=ballot.skips_too_large, max_picks=ballot.picks_max, min_picks=ballot.picks_min, seed=ballot.seed,
    )  # fmt: skip
    turnout = _turnout(ballot)
    move(
        ballot, to="counted", verb="ballot.counted", actor=actor, at=at, counted_at=at,
        facts={"papers": len(papers), "funded": len(outcome.funded), "input_sha256": outcome.input_sha256},
    )  # fmt: skip
    tally = Tally.objects.create(
        ballot=ballot, at=at, votes={r.id: r.votes for r in outcome.ranking}, funded=[int(n) for n in outcome.funded],
        story=[[line.code, _plain(line.facts)] for line in outcome.story], papers=len(papers), spent_won=outcome.spent_won,
        left_won=outcome.left_won or 0, input_sha256=outcome.input_sha256, turnout=turnout,
    )  # fmt: skip
    _tell(ballot, items, outcome, actor, at)
    return tally


def _plain(facts: dict) -> dict:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()}


def _turnout(ballot: Ballot) -> dict:
    marks = list(ballot.marks.values_list("channel", "dong_id", "age_band"))
    return {
        "voters": len(marks),
        "by_channel": dict(Counter(m[0] for m in marks)),
        "by_dong": {str(k): n for k, n in Counter(m[1] for m in marks).items()},
        "by_age": {str(k): n for k, n in Counter(m[2] for m in marks).items()},
    }


def _tell(ballot: Ballot, items: list[BallotItem], outcome: budgeting.Outcome, actor: Actor, at: datetime) -> None:
    ranks = {r.id: r for r in outcome.ranking}
    for item in items:
        if item.proposal_id:
            place = ranks[str(item.number)]
            record(
                "ballot.result", actor=actor, at=at, subject=item, place=ballot.place_id, trail=f"proposal/{item.proposal_id}",
                facts={
                    "votes": place.votes, "rank": place.rank, "outcome": "funded" if str(item.number) in outcome.funded else "not_funded",
                },
            )  # fmt: skip
    voters = ballot.marks.values_list("resident_id", flat=True)
    accounts = Resident.objects.filter(pk__in=voters, account__isnull=False).values_list("account_id", flat=True)
    notify(
        kind="ballot.counted", account_ids=accounts, place_id=ballot.place_id, url=f"/ballots/{ballot.pk}/result/",
        facts={"title": ballot.title, "voters": len(voters), "funded": len(outcome.funded)}, key=f"ballot.counted:{ballot.pk}",
        actor=actor, at=at,
    )  # fmt: skip
