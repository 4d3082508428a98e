"""Who may adopt and run projects, and who may join one."""

from datetime import datetime

from madang.ballots.models import Ballot, BallotItem
from madang.budgets.rules import may_appropriate
from madang.ground.actor import Actor
from madang.ground.door import official
from madang.ground.verdict import YES, Verdict, no
from madang.programmes.rules import may_tell_progress
from madang.projects.models import Project


def may_read_desk(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Any official with the desk open reads how projects and their money stand."""
    return official(actor, at=at)


def may_adopt_any(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Whoever may give money: the coordinating department."""
    return may_appropriate(actor, at=at)


def may_adopt(actor: Actor, item: BallotItem, *, at: datetime) -> Verdict:
    """The coordinating department, for a funded item of a counted ballot, once."""
    verdict = may_appropriate(actor, at=at)
    if not verdict:
        return verdict
    if item.ballot.state != Ballot.State.COUNTED or item.number not in item.ballot.tally.funded:
        return no("item_not_funded")
    return no("already_adopted") if Project.objects.filter(ballot_item=item).exists() else YES


def may_run_project(actor: Actor, project: Project, *, at: datetime) -> Verdict:
    """Whoever may tell its programme's progress."""
    return may_tell_progress(actor, project.programme, at=at)


def may_join(actor: Actor, project: Project, *, at: datetime) -> Verdict:
    """A resident, once, while the work is not over."""
    if not actor.is_signed_in:
        return no("sign_in_first")
    if actor.resident_id is None:
        return no("sign_up_needs_profile")
    if project.state in (Project.State.DONE, Project.State.STOPPED):
        return no("project_is_over")
    return no("already_signed_up") if project.helpers.filter(resident_id=actor.resident_id).exists() else YES
