"""Where one measurement happens: a folder, a database with a synthetic town in it, and a server when one is asked for."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 2
BENCH_DATABASE = "madang_bench"


@dataclass(frozen=True)
class Place:
    """One town on one database."""

    folder: Path
    database: str  # SQLite or PostgreSQL
    url: str = ""  # DATABASE_URL of the PostgreSQL database made for this run
    seconds: float = 4.0
    key: str = field(default_factory=lambda: secrets.token_urlsafe(60))

    @property
    def environment(self) -> dict[str, str]:
        """As in production, but on plain HTTP: no demo, no debug."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith("MADANG_") and k != "DATABASE_URL"}
        plain |= {"MADANG_SECRET_KEY": self.key, "MADANG_HTTPS": "0", "MADANG_VAR": str(self.folder)}
        return plain | ({"DATABASE_URL": self.url} if self.url else {})

    @cached_property
    def town(self) -> dict[str, Any]:
        """What benchmarks.town left to know."""
        return json.loads((self.folder / "town.json").read_text())

    def python(self, *arguments: str) -> str:
        """Runs a module of ours in this place and gives what it printed. Raises CalledProcessError."""
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def measured(self, module: str) -> Any:
        """What a module that measures in its own process printed as JSON in its last line."""
        return json.loads(self.python("-m", module, str(self.folder / "town.json"), str(max(5, int(self.seconds * 10)))).splitlines()[-1])


@contextmanager
def postgres(url: str) -> Iterator[str]:
    """A database of our own on the server of `url`, dropped afterwards."""
    import psycopg

    ours = urlunsplit(urlsplit(url)._replace(path=f"/{BENCH_DATABASE}"))

    def tell(sql: str) -> None:
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(sql)

    tell(f"DROP DATABASE IF EXISTS {BENCH_DATABASE} WITH (FORCE)")
    tell(f"CREATE DATABASE {BENCH_DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield ours
    finally:
        tell(f"DROP DATABASE IF EXISTS {BENCH_DATABASE} WITH (FORCE)")


@dataclass(frozen=True)
class Server:
    """A running granian."""

    port: int
    process: subprocess.Popen

    def family(self) -> list[int]:
        """The process and all that came from it."""
        pids = [self.process.pid]
        for pid in pids:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                pids += [int(child) for child in task.read_text().split()]
        return pids

    def resident_mb(self) -> float:
        """Memory of all its processes, shared pages divided by their sharers (PSS); 0 where the system does not tell."""
        total = 0
        for pid in self.family():
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024


@contextmanager
def serving(place: Place) -> Iterator[Server]:
    """The site on a free port of 127.0.0.1, as `manage.py serve` runs it, without the job runner."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "granian", "--interface", "wsgi", "madang.site.wsgi:application", "--port", str(port)]
    line += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--log-level", "warning"]
    process = subprocess.Popen(line, cwd=ROOT, env=place.environment)
    try:
        wait_for(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port: int, process: subprocess.Popen, seconds: float = 60) -> None:
    """Returns when the port answers. Raises RuntimeError when the server ended or never answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
