"""The only place that reads the time. Rules, verbs and methods are handed a moment instead."""

import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

KST = ZoneInfo("Asia/Seoul")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)
_shift: tuple[float, timedelta] = (0.0, timedelta())
SHIFT_SECONDS = 2.0  # how long one process may go on believing an old shift


def now() -> datetime:
    """This moment, aware, in UTC. In a demo town it is moved by the shift an administrator set."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    return timezone.now() + (_demo_shift() if settings.DEMO else timedelta())


def today(at: datetime | None = None) -> date:
    """The date in Korea at a moment (this one when none is given)."""
    return (at or now()).astimezone(KST).date()


def kst(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An aware moment named by the Korean wall clock."""
    return datetime(year, month, day, hour, minute, tzinfo=KST)


@contextmanager
def fixed(moment: datetime):
    """Every now() inside reads `moment`: for tests and for playing a town's past."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def forget_shift() -> None:
    """The next now() reads the shift from the database again."""
    global _shift
    _shift = (0.0, timedelta())


def _demo_shift() -> timedelta:
    global _shift
    read_at, shift = _shift
    if read_at and time.monotonic() - read_at < SHIFT_SECONDS:
        return shift
    from madang.ground.models import ClockShift

    row = ClockShift.objects.first()
    shift = timedelta(seconds=row.seconds) if row else timedelta()
    _shift = (time.monotonic(), shift)
    return shift
