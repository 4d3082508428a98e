"""The words inside files people hand in: plain text in the ways Korean machines write it, and zipped XML (DOCX, XLSX, HWPX)."""

import re
import zipfile
from html import unescape
from io import BytesIO

MOST_TEXT = 20_000_000
"""Bytes of XML and text read out of one zipped paper; a page of writing has a few thousand."""
MOST_PARTS = 2_000

_WAYS = ("utf-8", "cp949")
_WORDS = (".xml", ".rels", ".txt")
# A paragraph, a row or a cell ends here; within one, a number may be cut into runs of different looks.
_ENDS = re.compile(r"</(?:\w+:)?(?:p|tr|tc|row|c|v|si|is|t(?=>\s*</(?:\w+:)?si))>|<(?:\w+:)?(?:br|tab|lineBreak)\s*/?>")
_TAGS = re.compile(r"<[^>]*>")
# What has thirteen digits near to one another may be worth a closer look; everything else is passed over quickly.
_MANY_DIGITS = re.compile(r"(?:\d[^\d\n]{0,6}){12}\d")


def read_text(data: bytes) -> str | None:
    """The text of a plain text file: UTF-8, UTF-16 with its mark, or CP949 as older Korean programs write it; None for anything else."""
    for way in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _WAYS:
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        return text if way == "utf-8" or not re.search(r"[\x00-\x08\x0e-\x1f\x80-\x9f]", text) else None
    return None


def words_inside(data: bytes, *, most: int = MOST_TEXT) -> list[str]:
    """The lines of a zipped paper that hold many digits, tags taken away.

    Raises ValueError for what cannot be opened, is locked, or holds more than `most` bytes of text or MOST_PARTS parts: such a file has
    not been looked through."""
    found: list[str] = []
    left = most
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = [part for part in packed.infolist() if part.filename.lower().endswith(_WORDS)]
            if len(parts) > MOST_PARTS:
                raise ValueError("too many parts")
            for part in parts:
                with packed.open(part) as stream:
                    raw = stream.read(left + 1)
                left -= len(raw)
                if left < 0:
                    raise ValueError("too much text")
                found += _numbered_lines(raw)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, *_broken()) as fault:
        raise ValueError("cannot be opened") from fault
    return found


def _broken() -> tuple[type[Exception], ...]:
    import lzma
    import struct
    import zlib

    return zlib.error, lzma.LZMAError, struct.error


def _numbered_lines(raw: bytes) -> list[str]:
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    plain = unescape(_TAGS.sub("", _ENDS.sub("\n", text)))
    return [line for line in plain.split("\n") if _MANY_DIGITS.search(line)]
