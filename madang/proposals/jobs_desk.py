"""Clocks of proposals that run at night and in the morning: one call to a verb each."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.proposals import actions


@db_periodic_task(crontab(hour="0", minute="20"))
def keep_clocks() -> None:
    """Just after midnight: due dates are counted anew, expert opinions end."""
    actions.keep_clocks(actor=SYSTEM, at=clock.now())


@db_periodic_task(crontab(hour="8", minute="40"))
def remind_due() -> None:
    """Every working morning, inside the hours in which messages may be sent."""
    actions.remind_due(actor=SYSTEM, at=clock.now())
