"""Writes what was measured: machine, date, one table a bench with the sizes side by side."""

import os
import platform
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.place import ROOT, THREADS, WORKERS


@dataclass(frozen=True)
class Run:
    """One town on one database, measured."""

    database: str
    size: int
    tables: dict[str, list[dict[str, Any]]]  # name of the bench's module -> its rows
    built_seconds: float
    loads: list[float]  # load average before and after each bench
    stored_mb: float


def load_average() -> float:
    return round(os.getloadavg()[0], 1)


def machine(url: str) -> dict[str, str]:
    """What the numbers depend on."""
    cpu = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = next((int(line.split()[1]) // 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    told = {
        "date": f"{datetime.now():%Y-%m-%d %H:%M}",
        "commit": _commit(),
        "processor": f"{cpu}, {os.cpu_count()} cores",
        "memory": f"{memory} GB",
        "system": f"{platform.system()} {platform.release()}, {platform.python_implementation()} {platform.python_version()}",
        "software": f"Django {version('django')}, SQLite {sqlite3.sqlite_version}",
        "server": f"granian {version('granian')}, {WORKERS} workers of {THREADS} threads",
    }
    if url:
        import psycopg

        with psycopg.connect(url) as link:
            told["PostgreSQL"] = str(link.info.server_version // 10000)
    return told


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _commit() -> str:
    noted = ROOT / "COMMIT"
    if noted.exists():
        return noted.read_text().strip()
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def write(runs: list[Run], told: dict[str, str], *, seconds: float) -> str:
    """The whole document."""
    head = (ROOT / "benchmarks" / "ABOUT.md").read_text("utf-8").rstrip()
    parts = [head, "## Machine", _table(("", ""), [[k, v] for k, v in told.items()]), f"{seconds:g} seconds of load a page, 8 connections."]
    for name in runs[0].tables if runs else ():
        bench = import_module(name)
        parts += [f"## {bench.TITLE}", (bench.__doc__ or "").strip()]
        for database in dict.fromkeys(run.database for run in runs):
            ours = [run for run in runs if run.database == database and name in run.tables]
            parts += [f"### {bench.TITLE}, {database}", _side_by_side(bench.COLUMNS, ours, name)]
    parts += ["## The towns", _table(
        ("database", "proposals", "seconds to build", "file MB", "load average before and after each bench"),
        [[r.database, f"{r.size:,}", round(r.built_seconds), round(r.stored_mb) or "–", " ".join(map(str, r.loads))] for r in runs],
    )]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _side_by_side(columns: tuple[str, ...], runs: list[Run], name: str) -> str:
    """One table; the sizes of a page stand under one another."""
    rows = []
    pages = dict.fromkeys(row[columns[0]] for run in runs for row in run.tables[name])
    for page in pages:
        for run in runs:
            for row in run.tables[name]:
                if row[columns[0]] == page:
                    rows.append([page, f"{run.size:,}", *(row.get(c, "") for c in columns[1:])])
    return _table((columns[0], "proposals", *columns[1:]), rows)


def _table(head: tuple[str, ...], rows: list[list[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)])
