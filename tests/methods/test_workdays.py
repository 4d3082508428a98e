"""Holidays against the calendars as they were proclaimed; periods against the wording of the Civil Act."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import workdays as w

DAYS = st.dates(date(2010, 1, 1), date(2034, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2014, 9, 10),  # first substitute day ever, after 추석
        date(2015, 8, 14),  # temporary
        date(2018, 5, 7),  # 어린이날
        date(2020, 4, 15),  # National Assembly election
        date(2020, 8, 17),  # temporary
        date(2021, 8, 16),  # 광복절 under the Act of 2021
        date(2021, 10, 4),
        date(2021, 10, 11),
        date(2022, 6, 1),  # local election
        date(2022, 9, 12),
        date(2023, 1, 24),
        date(2023, 5, 29),  # first substitute day for 부처님오신날
        date(2023, 10, 2),  # temporary
        date(2024, 10, 1),  # temporary, armed forces
        date(2025, 1, 27),  # temporary
        date(2025, 5, 6),  # 어린이날 and 부처님오신날 on one day
        date(2025, 6, 3),  # presidential election after a dismissal
        date(2025, 10, 8),
        date(2026, 3, 2),
        date(2026, 8, 17),
    ],
)
def test_known_days_off(day: date) -> None:
    assert not w.is_workday(day)
    assert w.is_public_holiday(day)


@pytest.mark.parametrize(
    "day", [date(2020, 6, 8), date(2021, 6, 7), date(2021, 2, 15), date(2022, 6, 7), date(2023, 1, 2), date(2021, 4, 7)]
)
def test_days_that_look_off_but_are_not(day: date) -> None:
    """현충일 and 1 January have no substitute; a by-election (7 April 2021) is no holiday."""
    assert w.is_workday(day)


def test_every_sure_year_has_the_fixed_days_and_korean_names() -> None:
    for year in w.SURE_YEARS:
        named = w.public_holidays(year)
        for month, day in ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (12, 25)):
            assert date(year, month, day) in named
        assert sum("설날" in name for name in named.values()) >= 3
        assert sum("추석" in name for name in named.values()) >= 3
        assert all(day.year == year for day in named)
        assert any("\uac00" <= letter <= "\ud7a3" for letter in "".join(named.values()))


def test_labour_day_is_an_extra_before_2026_and_public_since() -> None:
    may_day = date(2024, 5, 1)
    assert w.is_workday(may_day)
    assert not w.is_workday(may_day, frozenset({may_day}))
    assert not w.is_workday(date(2026, 5, 1))


def test_saturday_is_off_but_no_public_holiday() -> None:
    assert not w.is_workday(date(2021, 4, 10))
    assert not w.is_public_holiday(date(2021, 4, 10))
    assert w.is_public_holiday(date(2021, 4, 11))


def test_years_far_away_answer_without_holidays() -> None:
    assert w.is_workday(date(1900, 1, 1))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2021, 4, 7), 1, date(2021, 5, 7)),
        (date(2021, 1, 30), 1, date(2021, 2, 28)),  # counting begins on the 31st, February has none
        (date(2021, 1, 29), 1, date(2021, 2, 28)),
        (date(2021, 1, 27), 1, date(2021, 2, 27)),
        (date(2021, 2, 28), 1, date(2021, 3, 31)),  # counting begins on 1 March: a whole calendar month
        (date(2020, 2, 28), 1, date(2020, 3, 28)),  # leap year: begins on the 29th
        (date(2020, 2, 29), 1, date(2020, 3, 31)),
        (date(2021, 4, 30), 1, date(2021, 5, 31)),
        (date(2021, 11, 30), 1, date(2021, 12, 31)),
        (date(2021, 12, 31), 1, date(2022, 1, 31)),
        (date(2021, 12, 15), 1, date(2022, 1, 15)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
    ],
)
def test_months_of_the_civil_act(start: date, n: int, end: date) -> None:
    assert w.add_months(start, n) == end


@given(DAYS, st.integers(1, 12))
def test_months_end_in_the_right_month_and_keep_order(start: date, n: int) -> None:
    end = w.add_months(start, n)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert w.add_months(start + timedelta(days=1), n) >= end
    assert 28 * n <= (end - start).days <= 31 * n + 3


def test_a_last_day_off_moves_on() -> None:
    assert w.due_on(date(2021, 9, 18)) == date(2021, 9, 23)  # Saturday before 추석
    assert w.due_on(date(2021, 9, 17)) == date(2021, 9, 17)
    assert w.next_workday(date(2021, 9, 17)) == date(2021, 9, 23)


def test_complaint_of_seven_days_counts_the_day_of_receipt() -> None:
    assert w.add_workdays(date(2021, 4, 7), 7) == date(2021, 4, 15)  # 7 8 9 12 13 14 15
    assert w.add_workdays(date(2021, 4, 10), 7) == date(2021, 4, 20)  # Saturday: counting begins on Monday


def test_up_to_five_days_run_in_hours() -> None:
    assert w.add_workdays(date(2021, 4, 7), 1) == date(2021, 4, 8)  # 8 working hours later
    assert w.add_workdays(date(2021, 4, 10), 1) == date(2021, 4, 12)  # all of Monday
    assert w.add_workdays(date(2021, 4, 7), 5) == date(2021, 4, 14)
    with pytest.raises(ValueError, match="at least one"):
        w.add_workdays(date(2021, 4, 7), 0)


@given(DAYS, st.integers(1, 30))
def test_due_days_are_workdays_and_never_earlier_for_more_days(start: date, n: int) -> None:
    due = w.add_workdays(start, n)
    assert w.is_workday(due)
    assert w.add_workdays(start, n + 1) >= due
    if n > 5:
        assert w.workdays_between(start - timedelta(days=1), due) == n


@given(DAYS, DAYS)
def test_workdays_between_is_a_difference(a: date, b: date) -> None:
    if abs((a - b).days) < 400:
        assert w.workdays_between(a, b) == -w.workdays_between(b, a)
