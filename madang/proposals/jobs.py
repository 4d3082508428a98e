"""Nightly work of this area: one call to a verb each."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.proposals import actions


@db_periodic_task(crontab(hour="4", minute="40"))
def forget_old_drafts() -> None:
    """Nightly: drafts nobody touched for three months go with their files."""
    while actions.forget_drafts(actor=SYSTEM, at=clock.now()):
        pass
