"""What the verbs of the desk share: a row held against others, the legal clock, and who is told."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from madang.comments.actions import close_thread
from madang.comments.models import Thread
from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record, thing
from madang.ground.clock import today
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock, state_name
from madang.notices.actions import notify
from madang.proposals.figures import audience, author_accounts, due_on
from madang.proposals.finding import findable
from madang.proposals.models import Answer, ClockPause, Proposal

CLOSES_TO_OTHERS = ("state", "department_id", "law_class", "is_public")


def hold(proposal: Proposal) -> Proposal:
    """Locks the row until the verb ends. Raises Refused `moved_meanwhile` when somebody changed what matters since it was read."""
    fresh = lock(proposal)
    if any(getattr(fresh, name) != getattr(proposal, name) for name in CLOSES_TO_OTHERS):
        raise Refused(no("moved_meanwhile", now=state_name(fresh, fresh.state)))
    return fresh


def change(
    proposal: Proposal, *, verb: str, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None, **changes: Any
) -> Proposal:
    """Changes fields without a move and records it; like move(), the instance given is brought up to date."""
    hold(proposal)
    for name, value in changes.items():
        setattr(proposal, name, value)
    if changes:
        proposal.save(update_fields=list(changes))
    record(verb, actor=actor, at=at, subject=proposal, facts=facts)
    return proposal


def renewed_due(proposal: Proposal, *, at: datetime) -> date | None:
    """The due date after something moved the clock. A second look has its own month, which nothing moves."""
    if proposal.state == Proposal.State.RECONSIDERATION:
        return proposal.due_on
    return due_on(proposal, on=today(at), pauses=ClockPause.objects.filter(proposal=proposal))


def start_pause(proposal: Proposal, *, reason: str, request: str, at: datetime) -> ClockPause:
    """The clock stands from today. Call with the row held. Raises Refused `clock_stands_already`."""
    if ClockPause.objects.filter(proposal=proposal, to_on__isnull=True).exists():
        raise Refused(no("clock_stands_already"))
    return ClockPause.objects.create(proposal=proposal, reason=reason, request=request, from_on=today(at))


def end_pause(proposal: Proposal, *, at: datetime, reason: str = "", on: date | None = None) -> ClockPause | None:
    """The clock runs on from today (or `on`); None when it did not stand, or for another reason."""
    row = ClockPause.objects.filter(proposal=proposal, to_on__isnull=True, **({"reason": reason} if reason else {})).first()
    if row is not None:
        row.to_on = max(row.from_on, on or today(at))
        row.save(update_fields=["to_on"])
    return row


def end_talk(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """No more talk beside it; what was said stays."""
    thread = Thread.objects.filter(subject=thing(proposal), is_open=True).first()
    if thread is not None:
        close_thread(thread=thread, actor=actor, at=at)


def put_answer(
    proposal: Proposal, *, kind: str, body: str, signed_as: str, at: datetime, reason: str = "", implement_on: date | None = None
) -> Answer:
    """The row of an official answer, which search finds with its proposal. Raises Refused `answer_empty`, `signature_needed`."""
    if not body.strip():
        raise Refused(no("answer_empty"))
    if not signed_as.strip():
        raise Refused(no("signature_needed"))
    answer = Answer.objects.create(
        proposal=proposal, kind=kind, department_id=proposal.department_id, signed_as=signed_as[:60], body=body.strip(), reason=reason,
        implement_on=implement_on, at=at,
    )  # fmt: skip
    if proposal.is_public:
        search.put(findable(proposal), at=proposal.submitted_at)
    return answer


def tell(
    kind: str, proposal: Proposal, *, actor: Actor, at: datetime, to: Iterable[int] | None = None, desk: bool = False, **facts: Any
) -> None:
    """Tells accounts (the author when `to` is not given) of a deed; `desk` leads to the desk's page. Nobody hears of their own deed."""
    people = author_accounts([proposal.pk]) if to is None else to
    notify(
        kind=kind,
        account_ids=[pk for pk in people if pk != actor.account_id],
        place_id=proposal.place_id,
        facts={"title": proposal.title, "number": proposal.number, **facts},
        url=reverse("proposals:desk_detail" if desk else "proposals:detail", args=[proposal.pk]),
        key=f"{kind}:{proposal.pk}:{at:%Y%m%d%H%M%S%f}",
        actor=actor,
        at=at,
    )


def tell_all(kind: str, proposal: Proposal, *, actor: Actor, at: datetime, **facts: Any) -> None:
    """Tells the author and everybody who endorsed."""
    tell(kind, proposal, to=audience(proposal.pk), actor=actor, at=at, **facts)
