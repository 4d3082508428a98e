"""Reading a list of residents: names, birth dates and dong as offices write them. Pure; nothing is stored here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.models import Place
from madang.methods.tables import Table, TableError, read_table
from madang.methods.text import find_resident_numbers
from madang.residents.hashes import person_key, plain_name

MOST_ROWS = 60_000
MOST_BYTES = 8 * 1024 * 1024
COLUMNS = {
    "name": ("이름", "성명", "name"),
    "birth": ("생년월일", "생일", "출생일", "birth", "birthdate"),
    "dong": ("동", "행정동", "동명", "dong"),
}
COLUMN_WORDS = {"name": _("이름"), "birth": _("생년월일"), "dong": _("동")}
FILE_ERRORS = {
    "empty": _("빈 파일입니다."),
    "too_big": _("파일이 너무 큽니다. 동별로 나누어 올려 주십시오."),
    "spreadsheet_file": _("엑셀 파일입니다. 엑셀에서 ‘CSV UTF-8’로 저장해 올려 주십시오."),
    "undecodable": _("글자를 읽을 수 없습니다. ‘CSV UTF-8’ 또는 CSV(한글 윈도)로 저장해 주십시오."),
    "not_text": _("글 파일이 아닙니다."),
    "bad_quote": _("따옴표가 맞지 않는 줄이 있습니다."),
    "cell_too_long": _("너무 긴 칸이 있습니다."),
    "too_many_rows": _("줄이 너무 많습니다. 동별로 나누어 올려 주십시오."),
    "blank_column_name": _("첫 줄에 이름 없는 칸이 있습니다."),
    "repeated_column_name": _("첫 줄에 같은 이름의 칸이 둘 있습니다."),
    "too_many_cells": _("첫 줄보다 칸이 많은 줄이 있습니다."),
    "missing_column": _("첫 줄에 ‘%(name)s’ 칸이 없습니다. 이름, 생년월일, 동 세 칸이 필요합니다."),
    "resident_number": _("주민등록번호처럼 보이는 숫자가 있습니다. 법에 따라 받지 않습니다. 그 칸을 지우고 다시 올려 주십시오."),
}
ROW_ERRORS = {
    "no_name": _("이름이 없거나 너무 짧습니다."),
    "no_birth": _("생년월일이 없습니다."),
    "short_year": _("태어난 해는 네 자리로 적어야 합니다."),
    "bad_birth": _("없는 날짜입니다."),
    "birth_later": _("기준일보다 뒤의 날짜입니다."),
    "no_dong": _("이 구에 없는 동입니다."),
    "twice": _("앞에 같은 사람이 있습니다(%(row)s번 줄)."),
}
_BIRTH = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?)")
_SHORT = re.compile(r"\d{2}\s*[.\-/]?\s*\d{1,2}\s*[.\-/]?\s*\d{1,2}\.?")


@dataclass(frozen=True)
class Line:
    """How one line of the file was understood. The name is shown half covered: enough to check, too little to copy."""

    number: int
    name: str
    birth: date | None
    dong: str
    error: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        return str(ROW_ERRORS[self.error]) % self.params if self.error else ""


@dataclass(frozen=True)
class Reading:
    """A list as understood: `lines` are what is kept, `shown` and `bad` what the officer sees once."""

    lines: list[list]  # [[dong id, key hash], …]
    shown: list[Line]
    bad: list[Line]
    encoding: str
    delimiter: str
    columns: dict[str, str]  # which column was taken for what


def error_sentence(error: TableError) -> str:
    """A file's error for the officer, with the row when it is at one place."""
    words = str(FILE_ERRORS[error.code]) % {k: COLUMN_WORDS.get(str(v), v) for k, v in error.params.items()}
    return f"{words} ({_('%(row)s번 줄') % {'row': error.row}})" if error.row else words


def read_roll(data: bytes, *, dongs: Sequence[Place], on: date) -> Reading | TableError:
    """The lines of a CSV in UTF-8 (with or without mark), UTF-16 or CP949. `on` is the day the list was true."""
    table = read_table(data, max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    if isinstance(table, TableError):
        return table
    for number, row in zip(table.numbers, table.rows, strict=True):
        if any(find_resident_numbers(cell) for cell in row):
            return TableError("resident_number", row=number)
    columns = _columns(table)
    if isinstance(columns, TableError):
        return columns
    known = {_plain_dong(d.name): d for d in dongs}
    lines: list[list] = []
    shown: list[Line] = []
    bad: list[Line] = []
    seen: dict[str, int] = {}
    for number, row in zip(table.numbers, table.rows, strict=True):
        line, key, dong = _line(number, row[columns["name"]], row[columns["birth"]], row[columns["dong"]], known, on, seen)
        if line.error:
            bad.append(line)
            continue
        seen[key] = number
        lines.append([dong.pk, key])
        if len(shown) < 20:
            shown.append(line)
    return Reading(lines, shown, bad, table.encoding, table.delimiter, {c: table.header[i] for c, i in columns.items()})


def _columns(table: Table) -> dict[str, int] | TableError:
    heads = [h.replace(" ", "").casefold() for h in table.header]
    found = {}
    for column, names in COLUMNS.items():
        at = next((heads.index(n) for n in names if n in heads), None)
        if at is None:
            return TableError("missing_column", params={"name": column})
        found[column] = at
    return found


def _plain_dong(name: str) -> str:
    return re.sub(r"제(?=\d)|\s", "", name)


def read_birth(text: str) -> date | str:
    """A birth date with a four-digit year as offices write it, or the code of what is wrong."""
    text = text.strip()
    if not text:
        return "no_birth"
    match = _BIRTH.fullmatch(text)
    if not match:
        return "short_year" if _SHORT.fullmatch(text) else "bad_birth"
    try:
        return date(*(int(g) for g in match.groups() if g))
    except ValueError:
        return "bad_birth"


def _line(
    number: int, name: str, birth_text: str, dong_name: str, known: dict[str, Place], on: date, seen: dict[str, int]
) -> tuple[Line, str, Any]:
    birth, dong = read_birth(birth_text), known.get(_plain_dong(dong_name))
    shown = Line(number, covered(name), birth if isinstance(birth, date) else None, dong_name)

    def wrong(code: str, **params: Any) -> tuple[Line, str, Any]:
        return Line(shown.number, shown.name, shown.birth, shown.dong, code, params), "", None

    if len(plain_name(name)) < 2:
        return wrong("no_name")
    if isinstance(birth, str):
        return wrong(birth)
    if birth > on:
        return wrong("birth_later")
    if dong is None:
        return wrong("no_dong")
    key = person_key(name, birth, dong.code)
    if key in seen:
        return wrong("twice", row=seen[key])
    return shown, key, dong


def covered(name: str) -> str:
    """김○수: the first and last letter, the rest covered."""
    name = name.strip()
    if len(name) < 2:
        return name
    return f"{name[0]}{'○' * max(1, len(name) - 2)}{name[-1] if len(name) > 2 else ''}"
