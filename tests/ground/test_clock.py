"""The one place that reads the time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from madang.ground import clock
from madang.ground.models import ClockShift
from tests import NOON


def test_the_day_is_the_korean_one():
    late = datetime(2021, 4, 6, 15, 30, tzinfo=UTC)
    assert clock.today(late) == date(2021, 4, 7)
    assert clock.today() == date(2021, 4, 7)


def test_a_korean_wall_clock_moment():
    assert clock.kst(2021, 4, 7, 12) == NOON == datetime(2021, 4, 7, 3, tzinfo=UTC)


def test_fixed_moments_nest_and_end():
    with clock.fixed(NOON + timedelta(days=1)):
        with clock.fixed(NOON + timedelta(days=2)):
            assert clock.now() == NOON + timedelta(days=2)
        assert clock.now() == NOON + timedelta(days=1)
    assert clock.now() == NOON


@pytest.fixture
def _running():
    token = clock._fixed.set(None)
    clock.forget_shift()
    yield
    clock._fixed.reset(token)
    clock.forget_shift()


@pytest.mark.django_db
@pytest.mark.usefixtures("_running")
class TestTheDemosClock:
    def test_it_is_shifted(self, settings):
        settings.DEMO = True
        ClockShift.objects.create(seconds=-5 * 365 * 86400)
        assert timezone.now() - clock.now() > timedelta(days=5 * 365 - 1)

    def test_the_shift_is_believed_for_a_moment(self, settings):
        settings.DEMO = True
        clock.now()
        ClockShift.objects.create(seconds=86400)
        assert clock.now() - timezone.now() < timedelta(hours=1)
        clock.forget_shift()
        assert clock.now() - timezone.now() > timedelta(hours=23)

    def test_only_in_a_demo(self, settings):
        settings.DEMO = False
        ClockShift.objects.create(seconds=86400)
        assert clock.now() - timezone.now() < timedelta(hours=1)
