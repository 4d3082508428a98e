"""The ball draw of resident councils: one by one, and once a sex has reached its cap only the other is drawn.

The practice (구로구 2019: 탁구공에 남녀 색을 달리해 적고 차례로 뽑되 60%에 이르면 나머지 성만 뽑음; 하남시 2021: 예비 후보자 순위도 추첨;
울주군 2022: 예비 후보자에게도 같은 비율), made so that anybody can replay it from the list and the seed:

- cap = seats × share, rounded down by default ("넘지 않는다"); "nearest" (half up) and "up" stand ready for ordinances that say so.
  A cap of half or more is never below half the seats, rounded up, or two sexes could not fill them.
- recommended members (추천 위원) hold seats before the draw and count in the cap.
- ball number n: in the box are all not yet drawn whose sex is below its cap, keys by code point. The place is a number below the size of
  the box from the blocks of (seed, ``CONTEXT/balls``, see ``lots``), counted from 0.
- reserves: a second draw over the rest with ``CONTEXT/reserves``. A list of n reserves has its own cap, n × share; without a number
  everybody left gets a place in the order, the other sex's last balls at the end.
- when only people of a sex at its cap are left, seats stay empty for a further call (``short="leave_empty"``), or are filled for an
  ordinance that allows it ("fill").

Ordinances differ from district to district: the one concerned decides share, rounding and what happens when a sex is short.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from madang.methods.lots import Blocks, seed_commitment
from madang.methods.seats.pool import pool_of
from madang.methods.stories import Fact, Line

Rounding = Literal["down", "nearest", "up"]
Short = Literal["leave_empty", "fill"]
SEX = "성별"
CONTEXT = "seats"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the ordinance says. ``share`` is a fraction as two whole numbers, None where there is no cap; ``seats`` count the recommended.

    Raises ValueError for a share outside 0..1 or seats below 0.
    """

    seats: int
    share: tuple[int, int] | None = (60, 100)
    rounding: Rounding = "down"
    short: Short = "leave_empty"

    def __post_init__(self) -> None:
        if self.seats < 0 or self.rounding not in ("down", "nearest", "up") or self.short not in ("leave_empty", "fill"):
            raise ValueError("seats are not negative; rounding is down, nearest or up; short is leave_empty or fill")
        if self.share is not None and not (self.share[1] > 0 and 0 <= self.share[0] <= self.share[1]):
            raise ValueError("the share is a fraction between 0 and 1")

    def cap(self, seats: int | None = None) -> int:
        """The most seats one sex may hold, of all or of this many.

        Never fewer than half of them, rounded up: 60 % of 3 is 1.8, and with one seat each two sexes could not fill three.
        """
        seats = self.seats if seats is None else seats
        if self.share is None:
            return seats
        part, whole = self.share
        more = {"down": 0, "nearest": whole, "up": 2 * whole - 2}[self.rounding]
        rounded = (2 * seats * part + more) // (2 * whole)
        return max(rounded, (seats + 1) // 2) if 2 * part >= whole else rounded


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who sits. ``drawn`` and ``reserves`` in the order of the balls; ``empty`` seats stay free for a further call.

    ``list_sha256`` is the fingerprint of the candidates (feature 성별), ``recommended_sha256`` that of the recommended.
    """

    rule: Rule
    recommended: tuple[str, ...]
    drawn: tuple[str, ...]
    empty: int
    reserves: tuple[str, ...]
    sexes: Mapping[str, str]
    seed_sha256: str
    list_sha256: str
    recommended_sha256: str
    story: tuple[Line, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """All who sit: the recommended, then the drawn."""
        return self.recommended + self.drawn


def fingerprint(candidates: Mapping[str, str]) -> str:
    """The SHA-256 of the list to publish before the draw, of ``{key: sex}`` (``pool.Pool.fingerprint`` with the one feature 성별)."""
    return pool_of({key: {SEX: sex} for key, sex in candidates.items()}, [SEX]).fingerprint()


def draw(
    candidates: Mapping[str, str],
    rule: Rule,
    *,
    seed: str,
    recommended: Mapping[str, str] | None = None,
    reserves: int | None = None,
    context: str = CONTEXT,
) -> Drawn:
    """Draws the seats and the reserves. ``candidates`` and ``recommended`` are ``{key: sex}``; the order they come in changes nothing.

    Raises ValueError for a poor seed, an empty key, somebody both recommended and a candidate, or more recommended than seats.
    """
    given = dict(sorted((recommended or {}).items()))
    if both := given.keys() & candidates.keys():
        raise ValueError(f"recommended and a candidate: {min(both)}")
    if len(given) > rule.seats:
        raise ValueError("more are recommended than there are seats")
    list_sha256, recommended_sha256 = fingerprint(candidates), fingerprint(given)
    box = _Box(rule.cap(), Counter(given.values()), Blocks(seed, f"{context}/balls"))
    box.story.append(Line("seats", {"seats": rule.seats, "recommended": len(given), "cap": box.cap, "rounding": rule.rounding}))
    drawn = box.take(dict(candidates), rule.seats - len(given), fill=rule.short == "fill", code="drawn")
    empty = rule.seats - len(given) - len(drawn)
    if empty:
        box.story.append(Line("seats_left_empty", {"empty": empty}))
    rest = {key: sex for key, sex in candidates.items() if key not in set(drawn)}
    places = len(rest) if reserves is None else min(reserves, len(rest))
    second = _Box(rule.cap(places), Counter(), Blocks(seed, f"{context}/reserves"))
    if places:
        second.story.append(Line("reserves", {"places": places, "cap": second.cap}))
    order = second.take(rest, places, fill=reserves is None or rule.short == "fill", code="reserve")
    sexes = {**candidates, **given}
    story = tuple(box.story + second.story)
    promised = seed_commitment(seed)
    return Drawn(rule, tuple(given), drawn, empty, order, sexes, promised, list_sha256, recommended_sha256, story)


class _Box:
    """The box of balls: who holds seats so far, by sex, and the blocks the hand draws from."""

    def __init__(self, cap: int, held: Counter[str], blocks: Blocks) -> None:
        self.cap, self._held, self._blocks = cap, held, blocks
        self.story: list[Line] = []

    def take(self, balls: Mapping[str, str], places: int, *, fill: bool, code: str) -> tuple[str, ...]:
        """Draws ``places`` balls or as many as the cap lets; the rest too if ``fill``."""
        box, aside = sorted(balls), list[str]()
        for sex in sorted({*balls.values(), *self._held}):
            box = self._put_aside(sex, balls, box, aside)
        taken: list[str] = []
        while len(taken) < places:
            if not box:
                if not (fill and aside):
                    break
                self.story.append(Line("cap_lifted", {"left": len(aside)}))
                box, aside = sorted(aside), []
            among = len(box)
            place = self._blocks.below(among)
            key = box.pop(place)
            taken.append(key)
            self._held[balls[key]] += 1
            facts: dict[str, Fact] = {
                "number": len(taken),
                "among": among,
                "place": place,
                "id": key,
                "sex": balls[key],
                "of_sex": self._held[balls[key]],
            }
            self.story.append(Line(code, facts))
            if self._held[balls[key]] == self.cap:
                box = self._put_aside(balls[key], balls, box, aside)
        return tuple(taken)

    def _put_aside(self, sex: str, balls: Mapping[str, str], box: list[str], aside: list[str]) -> list[str]:
        """What stays in the box once this sex's balls are out, if it is at its cap."""
        if self._held[sex] < self.cap:
            return box
        aside += [key for key in box if balls[key] == sex]
        self.story.append(Line("cap_reached", {"sex": sex, "number": self._held[sex], "cap": self.cap}))
        return [key for key in box if balls[key] != sex]


def steps_in(outcome: Drawn, leaving: Collection[str]) -> tuple[str, ...]:
    """Who of the reserves takes the seats of those leaving: in the drawn order, passing over a sex that is at its cap of all seats.

    As many as leave, fewer where nobody may. Raises ValueError for somebody leaving who does not sit.
    """
    if not set(leaving) <= set(outcome.members):
        raise ValueError("only members leave")
    held = Counter(outcome.sexes[key] for key in outcome.members if key not in set(leaving))
    entering: list[str] = []
    while len(entering) < len(set(leaving)):
        fits = (key for key in outcome.reserves if key not in entering and held[outcome.sexes[key]] < outcome.rule.cap())
        key = next(fits, None)
        if key is None:
            break
        entering.append(key)
        held[outcome.sexes[key]] += 1
    return tuple(entering)


def chances(candidates: Mapping[str, int], rule: Rule, recommended: Mapping[str, int] | None = None) -> dict[str, Fraction]:
    """The exact chance of each candidate by sex before the draw. ``candidates`` and ``recommended`` are ``{sex: how many}``.

    Follows every way the draw may go: states are how many of each sex were drawn. Meant for two or three sexes.
    """
    sexes = sorted(candidates)
    held = [(recommended or {}).get(sex, 0) for sex in sexes]
    states: dict[tuple[int, ...], Fraction] = {(0,) * len(sexes): Fraction(1)}
    for _ in range(rule.seats - sum((recommended or {}).values())):
        after: dict[tuple[int, ...], Fraction] = {}
        for state, chance in states.items():
            left = [candidates[sex] - number for sex, number in zip(sexes, state, strict=True)]
            box = [number if had + taken < rule.cap() else 0 for number, had, taken in zip(left, held, state, strict=True)]
            box = left if not any(box) and rule.short == "fill" else box
            total = sum(box)
            for i, number in enumerate(box):
                if number:
                    then = (*state[:i], state[i] + 1, *state[i + 1 :])
                    after[then] = after.get(then, Fraction(0)) + chance * Fraction(number, total)
            if not total:
                after[state] = after.get(state, Fraction(0)) + chance
        states = after
    return {
        sex: sum((chance * state[i] for state, chance in states.items()), Fraction(0)) / candidates[sex] if candidates[sex] else Fraction(0)
        for i, sex in enumerate(sexes)
    }
