"""Work that runs later or nightly. Each job is one call; sweeps look at rows, so a job that was lost is found again by the next sweep."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from madang.ground import audit, clock, limits


@db_periodic_task(crontab(minute="*"))
def seal_audit_trail() -> None:
    """Every minute: what was recorded since the last seal is sealed."""
    while audit.seal(at=clock.now()):
        pass


@db_periodic_task(crontab(hour="4", minute="10"))
def forget_old_windows() -> None:
    """Nightly: old counters of the rate limiter go."""
    limits.forget_old(at=clock.now())
