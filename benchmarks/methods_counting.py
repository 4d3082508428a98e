"""How long counting takes, side by side with pabutools in the same run: python -m benchmarks.methods_counting [--repeat 3] prints markdown.

Real elections are read from the folder in MADANG_PB_DATA (or ../shared/data/pb); they are no part of the project. Each count runs in a
process of its own, one thread, and begins with reading the file; "peak" is that process's memory. pabutools counts with its fast form
(grouped ballots) and its exact rationals; where it is not done after --patience seconds it says so.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

FOLDER = Path(os.environ.get("MADANG_PB_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data" / "pb")
FILES = (
    "Netherlands_Assen_2024", "Poland_Wieliczka_2023_Green_Budget", "Poland_Warszawa_2020_Praga-Poludnie", "Poland_Lodz_2022",
    "Hungary_Budapest_2024",
)  # fmt: skip
RULES = {
    "greedy": {"name": "greedy"},
    "equal shares": {"name": "equal_shares"},
    "equal shares, exact throughout": {"name": "equal_shares", "exact": True},
    "equal shares + add1": {"name": "equal_shares", "completion": "add1", "exhaustive_stop": True},
    "phragmen": {"name": "phragmen"},
}
ORACLES = {"greedy": "greedy, cost", "equal shares": "equal shares, cost", "equal shares + add1": "add1, cost", "phragmen": "phragmen"}
WON = 100_000_000  # budgets above this take a step of 0.1 % of the first share
OURS = """
import json, resource, sys, time
from pathlib import Path
began = time.perf_counter()
from madang.methods.voting import pabulib
from madang.methods.voting.rules import Rule, count
path, rule, repeat = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
rule = Rule(**rule, ties=("name",))
reads, counts = [], []
for _ in range(repeat):
    began = time.perf_counter()
    election = pabulib.read(path.read_bytes()).election
    read = time.perf_counter()
    outcome = count(election, rule, closeness=False)
    reads.append(read - began)
    counts.append(time.perf_counter() - read)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"reads": reads, "counts": counts, "winners": outcome.funded, "runs": outcome.facts.get("runs"), "peak": peak,
                  "exact": outcome.exact_rounds, "voters": election.voters, "projects": len(election.projects)}))
"""
THEIRS = """
import json, resource, sys, time
from pathlib import Path
from tests.methods.voting import oracle
from pabutools.election import parse_pabulib
path = Path(sys.argv[1])
began = time.perf_counter()
parse_pabulib(str(path))[1].as_multiprofile()
read = time.perf_counter() - began
began = time.perf_counter()
winners = oracle.winners(path, [sys.argv[2]])[sys.argv[2]]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"read": read, "count": time.perf_counter() - began - read, "winners": winners, "peak": peak}))
"""


def run(program: str, *arguments: str, patience: int) -> dict | None:  # type: ignore[type-arg]
    """The JSON that a program prints in a process of its own; None when it takes too long."""
    one = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=one, capture_output=True, text=True, timeout=patience, check=True
        )
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout.splitlines()[-1])


def line(path: Path, name: str, repeat: int, patience: int) -> str:
    """One row: ours and theirs."""
    budget = next(int(float(row.split(";")[1])) for row in path.read_text("utf-8").splitlines() if row.startswith("budget;"))
    rule = dict(RULES[name])
    if name.endswith("add1"):
        rule["step"] = "0.1%" if budget > WON else "1"
    ours = run(OURS, str(path), json.dumps(rule), str(repeat), patience=3600)
    assert ours is not None
    theirs = None
    wanted = name in ORACLES and rule.get("step") != "0.1%"
    if wanted:
        theirs = run(THEIRS, str(path), ORACLES[name], patience=patience)
    own = f"{median(ours['reads']):.3f} | {median(ours['counts']):.4f} | {ours['runs'] or 1} | {ours['exact']} | {ours['peak']:.0f}"
    if theirs is None:
        other = f"– | {'more than ' + str(patience) if wanted else '–'} | – | –"
    else:
        same = "same" if set(theirs["winners"]) == set(ours["winners"]) else "DIFFERENT"
        other = f"{theirs['read']:.2f} | {theirs['count']:.2f} | {theirs['peak']:.0f} | {same}"
    return f"| {path.stem} ({ours['voters']:,} × {ours['projects']}) | {name} | {own} | {other} |"


def main() -> int:
    asks = argparse.ArgumentParser(prog="python -m benchmarks.methods_counting", description=__doc__)
    asks.add_argument("--repeat", type=int, default=3, help="median of so many runs of ours; pabutools runs once (%(default)s)")
    asks.add_argument("--patience", type=int, default=60, help="seconds for each count of pabutools (%(default)s)")
    given = asks.parse_args()
    found = [path for name in FILES for path in FOLDER.glob(f"{name}*.pb")] if FOLDER.is_dir() else []
    if not found:
        print("Real elections are not here: name a folder of .pb files in MADANG_PB_DATA.", file=sys.stderr)
        return 1
    print(f"One thread; median of {given.repeat}; load average {os.getloadavg()[0]:.1f}. Seconds, MB.\n")
    print("| election (voters × projects) | rule | read | count | runs | exact rounds | peak | pabutools: read | count | peak | winners |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for path in found:
        for name in RULES:
            print(line(path, name, given.repeat, given.patience), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
