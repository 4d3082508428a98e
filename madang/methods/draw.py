"""Draw seats by lot: commit to a list, solve quotas, draw with a seed, check a published draw. Needs this folder, numpy and highspy.

    python -m madang.methods.draw commit POOL.csv [QUOTAS.csv]                     fingerprint of the list to publish first
    python -m madang.methods.draw solve POOL.csv QUOTAS.csv --seats 50 --json      the lottery to publish before the seed
    python -m madang.methods.draw draw LOTTERY.json POOL.csv --seed SEED --json    the people
    python -m madang.methods.draw balls POOL.csv --sex 성별 --seats 50 --seed SEED  ball by ball with a cap per sex
    python -m madang.methods.draw verify RECORD.json POOL.csv                      replays a published lottery or draw

Ends with 0, with 1 when quotas cannot be met or a record does not hold, with 2 when something given cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from madang.methods.lots import seed_commitment
from madang.methods.seats import balls, drawing, quotas, record, telling
from madang.methods.seats.lottery import TICKETS, lottery_from
from madang.methods.seats.pool import Pool, Refused, read_pool


class _Stop(Exception):
    """What was given is refused; says why."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)


def parser() -> argparse.ArgumentParser:
    asks = argparse.ArgumentParser(
        prog="python -m madang.methods.draw", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = asks.add_subparsers(dest="part", required=True)
    say = argparse.ArgumentParser(add_help=False)
    say.add_argument("--json", action="store_true", help="one JSON object")
    say.add_argument("--language", choices=("ko", "en"), default="ko", help="of the sentences (%(default)s)")
    say.add_argument("--key", help="column of the application numbers (else the first column, or row numbers if that is a feature)")
    commit = parts.add_parser("commit", parents=[say], help="fingerprint of the list, and of a seed")
    commit.add_argument("pool")
    commit.add_argument("quotas", nargs="?")
    commit.add_argument("--sex", default=balls.SEX, help="without quotas: the one column that counts (%(default)s)")
    commit.add_argument("--seed", help="print its commitment too")
    solve = parts.add_parser("solve", parents=[say], help="the fairest lottery under quotas")
    solve.add_argument("pool")
    solve.add_argument("quotas")
    solve.add_argument("--seats", type=int, required=True)
    solve.add_argument("--method", choices=("maximin", "leximin"), default="leximin")
    solve.add_argument("--tickets", type=int, default=TICKETS)
    solve.add_argument("--preselected", help="CSV of members who hold seats already; quotas and seats go down by them")
    draw = parts.add_parser("draw", parents=[say], help="people from a lottery and a seed")
    draw.add_argument("lottery")
    draw.add_argument("pool")
    draw.add_argument("--seed", required=True)
    draw.add_argument("--context", default=drawing.CONTEXT)
    ball = parts.add_parser("balls", parents=[say], help="ball by ball with a cap per sex")
    ball.add_argument("pool")
    ball.add_argument("--sex", default=balls.SEX, help="column of the sex (%(default)s)")
    ball.add_argument("--seats", type=int, required=True, help="all of them, the recommended included")
    ball.add_argument("--share", default="60/100", help="of one sex at most, as a fraction; none for no cap (%(default)s)")
    ball.add_argument("--rounding", choices=("down", "nearest", "up"), default="down")
    ball.add_argument(
        "--short", choices=("leave_empty", "fill"), default="leave_empty", help="when only a capped sex is left (%(default)s)"
    )
    ball.add_argument("--recommended", help="CSV of the recommended members, same columns")
    ball.add_argument("--reserves", type=int, help="how many reserves (else everybody left)")
    ball.add_argument("--seed", required=True)
    ball.add_argument("--context", default=balls.CONTEXT)
    verify = parts.add_parser("verify", parents=[say], help="replay a published record")
    verify.add_argument("record")
    verify.add_argument("pool")
    verify.add_argument("--sex", default=balls.SEX)
    return asks


def main(arguments: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    parts: dict[str, Callable[[argparse.Namespace], int]] = {
        "commit": _commit, "solve": _solve, "draw": _draw, "balls": _balls, "verify": _verify,
    }  # fmt: skip
    try:
        return parts[asked.part](asked)
    except _Stop as stop:
        _out(stop.lines, sys.stderr)
        return 2
    except (OSError, ValueError) as wrong:
        _out([str(wrong)], sys.stderr)
        return 2


def _commit(asked: argparse.Namespace) -> int:
    rules = _read_quotas(asked) if asked.quotas else ()
    pool = _read_pool(asked, quotas.features_of(rules) if rules else (asked.sex,), quotas.allowed_values(rules))
    sha256 = pool.fingerprint() if rules else balls.fingerprint(record.sexes_of(pool, asked.sex))
    said = {"list_sha256": sha256, "people": len(pool.people), "types": len(pool.types()), "features": list(pool.features)}
    if asked.seed:
        said["seed_sha256"] = seed_commitment(asked.seed)
    return _say(asked, said, [f"{name} {value}" for name, value in said.items()])


def _solve(asked: argparse.Namespace) -> int:
    from madang.methods.seats import fair  # only here: drawing and checking need no solver
    from madang.methods.seats.relaxation import Relaxation

    rules = _read_quotas(asked)
    features, allowed = quotas.features_of(rules), quotas.allowed_values(rules)
    pool, seats = _read_pool(asked, features, allowed), asked.seats
    if asked.preselected:
        held = _read_pool(asked, features, allowed, asked.preselected)
        if both := held.people.keys() & pool.people.keys():
            raise ValueError(f"preselected and a candidate: {min(both)}")
        rules, seats = quotas.left_after(rules, held), seats - len(held.people)
    found = fair.solve(pool, rules, seats, asked.method, tickets=asked.tickets)
    if isinstance(found, Relaxation):
        changes = [
            {"feature": one.quota.feature, "value": one.quota.value, "lower_min_by": one.lower, "raise_max_by": one.higher}
            for one in found.changes
        ]
        refusal = {"infeasible": True, "units": found.units, "within_flex": found.within_flex, "missing": found.missing, "changes": changes}
        _say(asked, refusal, telling.tell_relaxation(found, asked.language))
        return 1
    said = record.of_lottery(found)
    text = [f"{kind['percent']:>7} %  {' · '.join(kind['values'])} ({kind['people']})" for kind in said["chances"]]
    return _say(asked, said, [*text, f"lottery_sha256 {said['lottery_sha256']}", f"list_sha256 {found.list_sha256}"])


def _draw(asked: argparse.Namespace) -> int:
    published = json.loads(Path(asked.lottery).read_text("utf-8"))
    lottery = lottery_from(published["lottery"] if isinstance(published, dict) and "lottery" in published else published)
    pool = _read_pool(asked, lottery.features)
    outcome = drawing.draw(lottery, pool, asked.seed, asked.context)
    return _say(asked, record.of_draw(lottery, pool, outcome, asked.seed, asked.context), _told(asked, outcome.story, outcome.chosen))


def _balls(asked: argparse.Namespace) -> int:
    share = None if asked.share == "none" else _share(asked.share)
    given = record.sexes_of(_read_pool(asked, (asked.sex,), path=asked.recommended), asked.sex) if asked.recommended else {}
    rule = balls.Rule(asked.seats, share, asked.rounding, asked.short)
    candidates = record.sexes_of(_read_pool(asked, (asked.sex,)), asked.sex)
    outcome = balls.draw(candidates, rule, seed=asked.seed, recommended=given, reserves=asked.reserves, context=asked.context)
    said = record.of_balls(outcome, asked.seed, reserves=asked.reserves, context=asked.context)
    return _say(asked, said, _told(asked, outcome.story, outcome.drawn))


def _verify(asked: argparse.Namespace) -> int:
    published = json.loads(Path(asked.record).read_text("utf-8"))
    if not isinstance(published, dict):
        raise ValueError("this is no record of a draw")
    is_balls = published.get("kind") == record.BALLS
    features = (asked.sex,) if is_balls else lottery_from(published.get("lottery", {})).features
    wrong = record.verify(published, _read_pool(asked, features), sex=asked.sex)
    _say(asked, {"holds": not wrong, "problems": list(wrong)}, wrong or ["holds"])
    return 1 if wrong else 0


def _share(text: str) -> tuple[int, int]:
    part, _, whole = text.partition("/")
    if not (part.isdigit() and whole.isdigit()):
        raise ValueError(f"{text} is not a fraction such as 60/100")
    return int(part), int(whole)


def _read_quotas(asked: argparse.Namespace) -> tuple[quotas.Quota, ...]:
    found = quotas.read_quotas(Path(asked.quotas).read_bytes())
    return _unless_refused(asked.quotas, found, asked.language)


def _read_pool(
    asked: argparse.Namespace, features: Iterable[str], allowed: dict[str, set[str]] | None = None, path: str | None = None
) -> Pool:
    path = path or asked.pool
    return _unless_refused(path, read_pool(Path(path).read_bytes(), tuple(features), key=asked.key, allowed=allowed), asked.language)


def _unless_refused(path: str, found: Any, language: Any) -> Any:
    if not isinstance(found, Refused):
        return found
    places = [":".join(str(part) for part in (path, one.row, one.column) if part is not None) for one in found.errors]
    reasons = [telling.tell_error(one.code, one.params, language) for one in found.errors]
    raise _Stop(f"{place}: {reason}" for place, reason in zip(places, reasons, strict=True))


def _told(asked: argparse.Namespace, story: Any, people: Sequence[str]) -> list[str]:
    return [*telling.tell(story, asked.language), "", *people]


def _say(asked: argparse.Namespace, said: dict[str, Any], lines: Iterable[str]) -> int:
    _out([json.dumps(said, ensure_ascii=False)] if asked.json else lines)
    return 0


def _out(lines: Iterable[str], stream: Any = None) -> None:
    (stream or sys.stdout).write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
