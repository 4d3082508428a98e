"""What happens by itself: codes are forgotten, desk sessions end, department names come into force."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.residents import actions


@db_periodic_task(crontab(minute="7"))
def forget_codes() -> None:
    """Hourly: codes that ran out, previews nobody confirmed."""
    actions.drop_old_codes(actor=SYSTEM, at=clock.now())


@db_periodic_task(crontab(minute="*/10"))
def end_desks() -> None:
    """Every ten minutes: desk sessions whose time ran out are marked as ended."""
    actions.end_overdue_desks(actor=SYSTEM, at=clock.now())


@db_periodic_task(crontab(hour="0", minute="5"))
def change_names() -> None:
    """Just after midnight in the server's zone and again with the next run: names of departments whose day has come."""
    actions.put_names_in_force(actor=SYSTEM, at=clock.now())
