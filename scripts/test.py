"""Run the tests on SQLite, and beside it on PostgreSQL when there is one. Says at the end what ran; arguments go to pytest.

PostgreSQL is DATABASE_URL, or a server of this machine that lets us make databases. With CI set a missing PostgreSQL is a failure.
"""

import getpass
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

ROOT = Path(__file__).resolve().parents[1]
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
ROLE = "madang_test"


def may_create(**how: str) -> bool:
    """Whether a server answers and lets us make databases."""
    try:
        with psycopg.connect(dbname="postgres", connect_timeout=2, **how) as link:
            row = link.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def as_postgres(sql: str) -> bool:
    """Run a statement as the server's own user, which root may become. False when that is not possible."""
    runuser = shutil.which("runuser")
    if os.geteuid() != 0 or not runuser or not shutil.which("psql"):
        return False
    done = subprocess.run([runuser, "-u", "postgres", "--", "psql", "-qXc", sql, "postgres"], cwd="/", capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL where tests may make their own databases, or None."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    if may_create():  # by socket, as ourselves
        yield f"postgres:///{ROLE}"
        return
    host, port = os.environ.get("PGHOST", "127.0.0.1"), os.environ.get("PGPORT", "5432")
    user, password = os.environ.get("PGUSER", getpass.getuser()), os.environ.get("PGPASSWORD", "")
    if may_create(host=host, port=port, user=user, password=password):
        yield f"postgres://{quote(user)}:{quote(password)}@{host}:{port}/{ROLE}"
        return
    # A server that only its own user may enter: make a role for this run and drop it afterwards.
    word = secrets.token_hex(12)
    role = f"{ROLE}_{os.getpid()}"
    if as_postgres(f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{word}'"):
        try:
            answers = may_create(host=host, port=port, user=role, password=word)
            yield f"postgres://{role}:{word}@{host}:{port}/{ROLE}" if answers else None
        finally:
            as_postgres(f"DROP ROLE IF EXISTS {role}")
        return
    yield None


def environment(**more: str) -> dict[str, str]:
    """Ours, without what would lead the tests to a demo or a real installation."""
    return {k: v for k, v in os.environ.items() if not k.startswith("MADANG_") and k != "DATABASE_URL"} | more


def main() -> int:
    subprocess.run([sys.executable, "scripts/messages.py", "compile"], cwd=ROOT, check=True)
    pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    with postgres() as address:
        if address is None and CI:
            print("CI is set, but no PostgreSQL answers and DATABASE_URL is not given.")
            return 1
        with tempfile.TemporaryFile() as heard:
            other = None
            if address:
                other = subprocess.Popen(pytest, cwd=ROOT, env=environment(DATABASE_URL=address), stdout=heard, stderr=subprocess.STDOUT)
            print(f"== SQLite{', and PostgreSQL beside it' if other else ''}", flush=True)
            try:
                results = {"SQLite": subprocess.run(pytest, cwd=ROOT, env=environment(), check=False).returncode}
                if other:
                    print("== PostgreSQL", flush=True)
                    results["PostgreSQL"] = other.wait()
            finally:
                if other and other.poll() is None:
                    other.terminate()
                    other.wait()
            heard.seek(0)
            sys.stdout.buffer.write(heard.read())
            sys.stdout.flush()
    tell(results)
    return max(results.values())


def tell(results: dict[str, int]) -> None:
    """The last lines: which databases, which browser, passed or not."""
    sys.path.insert(0, str(ROOT))
    from tests.browser.chromium import find_chromium

    print("\n" + ", ".join(f"{name}: {'passed' if code == 0 else f'FAILED ({code})'}" for name, code in results.items()))
    if "PostgreSQL" not in results:
        print("PostgreSQL: not run. sudo apt-get install postgresql, or DATABASE_URL=postgres://user:password@host/name make test")
    if not find_chromium():
        print("Browser tests: not run. sudo apt-get install chromium")


if __name__ == "__main__":
    sys.exit(main())
