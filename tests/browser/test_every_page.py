"""The demo town walked by each of its people: no dead link, no server error, nothing axe finds, no sideways scroll, in both languages.

On the phone every page is then made to stand at 360 px with its text at twice the size and everything folded laid open."""

import os
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import BrowserContext, Error, Page

import madang
from madang.ground import clock
from madang.ground.models import ClockShift
from tests.architecture.test_doors import pages, whole_name
from tests.browser.axe import axe, no_sideways_scroll
from tests.browser.conftest import PHONE, WIDE
from tests.browser.drafts import lay_out
from tests.browser.walk import Walk, town_now, walk

# Pages that no link, form or picture leads to, and why.
UNLINKED = {"site:health": "asked by machines that watch over the site"}

NARROWEST = {"width": 360, "height": 780}

# The long walk sees every page in four windows; the daily one the first of each name, Korean on a phone and English on a desk.
LONG = bool(os.environ.get("MADANG_WALK"))
DAILY_WINDOWS = ({**PHONE, "locale": "ko-KR"}, {**WIDE, "locale": "en-US"})
WINDOWS = tuple({**size, "locale": language} for language in ("ko-KR", "en-US") for size in (PHONE, WIDE)) if LONG else DAILY_WINDOWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_of_the_demo_town(open_context: Callable[..., BrowserContext], live_server: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the pages are the same on both databases; one walk is enough")
    ClockShift.objects.all().delete()
    call_command("seed_demo", verbosity=0)
    clock.forget_shift()
    lay_out(at=town_now())
    town = walk(casts=True)
    faults = list(town.faults)
    for window in WINDOWS:
        faults += look(open_context, live_server.url, town, window)
    led_to = town.named | mentioned() | set(UNLINKED)
    faults += [f"no link leads to {name}" for name in sorted(ours() - led_to)]
    assert faults == [], "\n".join(faults)


def look(open_context: Callable[..., BrowserContext], home: str, town: Walk, window: dict[str, Any]) -> list[str]:
    """Open every page in a window and say what is wrong with it."""
    faults: list[str] = []
    for username, theirs in groupby((s for s in town.seen if LONG or s.is_first), key=lambda sight: sight.username):
        context = open_context(**window)
        context.add_cookies(town.cookies_for(username, home))
        page = context.new_page()
        for sight in theirs:
            where = f"{sight.name} ({username or 'visitor'}, {window['locale']}, {window['viewport']['width']})"
            try:
                answer = page.goto(sight.address)
                if answer is None or answer.status >= 400:
                    faults.append(f"{where}: {answer.status if answer else 'no answer'}")
                faults += [f"{where}: {fault}" for fault in axe(page)]
                no_sideways_scroll(page)
                if window["viewport"]["width"] == PHONE["viewport"]["width"]:
                    twice_as_large(page)
            except (AssertionError, Error) as wrong:
                faults.append(f"{where}: {wrong}")
        context.close()
    return faults


def twice_as_large(page: Page) -> None:
    """Text at 200 % on the narrowest phone, folds open: still no sideways scroll (WCAG 1.4.4, 1.4.10)."""
    page.set_viewport_size(NARROWEST)
    page.evaluate(
        """() => {
          document.documentElement.style.fontSize = '200%';
          document.querySelectorAll('main details').forEach(fold => { fold.open = true; });
        }"""
    )
    try:
        no_sideways_scroll(page)
    except AssertionError as wrong:
        raise AssertionError(f"text at 200 %: {wrong}") from None
    finally:
        page.set_viewport_size(PHONE["viewport"])


def ours() -> set[str]:
    """The names of all our own pages."""
    return {name for name, view in pages() if whole_name(view).startswith("madang.")}


def mentioned() -> set[str]:
    """Names of pages that a template or a view leads to in a state the demo town is not in."""
    root = Path(madang.__file__).parent
    files = [p for p in root.rglob("*") if p.suffix in {".html", ".py"} and "urls" not in p.stem]
    return {name for p in files for name in re.findall(r'["\']([a-z]+:[a-z_]+)["\']', p.read_text("utf-8"))}
