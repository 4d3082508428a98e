"""Korean formatting for pages and papers: the pure functions of `methods.korean`, handed the moment and the town's clock."""

from datetime import date, datetime

from madang.ground.clock import KST
from madang.methods import korean as pure


def day(value: date | datetime, *, at: datetime) -> str:
    """`7. 24.(금)`, with the year only when it is not the year of `at`."""
    return pure.day(_local(value), today=at.astimezone(KST).date())


def moment(value: datetime, *, at: datetime) -> str:
    """`7. 24.(금) 18:00` on the Korean clock."""
    return pure.moment(value.astimezone(KST), today=at.astimezone(KST).date())


def day_words(day: date) -> str:
    """A date that both languages read, for the facts of a notice: `2021. 7. 24.`"""
    return f"{day.year}. {day.month}. {day.day}."


def days_left(value: date | datetime, *, at: datetime) -> int:
    """Whole days from the day of `at` until the day of `value`; 0 on the last day, negative when past."""
    return (_local(value) - at.astimezone(KST).date()).days


def _local(value: date | datetime) -> date:
    return value.astimezone(KST).date() if isinstance(value, datetime) else value
