"""Web server and job runner together, as one process to start and to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

WAIT_SECONDS = 60
STOP_SECONDS = 15


class Command(BaseCommand):
    help = "Serve the site with granian and run its jobs with huey, until either ends or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="server processes (2)")
        parser.add_argument("--threads", type=int, default=2, help="threads of each process (2): one works while one waits")

    def handle(self, *, host: str, port: int, workers: int, threads: int, **_: Any) -> None:
        if taken(host, port):
            raise CommandError(f"Port {port} is in use. Choose another: make demo PORT={port + 1}  (or: manage.py serve --port {port + 1})")
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "madang.site.wsgi:application"]
        server += [
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(workers),
            "--blocking-threads",
            str(threads),
            "--log-level",
            "warning",
        ]
        jobs = [sys.executable, os.path.join(settings.BASE_DIR, "manage.py"), "run_huey", "--quiet"]
        # Sessions of their own: Ctrl-C reaches us alone, and we end both in order.
        running = {
            name: subprocess.Popen(line, start_new_session=True)  # noqa: S603  our own two commands
            for name, line in {"web server": server, "job runner": jobs}.items()
        }
        try:
            self.wait_for(host, port, running)
            if not self.stopping:
                self.greet(host, port)
            while not self.stopping and all(process.poll() is None for process in running.values()):
                time.sleep(0.3)
        finally:
            ended = [name for name, process in running.items() if process.poll() is not None]
            self.end(running)
        if not self.stopping:
            raise CommandError(f"The {' and the '.join(ended)} ended by itself; the rest was stopped.")
        self.stdout.write("Stopped.")

    def stop(self, *_: Any) -> None:
        self.stopping = True

    def wait_for(self, host: str, port: int, running: dict[str, subprocess.Popen]) -> None:
        """Returns when the port answers, when we are told to stop, or when a process has ended."""
        until = time.monotonic() + WAIT_SECONDS
        while not self.stopping and all(process.poll() is None for process in running.values()):
            if taken(host, port):
                return
            if time.monotonic() > until:
                raise CommandError(f"The web server did not answer within {WAIT_SECONDS} seconds.")
            time.sleep(0.1)

    def greet(self, host: str, port: int) -> None:
        """The address, and in the demo who may sign in."""
        if settings.DEMO and find_spec("madang.site.demo") and find_spec("madang.site.demo.people"):
            told = import_module("madang.site.demo.people").table()
            if told:
                self.stdout.write(str(told))
        self.stdout.write(f"\n  http://{host}:{port}/    (Ctrl-C stops it)\n")
        self.stdout.flush()

    @staticmethod
    def end(running: dict[str, subprocess.Popen]) -> None:
        """Asks both to finish what they are doing; after STOP_SECONDS they are made to."""
        for process in running.values():
            if process.poll() is None:
                # huey finishes the job at hand on SIGINT and drops it on SIGTERM; granian takes either.
                process.send_signal(signal.SIGINT)
        until = time.monotonic() + STOP_SECONDS
        for process in running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            # Each leads a group of its own; a worker that outlived its leader would hold the port.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def taken(host: str, port: int) -> bool:
    """Whether something answers on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0
