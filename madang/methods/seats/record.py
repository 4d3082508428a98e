"""A draw as JSON, and the check of a published one: nothing but this record and the list is needed, no solver.

Kinds: "seats.lottery" (published before the seed), "seats.draw" (a lottery and what a seed made of it), "seats.balls" (a ball draw).
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from madang.methods.lots import seed_matches
from madang.methods.seats import balls, drawing
from madang.methods.seats.lottery import Lottery, lottery_from
from madang.methods.seats.pool import Pool
from madang.methods.stories import Line

LOTTERY, DRAW, BALLS = "seats.lottery", "seats.draw", "seats.balls"


def of_lottery(lottery: Lottery) -> dict[str, Any]:
    """The lottery to publish, with its fingerprint and the chance of each type's people as text and as a fraction [part, whole]."""
    chances = [
        {"values": list(values), "people": size, "chance": _pair(chance), "percent": drawing.percent(chance)}
        for values, size, chance in zip(lottery.types, lottery.sizes, lottery.chances, strict=True)
    ]
    return {
        "kind": LOTTERY,
        "lottery": lottery.plain(),
        "lottery_sha256": lottery.fingerprint(),
        "least": _pair(lottery.least),
        "bound": f"{lottery.bound:.9f}",
        "never": list(lottery.never),
        "chances": chances,
    }


def of_draw(lottery: Lottery, pool: Pool, outcome: drawing.Draw, seed: str, context: str = drawing.CONTEXT) -> dict[str, Any]:
    """The draw to publish. ``chances`` has everybody's chance."""
    return {
        "kind": DRAW,
        "lottery": lottery.plain(),
        "lottery_sha256": outcome.lottery_sha256,
        "seed": seed,
        "seed_sha256": outcome.seed_sha256,
        "context": context,
        "ticket": outcome.ticket,
        "committee": outcome.committee,
        "chosen": list(outcome.chosen),
        "reserves": [[i, list(keys)] for i, keys in outcome.reserves.items()],
        "chances": {key: drawing.percent(chance) for key, chance in lottery.chance_of(pool).items()},
        "story": _lines(outcome.story),
    }


def of_balls(outcome: balls.Drawn, seed: str, *, reserves: int | None = None, context: str = balls.CONTEXT) -> dict[str, Any]:
    """The ball draw to publish; ``reserves`` as it was given to ``balls.draw``."""
    rule = outcome.rule
    share = None if rule.share is None else list(rule.share)
    return {
        "kind": BALLS,
        "rule": {"seats": rule.seats, "share": share, "rounding": rule.rounding, "short": rule.short, "reserves": reserves},
        "list_sha256": outcome.list_sha256,
        "recommended_sha256": outcome.recommended_sha256,
        "recommended": {key: outcome.sexes[key] for key in outcome.recommended},
        "seed": seed,
        "seed_sha256": outcome.seed_sha256,
        "context": context,
        "drawn": list(outcome.drawn),
        "empty": outcome.empty,
        "reserves": list(outcome.reserves),
        "story": _lines(outcome.story),
    }


def verify(record: Mapping[str, Any], pool: Pool, *, sex: str = balls.SEX) -> tuple[str, ...]:
    """What does not hold in a published record, in codes; empty when list, table, seed and people all agree.

    Codes: list_differs, types_differ, tickets_wrong, committee_wrong:n, quota_broken:n:feature:value, lottery_differs, seed_differs,
    recommended_differ, <field>_differs. ``sex`` names the feature of a ball draw. Raises ValueError for something that is no record.
    """
    try:
        kind = record["kind"]
        if kind == BALLS:
            return _verify_balls(record, pool, sex)
        if kind not in (LOTTERY, DRAW):
            raise ValueError("this is no record of a draw")
        lottery = lottery_from(record["lottery"])
        wrong = list(lottery.problems(pool))
        if lottery.fingerprint() != record["lottery_sha256"]:
            wrong.append("lottery_differs")
        if kind == DRAW and not wrong:
            wrong += _verify_draw(record, lottery, pool)
        return tuple(wrong)
    except (KeyError, TypeError, AttributeError) as missing:
        raise ValueError(f"this is no whole record: {missing}") from missing


def _verify_draw(record: Mapping[str, Any], lottery: Lottery, pool: Pool) -> list[str]:
    seed, context = str(record["seed"]), str(record["context"])
    wrong = [] if seed_matches(seed, str(record["seed_sha256"])) else ["seed_differs"]
    again = of_draw(lottery, pool, drawing.draw(lottery, pool, seed, context), seed, context)
    return wrong + _differences(record, again, ("ticket", "committee", "chosen", "reserves", "chances", "story"))


def _verify_balls(record: Mapping[str, Any], pool: Pool, sex: str) -> tuple[str, ...]:
    seed, context, asked = str(record["seed"]), str(record["context"]), record["rule"]
    wrong = [] if seed_matches(seed, str(record["seed_sha256"])) else ["seed_differs"]
    share = None if asked["share"] is None else (int(asked["share"][0]), int(asked["share"][1]))
    rule = balls.Rule(int(asked["seats"]), share, asked["rounding"], asked["short"])
    outcome = balls.draw(
        sexes_of(pool, sex), rule, seed=seed, recommended=record["recommended"], reserves=asked["reserves"], context=context
    )
    again = of_balls(outcome, seed, reserves=asked["reserves"], context=context)
    fields = ("list_sha256", "recommended_sha256", "drawn", "empty", "reserves", "story")
    return tuple("list_differs" if one == "list_sha256_differs" else one for one in wrong + _differences(record, again, fields))


def sexes_of(pool: Pool, sex: str = balls.SEX) -> dict[str, str]:
    """The pool as ``balls.draw`` takes it."""
    return {key: values[0] for key, values in pool.only([sex]).people.items()}


def _differences(record: Mapping[str, Any], again: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
    return [f"{name}_differs" for name in fields if record[name] != again[name]]


def _pair(chance: Fraction) -> list[int]:
    return [chance.numerator, chance.denominator]


def _lines(story: tuple[Line, ...]) -> list[list[Any]]:
    return [[line.code, {key: list(fact) if isinstance(fact, tuple) else fact for key, fact in line.params.items()}] for line in story]
