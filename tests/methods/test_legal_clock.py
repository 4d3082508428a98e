from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.legal_clock import PERIODS, Pause, clock
from madang.methods.workdays import is_workday, workdays_between

APRIL_7 = date(2021, 4, 7)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(sorted(PERIODS))


def test_proposal_has_a_month_and_a_week_for_questions() -> None:
    read = clock("proposal", APRIL_7, [], date(2021, 4, 20))
    assert read.due_on == date(2021, 5, 7)
    assert read.days_left == 17
    assert read.supplement_until == date(2021, 4, 14)
    assert not read.paused
    assert not read.overdue
    assert "국민 제안 규정" in read.source


def test_due_moves_off_a_holiday() -> None:
    assert clock("proposal", date(2021, 4, 5), [], APRIL_7).due_on == date(2021, 5, 6)  # 5 May is 어린이날


def test_supplement_of_ten_days_moves_the_end_by_ten() -> None:
    answered = Pause(date(2021, 4, 9), date(2021, 4, 19), "supplement")
    read = clock("proposal", APRIL_7, [answered], date(2021, 4, 20))
    assert read.paused_days == 10
    assert read.due_on == date(2021, 5, 17)


def test_overlapping_pauses_stop_the_clock_once() -> None:
    pauses = [Pause(date(2021, 4, 9), date(2021, 4, 19), "supplement"), Pause(date(2021, 4, 12), date(2021, 4, 21), "expert")]
    assert clock("proposal", APRIL_7, pauses, date(2021, 4, 25)).paused_days == 12


def test_open_pause_is_provisional_and_never_late() -> None:
    waiting = Pause(date(2021, 4, 9), None, "supplement")
    first, later = (clock("proposal", APRIL_7, [waiting], date(2021, month, 9)) for month in (5, 8))
    assert first.paused
    assert later.paused
    assert later.due_on > first.due_on
    assert not later.overdue


def test_pause_after_the_end_does_not_help() -> None:
    late = Pause(date(2021, 5, 20), date(2021, 5, 30), "expert")
    read = clock("proposal", APRIL_7, [late], date(2021, 6, 1))
    assert read.due_on == date(2021, 5, 7)
    assert read.overdue
    assert read.days_left == -25


def test_the_past_is_read_as_it_was_known() -> None:
    pause = Pause(date(2021, 4, 20), date(2021, 4, 30), "expert")
    assert clock("proposal", APRIL_7, [pause], date(2021, 4, 19)) == clock("proposal", APRIL_7, [], date(2021, 4, 19))
    assert clock("proposal", APRIL_7, [pause], date(2021, 4, 25)).paused


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("suggestion", date(2021, 4, 26)),
        ("complaint", date(2021, 4, 15)),
        ("query_simple", date(2021, 4, 15)),
        ("query_legal", date(2021, 4, 26)),
        ("petition", date(2021, 7, 6)),
        ("solicited", date(2021, 5, 7)),
    ],
)
def test_the_other_clocks(kind: str, due: date) -> None:
    assert clock(kind, APRIL_7, [], APRIL_7).due_on == due


def test_solicited_counts_from_the_end_of_the_campaign() -> None:
    read = clock("solicited", APRIL_7, [], APRIL_7, campaign_ends_on=date(2021, 4, 30))
    assert read.due_on == date(2021, 5, 31)
    assert read.supplement_until == date(2021, 4, 14)


def test_petition_may_be_extended_once_by_sixty_days() -> None:
    assert clock("petition", APRIL_7, [], APRIL_7, extended=True).due_on == date(2021, 9, 6)  # 4 September is a Saturday
    with pytest.raises(ValueError, match="no extension"):
        clock("proposal", APRIL_7, [], APRIL_7, extended=True)


def test_complaint_skips_paused_working_days() -> None:
    read = clock("complaint", APRIL_7, [Pause(date(2021, 4, 9), date(2021, 4, 12), "supplement")], date(2021, 4, 13))
    assert read.paused_days == 1  # only Monday the 12th was a working day
    assert read.due_on == date(2021, 4, 16)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="on or after"):
        Pause(date(2021, 4, 9), date(2021, 4, 8), "")
    with pytest.raises(KeyError):
        clock("wish", APRIL_7, [], APRIL_7)


PAUSES = st.lists(
    st.builds(
        lambda start, length: (start, length),
        st.integers(0, 40),
        st.none() | st.integers(0, 30),
    ),
    max_size=4,
)


@given(KINDS, DAYS, PAUSES, st.integers(0, 120))
def test_clock_holds_together(kind: str, received: date, spans: list[tuple[int, int | None]], age: int) -> None:
    pauses = [
        Pause(received + timedelta(days=start), None if length is None else received + timedelta(days=start + length), "")
        for start, length in spans
    ]
    on = received + timedelta(days=age)
    read = clock(kind, received, pauses, on)
    bare = clock(kind, received, [], on)
    assert is_workday(read.due_on)
    assert read.due_on >= bare.due_on
    assert read.overdue == (read.days_left < 0)
    assert clock(kind, received, reversed(pauses), on) == read
    if PERIODS[kind].unit == "workdays":
        assert workdays_between(received - timedelta(days=1), read.due_on) == PERIODS[kind].length + read.paused_days
