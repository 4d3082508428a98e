"""Who may do what at the desk of proposals beyond rules.py: who may look, and what a deed needs besides the office."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from madang.ground.actor import Actor, Role
from madang.ground.clock import today
from madang.ground.models import Account
from madang.ground.verdict import YES, Verdict, no
from madang.proposals import rules
from madang.proposals.figures import clock_of
from madang.proposals.models import Proposal
from madang.proposals.wording import EXCLUSIONS
from madang.residents.figures import officials_of
from madang.residents.models import Department

READS_ALL = (Role.COORDINATING_OFFICER, Role.SITE_ADMIN, Role.MAYOR_OFFICE, Role.MODERATOR)
EXPERT_DAYS = 21  # 국민 제안 규정: an expert opinion may stop the clock for three weeks
REPEATS = 3  # submitted three times
ANSWERED = 2  # and answered twice: what comes later may be closed (민원 처리에 관한 법률 제23조)
LATEST_PROMISE_YEARS = 5


def within_reach(actor: Actor) -> Q:
    """Which proposals an officer's posts reach: all of the town, or those of her departments and her dong."""
    if actor.holds(*READS_ALL):
        return Q()
    departments = [p.department_id for p in actor.posts if p.role == Role.DEPARTMENT_OFFICER and p.department_id]
    dongs = [p.place_id for p in actor.posts if p.role == Role.DONG_OFFICER]
    return Q(department__in=departments) | Q(place__in=dongs)


def reached(rows: QuerySet, actor: Actor) -> QuerySet:
    """The rows an officer may open at the desk."""
    return rows.filter(within_reach(actor))


def may_open_at_desk(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Reads a proposal with its papers and opinions: who handles it, and who reads everything by office."""
    verdict = rules.may_desk(actor, at=at)
    if not verdict:
        return verdict
    if actor.holds(*READS_ALL) or rules.may_handle(actor, proposal, at=at):
        return YES
    return no("proposal_of_others", place=proposal.place.name_shown)


def may_take_in_anywhere(actor: Actor, *_: object, at: datetime) -> Verdict:
    """The page for paper, phone and visits: whoever takes in for some dong; the dong is asked about when the form comes."""
    verdict = rules.may_desk(actor, at=at)
    if not verdict:
        return verdict
    return YES if actor.holds(Role.DONG_OFFICER, *rules.TOWN_ROLES) else no("role_needed")


def may_request_supplement(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Within seven days of receipt, where the class of the proposal names them. Source: 국민 제안 규정 (보완 요청 7일)."""
    verdict = rules.may_handle(actor, proposal, at=at)
    if not verdict:
        return verdict
    until = clock_of(proposal, on=today(at)).supplement_until
    if until is not None and today(at) > until:
        return no("supplement_too_late", until=f"{until.month}. {until.day}.")
    return YES


def may_be_given_to(proposal: Proposal, department: Department, officer: Account | None, *, at: datetime) -> Verdict:
    """A department of this town, and an officer who holds a post in it."""
    if department.place_id != proposal.town_id and department.place.parent_id != proposal.town_id:
        return no("department_elsewhere")
    if officer is not None and officer.pk not in officials_of(department.pk, at):
        return no("officer_elsewhere", department=department.name)
    return YES


def may_merge(actor: Actor, proposal: Proposal, into: Proposal, *, at: datetime) -> Verdict:
    """Both of one town, both handled by this officer's office, and the one that stays is alive and public."""
    verdict = rules.may_screen(actor, proposal, at=at)
    if not verdict:
        return verdict
    if proposal.pk == into.pk:
        return no("merge_with_itself")
    if into.town_id != proposal.town_id:
        return no("merge_elsewhere")
    if not into.is_public or into.state in ("merged", "transferred", "withdrawn", "rejected"):
        return no("merge_into_closed", number=into.number)
    return YES


def may_class(actor: Actor, proposal: Proposal, law_class: str, *, at: datetime) -> Verdict:
    """Another class of law, while the answer is owed; 공모제안 only in a step that was called as one."""
    verdict = rules.may_handle(actor, proposal, at=at)
    if not verdict:
        return verdict
    if proposal.state not in Proposal.WAITING or proposal.state == Proposal.State.RECONSIDERATION:
        return no("answered_already")
    if law_class not in Proposal.LawClass.values or law_class == proposal.law_class:
        return no("same_class")
    if law_class == Proposal.LawClass.SOLICITED and not proposal.step.setting("solicited"):
        return no("not_solicited")
    return YES


def may_promise(implement_on: date | None, *, at: datetime) -> Verdict:
    """An adoption names the day by which it is done: not past, not beyond LATEST_PROMISE_YEARS."""
    if implement_on is None:
        return no("implement_date_needed")
    if implement_on < today(at):
        return no("implement_date_past")
    return YES if implement_on.year <= today(at).year + LATEST_PROMISE_YEARS else no("implement_date_far", years=LATEST_PROMISE_YEARS)


def may_say_no(reason: str, body: str) -> Verdict:
    """A rejection has a reason of the list and words of its own."""
    if reason not in EXCLUSIONS:
        return no("reject_reason_needed")
    return YES if body.strip() else no("answer_empty")


def may_close_repeat(actor: Actor, proposal: Proposal, earlier: Sequence[Proposal], *, at: datetime) -> Verdict:
    """The same person sent the same at least three times before and was answered twice. Source: 민원 처리에 관한 법률 제23조."""
    verdict = rules.may_handle(actor, proposal, at=at)
    if not verdict:
        return verdict
    same = {p.pk for p in earlier if p.town_id == proposal.town_id and p.author_id == proposal.author_id and p.pk < proposal.pk}
    if len(same) < REPEATS:
        return no("not_repeated_enough", times=REPEATS)
    answered = sum(1 for p in earlier if p.pk in same and p.decided_at is not None)
    return YES if answered >= ANSWERED else no("not_answered_enough", times=ANSWERED)
