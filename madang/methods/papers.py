"""The words inside files people hand in: plain text in the ways Korean machines write it, and the XML of DOCX, XLSX and HWPX."""

import re
from html import unescape

# A paragraph, a row or a cell ends here; within one, a number may be cut into runs of different looks.
_ENDS = re.compile(r"</(?:\w+:)?(?:p|tr|tc|row|c|v|si|is)>|<(?:\w+:)?(?:br|tab|lineBreak)\s*/?>")
_TAGS = re.compile(r"<[^>]*>")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x80-\x9f]")
# What has thirteen digits near to one another may be worth a closer look; everything else is passed over quickly.
_MANY_DIGITS = re.compile(r"(?:\d[^\d\n]{0,6}){12}\d")


def read_text(data: bytes) -> str | None:
    """The text of a plain text file: UTF-8, UTF-16 with its mark, or CP949 as older Korean programs write it; None for anything else."""
    for way in ("utf-16",) if _is_utf16(data) else ("utf-8", "cp949"):
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        return text if way == "utf-8" or not _CONTROLS.search(text) else None
    return None


def numbered_lines(xml: bytes) -> list[str]:
    """The lines of one part of a zipped paper that hold thirteen digits or more near to one another, tags and references resolved."""
    text = xml.decode("utf-16" if _is_utf16(xml) else "utf-8", errors="replace")
    plain = unescape(_TAGS.sub("", _ENDS.sub("\n", text)))
    return [line for line in plain.split("\n") if _MANY_DIGITS.search(line)]


def _is_utf16(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff")
