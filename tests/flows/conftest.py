"""The year is played once for all the tests that read it; nothing of it stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from madang.ground import clock
from madang.ground.clock import kst
from madang.ground.town import forget_towns
from tests.flows.year import Year, play


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Year]:
    """독산2동's 2021 as it stands at the end of January 2022. What a test does to it is undone."""
    with django_db_blocker.unblock(), clock.fixed(kst(2022, 2, 1)), transaction.atomic():
        forget_towns()
        yield play()
        transaction.set_rollback(True)
    forget_towns()
