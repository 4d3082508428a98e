"""Who may move money."""

from datetime import datetime

from madang.ground.actor import Actor, Role
from madang.ground.door import official
from madang.ground.verdict import YES, Verdict, no
from madang.programmes.models import Programme
from madang.programmes.rules import may_tell_progress


def may_appropriate(actor: Actor, *_: object, at: datetime) -> Verdict:
    """The coordinating department."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if verdict and not actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return no("role_needed")
    return verdict


def may_spend(actor: Actor, programme: Programme, *, at: datetime) -> Verdict:
    """Whoever may tell the programme's progress."""
    return may_tell_progress(actor, programme, at=at)
