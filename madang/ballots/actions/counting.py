"""Closing and counting."""

import secrets
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from madang.ballots.counting_rules import rule_of
from madang.ballots.figures import SMALL, open_papers, turnout_counts
from madang.ballots.models import Ballot, BallotItem, BallotPaper, Tally
from madang.ballots.rules import may_run_ballot
from madang.ground import dates
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock, move
from madang.methods.voting.election import Project
from madang.methods.voting.outcome import Outcome
from madang.methods.voting.papers import count_papers
from madang.notices.actions import notify
from madang.residents.figures import accounts_of


@transaction.atomic
def close(*, ballot: Ballot, actor: Actor, at: datetime) -> Ballot:
    """마감: after the step's end. The key that joins people to papers is destroyed, and all papers are written anew in a lot's order."""
    may_run_ballot(actor, ballot, at=at).or_raise()
    ends = ballot.step.closes_at
    if ends is None or at < ends:
        raise Refused(no("ballot_still_open", closes=dates.moment(ends, at=at) if ends else ""))
    lock(ballot)
    voters = ballot.marks.count()
    move(ballot, to="closed", verb="ballot.closed", actor=actor, at=at, closed_at=at, mark_key="", facts={"voters": voters})
    _shuffle_papers(ballot)
    return ballot


@transaction.atomic
def count(*, ballot: Ballot, actor: Actor, at: datetime) -> Tally:
    """개표: counts all papers by the ballot's rule with the committed seed and freezes the outcome with its story.

    Papers that people were handed and that were not entered hold the nightly sweep up: an officer enters them, or counts without them
    (a paper that was never put into the box is no vote)."""
    may_run_ballot(actor, ballot, at=at).or_raise()
    if actor.is_system and open_papers(ballot):
        raise Refused(no("papers_outstanding", papers=sum(open_papers(ballot).values())))
    lock(ballot)  # no paper goes in between reading them and the count
    items = list(ballot.items.all())
    papers = [[str(n) for n in picks] for picks in ballot.papers.values_list("picks", flat=True)]
    outcome, counted = count_papers(
        [Project(str(i.number), i.cost_won) for i in items], papers, ballot.budget_won, rule_of(ballot), seed=ballot.seed,
        max_picks=ballot.picks_max, min_picks=ballot.picks_min,
    )  # fmt: skip
    move(
        ballot, to="counted", verb="ballot.counted", actor=actor, at=at, counted_at=at,
        facts={"papers": len(papers), "funded": len(outcome.funded), "input_sha256": outcome.input_sha256},
    )  # fmt: skip
    _shuffle_papers(ballot)
    tally = Tally.objects.create(
        ballot=ballot, at=at, votes={r.id: r.votes for r in outcome.standings}, funded=[int(n) for n in outcome.funded],
        story=[[line.code, _plain(line.params)] for line in outcome.story], needed=dict(outcome.needed), rule=dict(outcome.rule),
        papers=counted.received, spent_won=outcome.spent, left_won=outcome.left, input_sha256=outcome.input_sha256,
        turnout=turnout_counts(ballot),
    )  # fmt: skip
    _tell_proposals(ballot, items, outcome, actor, at)
    _tell_voters(ballot, tally, actor, at)
    return tally


def _shuffle_papers(ballot: Ballot) -> None:
    """Writes the papers anew under new keys in random order, without tokens; a channel that fewer than SMALL papers share is left out.

    Tables keep rows in the order of writing whatever their key is; after this, that order says nothing about who voted when."""
    rows = list(BallotPaper.objects.filter(ballot=ballot).values_list("receipt", "picks", "channel"))
    sizes = Counter(channel for _receipt, _picks, channel in rows)
    secrets.SystemRandom().shuffle(rows)
    BallotPaper.objects.filter(ballot=ballot).delete()
    still_open = ballot.state == Ballot.State.CLOSED  # a box may still be emptied, and its papers are counted against the roll
    BallotPaper.objects.bulk_create(
        [
            BallotPaper(
                id=uuid.uuid4(), ballot=ballot, token="", receipt=receipt, picks=picks,
                channel=channel if still_open or sizes[channel] >= SMALL else "",
            )
            for receipt, picks, channel in rows
        ],
        batch_size=500,
    )  # fmt: skip


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()}


def _tell_proposals(ballot: Ballot, items: list[BallotItem], outcome: Outcome, actor: Actor, at: datetime) -> None:
    ranks = {r.id: r for r in outcome.standings}
    for item in items:
        if item.proposal_id:
            place = ranks[str(item.number)]
            record(
                "ballot.result", actor=actor, at=at, subject=item, place=ballot.place_id, trail=f"proposal/{item.proposal_id}",
                facts={
                    "votes": place.votes, "rank": place.rank, "outcome": "funded" if str(item.number) in outcome.funded else "not_funded",
                },
            )  # fmt: skip


def _tell_voters(ballot: Ballot, tally: Tally, actor: Actor, at: datetime) -> None:
    voters = list(ballot.marks.values_list("resident_id", flat=True))
    notify(
        kind="ballot.counted", account_ids=accounts_of(voters).values(), place_id=ballot.place_id,
        url=reverse("ballots:result", args=[ballot.pk]),
        facts={"title": ballot.title, "voters": len(voters), "funded": len(tally.funded)}, key=f"ballot.counted:{ballot.pk}",
        actor=actor, at=at,
    )  # fmt: skip
