"""Working days and legal periods in Korea.

Sources of the rules
--------------------
- Public holidays: 공휴일에 관한 법률 and 관공서의 공휴일에 관한 규정 (Sundays, national days, 설날, 추석, 부처님오신날,
  어린이날, 현충일, 기독탄신일, election days, substitute days, days named by the government). The dates come from the
  ``holidays`` package, category "public", and are checked by our tests for 2010–2035. Days proclaimed later than the
  installed version of the package are unknown to it: pass them as ``extra``.
- 근로자의 날 (1 May) was no public holiday for offices before 2026; a town whose bylaw closes that day passes it as ``extra``.
  From 2026 the package lists 노동절 and 제헌절 as public holidays.
- Period of days, months, years: 민법 §157 (the first day is not counted), §159 (a period ends with the end of its last day),
  §160 (calendar months; the day before the corresponding day, or the last day of the month), §161 (a last day on a
  Saturday or public holiday moves to the next day). They hold for administration by 행정기본법 §6.
- Period of a complaint: 민원 처리에 관한 법률 §19 (five days or less run in hours of eight to a day; six days or more run in
  days and the first day is counted; public holidays and Saturdays are never counted).
"""

from calendar import monthrange
from collections.abc import Mapping, Set
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from holidays.countries.south_korea import SouthKorea

SURE_YEARS = range(2010, 2036)
"""Years whose holidays our tests check. Other years still answer, from the rules as the package knows them."""

NO_DAYS: frozenset[date] = frozenset()
ONE_DAY = timedelta(days=1)
HOURS_COUNT_UP_TO_DAYS = 5


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Public holidays of a calendar year with their Korean names; Sundays and Saturdays without a name are not listed."""
    days: Mapping[date, str] = SouthKorea(years=year, language="ko", expand=False)  # type: ignore[no-untyped-call]
    return MappingProxyType({day: days[day] for day in sorted(days) if day.year == year})


def is_public_holiday(day: date, extra: Set[date] = NO_DAYS) -> bool:
    """Sunday, public holiday, substitute day, or a day in ``extra``. Saturday alone is no public holiday."""
    return day.weekday() == 6 or day in extra or day in public_holidays(day.year)


def is_workday(day: date, extra: Set[date] = NO_DAYS) -> bool:
    """Neither Saturday nor public holiday. ``extra`` adds days off that only this town or this year has."""
    return day.weekday() < 5 and day not in extra and day not in public_holidays(day.year)


def due_on(day: date, extra: Set[date] = NO_DAYS) -> date:
    """The day a period really ends when it would end on ``day``: itself, or the next workday after it (민법 §161)."""
    while not is_workday(day, extra):
        day += ONE_DAY
    return day


def next_workday(day: date, extra: Set[date] = NO_DAYS) -> date:
    """The first workday strictly after ``day``."""
    return due_on(day + ONE_DAY, extra)


def add_workdays(start: date, n: int, extra: Set[date] = NO_DAYS) -> date:
    """Last day of a complaint's period of ``n`` days received on ``start`` (민원처리법 §19). Always a workday.

    ``n`` of 6 or more: days are counted and the first one counts if it is a workday. ``n`` of 5 or less: n × 8 working
    hours run from the hour of receipt, so they run out on the n-th workday after a receipt within office hours; a
    receipt on a day off starts with the first hour of the next workday. Raises ValueError for ``n`` below 1.
    """
    if n < 1:
        raise ValueError("a period has at least one day")
    day = due_on(start, extra)
    steps = n if n <= HOURS_COUNT_UP_TO_DAYS and day == start else n - 1
    for _ in range(steps):
        day = next_workday(day, extra)
    return day


def workdays_between(start: date, end: date, extra: Set[date] = NO_DAYS) -> int:
    """Number of workdays after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
    if end < start:
        return -workdays_between(end, start, extra)
    return sum(is_workday(start + timedelta(days=step), extra) for step in range(1, (end - start).days + 1))


def add_days(start: date, n: int) -> date:
    """Last day of ``n`` calendar days from ``start``, the first day not counted (민법 §157). Not yet moved by §161."""
    return start + timedelta(days=n)


def add_months(start: date, n: int) -> date:
    """Last day of ``n`` calendar months from ``start``, the first day not counted. Not yet moved by §161.

    민법 §160: counting begins on the day after ``start``. If that is the first of a month, the period ends with the last
    day of its last month; otherwise on the day before the corresponding day, and if the last month has no such day,
    on the last day of that month. So 28 February 2021 plus one month is 31 March, and 15 April plus one is 15 May.
    Raises ValueError for ``n`` below 1.
    """
    if n < 1:
        raise ValueError("a period has at least one month")
    first = start + ONE_DAY
    whole_months = first.day == 1
    index = first.year * 12 + first.month - 1 + n - (1 if whole_months else 0)
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    if whole_months or first.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, first.day) - ONE_DAY
