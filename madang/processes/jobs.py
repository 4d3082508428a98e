"""The sweep that ends steps. It looks at rows, so a run that was lost is made good by the next."""

import logging

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.verdict import Refused
from madang.processes import actions
from madang.processes.models import Step

log = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="*"))
def close_steps() -> None:
    """Every minute: each step whose time is over is closed once. One step's trouble does not keep the others open."""
    at = clock.now()
    for step in Step.objects.over(at).select_related("process__place").order_by("closes_at", "pk"):
        try:
            actions.close_step(step=step, actor=SYSTEM, at=at)
        except Refused as refused:
            log.warning("step %s stays unclosed: %s", step.pk, refused.verdict.code)
        except Exception:
            log.exception("step %s stays unclosed", step.pk)
