"""What becomes of a proposal before it is answered: screening, supplement, transfer, merging, department, class of law."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.dates import day_words
from madang.ground.models import Account
from madang.ground.verdict import Refused, first_no, no
from madang.ground.workflow import lock, move
from madang.proposals.actions._handling import (
    change,
    end_pause,
    end_talk,
    hold,
    renewed_due,
    start_pause,
    tell,
)  # fmt: skip
from madang.proposals.actions._receiving import publish, unpublish
from madang.proposals.actions.endorsing import _meet_threshold
from madang.proposals.actions.intake import open_to_public
from madang.proposals.figures import audience, author_accounts
from madang.proposals.models import ClockPause, Endorsement, Proposal
from madang.proposals.rules import may_handle, may_say, may_screen, may_supplement, may_withdraw
from madang.proposals.rules_desk import may_be_given_to, may_class, may_merge, may_request_supplement
from madang.residents.figures import officials_of
from madang.residents.models import Department

MOST_LETTERS = 5000
ADDED = "\n\n**더 적은 내용**\n\n"  # stands in the resident's own text, so it is not translated


@transaction.atomic
def screen_open(*, proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """Screened and found in order: everybody may read and endorse. One that has a department already goes on to its review."""
    if proposal.state != Proposal.State.SCREENING:
        raise Refused(no("screened_already"))
    open_to_public(proposal=proposal, actor=actor, at=at)
    tell("proposal.opened", proposal, actor=actor, at=at, until=day_words(today(proposal.endorse_until)) if proposal.endorse_until else "")
    if proposal.department_id:
        _to_review(proposal, actor=actor, at=at)
    return proposal


def _to_review(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    name = proposal.department.name if proposal.department else ""
    move(proposal, to="review", verb="proposal.review_started", actor=actor, at=at, facts={"department": name})


@transaction.atomic
def assign(*, proposal: Proposal, department: Department, officer: Account | None = None, actor: Actor, at: datetime) -> Proposal:
    """Gives a proposal to a department (and one officer of it). A public one that gathers endorsements goes on to review; people may go on
    endorsing. Raises Refused `department_elsewhere`, `officer_elsewhere`, `answered_already`."""
    first_no(may_screen(actor, proposal, at=at), may_be_given_to(proposal, department, officer, at=at)).or_raise()
    if proposal.state not in (*Proposal.WAITING, Proposal.State.SHORTLISTED):
        raise Refused(no("answered_already"))
    change(
        proposal,
        verb="proposal.assigned",
        actor=actor,
        at=at,
        facts={"department": department.name},
        department=department,
        officer=officer,
    )
    if proposal.state == Proposal.State.OPEN:
        _to_review(proposal, actor=actor, at=at)
    tell("proposal.assigned", proposal, actor=actor, at=at, department=department.name)
    told = [officer.pk] if officer else officials_of(department.pk, at)
    due = day_words(proposal.due_on) if proposal.due_on else ""
    tell("proposal.given_to_you", proposal, to=told, desk=True, actor=actor, at=at, department=department.name, due=due)
    return proposal


@transaction.atomic
def request_supplement(*, proposal: Proposal, request: str, actor: Actor, at: datetime) -> ClockPause:
    """Asks the author for more, within seven days of receipt; the legal clock stands until the answer comes.

    Raises Refused `supplement_too_late`, `clock_stands_already`, `request_empty`."""
    may_request_supplement(actor, proposal, at=at).or_raise()
    if not request.strip():
        raise Refused(no("request_empty"))
    hold(proposal)
    pause = start_pause(proposal, reason=ClockPause.Reason.SUPPLEMENT, request=request.strip()[:1000], at=at)
    move(
        proposal, to="supplement", verb="proposal.supplement_requested", actor=actor, at=at, due_on=renewed_due(proposal, at=at),
        facts={"request": pause.request},
    )  # fmt: skip
    tell("proposal.supplement_requested", proposal, actor=actor, at=at, request=pause.request[:200])
    return pause


@transaction.atomic
def supplement(*, proposal: Proposal, body: str, actor: Actor, at: datetime) -> Proposal:
    """The author (or an officer for her) adds what was asked for: it stands below the first text, and the clock runs on.

    It goes back to where it was: screening, gathering endorsements, or the department's review. Raises Refused `supplement_too_long`."""
    may_supplement(actor, proposal, at=at).or_raise()
    if not body.strip():
        raise Refused(no("supplement_empty"))
    may_say(body).or_raise()
    hold(proposal)
    whole = f"{proposal.body}{ADDED}{body.strip()}"
    if len(whole) > MOST_LETTERS:
        raise Refused(no("supplement_too_long", left=max(0, MOST_LETTERS - len(proposal.body) - len(ADDED))))
    end_pause(proposal, reason=ClockPause.Reason.SUPPLEMENT, at=at)
    back = "screening" if not proposal.is_public else "review" if proposal.department_id else "open"
    acting = actor.for_resident(proposal.author_id) if proposal.author_id and proposal.author_id != actor.resident_id else actor
    move(proposal, to=back, verb="proposal.supplemented", actor=acting, at=at, body=whole, due_on=renewed_due(proposal, at=at))
    if proposal.is_public:
        publish(proposal, at=at)
    told = [proposal.officer_id] if proposal.officer_id else officials_of(proposal.department_id, at) if proposal.department_id else []
    tell("proposal.supplemented", proposal, to=told, desk=True, actor=actor, at=at)
    return proposal


@transaction.atomic
def transfer(*, proposal: Proposal, sent_to: str, why: str, actor: Actor, at: datetime) -> Proposal:
    """Sends a proposal to the body whose task it is (이송). The town's clock ends; the author hears where it went and why."""
    may_handle(actor, proposal, at=at).or_raise()
    if not sent_to.strip() or not why.strip():
        raise Refused(no("transfer_needs_where_and_why"))
    hold(proposal)
    end_pause(proposal, at=at)
    sent_to = sent_to.strip()[:80]
    move(
        proposal,
        to="transferred",
        verb="proposal.transferred",
        actor=actor,
        at=at,
        why=why[:500],
        facts={"sent_to": sent_to},
        sent_to=sent_to,
    )
    end_talk(proposal, actor=actor, at=at)
    tell("proposal.transferred", proposal, to=audience(proposal.pk), actor=actor, at=at, sent_to=sent_to, why=why[:200])
    return proposal


@transaction.atomic
def merge(*, proposal: Proposal, into: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """Joins a proposal to one that says the same: its endorsements go over, a person counted once and never for her own; its talk closes;
    everybody concerned is told. What had been joined to it before now belongs to `into`. Raises Refused `merge_…`."""
    if not why.strip():
        raise Refused(no("why_needed"))
    # Always the older row first: two officers who join in opposite directions then wait instead of blocking each other.
    for pk in sorted({proposal.pk, into.pk}):
        fresh = lock(Proposal(pk=pk))
        into = fresh if pk == into.pk else into
    may_merge(actor, proposal, into, at=at).or_raise()
    told = set(audience(proposal.pk))
    had, moved = proposal.endorsements, _move_endorsements(proposal, into, at=at)
    end_pause(proposal, at=at)
    move(
        proposal, to="merged", verb="proposal.merged", actor=actor, at=at, why=why[:500], merged_into=into, endorsements=0,
        facts={"into": into.number, "had": had, "moved": moved},
    )  # fmt: skip
    Proposal.objects.filter(merged_into=proposal).update(merged_into=into)
    end_talk(proposal, actor=actor, at=at)
    record("proposal.joined_by", actor=actor, at=at, subject=into, facts={"number": proposal.number, "moved": moved})
    tell("proposal.merged", proposal, to=told, actor=actor, at=at, into=into.title)
    tell("proposal.joined_by", into, to=set(author_accounts([into.pk])) - told, actor=actor, at=at, other=proposal.title, moved=moved)
    return proposal


def _move_endorsements(proposal: Proposal, into: Proposal, *, at: datetime) -> int:
    """Hands over the endorsements of people who have not endorsed `into` and did not write it. Returns how many."""
    marks = Endorsement.objects.filter(proposal=proposal)
    there = Endorsement.objects.filter(proposal=into).values_list("resident_id", flat=True)
    twice = set(marks.filter(resident_id__in=[*there, into.author_id or 0]).values_list("pk", flat=True))
    Endorsement.objects.filter(pk__in=twice).delete()
    moved = marks.update(proposal=into)
    if moved:
        Proposal.objects.filter(pk=into.pk).update(endorsements=F("endorsements") + moved)
        into.refresh_from_db(fields=["endorsements"])
        if into.threshold_met_at is None:
            _meet_threshold(into, at=at)
    return moved


@transaction.atomic
def convert_class(*, proposal: Proposal, law_class: str, why: str, actor: Actor, at: datetime) -> Proposal:
    """Handles a proposal under another class of law, with that class's clock from the same day of receipt. The author is told both."""
    may_class(actor, proposal, law_class, at=at).or_raise()
    if not why.strip():
        raise Refused(no("why_needed"))
    hold(proposal)
    was, proposal.law_class = proposal.law_class, law_class
    due = renewed_due(proposal, at=at)
    proposal.law_class = was
    change(
        proposal, verb="proposal.class_converted", actor=actor, at=at, law_class=law_class, due_on=due,
        facts={"was": was, "now": law_class, "why": why[:500], "due_on": day_words(due) if due else ""},
    )  # fmt: skip
    tell("proposal.class_converted", proposal, actor=actor, at=at, why=why[:200], due=day_words(due) if due else "")
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, why: str = "", actor: Actor, at: datetime) -> Proposal:
    """The author takes it back: number and trail stay, the page and the talk go."""
    may_withdraw(actor, proposal, at=at).or_raise()
    hold(proposal)
    end_pause(proposal, at=at)
    move(proposal, to="withdrawn", verb="proposal.withdrawn", actor=actor, at=at, why=why[:500], is_public=False)
    unpublish(proposal)
    end_talk(proposal, actor=actor, at=at)
    told = [proposal.officer_id] if proposal.officer_id else officials_of(proposal.department_id, at) if proposal.department_id else []
    tell("proposal.withdrawn", proposal, to=told, desk=True, actor=actor, at=at)
    return proposal
