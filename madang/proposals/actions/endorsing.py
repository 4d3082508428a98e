"""Endorsing: one person once, withdrawable while it is open. Few queries, because many do it at once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import record
from madang.ground.verdict import Refused, no
from madang.notices.actions import notify
from madang.proposals.figures import author_accounts
from madang.proposals.models import Endorsement, Proposal
from madang.proposals.rules import may_endorse, may_withdraw_endorsement


@transaction.atomic
def endorse(*, proposal: Proposal, actor: Actor, at: datetime) -> Endorsement:
    """One person's endorsement. Load `proposal` with `step__process`: then this costs four or five queries.

    Raises Refused: `already_endorsed`, `own_proposal`, `endorsing_over`, or what the step asks of the person. The first to reach the
    threshold makes one `proposal.threshold_met`, however many come at once; the duty to answer does not hang on it."""
    may_endorse(actor, proposal, at=at).or_raise()
    try:
        with transaction.atomic():
            mark = Endorsement.objects.create(proposal=proposal, resident_id=actor.resident_id or 0, at=at)
    except IntegrityError:
        raise Refused(no("already_endorsed")) from None
    record("proposal.endorsed", actor=actor, at=at, subject=proposal)
    counted = Proposal.objects.filter(pk=proposal.pk, is_public=True, state__in=Proposal.ENDORSABLE)
    if not counted.update(endorsements=F("endorsements") + 1):
        raise Refused(no("endorsing_over"))
    if proposal.threshold_met_at is None:
        _meet_threshold(proposal, at=at)
    return mark


def _meet_threshold(proposal: Proposal, *, at: datetime) -> None:
    crossed = Proposal.objects.filter(pk=proposal.pk, threshold_met_at__isnull=True, endorsements__gte=F("threshold"))
    if not crossed.update(threshold_met_at=at):
        return
    proposal.threshold_met_at = at
    record("proposal.threshold_met", actor=SYSTEM, at=at, subject=proposal, facts={"threshold": proposal.threshold})
    notify(
        kind="proposal.threshold_met",
        account_ids=author_accounts([proposal.pk]),
        place_id=proposal.place_id,
        facts={"title": proposal.title, "threshold": proposal.threshold},
        url=reverse("proposals:detail", args=[proposal.pk]),
        key=f"proposal.threshold_met:{proposal.pk}",
        actor=SYSTEM,
        at=at,
    )


@transaction.atomic
def withdraw_endorsement(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Takes one's endorsement back while it is open. A threshold that was met stays met."""
    may_withdraw_endorsement(actor, proposal, at=at).or_raise()
    gone, _rows = Endorsement.objects.filter(proposal=proposal, resident_id=actor.resident_id or 0).delete()
    if not gone:
        raise Refused(no("not_endorsed"))
    Proposal.objects.filter(pk=proposal.pk).update(endorsements=F("endorsements") - 1)
    record("proposal.endorsement_withdrawn", actor=actor, at=at, subject=proposal)
