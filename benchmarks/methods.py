"""Writes METHODS.md: how long counting and drawing seats take. python -m benchmarks.methods (make bench-methods)."""

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks import methods_counting, methods_seats
from benchmarks.results import machine

HEAD = """# How fast the counting is

Written by `make bench-methods` (`python -m benchmarks.methods`). No database and no page: the functions of `madang/methods` alone. The
machine is shared; compare within a table only.
"""


def main() -> int:
    told = [
        HEAD,
        "| | |\n|---|---|",
        *(f"| {name} | {value} |" for name, value in machine("").items() if name not in ("server", "PostgreSQL")),
    ]
    for title, bench in (("Counting votes", methods_counting), ("Drawing seats", methods_seats)):
        kept = io.StringIO()
        with redirect_stdout(kept):
            sys.argv = [sys.argv[0]]
            bench.main()
        told.append(f"\n## {title}\n\n{(bench.__doc__ or '').strip()}\n\n{kept.getvalue().strip()}")
    (Path(__file__).parent / "METHODS.md").write_text("\n".join(told) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
