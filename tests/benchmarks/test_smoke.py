"""Each bench runs at the smallest size. What it measures is not judged here: machines differ."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHES = sorted(path.stem.removeprefix("bench_") for path in (ROOT / "benchmarks").glob("bench_*.py"))
SMALLEST = 60

# The benches make their own database: one run beside the tests on SQLite says it all.
pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="run beside the tests on SQLite")


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> str:
    """One run of everything, on SQLite, with a tenth of a second of load a page."""
    out = tmp_path_factory.mktemp("bench") / "RESULTS.md"
    line = ["--sizes", str(SMALLEST), "--seconds", "0.1", "--databases", "SQLite", "--out", str(out)]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith(("MADANG_", "DJANGO_"))}
    done = subprocess.run([sys.executable, "-m", "benchmarks", *line], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out.read_text("utf-8")


def rows_of(results: str, title: str) -> list[dict[str, str]]:
    """The rows under a heading, by column."""
    lines = results.split(f"### {title}, SQLite\n\n")[1].split("\n\n")[0].splitlines()
    head = [cell.strip() for cell in lines[0].strip("|").split("|")]
    return [dict(zip(head, (cell.strip() for cell in line.strip("|").split("|")), strict=True)) for line in lines[2:]]


@pytest.mark.parametrize("bench", BENCHES)
def test_each_bench_writes_its_table(results, bench):
    from importlib import import_module

    module = import_module(f"benchmarks.bench_{bench}")
    rows = rows_of(results, module.TITLE)
    assert rows
    assert all(row["proposals"] == str(SMALLEST) for row in rows)


def test_pages_answer_well(results):
    """Every page was a page, and every endorsement led back to its proposal."""
    for row in rows_of(results, "Over HTTP"):
        if row["answers"]:
            answers = {one.split(":")[0].strip() for one in row["answers"].split(",")}
            assert answers == {"302" if row["page"].startswith("endorse") else "200"}, row


def test_date_and_machine_are_written_down(results):
    assert "| date |" in results
    assert "| processor |" in results
