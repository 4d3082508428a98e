"""Dates that are known only to the month or the year, as they stand in progress cards and archives.

Paper says ``'21. 4.``, ``’21. 5. 3.``, ``2021. 1월``, ``2021-05``; all are read, one house style is written.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self
from unicodedata import normalize

_LONGEST = 40
_APOSTROPHES = "'’‘`´′"
_NUMBERS = re.compile(
    r"""(?P<mark>['])?\s*(?P<year>\d{4}|\d{2})\s*(?P<unit>년|[-./])?
        (?:\s*(?P<month>\d{1,2})\s*(?:월|[-./])?
           (?:\s*(?P<day>\d{1,2})\s*(?:일|\.)?)?
        )?
        \s*(?:\(\s*[월화수목금토일](?:요일)?\s*\))?\s*""",
    re.VERBOSE,
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day. Sorts by time; a year comes before its months. Raises ValueError if impossible."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order < other._order

    def __le__(self, other: "PartialDate") -> bool:
        return self._order <= other._order

    def __gt__(self, other: "PartialDate") -> bool:
        return self._order > other._order

    def __ge__(self, other: "PartialDate") -> bool:
        return self._order >= other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """Earliest day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """Latest day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def house(self) -> str:
        """``2021년``, ``2021. 5.``, ``2021. 5. 3.``"""
        return f"{self.year}년" if self.month is None else f"{self.year}. {self._rest()}"

    def short(self) -> str:
        """``'21``, ``'21. 5.``, ``'21. 5. 3.``; years outside 2000–2099 keep their four digits."""
        year = f"'{self.year % 100:02}" if 2000 <= self.year <= 2099 else str(self.year)
        return year if self.month is None else f"{year}. {self._rest()}"

    def iso(self) -> str:
        """``2021``, ``2021-05``, ``2021-05-03``: for machines and for storing as text that sorts."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    def _rest(self) -> str:
        return f"{self.month}." if self.day is None else f"{self.month}. {self.day}."


def parse_partial(text: str) -> PartialDate | None:
    """Read a date of any precision; None when the text is no date.

    Takes ``'21. 4.``, ``’21. 5. 3.``, ``21.5.``, ``2021-05``, ``2021. 5.``, ``2021년 5월``, ``2021. 5월``, ``2021. 5. 3.(월)``,
    ``20210503``, ``2021``, ``'21``. Two digits mean 2000–2099. A year of two digits alone needs its apostrophe or 년, and one followed
    by a month must have both digits, so ``5. 3.`` (a day without a year) is refused rather than guessed. A stated weekday
    is not compared with the date.
    """
    if len(text) > _LONGEST:
        return None
    plain = normalize("NFKC", text).strip()
    for mark in _APOSTROPHES:
        plain = plain.replace(mark, "'")
    found = _COMPACT.fullmatch(plain)
    if found is None:
        found = _NUMBERS.fullmatch(plain)
        if found is None or not _year_is_sure(found):
            return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000
    try:
        return PartialDate(year, int(found["month"]) if found["month"] else None, int(found["day"]) if found["day"] else None)
    except ValueError:
        return None


def _year_is_sure(found: re.Match[str]) -> bool:
    if found["month"] is not None:
        return found["unit"] is not None or found["mark"] is not None
    if found["mark"] is not None or found["unit"] == "년":
        return True
    return len(found["year"]) == 4 and found["unit"] in (None, ".")
