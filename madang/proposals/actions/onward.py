"""What the areas above (ballots, projects) and the desk do with a proposal on its further way."""

from datetime import datetime
from typing import Any

from django.db import transaction

from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.workflow import move
from madang.proposals.actions._handling import tell
from madang.proposals.models import Proposal
from madang.proposals.rules import may_lead_on


@transaction.atomic
def shortlist(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """Puts a proposal on the list from which a ballot is filled (총회 의제 후보), with the reason in words."""
    may_lead_on(actor, proposal, at=at).or_raise()
    move(proposal, to="shortlisted", verb="proposal.shortlisted", actor=actor, at=at, why=why, shortlisted_at=at)
    tell("proposal.shortlisted", proposal, actor=actor, at=at, why=why[:200])
    return proposal


@transaction.atomic
def unshortlist(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """Takes it off the list again, back to review: the town still owes its answer."""
    may_lead_on(actor, proposal, at=at).or_raise()
    move(proposal, to="review", verb="proposal.unshortlisted", actor=actor, at=at, why=why, shortlisted_at=None)
    tell("proposal.unshortlisted", proposal, actor=actor, at=at, why=why[:200])
    return proposal


@transaction.atomic
def start_implementing(*, proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """A project with money has taken the proposal up. An answer that had not been given yet is given by this."""
    may_lead_on(actor, proposal, at=at).or_raise()
    changes: dict[str, Any] = {} if proposal.decided_at else {"decided_at": at}
    if proposal.implement_on is None:
        changes["implement_on"] = today(at)
    return move(proposal, to="implementing", verb="proposal.started", actor=actor, at=at, **changes)


@transaction.atomic
def finish_implementing(*, proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """The project is done."""
    may_lead_on(actor, proposal, at=at).or_raise()
    return move(proposal, to="implemented", verb="proposal.finished", actor=actor, at=at)
