"""How a proposal comes in: sent by a resident, or taken in by an officer from paper, phone or a post-it; and how it becomes public."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from madang.ground import search
from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import record, thing
from madang.ground.clock import KST, today
from madang.ground.models import Place, StoredFile
from madang.ground.town import town_of
from madang.ground.verdict import Refused, first_no, no
from madang.ground.workflow import lock, move
from madang.methods import text
from madang.processes.models import Step
from madang.proposals.figures import due_on
from madang.proposals.models import Draft, NumberSeries, Proposal, ProposalFile, ProposalReport
from madang.proposals.rules import may_intake, may_propose, may_report, may_screen, may_take_in_on, may_use_draft
from madang.residents.models import Resident

NEIGHBOUR = "이웃"  # the public name of somebody who left none (a post-it); stored, so not translated


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
    author = Resident.objects.get(pk=actor.resident_id)
    proposal = _receive(
        step=step, place=place, title=title, body=body, category=category, form=form, public_name=public_name or author.public_name,
        cost_won=cost_won, map_x=map_x, map_y=map_y, spot=spot, files=files, author=author, channel=Proposal.Channel.ONLINE,
        received_on=today(at), at=at,
    )  # fmt: skip
    _not_too_many(proposal, at=at)
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
    proposal = _receive(
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


def publish(proposal: Proposal, *, at: datetime) -> None:
    """The search row and the thread of a proposal that everybody may read now. Part of the verb that made it public."""
    url = reverse("proposals:detail", args=[proposal.pk])
    search.index(
        kind="proposal", subject_id=proposal.pk, place_id=proposal.place_id, title=proposal.title,
        body=f"{proposal.body}\n{proposal.spot}".strip(), url=url, at=proposal.submitted_at,
    )  # fmt: skip
    from madang.comments.actions import open_thread

    open_thread(subject=thing(proposal), place_id=proposal.place_id, title=proposal.title, url=url, actor=SYSTEM, at=at)


def unpublish(proposal: Proposal) -> None:
    """Out of the search: hidden or withdrawn. Part of the verb that hid it."""
    search.forget(kind="proposal", subject_id=proposal.pk)


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


# What both ways in share


def _receive(
    *, step: Step, place: Place, title: str, body: str, category: str, form: str, public_name: str, cost_won: int | None,
    map_x: int | None, map_y: int | None, spot: str, files: Sequence[tuple[StoredFile, str]], author: Resident | None,
    channel: str, received_on: date, at: datetime, entered_by_id: int | None = None,
) -> Proposal:  # fmt: skip
    home = step.place
    if (home.level == Place.Level.DONG and place.pk != home.pk) or place.town_id != home.town_id:
        raise Refused(no("place_elsewhere", place=home.name))
    if any(has_private_numbers(part) for part in (title, body, spot, public_name)):
        raise Refused(no("personal_numbers"))
    rules = town_of(home.town_id).settings(received_on, place.pk)
    if len(files) > rules.files_per_proposal:
        raise Refused(no("too_many_files", most=rules.files_per_proposal))
    proposal = Proposal(
        step=step, town_id=home.town_id, place=place, number=next_number(home.town_id, received_on.year), form=form, channel=channel,
        law_class=Proposal.LawClass.SOLICITED if step.setting("solicited") else Proposal.LawClass.PROPOSAL,
        category=category, title=title, body=body, cost_won=cost_won, map_x=map_x, map_y=map_y, spot=spot, author=author,
        public_name=public_name, entered_by_id=entered_by_id, received_on=received_on, submitted_at=at,
        threshold=step.setting("threshold") or rules.endorsement_threshold,
    )  # fmt: skip
    proposal.due_on = due_on(proposal, on=today(at), pauses=())
    proposal.save()
    ProposalFile.objects.bulk_create(_files(proposal, files))
    return proposal


def _files(proposal: Proposal, files: Sequence[tuple[StoredFile, str]]) -> Iterable[ProposalFile]:
    kind = ProposalFile.Kind
    for order, (stored, alt) in enumerate(files):
        yield ProposalFile(proposal=proposal, file=stored, kind=kind.PHOTO if stored.is_image else kind.ATTACHMENT, alt=alt, order=order)


def next_number(town_id: int, year: int) -> str:
    """`2021-제안-0147`: the next number of a town and year. The series stays locked, so a refusal leaves no gap."""
    NumberSeries.objects.bulk_create([NumberSeries(town_id=town_id, year=year)], ignore_conflicts=True)
    NumberSeries.objects.filter(town_id=town_id, year=year).update(last=F("last") + 1)
    last = NumberSeries.objects.values_list("last", flat=True).get(town_id=town_id, year=year)
    return f"{year}-제안-{last:04d}"


def _not_too_many(proposal: Proposal, *, at: datetime) -> None:
    # Counted while the number series is locked, so two at once cannot both be the last one allowed.
    most = town_of(proposal.town_id).settings(today(at)).proposals_per_day
    begins = datetime.combine(today(at), time(), tzinfo=KST)
    if Proposal.objects.filter(author_id=proposal.author_id, submitted_at__gte=begins, channel="online").count() > most:
        raise Refused(no("too_many_proposals", most=most))


def has_private_numbers(part: str) -> bool:
    """A mobile number, a payment card or a resident number. Numbers of offices are nobody's secret."""
    mobile = any(part[s.start : s.end].lstrip("+(").startswith(("01", "82")) for s in text.find_phone_numbers(part))
    return mobile or bool(text.find_card_numbers(part)) or bool(text.find_resident_numbers(part))
