"""Every check that needs no test: side by side, the failing ones told in full, non-zero when any fails."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = sys.executable


def clean(**more: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("MADANG_") and k != "DATABASE_URL"} | more


def checks(var: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Name, command and environment of each check, the slow ones first."""
    demo = clean(MADANG_DEMO="1", MADANG_VAR=var)
    # As the README tells an operator to set it.
    production = clean(MADANG_SECRET_KEY=secrets.token_urlsafe(60), MADANG_HOSTS="madang.example.kr", MADANG_VAR=var)
    manage = [PYTHON, "manage.py"]
    return {
        "types (mypy)": ([str(BIN / "mypy")], clean()),
        "templates (djlint)": ([str(BIN / "djlint"), "madang", "--lint", "--quiet"], clean()),
        "floors (import-linter)": ([str(BIN / "lint-imports"), "--no-cache"], clean()),
        "migrations are made": ([*manage, "makemigrations", "--check", "--dry-run"], demo),
        "deployment": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        "English is complete": ([PYTHON, "scripts/messages.py", "complete"], clean()),
        "style (ruff)": ([str(BIN / "ruff"), "check", "."], clean()),
        "format (ruff)": ([str(BIN / "ruff"), "format", "--check", "--quiet", "."], clean()),
        "documents": ([PYTHON, "scripts/docs.py"], clean()),
    }


def main() -> int:
    failed: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="madang-check-") as var, ThreadPoolExecutor(os.cpu_count()) as pool:

        def run(name: str, command: list[str], env: dict[str, str]) -> None:
            started = time.monotonic()
            done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - started:.1f} s)", flush=True)
            if done.returncode:
                failed.append((name, done.stdout))

        for wait in [pool.submit(run, name, *how) for name, how in checks(var).items()]:
            wait.result()
    for name, output in failed:
        print(f"\n== {name}\n{output.rstrip()}")
    print(f"\n{len(failed)} of the checks failed." if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
