"""Asks the WSGI application in this process: time of a request from its first line to the last byte, and its queries. Prints JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django

from benchmarks.client import nth

WARM = 3
YARDSTICK = "(yardstick: 100,000 squares)"
NOT_A_QUERY = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "SET ")


class Asker:
    """The application as a server calls it, middleware and templates included."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

    def __call__(self, method: str, url: str, who: str = "", body: str = "") -> int:
        parts, status = urlsplit(url), []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": unquote(parts.path).encode().decode("latin-1"), "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": who,
            "HTTP_ACCEPT_LANGUAGE": "ko", "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(body.encode()), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        }  # fmt: skip
        answer = self.application(environ, lambda line, _headers: status.append(int(line[:3])))
        for _piece in answer:
            pass
        answer.close()
        return status[0]


def timed(ask: Callable[[], int], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each call on the clock and on the processor, each in order. Raises RuntimeError for an answer that is no page."""
    clock, processor = [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.thread_time()
        status = ask()
        processor.append((time.thread_time() - worked) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
        if status >= 400:
            raise RuntimeError(f"answered {status}")
    return sorted(clock), sorted(processor)


def asked(ask: Callable[[], int]) -> tuple[int, float]:
    """How many queries one call asks, and the milliseconds spent on them, reading their rows apart."""
    from django.db import connection

    spent: list[float] = []

    def watch(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            if not sql.lstrip().upper().startswith(NOT_A_QUERY):
                spent.append((time.perf_counter() - began) * 1000)

    with connection.execute_wrapper(watch):
        ask()
    return len(spent), sum(spent)


def yardstick() -> dict[str, Any]:
    """A fixed piece of Python work, to see how fast the machine was just now."""
    clock, processor = timed(lambda: 200 * bool(sum(n * n for n in range(100_000))), 15)
    return {"page": YARDSTICK, "server ms": round(nth(clock, 0.5), 1), "processor ms": round(nth(processor, 0.5), 1)}


def measure(name: str, calls: Iterator[Callable[[], int]], rounds: int) -> dict[str, Any]:
    for call in islice(calls, WARM):
        call()
    queries, database = asked(next(calls))
    clock, processor = timed(lambda: next(calls)(), rounds)
    return {
        "page": name, "queries": queries, "server ms": round(nth(clock, 0.5), 1), "p95 ms": round(nth(clock, 0.95), 1),
        "processor ms": round(nth(processor, 0.5), 1), "database ms": round(database, 2),
    }  # fmt: skip


def without_flush() -> None:
    """Lets this process's commits return before the disk has them."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    def relax(connection: Any, **_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF" if connection.vendor == "sqlite" else "SET synchronous_commit=off")

    connection_created.connect(relax, weak=False)
    connection.close()


def main(file: Path, rounds: int) -> list[dict[str, Any]]:
    from benchmarks.pages import ENDORSE_BODY, SIGNED_IN, addresses, cookies, endorsement

    town, ask = json.loads(file.read_text()), Asker()
    rows = [yardstick()]
    for name, paths in addresses(town).items():
        rows.append(measure(name, (lambda p=p: ask("GET", p) for p in cycle(paths)), rounds))
        if name in SIGNED_IN:
            pairs = zip(cycle(paths), cycle(town["sessions"]), strict=False)
            rows.append(measure(f"{name}, signed in", (lambda p=p, s=s: ask("GET", p, cookies(s)) for p, s in pairs), rounds))
    numbers = iter(range(10**6))

    def endorsements() -> Iterator[Callable[[], int]]:
        for n in numbers:
            path, who = endorsement(town, n)
            yield lambda path=path, who=who: ask("POST", path, who, ENDORSE_BODY)

    rows.append(measure("endorse (POST)", endorsements(), rounds))
    without_flush()
    rows.append(measure("endorse, not waiting for the disk", endorsements(), rounds))
    return rows


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
