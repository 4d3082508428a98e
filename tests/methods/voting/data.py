"""Real elections lie outside the project, as their licence is not established: in MADANG_PB_DATA, or in ../shared/data/pb."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MADANG_PB_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data" / "pb")
HERE = sorted(FOLDER.glob("*.pb")) if FOLDER.is_dir() else []

needs_elections = pytest.mark.skipif(
    not HERE, reason="real elections are not here: put .pb files into a folder and name it in MADANG_PB_DATA"
)


def the_file(name: str) -> bytes:
    """A file by the beginning of its name; the test is skipped where it is absent."""
    found = [path for path in HERE if path.name.startswith(name)]
    if not found:
        pytest.skip(f"{name} is not among the real elections")
    return found[0].read_bytes()
