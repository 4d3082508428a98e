"""Which characters may go into a printed file, and what happens to the others."""

import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
MISSING = "〓"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """Text that every format may hold: composed Hangul, no control characters, no marks that turn the writing direction."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text))


def printable(text: str) -> str:
    """Text that our typefaces can print: invisible joiners go, what has no glyph becomes 〓 (PDF/UA forbids an unknown glyph)."""
    kept = []
    for letter in safe(text):
        if letter in "\n\t " or ord(letter) in coverage():
            kept.append(" " if letter in "\n\t" else letter)
        elif unicodedata.category(letter) not in ("Cf", "Mn", "Me", "Sk"):
            kept.append(MISSING)
    return re.sub(f"{MISSING}+", MISSING, "".join(kept))


@cache
def coverage() -> frozenset[int]:
    """Code points in the vendored faces, from the list that was made with them."""
    points: set[int] = set()
    for row in (FONTS / "coverage.txt").read_text(encoding="ascii").split():
        first, last = row.split("-")
        points.update(range(int(first, 16), int(last, 16) + 1))
    return frozenset(points)
