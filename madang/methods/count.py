"""Count an election of a .pb file: python -m madang.methods.count FILE.pb --rule equal_shares --completion add1 --step 1 --json

A researcher's door: needs this folder and numpy, nothing else. The outcome is that of exact rationals, whatever the options.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from madang.methods.voting import pabulib, telling
from madang.methods.voting.completions import COMPLETIONS
from madang.methods.voting.limits import Limits
from madang.methods.voting.outcome import Outcome, representation
from madang.methods.voting.pots import count_in_pots
from madang.methods.voting.rules import NAMES, Rule, count
from madang.methods.voting.scores import SOURCES


def parser() -> argparse.ArgumentParser:
    asks = argparse.ArgumentParser(prog="python -m madang.methods.count", description=__doc__)
    asks.add_argument("file", help="an election in the Pabulib format")
    asks.add_argument("--rule", choices=NAMES, default="greedy")
    asks.add_argument("--utility", choices=("cost", "cardinality", "points"), default="cost", help="cost: greedy by votes")
    asks.add_argument("--score", choices=SOURCES, default="votes", help="what greedy, top and best_total add up")
    asks.add_argument("--completion", choices=COMPLETIONS, default="none", help="of equal shares")
    asks.add_argument("--step", default="1", help="of add1: units of currency, or a part of the first share such as 0.1%%")
    asks.add_argument("--exhaustive-stop", action="store_true", help="add1 ends when no further project fits the money")
    asks.add_argument("--compare", action="store_true", help="put equal shares against greedy; the preferred one holds")
    asks.add_argument("--stop", action="store_true", help="greedy ends at the first project that does not fit (else it is skipped)")
    asks.add_argument("--top", type=int, help="how many the rule top takes")
    asks.add_argument("--threshold", type=int, default=0, help="fewest votes of a funded project")
    asks.add_argument("--most", type=int, help="how many projects in all")
    asks.add_argument("--exclusive", action="append", default=[], metavar="ID,ID", help="of these at most one (may be repeated)")
    asks.add_argument("--least", action="append", default=[], metavar="FIELD=N", help="the best N of a field come first (greedy)")
    asks.add_argument("--most-of", action="append", default=[], metavar="FIELD=N", help="at most N of a field")
    asks.add_argument("--pot", action="append", default=[], metavar="NAME=AMOUNT", help="money of one field or dong; counted by itself")
    asks.add_argument("--pot-by", default="category", metavar="COLUMN", help="the projects' column that names their pot (%(default)s)")
    asks.add_argument("--ties", default="name", help="keys in turn: cost, votes, name, lot; the last is name or lot (%(default)s)")
    asks.add_argument("--seed", help="of a lot")
    asks.add_argument(
        "--group", action="append", default=[], metavar="COLUMN", help="tell whom the chosen serve, by a column of the voters"
    )
    asks.add_argument("--exact", action="store_true", help="every decision in rationals, not only the near ones")
    asks.add_argument("--explain", choices=("ko", "en"), nargs="?", const="ko", help="tell the count round by round")
    asks.add_argument("--json", action="store_true", help="one JSON object")
    return asks


def main(arguments: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    try:
        file = pabulib.read(Path(asked.file).read_bytes(), groups=asked.group)
        rule = Rule(
            name=asked.rule, utility=asked.utility, score=asked.score, completion=asked.completion, step=asked.step,
            exhaustive_stop=asked.exhaustive_stop, compare=asked.compare, skip=not asked.stop, top=asked.top,
            ties=tuple(asked.ties.split(",")), exact=asked.exact,
            limits=_limits(asked),
        )  # fmt: skip
        close = bool(asked.json or asked.explain)
        if asked.pot:
            return _in_pots(file, rule, asked, close)
        outcome = count(file.election, rule, seed=asked.seed, closeness=close)
    except (OSError, ValueError, OverflowError) as wrong:
        print(f"{asked.file}: {wrong}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(_said(file, outcome), ensure_ascii=False))
    elif asked.explain:
        print("\n".join(telling.tell(outcome, asked.explain, {p.id: p.name for p in file.election.projects})))
    else:
        print(*outcome.funded, sep="\n")
    return 0


def _limits(asked: argparse.Namespace) -> Limits:
    exclusive = tuple(tuple(group.split(",")) for group in asked.exclusive)
    return Limits(asked.threshold, asked.most, _numbers(asked.most_of), _numbers(asked.least), exclusive)


def _numbers(said: Sequence[str]) -> dict[str, int] | None:
    """`["길=2"]` as numbers by name; None where nothing was said. Raises ValueError."""
    found = {}
    for one in said:
        name, sign, number = one.rpartition("=")
        if not sign or not number.isascii() or not number.isdigit():
            raise ValueError(f"NAME=NUMBER, not {one!r}")
        found[name] = int(number)
    return found or None


def _in_pots(file: pabulib.Read, rule: Rule, asked: argparse.Namespace, close: bool) -> int:
    election = file.election
    pots = {name: units * election.scale for name, units in (_numbers(asked.pot) or {}).items()}
    parts = count_in_pots(
        election, rule, pots, {p.id: p.more.get(asked.pot_by, "") for p in election.projects}, seed=asked.seed, closeness=close
    )
    if asked.json:
        said = {"winners": list(parts.funded), "spent": election.money(parts.spent), "left": election.money(parts.left)}
        each = {name: _said(file, one) for name, one in parts.outcomes.items()}
        print(json.dumps({**said, "rule": rule.facts(asked.seed), "input_sha256": file.sha256, "pots": each}, ensure_ascii=False))
    elif asked.explain:
        names = {p.id: p.name for p in election.projects}
        for name, one in parts.outcomes.items():
            print(f"[{name}]", *telling.tell(one, asked.explain, names), sep="\n")
    else:
        print(*parts.funded, sep="\n")
    return 0


def _said(file: pabulib.Read, outcome: Outcome) -> dict[str, Any]:
    money = file.election.money
    said: dict[str, Any] = {
        "winners": list(outcome.funded),
        "spent": money(outcome.spent),
        "left": money(outcome.left),
        "rule": dict(outcome.rule),
        "input_sha256": file.sha256,
        "count_sha256": outcome.input_sha256,
        "voters": file.election.voters,
        "empty_votes": file.empty,
        "exact_rounds": outcome.exact_rounds,
        "facts": dict(outcome.facts),
        "votes_needed": dict(outcome.needed),
    }
    if file.groups:
        said["groups"] = {
            column: [
                {
                    "name": g.name,
                    "voters": g.voters,
                    "with_one": g.with_one,
                    "picks": g.picks,
                    "share": str(g.share),
                    "weight": str(g.weight),
                }
                for g in representation(file.election, outcome.funded, values)
            ]
            for column, values in file.groups.items()
        }
    return said


if __name__ == "__main__":
    sys.exit(main())
