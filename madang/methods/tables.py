"""Reading tables people upload as CSV, and writing cells that a spreadsheet cannot mistake for a formula.

Office computers in Korea still write CSV in CP949 (EUC-KR with Microsoft's additions), spreadsheets also in UTF-8 with a mark or in
UTF-16; separators are comma, semicolon, tab or bar. Nothing is guessed twice: a file that cannot be read whole and plainly is
answered with a ``TableError`` that names the row and column as a spreadsheet numbers them. Nothing raises on garbage.

Quoting follows RFC 4180. Formula injection: OWASP, "CSV Injection".
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Literal

DELIMITERS = (",", "\t", ";", "|")
Encoding = Literal["utf-8", "utf-16", "cp949"]
_SNIFFED_ROWS = 20
_LONGEST_CELL = 20_000
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. Every row has as many cells as the header; cells are stripped; blank rows are left out.

    ``numbers[i]`` is the number of ``rows[i]`` among the rows of the file, the header being 1 when it is the first, so that an error
    can be told in the words of the spreadsheet.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: Encoding
    delimiter: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TableError:
    """Why a file is refused. ``row`` and ``column`` count from 1; None when the error is not at one place.

    Codes: empty, too_big(max_bytes), spreadsheet_file, undecodable(byte), not_text, bad_quote, cell_too_long(max_length),
    too_many_rows(max_rows), blank_column_name, repeated_column_name(name), too_many_cells(expected, found).
    """

    code: str
    row: int | None = None
    column: int | None = None
    params: dict[str, int | str] = field(default_factory=dict)


def read_table(data: bytes, *, max_rows: int, max_bytes: int) -> Table | TableError:
    """Read an uploaded CSV of at most ``max_rows`` rows below its header. Answers a Table or a TableError, never raises."""
    if len(data) > max_bytes:
        return TableError("too_big", params={"max_bytes": max_bytes})
    if data.startswith(_SPREADSHEETS):
        return TableError("spreadsheet_file")
    decoded = _decode(data)
    if isinstance(decoded, TableError):
        return decoded
    text, encoding = decoded
    if not text.strip():
        return TableError("empty")
    if "\x00" in text:
        return TableError("not_text", row=text[: text.index("\x00")].count("\n") + 1)
    stated = _SEPARATOR_LINE.match(text)
    delimiter = stated[1] if stated and stated[1] in DELIMITERS else _sniff(text)
    return _read(text[stated.end() :] if stated else text, encoding, delimiter, max_rows, 1 if stated else 0)


def _decode(data: bytes) -> tuple[str, Encoding] | TableError:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries: tuple[tuple[str, Encoding], ...] = (("utf-16", "utf-16"),)
    elif (wide := _wide_without_mark(data)) is not None:
        tries = ((wide, "utf-16"),)
    else:
        tries = (("utf-8-sig", "utf-8"), ("cp949", "cp949"))
    for codec, name in tries:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError as broken:
            at = broken.start
    return TableError("undecodable", row=data[:at].count(b"\n") + 1, params={"byte": at})


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes mostly on one side, and read so, most characters are ASCII or Hangul.

    The second test keeps a stray zero byte in a narrow file from turning it into rare Chinese characters.
    """
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many, few = max(even, odd), min(even, odd)
    if len(data) % 2 or not many or few * 3 > many:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    wide = head.decode(codec, "ignore")
    usual = sum(0 < ord(char) < 0x80 or "가" <= char <= "힣" for char in wide)
    return codec if usual * 2 > len(wide) else None


def _sniff(text: str) -> str:
    """The separator under which most of the first rows have as many cells as the first of them, more than one."""
    best, best_score = DELIMITERS[0], (0, 0)
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        first = 0
        try:
            for cells in _records(text, delimiter):
                first = first or len(cells)
                widths[len(cells)] += 1
                if widths.total() == _SNIFFED_ROWS:
                    break
        except csv.Error:
            pass
        score = (widths[first], first)
        if first > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
        if any(cell.strip() for cell in cells):
            yield cells


def _read(text: str, encoding: Encoding, delimiter: str, max_rows: int, number: int) -> Table | TableError:
    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if error := _cell_error(row, number):
                return error
            if not header:
                header = tuple(_without_blank_tail(row, 0))
                if error := _header_error(header, number):
                    return error
                continue
            row = _without_blank_tail(row, len(header))
            if len(row) > len(header):
                return TableError("too_many_cells", number, len(header) + 1, {"expected": len(header), "found": len(row)})
            if len(rows) == max_rows:
                return TableError("too_many_rows", number, params={"max_rows": max_rows})
            rows.append(tuple(row + [""] * (len(header) - len(row))))
            numbers.append(number)
    except csv.Error as broken:
        if "limit" in str(broken):
            return TableError("cell_too_long", number + 1, params={"max_length": _LONGEST_CELL})
        return TableError("bad_quote", number + 1)
    return Table(header, tuple(rows), encoding, delimiter, tuple(numbers)) if header else TableError("empty")


def _without_blank_tail(row: list[str], keep: int) -> list[str]:
    end = len(row)
    while end > keep and not row[end - 1]:
        end -= 1
    return row[:end]


def _cell_error(row: list[str], number: int) -> TableError | None:
    for column, cell in enumerate(row, 1):
        if len(cell) > _LONGEST_CELL:
            return TableError("cell_too_long", number, column, {"max_length": _LONGEST_CELL})
    return None


def _header_error(header: tuple[str, ...], number: int) -> TableError | None:
    for column, name in enumerate(header, 1):
        if not name:
            return TableError("blank_column_name", number, column)
        if name in header[: column - 1]:
            return TableError("repeated_column_name", number, column, {"name": name})
    return None


_RISKY_STARTS = "=+-@＝＋－＠\t\r\n"
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


def spreadsheet_safe(cell: str) -> str:
    """``cell`` with an apostrophe before it if a spreadsheet might run it as a formula. Plain numbers, negative too, stay as they are."""
    start = cell.lstrip(" \u00a0\u3000")[:1]
    if start and start in _RISKY_STARTS and not _PLAIN_NUMBER.fullmatch(cell.strip(" ")):
        return "'" + cell
    return cell
