"""Who may draw up, sign, publish, redraw and withdraw a paper. Two pairs of eyes: nobody approves what they drafted."""

from datetime import datetime

from madang.ground.actor import Actor, PostRef, Role
from madang.ground.door import official
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, first_no, no
from madang.ground.workflow import may_move
from madang.reports.models import OfficialPaper

DRAFTERS = (Role.COORDINATING_OFFICER, Role.DONG_OFFICER)
APPROVERS = (Role.COORDINATING_OFFICER, Role.MAYOR_OFFICE)


def may_see_desk(actor: Actor, paper: OfficialPaper | None = None, *, at: datetime) -> Verdict:
    """Every official with the desk open reads the papers of the town, drafts included."""
    return YES if actor.is_system else official(actor, at=at)


def may_draft(actor: Actor, *, at: datetime) -> Verdict:
    """Draws up papers of some place at all: the coordinating department, and the offices of the dong."""
    verdict = may_see_desk(actor, at=at)
    if not verdict or actor.holds(*DRAFTERS):
        return verdict
    return no("paper_role_needed")


def may_draw_up(actor: Actor, place: Place, *, at: datetime) -> Verdict:
    """The coordinating department for the whole town, a dong's office for its own dong."""
    verdict = may_draft(actor, at=at)
    if not verdict or actor.holds(Role.COORDINATING_OFFICER) or actor.holds(Role.DONG_OFFICER, place_ids=(place.pk,)):
        return verdict
    return no("paper_role_needed")


def may_sign(actor: Actor, paper: OfficialPaper, *, at: datetime) -> Verdict:
    """Once per person and never the drafter: the coordinating department or the mayor's office, which completes the line; a dong's
    office may check its own dong's paper, which does not."""
    verdict = first_no(may_see_desk(actor, at=at), _stands(paper), may_move(paper, "signed"))
    if not verdict:
        return verdict
    if not actor.holds(*APPROVERS) and not actor.holds(Role.DONG_OFFICER, place_ids=(paper.place_id,)):
        return no("paper_signer_needed")
    if actor.account_id is not None and actor.account_id == paper.drawn_up_by_id:
        return no("paper_own")
    signed = {one.get("account") for one in paper.signatures} - {None}
    return no("paper_signed_already") if actor.account_id in signed else YES


def completes(actor: Actor) -> bool:
    """Whether this person's signature ends the drafting line."""
    return actor.holds(*APPROVERS)


def may_publish(actor: Actor, paper: OfficialPaper, *, at: datetime) -> Verdict:
    """Those who may draw it up, once it is signed and as long as no newer paper took its place."""
    verdict = first_no(may_draw_up(actor, paper.place, at=at), _stands(paper))
    if not verdict:
        return verdict
    return YES if paper.state == OfficialPaper.State.SIGNED else no("paper_not_signed")


def may_redraw(actor: Actor, paper: OfficialPaper, *, at: datetime) -> Verdict:
    """Draws up a new paper in place of this one; one that was already replaced sends on to its successor."""
    verdict = first_no(may_draw_up(actor, paper.place, at=at), _stands(paper))
    if not verdict:
        return verdict
    newer = newer_than(paper)
    return no("paper_has_newer", number=newer.number) if newer else YES


def may_withdraw(actor: Actor, paper: OfficialPaper, *, at: datetime) -> Verdict:
    """Takes back a paper nobody outside has seen."""
    verdict = first_no(may_draw_up(actor, paper.place, at=at), _stands(paper))
    if not verdict:
        return verdict
    return no("paper_is_published") if paper.state == OfficialPaper.State.PUBLISHED else YES


def newer_than(paper: OfficialPaper) -> OfficialPaper | None:
    """The paper that replaces this one, unless it was withdrawn."""
    return OfficialPaper.objects.standing().filter(replaces_id=paper.pk).first()


def post_for(actor: Actor, place_id: int, *roles: str) -> PostRef | None:
    """The post an official acts from: the first with one of the roles, one for this very place before others."""
    held = [p for p in actor.posts if p.role in roles]
    return next((p for p in held if p.place_id == place_id), held[0] if held else None)


def _stands(paper: OfficialPaper) -> Verdict:
    return no("paper_is_withdrawn") if paper.state == OfficialPaper.State.WITHDRAWN else YES
