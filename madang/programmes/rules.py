"""Who may make and tell of programmes."""

from datetime import datetime

from madang.ground.actor import Actor, Role
from madang.ground.door import official
from madang.ground.verdict import YES, Verdict, no
from madang.programmes.models import Programme


def may_make_programme(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Department, coordinating and dong officers with the desk open."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if verdict and not actor.holds(Role.DEPARTMENT_OFFICER, Role.COORDINATING_OFFICER, Role.DONG_OFFICER, Role.SITE_ADMIN):
        return no("role_needed")
    return verdict


def may_tell_progress(actor: Actor, programme: Programme, *, at: datetime) -> Verdict:
    """Officers of the programme's department, of its dong, or of the coordinating department."""
    verdict = may_make_programme(actor, at=at)
    if not verdict or actor.is_system or actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return verdict
    if any(p.department_id == programme.department_id for p in actor.posts if programme.department_id):
        return YES
    return YES if actor.holds(Role.DONG_OFFICER, place_ids=(programme.place_id,)) else no("programme_role_needed")
