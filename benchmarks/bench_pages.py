"""How many pages a second does one small machine give, how long does a reader wait, how much memory does it take?"""

import json
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from benchmarks.client import Load, load, request_bytes
from benchmarks.pages import ENDORSE_BODY, SIGNED_IN, addresses, cookies, endorsement, most_endorsements
from benchmarks.place import Place, serving

TITLE = "Over HTTP"
COLUMNS = ("page", "requests/s", "p50 ms", "p95 ms", "answers", "client ms")


def run(place: Place) -> list[dict[str, Any]]:
    """One row a page, the endorsement last; the last row is the memory of the server before and after."""
    town, rows = place.town, []
    with serving(place) as server:
        for path in ("/", "/proposals/"):
            load(server.port, lambda path=path: cycle([request_bytes("GET", path)]), seconds=min(0.5, place.seconds))
        before = server.resident_mb()
        rows.append(
            _row("nothing (/health/)", load(server.port, lambda: cycle([request_bytes("GET", "/health/")]), seconds=place.seconds / 2))
        )
        for name, paths in addresses(town).items():
            asked = [request_bytes("GET", path) for path in paths]
            rows.append(_row(name, load(server.port, lambda asked=asked: cycle(asked), seconds=place.seconds)))
            if name in SIGNED_IN:
                asked = [request_bytes("GET", path, cookies=cookies(s)) for path, s in zip(cycle(paths), town["sessions"], strict=False)]
                rows.append(_row(f"{name}, signed in", load(server.port, lambda asked=asked: cycle(asked), seconds=place.seconds)))
        rows.append(_row("endorse (POST)", load(server.port, lambda: _endorsements(town), seconds=place.seconds)))
        after = server.resident_mb()
    rows.append({"page": "memory of the server, MB", "requests/s": f"{before:.0f} → {after:.0f}"})
    return rows


def _endorsements(town: dict[str, Any]) -> Iterator[bytes]:
    # The second half of the pairs: bench_queries takes from the first.
    half, most = most_endorsements(town) // 2, most_endorsements(town)
    for n in count(half):
        if n >= most:
            return
        path, who = endorsement(town, n)
        yield request_bytes("POST", path, cookies=who, body=ENDORSE_BODY)


def _row(name: str, got: Load) -> dict[str, Any]:
    return {
        "page": name, "requests/s": round(got.per_second), "p50 ms": round(got.p50, 1), "p95 ms": round(got.p95, 1),
        "answers": json.dumps({str(k): v for k, v in got.statuses.items()}).strip("{}").replace('"', ""),
        "client ms": round(got.client_ms, 2),
    }  # fmt: skip
