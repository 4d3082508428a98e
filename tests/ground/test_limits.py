"""The rate limiter: counts per window and key, forgets what is over."""

from datetime import timedelta

import pytest

from madang.ground.jobs import forget_old_windows
from madang.ground.limits import forget_old, hit
from madang.ground.models import RateWindow
from tests import NOON

pytestmark = pytest.mark.django_db


def test_the_one_too_many_is_refused_with_the_minutes_left():
    at = NOON + timedelta(minutes=48)
    assert all(hit("x", limit=3, seconds=3600, at=at) for _n in range(3))
    verdict = hit("x", limit=3, seconds=3600, at=at)
    assert verdict.code == "too_often"
    assert verdict.params == {"minutes": 12}
    assert "12분" in verdict.sentence


def test_at_least_a_minute_is_named():
    at = NOON + timedelta(minutes=59, seconds=59)
    hit("x", limit=0, seconds=3600, at=at)
    assert hit("x", limit=0, seconds=3600, at=at).params == {"minutes": 1}


def test_the_next_window_and_another_key_begin_anew():
    assert hit("x", limit=1, seconds=60, at=NOON)
    assert not hit("x", limit=1, seconds=60, at=NOON + timedelta(seconds=59))
    assert hit("x", limit=1, seconds=60, at=NOON + timedelta(seconds=60))
    assert hit("y", limit=1, seconds=60, at=NOON)


def test_very_long_keys_are_counted_too():
    assert hit("k" * 500, limit=1, seconds=60, at=NOON)
    assert not hit("k" * 500, limit=1, seconds=60, at=NOON)


@pytest.mark.parametrize("seconds", [60, 600, 3600, 86400])
def test_windows_of_any_length_go_when_they_are_over_and_not_before(seconds):
    hit("x", limit=1, seconds=seconds, at=NOON)
    ends = RateWindow.objects.get().window
    assert forget_old(at=NOON) == 0
    assert NOON.timestamp() < ends <= NOON.timestamp() + seconds
    assert forget_old(at=NOON + timedelta(seconds=seconds)) == 1


def test_the_nightly_job_forgets():
    hit("x", limit=1, seconds=60, at=NOON - timedelta(days=1))
    forget_old_windows.call_local()
    assert not RateWindow.objects.exists()
