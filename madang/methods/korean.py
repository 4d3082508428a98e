"""Korean as offices and residents write it: particles after names, amounts of won, dates.

Sources: 한글 맞춤법 and answers of 국립국어원 on particles (the form follows the sound of the last syllable; a gloss in round
brackets is not read); 행정업무의 운영 및 혁신에 관한 규정 시행규칙 and 개조식 habits of reports for dates (``2021. 4. 7.(수)``: no zero
padding, a stop after the day, 24-hour time); budget papers for 천원·백만원·억원, ``△`` for a decrease and thousands commas.

Amounts are integer won. Rounding is always named: "half_up" (away from zero at the half) or "cut" (towards zero). Residents
never see an amount rounded up: ``won_resident`` cuts.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from madang.methods.partial_dates import PartialDate, parse_partial

__all__ = [
    "PartialDate",
    "day",
    "days_left",
    "days_left_text",
    "eok_won",
    "josa",
    "million_won",
    "moment",
    "month",
    "parse_partial",
    "particle",
    "percent",
    "short_day",
    "thousand_won",
    "won",
    "won_resident",
]

Rounding = Literal["half_up", "cut"]
Final = Literal["none", "rieul", "other"]

_PAIRS: Mapping[frozenset[str], tuple[str, str]] = {
    frozenset(pair): pair
    for pair in (
        ("을", "를"),
        ("이", "가"),
        ("은", "는"),
        ("과", "와"),
        ("으로", "로"),
        ("으로서", "로서"),
        ("으로써", "로써"),
        ("으로부터", "로부터"),
        ("아", "야"),
        ("이나", "나"),
        ("이나마", "나마"),
        ("이라", "라"),
        ("이란", "란"),
        ("이라도", "라도"),
        ("이며", "며"),
        ("이랑", "랑"),
        ("이에요", "예요"),
        ("이었", "였"),
    )
}
_DIGITS: Mapping[str, Final] = {
    **dict.fromkeys("2459", "none"),
    **dict.fromkeys("178", "rieul"),
    **dict.fromkeys("036", "other"),
}
_LETTERS: Mapping[str, Final] = {"L": "rieul", "R": "rieul", "M": "other", "N": "other"}
_SIGNS: Mapping[str, Final] = {
    "%": "none",
    "℃": "none",
    "㎡": "none",
    "㎥": "none",
    "㎞": "none",
    "㎏": "other",
}
_GLOSS = re.compile(r"(?<=[^\s(\[])\s*[(\[][^()\[\]]*[)\]]\s*$")
_CLOSERS = " \t\n\"'”’」』》〉〕】）)]}.,!?…·"
_HEARD = 100  # only the end of a text is heard; the patterns below go back over what they read
_NUMBER = re.compile(r"\d[\d,]*$")
_LATIN = re.compile(r"[A-Za-z]+$")
_LATIN_RIEUL = re.compile(r"(?:l|[^aeiou\W]le)$")
_LATIN_OTHER = re.compile(r"(?:m|n|ng|[aeiou](?:me|ne)|[aeiou](?:[kptb]|ck))$")
_BOTH_FORMS: Mapping[str, str] = {
    "을(를)": "을/를", "이(가)": "이/가", "은(는)": "은/는", "과(와)": "과/와", "와(과)": "과/와", "(으)로": "으로/로",
}  # fmt: skip
_OPEN_PARTICLE = re.compile("|".join(re.escape(both) for both in _BOTH_FORMS))
_WEEKDAYS = "월화수목금토일"


def particle(word: str, pair: str) -> str:
    """The particle of ``pair`` ("을/를", either order) that fits after ``word``.

    Reads Hangul, digits by their Sino-Korean names (10 십, 100 백, 10¹² 조), capital letters by their names and other Latin
    words by a rule of thumb. Closing brackets and quotation marks are looked through; a gloss in brackets after a word is
    skipped. A word it cannot read gets both forms: ``을(를)``, ``(으)로``. Raises ValueError for an unknown pair.
    """
    options = _PAIRS.get(frozenset(pair.split("/")))
    if options is None:
        raise ValueError(f"unknown pair of particles: {pair}")
    closed, open_ = options
    final = _final_of(word)
    if final is None:
        return f"(으){open_}" if closed.startswith("으") else f"{closed}({open_})"
    if closed.startswith("으"):
        return closed if final == "other" else open_
    return open_ if final == "none" else closed


def josa(word: object, pair: str) -> str:
    """``word`` with the fitting particle behind it: ``josa("금천구", "을/를")`` is ``금천구를``."""
    text = str(word)
    return text + particle(text, pair)


def settle(text: str) -> str:
    """A sentence into which words were put, each ``을(를)`` and its like decided by what stands before it; undecidable ones stay."""
    return _OPEN_PARTICLE.sub(lambda found: particle(text[: found.start()], _BOTH_FORMS[found[0]]), text)


def _final_of(word: str) -> Final | None:
    heard = _GLOSS.sub("", word[-_HEARD:]).rstrip(_CLOSERS)
    if not heard:
        return None
    last = heard[-1]
    if "가" <= last <= "힣":
        index = (ord(last) - 0xAC00) % 28
        return "none" if index == 0 else "rieul" if index == 8 else "other"
    if number := _NUMBER.search(heard):
        return _final_of_number(number[0].replace(",", ""))
    if latin := _LATIN.search(heard):
        return _final_of_latin(latin[0])
    return _SIGNS.get(last)


def _final_of_number(digits: str) -> Final:
    zeros = len(digits) - len(digits.rstrip("0"))
    if 12 <= zeros <= 15 and zeros < len(digits):
        return "none"  # 조
    return _DIGITS.get(digits[-1], "none")


def _final_of_latin(letters: str) -> Final:
    if letters.isupper():
        return _LETTERS.get(letters[-1], "none")
    lower = letters.lower()
    return "rieul" if _LATIN_RIEUL.search(lower) else "other" if _LATIN_OTHER.search(lower) else "none"


def _signed(amount: int, body: str) -> str:
    return f"△{body}" if amount < 0 else body


def _scaled(amount: int, unit: int, rounding: Rounding) -> int:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError("an amount of money is a whole number of won")
    if rounding not in ("half_up", "cut"):
        raise ValueError(f"unknown rounding: {rounding}")
    size = (abs(amount) + (unit // 2 if rounding == "half_up" else 0)) // unit
    return -size if amount < 0 else size


def won(amount: int) -> str:
    """Exact: ``1,234,500원``, ``△300원``."""
    return _signed(_scaled(amount, 1, "cut"), f"{abs(amount):,}원")


def won_resident(amount: int) -> str:
    """For residents: ``6,400만원``, ``9억 8,400만원``, ``12억원``, ``4,500원``. From 1만원 on, what is below 만 is cut."""
    size = abs(_scaled(amount, 1, "cut"))
    if size < 10_000:
        return _signed(amount, f"{size:,}원")
    parts: list[str] = []
    rest = size // 10_000
    for unit, name in ((10**8, "조"), (10**4, "억"), (1, "만")):
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count:,}{name}")
    return _signed(amount, " ".join(parts) + "원")


def thousand_won(amount: int, rounding: Rounding = "half_up", *, unit: bool = False) -> str:
    """Thousands of won for a table, ``12,300`` (``12,300천원`` with ``unit``)."""
    return _in_unit(amount, 1_000, rounding, "천원" if unit else "")


def million_won(amount: int, rounding: Rounding = "half_up", *, unit: bool = False) -> str:
    """Millions of won for a table, ``1,194`` (``1,194백만원`` with ``unit``)."""
    return _in_unit(amount, 1_000_000, rounding, "백만원" if unit else "")


def eok_won(amount: int, rounding: Rounding = "half_up", *, places: Literal[0, 1, 2] = 0, unit: bool = False) -> str:
    """Hundreds of millions of won, ``12`` or with one or two decimals ``9.8`` (``9.8억원`` with ``unit``)."""
    scaled = _scaled(amount, 10 ** (8 - places), rounding)
    whole, rest = divmod(abs(scaled), 10**places)
    body = f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"
    return _signed(scaled, body + ("억원" if unit else ""))


def _in_unit(amount: int, size: int, rounding: Rounding, name: str) -> str:
    scaled = _scaled(amount, size, rounding)
    return _signed(scaled, f"{abs(scaled):,}{name}")


def percent(part: int, whole: int) -> str | None:
    """Whole percent, half up: ``percent(4865, 10000)`` is ``49%``. None (not computable) when ``whole`` is 0 or less."""
    if whole <= 0:
        return None
    rate = (abs(part) * 200 + whole) // (2 * whole)
    return _signed(-rate if part < 0 else rate, f"{rate:,}%")


def day(value: date, today: date | None = None) -> str:
    """``7. 24.(금)`` in the year of ``today``, else ``2021. 4. 7.(수)``; always with the year when ``today`` is not given."""
    year = "" if today is not None and today.year == value.year else f"{value.year}. "
    return f"{year}{value.month}. {value.day}.({_WEEKDAYS[value.weekday()]})"


def short_day(value: date) -> str:
    """``'21. 4. 7.(수)``, the style of reports; years outside 2000–2099 keep their four digits."""
    return f"{PartialDate(value.year, value.month, value.day).short()}({_WEEKDAYS[value.weekday()]})"


def month(value: date | PartialDate) -> str:
    """``21.5``, for narrow columns and chart axes. A partial date without a month gives its year, ``21``."""
    return f"{value.year % 100:02}" if value.month is None else f"{value.year % 100:02}.{value.month}"


def moment(local: datetime, today: date | None = None) -> str:
    """``7. 24.(금) 18:00``. ``local`` is already in the time zone to be spoken in; nothing is converted here."""
    return f"{day(local.date(), today)} {local:%H:%M}"


def days_left(target: date, today: date) -> int:
    """Calendar days until ``target``: 0 on the day itself, negative afterwards."""
    return (target - today).days


def days_left_text(target: date, today: date) -> str:
    """``3일 남음``, ``오늘까지``, ``2일 지남``."""
    left = days_left(target, today)
    return "오늘까지" if left == 0 else f"{left:,}일 남음" if left > 0 else f"{-left:,}일 지남"
