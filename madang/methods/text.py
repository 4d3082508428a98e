"""Cleaning what people type, and finding personal numbers in it.

Cleaning keeps every letter a person can see and drops what only deceives the eye: zero-width characters, controls that turn
the reading direction (U+202A–202E, U+2066–2069; the "Trojan Source" trick), other control characters, halves of surrogate pairs,
Hangul fillers that make blank names. The joiner U+200D stays inside emoji. Text is composed (NFC), lines end in LF.
Too long is an answer, never a silent cut.

Resident registration numbers (주민등록번호, 외국인등록번호) may not be processed without a law that names them: 개인정보 보호법 §24의2;
so we look for them and refuse. Form: six digits of birth, one digit for sex and century (주민등록법 시행규칙 §2: 1, 2 = 1900s,
3, 4 = 2000s, 9, 0 = 1800s; foreigners 5, 6 = 1900s, 7, 8 = 2000s), six more. The check digit of the old scheme does not hold for numbers
given since October 2020, so it helps to believe a number but its absence does not clear one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from unicodedata import category, normalize

# -- cleaning -------------------------------------------------------------------------------------------------------

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINER = "\u200d"
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}])")
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INNER_SPACES = re.compile(r"(?<=\S) {2,}")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text in full, its length in code points, and ``error`` "too_long" when that is more than ``max_len``."""

    text: str
    length: int
    max_len: int
    error: Literal["", "too_long"] = ""


def _visible(raw: str) -> str:
    # Composed before joiners are judged, because composing may turn a neighbour into another character, and once more after.
    return normalize("NFC", _LOOSE_JOINER.sub("", normalize("NFC", raw.translate(_SHOWN))))


def _is_hidden(char: str) -> bool:
    if char in "\n\t":
        return False
    code = ord(char)
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return is_noncharacter or category(char) in ("Cc", "Cf", "Cs") or char in _INVISIBLE_LETTERS


class _Shown(dict[int, int | None]):
    """Translation table that drops hidden characters and remembers its answers."""

    def __missing__(self, code: int) -> int | None:
        self[code] = answer = None if _is_hidden(chr(code)) else code
        return answer


_SHOWN = _Shown({ord(_JOINER): ord(_JOINER)})


def _answer(text: str, max_len: int) -> Cleaned:
    return Cleaned(text, len(text), max_len, "too_long" if len(text) > max_len else "")


def clean_line(raw: str, max_len: int) -> Cleaned:
    """One line: every break and every run of spaces becomes one space, none at the ends."""
    text = _SPACES.sub(" ", _visible(_LINE_ENDS.sub("\n", raw)))
    return _answer(" ".join(text.split()), max_len)


def clean_text(raw: str, max_len: int) -> Cleaned:
    """Several lines: LF ends, at most one blank line between paragraphs, single spaces inside lines; indents of a line stay."""
    text = _SPACES.sub(" ", _visible(_LINE_ENDS.sub("\n", raw)))
    # Line by line: one pattern for trailing spaces would take the square of the length on a long run of them.
    text = "\n".join(_INNER_SPACES.sub(" ", line.rstrip(" ")) for line in text.split("\n"))
    return _answer(_MANY_BLANK_LINES.sub("\n\n", text).strip("\n"), max_len)


# -- personal numbers -----------------------------------------------------------------------------------------------


class Span(NamedTuple):
    """Half-open range of positions in the text as it was given."""

    start: int
    end: int


_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u30fc\u3161\ufe58\ufe63\uff0d~\uff5e_")
_DOTS = frozenset(".\u00b7\u3002\u30fb\uff0e\u2024\u2027/")
_RESIDENT = re.compile(r"(?<!\d)(?<!\d-)(\d{6})([ .-]{0,3})(\d{7})(?!-?\d)")
_NAMED_BEFORE = re.compile(r"(?:주민|외국인)\s*(?:등록)?\s*(?:번호|번)[^\d\n]{0,12}$")
_PHONE = re.compile(
    r"""(?<!\d)(?<!\d[.-])(?:
        (?:\+?82[ .-]?|0)1[016789][ .-]?\d{3,4}[ .-]?\d{4}
        | 0(?:2|3[1-3]|4[1-4]|5[0-5]|6[1-4]|70)[ .)-]{1,2}\d{3,4}[ .-]\d{4}
    )(?!-?\d)""",
    re.VERBOSE,
)
_CARD = re.compile(r"(?<!\d)(?<!\d-)(?:[2-69]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?!-?\d)")
_FIRST_RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CENTURY = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000, "9": 1800, "0": 1800}


def find_resident_numbers(text: str, on: date | None = None) -> list[Span]:
    """Where ``text`` seems to hold a resident or foreigner registration number, in order.

    Believed are 13 digits (any script's digits, invisible characters between them or not) that begin with a possible birth date
    and a fitting digit for sex, if besides (a) a hyphen stands after the sixth digit, or (b) the old check digit is right, or
    (c) the words 주민등록번호 or the like stand just before. Numbers of the 1800s need (b). With ``on`` a birth after that day is
    not believed. Thirteen digits in a row with neither (b) nor (c) pass: about nine in ten order numbers that look like a birth date.
    """
    folded, origin = _digits_folded(text)
    found: list[Span] = []
    for match in _RESIDENT.finditer(folded):
        head, between, tail = match.groups()
        if _is_resident_number(head, between, tail, folded[max(0, match.start() - 30) : match.start()], on):
            found.append(Span(origin[match.start()], origin[match.end() - 1] + 1))
    return found


def _is_resident_number(head: str, between: str, tail: str, before: str, on: date | None) -> bool:
    born_in = _CENTURY[tail[0]]
    try:
        born = date(born_in + int(head[:2]), int(head[2:4]), int(head[4:]))
    except ValueError:
        return False
    if on is not None and born > on:
        return False
    if _check_digit_holds(head + tail):
        return True
    return born_in > 1800 and ("-" in between or _NAMED_BEFORE.search(before) is not None)


def _check_digit_holds(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_FIRST_RESIDENT_WEIGHTS, digits, strict=False))
    foreigner = digits[6] in "5678"
    return ((13 if foreigner else 11) - total % 11) % 10 == int(digits[12])


def find_phone_numbers(text: str) -> list[Span]:
    """Korean mobile numbers, and landline or 070 numbers written with separators. A hint: an office number is no personal data."""
    return _spans(_PHONE, text)


def find_card_numbers(text: str) -> list[Span]:
    """Payment card numbers of 15 or 16 digits whose Luhn digit is right (ISO/IEC 7812-1). One order number in ten passes too: a hint."""
    return [span for span in _spans(_CARD, text) if _luhn_holds(text[span.start : span.end])]


def whole_number(text: str, *, digits: int = 18) -> int | None:
    """The number written with at most so many of the digits 0 to 9 and nothing else; None for all other text.

    `²` is a digit to Python and no number, `９` and `٩` are numbers no page of ours writes, and past 18 digits no row is found."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def _luhn_holds(text: str) -> bool:
    digits = [int(char) for char in _digits_folded(text)[0] if char.isdigit()]
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    folded, origin = _digits_folded(text)
    return [Span(origin[match.start()], origin[match.end() - 1] + 1) for match in pattern.finditer(folded)]


def _digits_folded(text: str) -> tuple[str, list[int]]:
    """The text with every digit as ASCII, dashes, dots and spaces alike, invisible characters gone; and where each character stood."""
    out: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        plain = _FOLDS[char]
        if plain:
            out.append(plain)
            origin.append(position)
    return "".join(out), origin


def _folded(char: str) -> str:
    if char.isdigit():
        return str(int(normalize("NFKC", char))) if normalize("NFKC", char).isdecimal() else char
    if char in _DASHES:
        return "-"
    if char in _DOTS:
        return "."
    if char in "()\n":
        return char
    if _SPACES.match(char):
        return " "
    return "" if _is_hidden(char) else char


class _Folds(dict[str, str]):
    def __missing__(self, char: str) -> str:
        self[char] = answer = _folded(char)
        return answer


_FOLDS = _Folds()


def mask(text: str, spans: Iterable[tuple[int, int]], sign: str = "*") -> str:
    """``text`` with every digit inside the spans replaced by ``sign``; everything else, length included, stays."""
    out = list(text)
    for start, end in spans:
        for position in range(max(start, 0), min(end, len(out))):
            if out[position].isdigit():
                out[position] = sign
    return "".join(out)
