"""A real Chromium on a real server: a phone and a desk, both failing on script errors, broken policy and calls abroad."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from madang.ground import clock
from madang.ground.models import ClockShift
from tests import NOON
from tests.browser import axe as checks
from tests.browser.chromium import ARGUMENTS, find_chromium

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
WIDE = {"viewport": {"width": 1280, "height": 900}}
WAIT_MS = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; every test gets a fresh context of it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, home: str, **options: Any) -> Iterator[BrowserContext]:
    """A context whose pages may not log errors, break the content policy or call another host."""
    # Nothing moves: what is measured is how a page stands, not how far it has faded in.
    still = {"base_url": home, "locale": "ko-KR", "timezone_id": "Asia/Seoul", "reduced_motion": "reduce"}
    context = browser.new_context(**{**still, **options})
    context.set_default_timeout(WAIT_MS)
    complaints: list[str] = []

    def hear(message: Any) -> None:
        # A refused answer (403, 404) is logged by the browser itself; whether it was right is for the test to say.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def look(request: Any) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            complaints.append(f"called {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", look)
    context.on("response", lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    yield context
    context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def live_noon(live_server: Any) -> None:
    """The server's threads live in the real time, so the demo's clock is moved: for them the test began at noon too."""
    ClockShift.objects.create(seconds=math.ceil((NOON - timezone.now()).total_seconds()))
    clock.forget_shift()


@pytest.fixture
def open_context(chromium: Browser, live_server: Any, live_noon: None) -> Iterator[Callable[..., BrowserContext]]:
    """Make one more person's browser: `open_context(**PHONE).new_page()`. Closed and checked after the test."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(watched(chromium, live_server.url, **options))


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on a phone, 390×844 with touch. `phone.goto("/")` is the live server."""
    return open_context(**PHONE).new_page()


@pytest.fixture
def wide(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on an office screen, 1280×900."""
    return open_context(**WIDE).new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`."""
    return checks.axe


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    return checks.no_sideways_scroll


@pytest.fixture
def login(live_server: Any) -> Callable[[Page, str], None]:
    """`login(page, "username")`: sign in without the form, as the session cookie would."""

    def enter(page: Page, username: str) -> None:
        account = get_user_model().objects.get(username=username)
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])

    return enter
