"""Making a ballot: rules, list, announcement."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse

from madang.ballots.counting_rules import WAYS
from madang.ballots.finding import findable
from madang.ballots.models import Ballot, BallotItem
from madang.ballots.readiness import missing
from madang.ballots.rules import may_run_ballot
from madang.ground import search
from madang.ground.actor import Actor, Proof
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.dates import day_words
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock, move
from madang.methods.chain import canonical
from madang.methods.lots import seed_commitment
from madang.notices.actions import notify
from madang.processes.models import Step
from madang.proposals.figures import audience
from madang.proposals.models import Proposal

RULE_FIELDS = (
    "title", "picks_max", "picks_min", "budget_won", "rule", "quorum", "min_age", "min_proof", "reference_on",
    "electorate_size", "electorate_source", "may_change", "skips_too_large",
)  # fmt: skip


@transaction.atomic
def make_ballot(
    *, step: Step, title: str, picks_max: int, budget_won: int, actor: Actor, at: datetime, picks_min: int = 1,
    rule: str = "greedy_votes", quorum: int = 0, min_age: int = 15, min_proof: int = 3, reference_on: date | None = None,
    electorate_size: int = 0, electorate_source: str = "", may_change: bool = True, skips_too_large: bool = True,
) -> Ballot:  # fmt: skip
    """The vote of a step, with its electorate rule set (domain: electorate). Amounts in won, sizes in people."""
    may_run_ballot(actor, step, at=at).or_raise()
    if step.kind != "ballot" or Ballot.objects.filter(step=step).exists():
        raise Refused(no("step_takes_no_ballot"))
    row = Ballot(
        step=step, place_id=step.place_id, title=title, picks_max=picks_max, picks_min=picks_min, budget_won=budget_won, rule=rule,
        quorum=quorum, min_age=min_age, min_proof=min_proof, reference_on=reference_on, electorate_size=electorate_size,
        electorate_source=electorate_source, may_change=may_change, skips_too_large=skips_too_large,
    )  # fmt: skip
    _makes_sense(row)
    row.save()
    record("ballot.made", actor=actor, at=at, subject=row, facts={"title": title})
    return row


@transaction.atomic
def change_ballot(*, ballot: Ballot, actor: Actor, at: datetime, **changes: Any) -> Ballot:
    """Mends the rules of a ballot that is not announced yet. Raises TypeError for a field that is no rule."""
    if set(changes) - set(RULE_FIELDS):
        raise TypeError(f"not a rule of a ballot: {set(changes) - set(RULE_FIELDS)}")
    row = _drafted(ballot, actor, at)
    for name, value in changes.items():
        setattr(row, name, value)
        setattr(ballot, name, value)
    _makes_sense(row)
    row.save(update_fields=list(changes))
    record("ballot.changed", actor=actor, at=at, subject=row, facts={"fields": sorted(changes)})
    return row


@transaction.atomic
def fill(*, ballot: Ballot, proposals: Iterable[Proposal], actor: Actor, at: datetime) -> list[BallotItem]:
    """Puts shortlisted proposals on the ballot: title, text and cost are copied and stand from now on by themselves."""
    row = _drafted(ballot, actor, at)
    last = row.items.order_by("-number").values_list("number", flat=True).first() or 0
    there = set(row.items.values_list("proposal_id", flat=True))
    made = []
    for proposal in proposals:
        if proposal.pk in there:
            continue
        if proposal.state != Proposal.State.SHORTLISTED or not _belongs(row, proposal):
            raise Refused(no("item_not_shortlisted", title=proposal.title))
        if not proposal.cost_won:
            raise Refused(no("item_without_cost", title=proposal.title))
        last += 1
        made.append(
            BallotItem(
                ballot=row, proposal=proposal, number=last, title=proposal.title, text=proposal.body[:3000],
                cost_won=proposal.cost_won, place_id=proposal.place_id, category=proposal.category,
            )
        )  # fmt: skip
    BallotItem.objects.bulk_create(made)
    record("ballot.filled", actor=actor, at=at, subject=row, facts={"count": len(made), "proposals": [i.proposal_id for i in made]})
    return made


@transaction.atomic
def drop_item(*, item: BallotItem, actor: Actor, at: datetime) -> None:
    """Takes an item off a ballot that is not announced yet. Numbers of the others stay."""
    row = _drafted(item.ballot, actor, at)
    number = item.number
    item.delete()
    record("ballot.dropped", actor=actor, at=at, subject=row, facts={"number": number})


@transaction.atomic
def set_cost(*, item: BallotItem, cost_won: int, actor: Actor, at: datetime) -> BallotItem:
    """Corrects an item's cost before the announcement; afterwards it is frozen."""
    row = _drafted(item.ballot, actor, at)
    if cost_won <= 0:
        raise Refused(no("item_without_cost", title=item.title))
    before, item.cost_won = item.cost_won, cost_won
    item.save(update_fields=["cost_won"])
    record(
        "ballot.costed", actor=actor, at=at, subject=row, facts={"number": item.number, "before": f"{before:,}", "after": f"{cost_won:,}"}
    )
    return item


@transaction.atomic
def announce(*, ballot: Ballot, actor: Actor, at: datetime) -> Ballot:
    """공고: freezes list, costs and electorate, and commits to the seed that will break ties. Nothing of it changes afterwards."""
    row = _drafted(ballot, actor, at)
    lacking = missing(row, at=at)
    if lacking:
        raise Refused(no("ballot_not_ready", missing=", ".join(str(c.what) for c in lacking)))
    seed = secrets.token_hex(32)
    items = list(row.items.all())
    frozen = sha256(canonical([[i.number, i.title, i.text, i.cost_won] for i in items])).hexdigest()
    move(
        ballot, to="noticed", verb="ballot.noticed", actor=actor, at=at, noticed_at=at, seed=seed, seed_commitment=seed_commitment(seed),
        mark_key=secrets.token_hex(32),
        facts={
            "items": len(items), "budget": f"{row.budget_won:,}", "picks": row.picks_max, "frozen": frozen,
            "seed_commitment": seed_commitment(seed),
        },
    )  # fmt: skip
    for item in items:
        if item.proposal_id:
            record(
                "ballot.listed", actor=actor, at=at, subject=item, place=row.place_id, trail=f"proposal/{item.proposal_id}",
                facts={"ballot": row.title, "number": item.number},
            )  # fmt: skip
    search.put(findable(row), at=at)
    _tell_supporters(row, items, actor, at)
    return ballot


def _tell_supporters(ballot: Ballot, items: list[BallotItem], actor: Actor, at: datetime) -> None:
    """Once to everybody who wrote or endorsed something on the list, however many of it."""
    opens = ballot.step.opens_at
    notify(
        kind="ballot.noticed", account_ids=audience(*(i.proposal_id for i in items if i.proposal_id)), place_id=ballot.place_id,
        url=reverse("ballots:detail", args=[ballot.pk]), facts={"title": ballot.title, "on": day_words(today(opens)) if opens else ""},
        key=f"ballot.noticed:{ballot.pk}", actor=actor, at=at,
    )  # fmt: skip


def _belongs(row: Ballot, proposal: Proposal) -> bool:
    """A dong's vote takes its dong's proposals; the town's vote those of the town."""
    return row.place_id in (proposal.place_id, proposal.town_id)


def _makes_sense(row: Ballot) -> None:
    """What the database would refuse without a reason."""
    if not 1 <= row.picks_min <= row.picks_max or row.rule not in WAYS or row.budget_won < 0 or not 0 <= row.min_proof <= Proof.RESIDENCE:
        raise Refused(no("ballot_rules_do_not_fit"))


def _drafted(ballot: Ballot, actor: Actor, at: datetime) -> Ballot:
    may_run_ballot(actor, ballot, at=at).or_raise()
    row = lock(ballot)
    if row.state != Ballot.State.DRAFTED:
        raise Refused(no("ballot_is_frozen"))
    return row
