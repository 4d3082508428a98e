"""What every test may ask for: the fixed moment, both databases, committed query counts, the browser when there is one."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ground import clock
from madang.ground.guards import CREATE, DROP
from tests import NOON
from tests.browser.chromium import find_chromium

HERE = Path(__file__).parent
COUNTS = HERE / "query_counts.json"
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# Opening and closing transactions is not asking: a savepoint more or less is no query of a page.
NOT_A_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")

# Playwright's sync API keeps an event loop in this thread; Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

hypothesis.settings.register_profile(
    "madang",
    deadline=None,
    derandomize=CI,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("madang")


def pytest_configure() -> None:
    from django.conf import settings

    # WhiteNoise warns of a folder that only collectstatic makes.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_report_header() -> list[str]:
    from django.conf import settings

    return [f"madang: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}, browser {find_chromium() or 'not found'}"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under tests/browser is a browser test; without Chromium it is skipped, in CI that is an error."""
    in_browser = [item for item in items if (HERE / "browser") in item.path.parents]
    for item in in_browser:
        item.add_marker("browser")
    waiting = [item for item in items if item.get_closest_marker("browser")]
    if not waiting or find_chromium():
        return
    if CI:
        raise pytest.UsageError("Chromium is not installed and CI is set: the browser tests may not be skipped there.")
    for item in waiting:
        item.add_marker(pytest.mark.skip(reason="Chromium not found: sudo apt-get install chromium"))


def pytest_unconfigure() -> None:
    var = Path(os.environ.get("MADANG_VAR", ""))
    if var.name.startswith("madang-test-") and var.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Each run makes its own PostgreSQL database, so that two runs on one server do not meet."""
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("postgresql"):
        # template0 is the only template that is sure to be clean and in UTF-8.
        chosen["TEST"] = {**chosen.get("TEST", {}), "NAME": f"test_{chosen['NAME']}_{os.getpid()}", "TEMPLATE": "template0"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """After a transactional test Django empties the table of every model. Two things of ours it does not know.

    The audit's triggers refuse to be emptied: they are taken off and put back. The cache and SQLite's search index have no model."""
    operations = type(connection.ops)
    plain = operations.sql_flush
    forgotten = {
        "sqlite": ["DELETE FROM ground_cache", "INSERT INTO ground_search(ground_search) VALUES ('delete-all')"],
        "postgresql": ["DELETE FROM ground_cache"],
    }

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        emptying = plain(self, style, tables, **options)
        vendor = self.connection.vendor
        return [*DROP[vendor], *emptying, *forgotten[vendor], *CREATE[vendor]] if emptying else []

    operations.sql_flush = sql_flush


@pytest.fixture(autouse=True)
def _as_new() -> Iterator[None]:
    """Every test starts at noon in a process that remembers nothing of the test before."""
    from madang.ground.town import forget_towns

    forget_towns()
    clock.forget_shift()
    with clock.fixed(NOON):
        yield


@pytest.fixture
def noon() -> Any:
    """The moment of all tests, 7 April 2021 12:00 in Seoul."""
    return NOON


class QueryCounts:
    """Compares the queries of a block with tests/query_counts.json; UPDATE_QUERY_COUNTS=1 writes the file instead."""

    def __init__(self) -> None:
        self.known: dict[str, int] = json.loads(COUNTS.read_text("utf-8")) if COUNTS.exists() else {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[CaptureQueriesContext]:
        """Count the queries of the block under a page's name ("proposals:list"); exactly as many as committed, or the test fails."""
        with CaptureQueriesContext(connection) as seen:
            yield seen
        asked = [q["sql"] for q in seen.captured_queries if not q["sql"].lstrip().upper().startswith(NOT_A_QUERY)]
        if os.environ.get("UPDATE_QUERY_COUNTS"):
            self.write(name, len(asked))
            return
        listing = "\n".join(f"{i:>3} {sql[:400]}" for i, sql in enumerate(asked, 1))
        assert name in self.known, f"{name} has no committed count; it asks {len(asked)}. UPDATE_QUERY_COUNTS=1 writes it.\n{listing}"
        assert len(asked) == self.known[name], f"{name}: {len(asked)} queries, {self.known[name]} committed.\n{listing}"

    def page(self, name: str, call: Callable[[], Any]) -> Any:
        """Call a page once to warm what one process keeps, count the second call, and give back its answer."""
        call()
        with self(name):
            return call()

    def write(self, name: str, count: int) -> None:
        # Read again: another test of this run may have written since.
        known = json.loads(COUNTS.read_text("utf-8")) if COUNTS.exists() else {}
        known[name] = count
        COUNTS.write_text(json.dumps(known, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


@pytest.fixture
def query_counts() -> QueryCounts:
    """`with query_counts("proposals:list"): …` or `query_counts.page("proposals:list", lambda: client.get(url))`."""
    return QueryCounts()
