"""Sending what waits."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.notices import actions


@db_periodic_task(crontab(minute="*"))
def deliver_waiting() -> None:
    """Every minute."""
    actions.deliver(actor=SYSTEM, at=clock.now())


@db_periodic_task(crontab(hour="8", minute="30"))
def deliver_digests() -> None:
    """Every morning at half past eight: inside the hours in which messages may be sent at all (08–21)."""
    actions.deliver_digests(actor=SYSTEM, at=clock.now())
