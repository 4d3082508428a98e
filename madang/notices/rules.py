"""Who may see what was told, and who may have it sent again."""

from datetime import datetime

from madang.ground.actor import Actor, Role
from madang.ground.door import official
from madang.ground.verdict import YES, Verdict, first_no, no

READERS = (Role.COORDINATING_OFFICER, Role.SITE_ADMIN, Role.MODERATOR, Role.MAYOR_OFFICE)
SENDERS = (Role.COORDINATING_OFFICER, Role.SITE_ADMIN)


def may_see_desk(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Who runs the town's processes, its site or its talk, and the mayor's office."""
    return _with_a_role(actor, READERS, at=at)


def may_retry(actor: Actor, town_id: int, *, at: datetime) -> Verdict:
    """Who runs the town's processes or its site, in their own town."""
    elsewhere = no("notices_of_another_town") if not actor.is_system and actor.town_id != town_id else YES
    return first_no(_with_a_role(actor, SENDERS, at=at), elsewhere)


def _with_a_role(actor: Actor, roles: tuple[str, ...], *, at: datetime) -> Verdict:
    verdict = official(actor, at=at) if not actor.is_system else YES
    return no("role_needed") if verdict and not actor.holds(*roles) else verdict
