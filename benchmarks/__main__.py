"""Builds the towns, runs the benches, writes RESULTS.md."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.place import Place, postgres
from benchmarks.results import Run, load_average, machine, write

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)


def benches(only: str) -> list[ModuleType]:
    """The bench_<question> modules, or those named."""
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    return [import_module(f"benchmarks.{name}") for name in names if not only or name.removeprefix("bench_") in only.split(",")]


@contextmanager
def place_of(database: str, url: str, seconds: float) -> Iterator[Place]:
    """An empty place of our own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="madang-bench-") as folder:
        if database == "SQLite":
            yield Place(Path(folder), database, seconds=seconds)
        else:
            with postgres(url) as ours:
                yield Place(Path(folder), database, ours, seconds)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="proposals of each town (%(default)s)")
    parser.add_argument("--seconds", type=float, default=4.0, help="of load for each page (%(default)s)")
    parser.add_argument("--only", default="", help="benches, comma between: pages, queries, weight")
    parser.add_argument("--databases", default="SQLite,PostgreSQL", help="PostgreSQL needs DATABASE_URL of a server that lets us make one")
    parser.add_argument("--out", default=str(HERE / "RESULTS.md"), help="file to write; - for the terminal")
    given = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    runs: list[Run] = []
    told, text = machine(url), ""
    for database in given.databases.split(","):
        if database == "PostgreSQL" and not url:
            print("PostgreSQL: not measured. DATABASE_URL=postgres://user:password@host/name make bench", file=sys.stderr)
            continue
        for size in map(int, given.sizes.split(",")):
            with place_of(database, url, given.seconds) as place:
                runs.append(measure(place, size, benches(given.only)))
            text = write(runs, told, seconds=given.seconds)
            if given.out != "-":
                Path(given.out).write_text(text, "utf-8")  # after each town: what was measured stays, whatever comes next
    if given.out == "-":
        print(text)
    return 0


def measure(place: Place, size: int, wanted: list[ModuleType]) -> Run:
    """Fills the place and asks every bench."""
    began = time.monotonic()
    print(f"{place.database}, {size:,} proposals …", file=sys.stderr, flush=True)
    place.python("-m", "benchmarks.town", str(size))
    built = time.monotonic() - began
    tables: dict[str, list[dict[str, Any]]] = {}
    loads = [load_average()]
    for bench in wanted:
        tables[bench.__name__] = bench.run(place)
        loads.append(load_average())
        print(f"  {bench.TITLE}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    stored = (place.folder / "madang.sqlite3").stat().st_size / 2**20 if place.database == "SQLite" else 0.0
    return Run(place.database, size, tables, built, loads, stored)


if __name__ == "__main__":
    sys.exit(main())
