"""The demo town walked by each of its people: no dead link, no server error, nothing axe finds, no sideways scroll, in both languages."""

import os
from collections.abc import Callable
from itertools import groupby

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import BrowserContext, Error

from madang.ground.models import ClockShift
from tests.architecture.test_doors import pages, whole_name
from tests.browser.axe import axe, no_sideways_scroll
from tests.browser.conftest import PHONE, WIDE
from tests.browser.walk import Sight, sights

# Pages that no link, form or picture leads to, and why.
UNLINKED: dict[str, str] = {}


@pytest.mark.skipif(not os.environ.get("MADANG_WALK"), reason="the long walk: make walk (MADANG_WALK=1)")
@pytest.mark.django_db(transaction=True)
def test_every_page_of_the_demo_town(open_context: Callable[..., BrowserContext], login: Callable):
    if connection.vendor != "sqlite":
        pytest.skip("the pages are the same on both databases; one walk is enough")
    ClockShift.objects.all().delete()
    call_command("seed_demo", verbosity=0)
    seen, faults, named = sights()
    for language in ("ko-KR", "en-US"):
        for size in (PHONE, WIDE):
            faults += look(open_context, login, seen, {**size, "locale": language})
    faults += [f"no link leads to {name}" for name in sorted(ours() - named - set(UNLINKED))]
    assert faults == [], "\n".join(faults)


def look(open_context: Callable[..., BrowserContext], login: Callable, seen: list[Sight], window: dict) -> list[str]:
    """Open every page in a window and say what is wrong with it."""
    faults: list[str] = []
    for username, theirs in groupby(seen, key=lambda sight: sight.username):
        page = open_context(**window).new_page()
        if username:
            login(page, username)
        for sight in theirs:
            where = f"{sight.name} ({username or 'visitor'}, {window['locale']}, {window['viewport']['width']})"
            try:
                page.goto(sight.address)
                faults += [f"{where}: {fault}" for fault in axe(page)]
                no_sideways_scroll(page)
            except (AssertionError, Error) as wrong:
                faults.append(f"{where}: {wrong}")
    return faults


def ours() -> set[str]:
    """The names of all our own pages."""
    return {name for name, view in pages() if whole_name(view).startswith("madang.")}
