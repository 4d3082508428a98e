"""How a proposal comes in: sent by a resident, or taken in by an officer from paper, phone or a post-it; and how it becomes public."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import record
from madang.ground.clock import KST, today
from madang.ground.models import Place, StoredFile
from madang.ground.town import town_of
from madang.ground.verdict import Refused, first_no, no
from madang.ground.workflow import lock, move
from madang.processes.models import Step
from madang.proposals.actions._receiving import not_too_many, publish, receive
from madang.proposals.models import NEIGHBOUR, Draft, Proposal, ProposalFile, ProposalReport
from madang.proposals.rules import may_intake, may_propose, may_report, may_screen, may_take_in_on, may_use_draft
from madang.residents.models import Resident


@transaction.atomic
def submit(
    *, step: Step, place: Place, title: str, body: str = "", category: str = "", form: str = "proposal", public_name: str = "",
    cost_won: int | None = None, map_x: int | None = None, map_y: int | None = None, spot: str = "",
    files: Sequence[tuple[StoredFile, str]] | None = None, draft: Draft | None = None, actor: Actor, at: datetime,
) -> Proposal:  # fmt: skip
    """A resident puts a proposal before the town. `files`: stored files with what they show; the draft's own when not given.

    Sending the same draft again gives back the first proposal. Raises Refused, among others `too_many_proposals`, `place_elsewhere`,
    `personal_numbers`."""
    if draft is not None:
        draft = lock(draft)
        if draft.submitted_id:
            return Proposal.objects.get(pk=draft.submitted_id)
        may_use_draft(actor, draft, at=at).or_raise()
    may_propose(actor, step, at=at).or_raise()
    if files is None:
        files = [(f.file, f.alt) for f in draft.files.select_related("file").order_by("pk")] if draft else []
    author = Resident.objects.get(pk=actor.resident_id or 0)
    proposal = receive(
        step=step, place=place, title=title, body=body, category=category, form=form, public_name=public_name or author.public_name,
        cost_won=cost_won, map_x=map_x, map_y=map_y, spot=spot, files=files, author=author, channel=Proposal.Channel.ONLINE,
        received_on=today(at), at=at,
    )  # fmt: skip
    not_too_many(proposal, at=at)
    record("proposal.submitted", actor=actor, at=at, subject=proposal, facts={"number": proposal.number, "form": proposal.form})
    if draft is not None:
        draft.files.all().delete()
        Draft.objects.filter(pk=draft.pk).update(submitted=proposal, data={}, saved_at=at)
    if not step.setting("screens_first"):
        open_to_public(proposal=proposal, actor=SYSTEM, at=at)
    return proposal


@transaction.atomic
def take_in(
    *, step: Step, place: Place, title: str, body: str = "", category: str = "", form: str = "proposal", public_name: str = "",
    cost_won: int | None = None, map_x: int | None = None, map_y: int | None = None, spot: str = "",
    files: Sequence[tuple[StoredFile, str]] = (), channel: str, received_on: date, original: StoredFile | None = None,
    resident: Resident | None = None, consented: bool = True, actor: Actor, at: datetime,
) -> Proposal:  # fmt: skip
    """An officer enters what came on paper, by phone, at the counter or on a post-it. The legal clock starts on `received_on`.

    `original` is the picture of the paper, seen by officials only. `resident` is the person it is from (None: nobody named); both the
    officer and the person stand in the record. Raises Refused `received_in_future`, `received_too_long_ago`, `place_elsewhere` …"""
    first_no(may_intake(actor, place.pk, at=at), may_take_in_on(received_on, at=at)).or_raise()
    proposal = receive(
        step=step, place=place, title=title, body=body, category=category, form=form,
        public_name=public_name or (resident.public_name if resident else NEIGHBOUR), cost_won=cost_won, map_x=map_x, map_y=map_y,
        spot=spot, files=files, author=resident, channel=channel, received_on=received_on, at=at, entered_by_id=actor.account_id,
    )  # fmt: skip
    if original is not None:
        ProposalFile.objects.create(proposal=proposal, file=original, kind=ProposalFile.Kind.ORIGINAL, order=99)
    acting = actor.for_resident(resident.pk) if resident else actor
    facts = {
        "number": proposal.number, "form": form, "channel": channel, "received_on": received_on.isoformat(), "consented": consented,
    }  # fmt: skip
    record("proposal.taken_in", actor=acting, at=at, subject=proposal, facts=facts)
    return proposal


@transaction.atomic
def open_to_public(*, proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """After screening (or at once, where the step says so): everybody may read, endorse and talk. The days for endorsing start now."""
    may_screen(actor, proposal, at=at).or_raise()
    day = today(at)
    days = proposal.step.setting("days") or town_of(proposal.town_id).settings(day, proposal.place_id).endorsement_days
    until = datetime.combine(day + timedelta(days=days + 1), time(), tzinfo=KST)
    if proposal.step.closes_at is not None:
        until = min(until, proposal.step.closes_at)
    last = today(until - timedelta(seconds=1))
    move(
        proposal, to="open", verb="proposal.opened", actor=actor, at=at, is_public=True, endorse_until=until,
        facts={"until": f"{last.month}. {last.day}.", "threshold": proposal.threshold},
    )  # fmt: skip
    publish(proposal, at=at)
    return proposal


@transaction.atomic
def report(*, proposal: Proposal, reason: str, actor: Actor, at: datetime) -> ProposalReport:
    """Tells the moderators that a proposal breaks the rules of the yard. One open report per person."""
    may_report(actor, proposal, at=at).or_raise()
    try:
        with transaction.atomic():
            made = ProposalReport.objects.create(proposal=proposal, reporter_id=actor.account_id, reason=reason, at=at)
    except IntegrityError:
        raise Refused(no("proposal_already_reported")) from None
    record("proposal.reported", actor=actor, at=at, subject=made, trail=proposal, place=proposal.place_id, facts={"reason": reason})
    return made
