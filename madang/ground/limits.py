"""A rate limiter in the database: the same on every server process, no cache needed."""

from datetime import datetime

from django.db import models

from madang.ground.models import RateWindow
from madang.ground.verdict import YES, Verdict, no


def hit(key: str, *, limit: int, seconds: int, at: datetime) -> Verdict:
    """Counts one deed under `key` in the current window of `seconds`; no("too_often") when it was one too many.

    The count is kept even when the deed is refused later. Windows are aligned to the clock, so a burst can span two of them."""
    now = int(at.timestamp())
    window = (now // seconds + 1) * seconds  # the second it ends: so that any window tells when it may be forgotten
    RateWindow.objects.bulk_create([RateWindow(key=key[:120], window=window, count=0)], ignore_conflicts=True)
    RateWindow.objects.filter(key=key[:120], window=window).update(count=models.F("count") + 1)
    count = RateWindow.objects.values_list("count", flat=True).get(key=key[:120], window=window)
    if count <= limit:
        return YES
    return no("too_often", minutes=max(1, -(-(window - now) // 60)))


def forget_old(*, at: datetime) -> int:
    """Drops windows that are over; returns how many."""
    return RateWindow.objects.filter(window__lte=int(at.timestamp())).delete()[0]
