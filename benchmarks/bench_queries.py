"""How long does the server itself work on a page, and how many queries does it ask? As many at every size, or something is wrong."""

from typing import Any

from benchmarks.place import Place

TITLE = "In one process"
COLUMNS = ("page", "queries", "server ms", "p95 ms", "processor ms", "database ms")


def run(place: Place) -> list[dict[str, Any]]:
    """One row a page; an endorsement with and without waiting for the disk."""
    return place.measured("benchmarks.in_process")
