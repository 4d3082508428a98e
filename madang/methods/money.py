"""Reads an amount of money as people type it."""

import re
from unicodedata import normalize

_UNITS = {"조": 10**12, "억": 10**8, "만": 10**4}
_SMALL = {"천": 1000, "백": 100, "십": 10}
_PART = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)?(?P<small>[천백십])?(?P<unit>[조억만])?")


def parse_won(text: str) -> int | None:
    """Whole won from `1,200,000`, `120만`, `1억 2천만원`, `12300천원`, `1.5억`. None for anything that is not plainly one amount.

    Units must fall from large to small; a fraction must come out in whole won; signs and words are not amounts."""
    body = re.sub(r"\s+", "", normalize("NFKC", text)).removesuffix("정").removesuffix("원").removeprefix("금")
    if body.endswith("백만") and body[:-2].replace(",", "").isdigit():
        return int(body[:-2].replace(",", "")) * 10**6
    if not body or not re.fullmatch(r"[\d,.천백십조억만]+", body):
        return None
    total, within, last_unit, at = 0, 0, 10**16, 0
    while at < len(body):
        found = _PART.match(body, at)
        if not found or found.end() == at or (found["number"] is None and found["small"] is None):
            return None
        number = (found["number"] or "1").replace(",", "")
        whole, _dot, fraction = number.partition(".")
        scale = _SMALL.get(found["small"] or "", 1)
        unit = _UNITS.get(found["unit"] or "", 0)
        size = scale * (unit or 1)
        value = int(whole) * size + (int(fraction) * size // 10 ** len(fraction) if fraction else 0)
        if fraction and int(fraction) * size % 10 ** len(fraction):
            return None
        if unit:
            if unit >= last_unit:
                return None
            total += within * unit + value
            within, last_unit = 0, unit
        else:
            within += value
        at = found.end()
    return total + within
