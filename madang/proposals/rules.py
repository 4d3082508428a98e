"""Who may do what with a proposal. Reads only; every answer carries its reason."""

from datetime import date, datetime, timedelta
from unicodedata import normalize

from madang.ground.actor import Actor, Proof, Role
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, no
from madang.methods import text
from madang.processes.models import Step
from madang.proposals.models import Draft, Proposal

RECONSIDERATION_DAYS = 15  # 국민 제안 규정: within 15 days of the notice
OLDEST_PAPER_DAYS = 365
TOWN_ROLES = (Role.COORDINATING_OFFICER, Role.SITE_ADMIN)


def _known(actor: Actor, step: Step, least: int, *, at: datetime) -> Verdict:
    """Signed in, a resident, shown to be somebody to the degree the step asks, and of the dong where the step is only for it."""
    if not actor.is_signed_in:
        return no("sign_in_first")
    if actor.resident_id is None:
        return no("join_first")
    if actor.proof < least:
        return no({Proof.CONTACT: "contact_needed", Proof.PERSON: "person_needed"}.get(Proof(least), "residence_needed"))
    if step.setting("only_here") and step.place.level == Place.Level.DONG and actor.home_id != step.place_id:
        return no("lives_elsewhere_for_proposals", place=step.place.name_shown)
    return YES


def may_write(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Anybody may write a draft; who it is from is asked when it is sent."""
    return YES


def may_propose(actor: Actor, step: Step, *, at: datetime) -> Verdict:
    """Whether the actor may put a proposal into this step at this moment."""
    if not step.allows("propose", at):
        return no("proposals_closed")
    return _known(actor, step, step.setting("propose_proof"), at=at)


def may_say(*parts: str) -> Verdict:
    """Nothing that belongs to one person stands in a public text: mobile, card or resident numbers. An office's number is no secret."""
    return no("personal_numbers") if any(map(_has_private_number, parts)) else YES


def _has_private_number(part: str) -> bool:
    mobile = any(normalize("NFKC", part[s.start : s.end]).lstrip("+(").startswith(("01", "82")) for s in text.find_phone_numbers(part))
    return mobile or bool(text.find_card_numbers(part)) or bool(text.find_resident_numbers(part))


def may_keep(typed: str) -> Verdict:
    """A draft keeps whatever was typed, except what may stand in no database at all: a resident registration number, as it was typed or
    as a form would read it."""
    ways = (typed, text.clean_line(typed, len(typed)).text, text.clean_text(typed, len(typed)).text)
    return no("resident_number_not_kept") if any(map(text.find_resident_numbers, ways)) else YES


def may_use_draft(actor: Actor, draft: Draft, *, at: datetime) -> Verdict:
    """A draft belongs to one account once somebody has signed in for it."""
    if draft.account_id is not None and draft.account_id != actor.account_id:
        return no("not_your_draft")
    return no("draft_sent") if draft.submitted_id else YES


def may_endorse(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """One person, one endorsement, never one's own, only while it is open."""
    if not is_open_for_endorsing(proposal, at=at):
        return no("endorsing_over")
    verdict = _known(actor, proposal.step, proposal.step.setting("endorse_proof"), at=at)
    if verdict and actor.resident_id == proposal.author_id:
        return no("own_proposal")
    return verdict


def is_open_for_endorsing(proposal: Proposal, *, at: datetime) -> bool:
    """Public, still being considered, inside its own days and inside its step."""
    return (
        proposal.is_public
        and proposal.state in Proposal.ENDORSABLE
        and proposal.endorse_until is not None
        and at < proposal.endorse_until
        and proposal.step.allows("endorse", at)
    )


def may_withdraw_endorsement(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """As long as endorsing is open: afterwards the number has been counted."""
    if actor.resident_id is None:
        return no("sign_in_first")
    return YES if is_open_for_endorsing(proposal, at=at) else no("endorsing_over")


def may_see(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """What is not public is seen by its author and by officials at the desk; `visible_to` has already narrowed to that."""
    return YES


def may_see_receipt(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """The receipt is the author's."""
    return YES if is_author(actor, proposal) or actor.desk_open else no("author_only")


def may_report(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Anybody signed in may tell that a proposal breaks the rules of the yard."""
    return YES if actor.is_signed_in else no("sign_in_first")


# The author


def is_author(actor: Actor, proposal: Proposal) -> bool:
    return proposal.author_id is not None and actor.person_id == proposal.author_id


def may_withdraw(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """The author, until it has been shortlisted or decided."""
    if not is_author(actor, proposal):
        return no("author_only")
    return YES if proposal.state in Proposal.WITHDRAWABLE else no("too_late_to_withdraw")


def may_supplement(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """The author (or an officer entering it for the author), once a supplement was asked for."""
    if not is_author(actor, proposal) and not may_intake(actor, proposal.place_id, at=at):
        return no("author_only")
    return YES if proposal.state == Proposal.State.SUPPLEMENT else no("nothing_to_supplement")


def reconsideration_until(proposal: Proposal) -> date | None:
    """The last day on which the author may ask again, the day of the notice not counted."""
    return today(proposal.decided_at) + timedelta(days=RECONSIDERATION_DAYS) if proposal.decided_at else None


def may_ask_reconsideration(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """The author of a rejected proposal, within 15 days of the notice. Source: 국민 제안 규정 (재심사 15일)."""
    if not is_author(actor, proposal):
        return no("author_only")
    if proposal.state != Proposal.State.REJECTED:
        return no("not_rejected")
    until = reconsideration_until(proposal)
    if until is None or today(at) > until:
        return no("reconsideration_over", days=RECONSIDERATION_DAYS)
    return YES


# Officials


def _of_town(actor: Actor, town_id: int) -> bool:
    return actor.is_system or actor.holds(*TOWN_ROLES, place_ids=(town_id,))


def _official(actor: Actor) -> Verdict:
    if actor.is_system:
        return YES
    if not actor.is_signed_in:
        return no("sign_in_first")
    if not actor.is_official:
        return no("officials_only")
    return YES if actor.desk_open else no("desk_closed")


def may_desk(actor: Actor, *_: object, at: datetime) -> Verdict:
    """The desk of proposals: anybody who handles, takes in or reads them by office."""
    verdict = _official(actor)
    if not verdict:
        return verdict
    roles = (Role.DEPARTMENT_OFFICER, Role.DONG_OFFICER, Role.MAYOR_OFFICE, Role.MODERATOR, *TOWN_ROLES)
    return YES if actor.holds(*roles) else no("role_needed")


def may_intake(actor: Actor, place_id: int, *, at: datetime) -> Verdict:
    """Paper, phone, visit: the dong's officer for her dong, the coordinating officer for the whole town."""
    verdict = _official(actor)
    if not verdict:
        return verdict
    here = actor.holds(Role.DONG_OFFICER, place_ids=(place_id,))
    return YES if here or actor.holds(*TOWN_ROLES) else no("role_needed")


def may_screen(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Opens to the public, transfers, merges, assigns: the dong's officer or the coordinating officer."""
    return may_intake(actor, proposal.place_id, at=at)


def may_handle(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Reviews and answers: who may screen, and the officers of the department it was given to."""
    verdict = _official(actor)
    if not verdict:
        return verdict
    if proposal.department_id and any(p.role == Role.DEPARTMENT_OFFICER and p.department_id == proposal.department_id for p in actor.posts):
        return YES
    return may_screen(actor, proposal, at=at)


def may_give_opinion(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """An officer of the department in charge, or the coordinating officer for it."""
    return may_handle(actor, proposal, at=at)


def may_moderate(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Hides and shows: moderators and the town's administrators."""
    verdict = _official(actor)
    if not verdict:
        return verdict
    return YES if actor.holds(Role.MODERATOR, *TOWN_ROLES) else no("role_needed")


def may_lead_on(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    """Shortlists, starts and finishes: the coordinating officer, the dong's officer, or the system for a ballot or a project."""
    return may_screen(actor, proposal, at=at)


def may_take_in_on(received_on: date, *, at: datetime) -> Verdict:
    """The day on the paper: not in the future, not older than a year."""
    day = today(at)
    if received_on > day:
        return no("received_in_future")
    return YES if (day - received_on).days <= OLDEST_PAPER_DAYS else no("received_too_long_ago", days=OLDEST_PAPER_DAYS)
