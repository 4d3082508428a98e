"""Days, moments and money in the reader's language, on the Korean clock."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from madang.ground import dates
from tests import NOON

LATE = datetime(2021, 7, 24, 15, 30, tzinfo=UTC)  # past midnight in Korea


@pytest.mark.parametrize(
    ("language", "day", "other_year", "moment", "short", "month_day", "won"),
    [
        ("ko", "7. 25.(일)", "2020. 7. 25.(토)", "7. 25.(일) 00:30", "'21. 7. 25.(일)", "7. 25.", "6,400만원"),
        ("en", "Sun 25 Jul", "Sat 25 Jul 2020", "Sun 25 Jul 00:30", "25 Jul 2021", "25 Jul", "₩64,000,000"),
    ],
)
def test_said_in_the_readers_language(language, day, other_year, moment, short, month_day, won):
    with override(language):
        assert dates.day(LATE, at=NOON) == day
        assert dates.day(date(2020, 7, 25), at=NOON) == other_year == dates.say_day(date(2020, 7, 25))
        assert dates.moment(LATE, at=NOON) == moment
        assert dates.say_short_day(LATE) == short
        assert dates.say_month_day(LATE) == month_day
        assert dates.say_won(64_000_000) == won


def test_days_are_counted_in_korea():
    assert dates.days_left(LATE, at=NOON) == 109
    assert dates.days_left(date(2021, 4, 6), at=NOON) == -1
    assert dates.day_words(date(2021, 7, 4)) == "2021. 7. 4."
