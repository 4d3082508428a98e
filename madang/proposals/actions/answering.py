"""The department's opinion and the town's answer: yes with a day, no with a reason, an interim word, and looking again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.dates import day_words
from madang.ground.verdict import Refused, first_no, no
from madang.ground.workflow import move
from madang.methods import legal_clock
from madang.proposals.actions._handling import (
    change,
    end_pause,
    hold,
    put_answer,
    renewed_due,
    start_pause,
    tell,
    tell_all,
)  # fmt: skip
from madang.proposals.clocks import extra_holidays
from madang.proposals.models import Answer, ClockPause, Proposal, Review
from madang.proposals.rules import may_ask_reconsideration, may_give_opinion, may_handle, may_say
from madang.proposals.rules_desk import EXPERT_DAYS, may_be_given_to, may_close_repeat, may_promise, may_say_no
from madang.residents.figures import officials_of
from madang.residents.models import Department

DECIDED = (Proposal.State.ADOPTED, Proposal.State.IMPLEMENTING)


@transaction.atomic
def give_opinion(
    *, proposal: Proposal, department: Department | None = None, finding: str, is_public_task: bool, is_budgeted_already: bool, basis: str,
    opinion: str, cost_won: int | None = None, actor: Actor, at: datetime,
) -> Review:  # fmt: skip
    """A department's opinion (적격 검토). Earlier ones stay; one that gathers endorsements is under review from now on.

    `cost_won`: what the department thinks it costs, in won; the proposer's own guess is not touched. Raises Refused `basis_needed`,
    `department_needed`, `answered_already`."""
    may_give_opinion(actor, proposal, at=at).or_raise()
    department = department or proposal.department
    if department is None:
        raise Refused(no("department_needed"))
    may_be_given_to(proposal, department, None, at=at).or_raise()
    if not basis.strip() or not opinion.strip():
        raise Refused(no("basis_needed"))
    if proposal.state not in (*Proposal.WAITING, Proposal.State.SHORTLISTED):
        raise Refused(no("answered_already"))
    hold(proposal)
    review = Review.objects.create(
        proposal=proposal, department=department, finding=Review.Finding(finding), is_public_task=is_public_task,
        is_budgeted_already=is_budgeted_already, basis=basis.strip(), cost_won=cost_won, opinion=opinion.strip(), at=at,
    )  # fmt: skip
    facts = {"department": department.name, "finding": review.finding}
    if proposal.state == Proposal.State.OPEN:
        move(proposal, to="review", verb="proposal.reviewed", actor=actor, at=at, facts=facts)
    else:
        record("proposal.reviewed", actor=actor, at=at, subject=proposal, facts=facts)
    tell("proposal.reviewed", proposal, actor=actor, at=at, department=department.name)
    return review


@transaction.atomic
def start_expert_opinion(*, proposal: Proposal, request: str, actor: Actor, at: datetime) -> ClockPause:
    """Hears an expert; the clock stands for EXPERT_DAYS at most, and the author is told first. Source: 국민 제안 규정 (전문가 의견 3주)."""
    may_handle(actor, proposal, at=at).or_raise()
    if not request.strip():
        raise Refused(no("request_empty"))
    if proposal.state not in (Proposal.State.OPEN, Proposal.State.REVIEW):
        raise Refused(no("not_under_review"))
    if ClockPause.objects.filter(proposal=proposal, reason=ClockPause.Reason.EXPERT).exists():
        raise Refused(no("expert_heard_already"))
    hold(proposal)
    pause = start_pause(proposal, reason=ClockPause.Reason.EXPERT, request=request.strip()[:1000], at=at)
    until = pause.from_on + timedelta(days=EXPERT_DAYS)
    change(
        proposal, verb="proposal.expert_asked", actor=actor, at=at, due_on=renewed_due(proposal, at=at),
        facts={"until": day_words(until), "request": pause.request},
    )  # fmt: skip
    tell("proposal.expert_asked", proposal, actor=actor, at=at, until=day_words(until))
    return pause


@transaction.atomic
def end_expert_opinion(*, proposal: Proposal, actor: Actor, at: datetime) -> Proposal:
    """The expert has spoken, or EXPERT_DAYS are over: the clock runs on, at the latest from the day they were over."""
    may_handle(actor, proposal, at=at).or_raise()
    hold(proposal)
    pause = ClockPause.objects.filter(proposal=proposal, reason=ClockPause.Reason.EXPERT, to_on__isnull=True).first()
    if pause is None:
        raise Refused(no("no_expert_asked"))
    last = pause.from_on + timedelta(days=EXPERT_DAYS)
    end_pause(proposal, at=at, reason=ClockPause.Reason.EXPERT, on=min(today(at), last))
    due = renewed_due(proposal, at=at)
    change(
        proposal, verb="proposal.expert_heard", actor=actor, at=at, due_on=due, facts={"due_on": day_words(due) if due else ""},
    )  # fmt: skip
    tell("proposal.expert_heard", proposal, actor=actor, at=at, due=day_words(due) if due else "")
    return proposal


@transaction.atomic
def answer_interim(*, proposal: Proposal, body: str, signed_as: str, actor: Actor, at: datetime) -> Answer:
    """A word on the way (중간 답변): how far it is. The clock goes on."""
    may_handle(actor, proposal, at=at).or_raise()
    if proposal.state not in (*Proposal.WAITING, Proposal.State.SHORTLISTED):
        raise Refused(no("answered_already"))
    hold(proposal)
    answer = put_answer(proposal, kind=Answer.Kind.INTERIM, body=body, signed_as=signed_as, at=at)
    record("proposal.answered_interim", actor=actor, at=at, subject=proposal, facts={"signed_as": answer.signed_as})
    tell_all("proposal.answered_interim", proposal, actor=actor, at=at)
    return answer


@transaction.atomic
def adopt(*, proposal: Proposal, body: str, implement_on: date, signed_as: str, actor: Actor, at: datetime) -> Answer:
    """채택: the town will do it, and says by when. Raises Refused `implement_date_…`, `answer_empty`, `moved_meanwhile`."""
    first_no(may_handle(actor, proposal, at=at), may_promise(implement_on, at=at)).or_raise()
    hold(proposal)
    answer = put_answer(proposal, kind=Answer.Kind.ADOPTED, body=body, signed_as=signed_as, implement_on=implement_on, at=at)
    end_pause(proposal, at=at)
    move(
        proposal, to="adopted", verb="proposal.adopted", actor=actor, at=at, decided_at=at, implement_on=implement_on,
        facts={"signed_as": answer.signed_as, "implement_on": day_words(implement_on)},
    )  # fmt: skip
    tell_all("proposal.adopted", proposal, actor=actor, at=at, implement_on=day_words(implement_on))
    return answer


@transaction.atomic
def reject(*, proposal: Proposal, body: str, reason: str, signed_as: str, actor: Actor, at: datetime) -> Answer:
    """불채택: the town will not, for a reason of the list (wording.EXCLUSIONS) and in words. The author may ask again within 15 days."""
    first_no(may_handle(actor, proposal, at=at), may_say_no(reason, body)).or_raise()
    return _say_no(proposal, body=body, reason=reason, signed_as=signed_as, actor=actor, at=at)


def _say_no(proposal: Proposal, *, body: str, reason: str, signed_as: str, actor: Actor, at: datetime) -> Answer:
    hold(proposal)
    answer = put_answer(proposal, kind=Answer.Kind.REJECTED, body=body, signed_as=signed_as, reason=reason, at=at)
    end_pause(proposal, at=at)
    move(
        proposal, to="rejected", verb="proposal.rejected", actor=actor, at=at, decided_at=at,
        facts={"signed_as": answer.signed_as, "reason": reason},
    )  # fmt: skip
    tell_all("proposal.rejected", proposal, actor=actor, at=at)
    return answer


@transaction.atomic
def close_repeat(*, proposal: Proposal, earlier: Sequence[Proposal], body: str, signed_as: str, actor: Actor, at: datetime) -> Answer:
    """Closes what the same person sent three times before and had answered twice. `earlier`: those proposals. It stands as a rejection."""
    may_close_repeat(actor, proposal, earlier, at=at).or_raise()
    answer = _say_no(proposal, body=body, reason="repeat", signed_as=signed_as, actor=actor, at=at)
    record("proposal.closed_as_repeat", actor=actor, at=at, subject=proposal, facts={"earlier": sorted(p.number for p in earlier)})
    return answer


@transaction.atomic
def redate_implementation(*, proposal: Proposal, implement_on: date, why: str, actor: Actor, at: datetime) -> Proposal:
    """Another day for what was adopted, told again to everybody. Source: 국민 제안 규정 (실시 예정일이 늦어지면 다시 알림)."""
    first_no(may_handle(actor, proposal, at=at), may_promise(implement_on, at=at)).or_raise()
    if proposal.state not in DECIDED:
        raise Refused(no("not_adopted"))
    if not why.strip():
        raise Refused(no("why_needed"))
    was = day_words(proposal.implement_on) if proposal.implement_on else ""
    now = day_words(implement_on)
    change(
        proposal, verb="proposal.implementation_redated", actor=actor, at=at, implement_on=implement_on,
        facts={"was": was, "now": now, "why": why[:500]},
    )  # fmt: skip
    tell_all("proposal.implementation_redated", proposal, actor=actor, at=at, now=now, why=why[:200])
    return proposal


@transaction.atomic
def ask_reconsideration(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """The author asks to look again, once. The second look has a month of its own (the proposal's own period, counted anew)."""
    may_ask_reconsideration(actor, proposal, at=at).or_raise()
    if not why.strip():
        raise Refused(no("why_needed"))
    may_say(why).or_raise()
    if proposal.answers.filter(kind=Answer.Kind.REJECTED).count() > 1:
        raise Refused(no("reconsidered_already"))
    day = today(at)
    due = legal_clock.clock("proposal", day, (), day, extra=extra_holidays(proposal.town_id, on=day)).due_on
    move(
        proposal, to="reconsideration", verb="proposal.reconsideration_asked", actor=actor, at=at, why=why[:500], due_on=due,
        facts={"due_on": day_words(due)},
    )  # fmt: skip
    told = [proposal.officer_id] if proposal.officer_id else officials_of(proposal.department_id, at) if proposal.department_id else []
    tell("proposal.reconsideration_asked", proposal, to=told, desk=True, actor=actor, at=at, due=day_words(due))
    return proposal
