"""Days, moments and money as the reader's language says them. Papers use the Korean forms of `methods.korean` itself."""

from datetime import date, datetime

from django.utils.translation import get_language

from madang.ground.clock import KST
from madang.methods import korean

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_korean() -> bool:
    """Whether the reader reads Korean, the language of whoever has not said otherwise."""
    return (get_language() or "ko").startswith("ko")


def say_day(value: date | datetime, today: date | None = None) -> str:
    """`7. 24.(금)` or `Fri 24 Jul`, with the year when it is not that of `today`; always with the year without `today`."""
    on = local(value)
    if is_korean():
        return korean.day(on, today=today)
    year = "" if today is not None and today.year == on.year else f" {on.year}"
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}{year}"


def say_moment(value: datetime, today: date | None = None) -> str:
    """`7. 24.(금) 18:00` or `Fri 24 Jul 18:00` on the Korean clock."""
    return f"{say_day(value, today)} {value.astimezone(KST):%H:%M}"


def say_short_day(value: date | datetime) -> str:
    """`'21. 4. 7.(수)`, the style of reports, or `7 Apr 2021`."""
    on = local(value)
    return korean.short_day(on) if is_korean() else f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def say_month_day(value: date | datetime) -> str:
    """`7. 24.` or `24 Jul`, where the year and the weekday are plain from what stands around."""
    on = local(value)
    return f"{on.month}. {on.day}." if is_korean() else f"{on.day} {MONTHS[on.month - 1]}"


def day(value: date | datetime, *, at: datetime) -> str:
    """A day with the year only when it is not the year of `at`."""
    return say_day(value, local(at))


def moment(value: datetime, *, at: datetime) -> str:
    """A moment with the year only when it is not the year of `at`."""
    return say_moment(value, local(at))


def day_words(value: date) -> str:
    """A date that both languages read, for the facts of a notice: `2021. 7. 24.`"""
    return f"{value.year}. {value.month}. {value.day}."


def say_won(amount: int) -> str:
    """Residents' money: `6,400만원` (what is below 만 is cut) or `₩64,000,000`."""
    return korean.won_resident(amount) if is_korean() else f"{'-' if amount < 0 else ''}₩{abs(amount):,}"


def days_left(value: date | datetime, *, at: datetime) -> int:
    """Whole days from the day of `at` until the day of `value`; 0 on the last day, negative when past."""
    return (local(value) - local(at)).days


def local(value: date | datetime) -> date:
    """The Korean day of a moment; a day as it is."""
    return value.astimezone(KST).date() if isinstance(value, datetime) else value
