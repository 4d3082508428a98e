"""Who may make and tell of programmes."""

from datetime import datetime

from madang.ground.actor import Actor, Role
from madang.ground.door import official
from madang.ground.verdict import YES, Verdict, no
from madang.programmes.models import Programme
from madang.residents.models import Department


def may_make_programme(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Department, coordinating and dong officers with the desk open."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if verdict and not actor.holds(Role.DEPARTMENT_OFFICER, Role.COORDINATING_OFFICER, Role.DONG_OFFICER, Role.SITE_ADMIN):
        return no("role_needed")
    return verdict


def may_tell_progress(actor: Actor, programme: Programme, *, at: datetime) -> Verdict:
    """Officers of the programme's department or one of its teams, of its dong, or of the coordinating department."""
    verdict = may_make_programme(actor, at=at)
    if not verdict or actor.is_system or actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return verdict
    own = {p.department_id for p in actor.posts if p.role == Role.DEPARTMENT_OFFICER and p.department_id}
    if own and programme.department_id and _works_for(own, programme.department_id):
        return YES
    return YES if actor.holds(Role.DONG_OFFICER, place_ids=(programme.place_id,)) else no("programme_role_needed")


def _works_for(own: set[int], department_id: int) -> bool:
    """An officer of a team works for the department above it."""
    return department_id in own or Department.objects.filter(pk__in=own, parent_id=department_id).exists()
