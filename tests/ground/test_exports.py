"""Lists as files: harmless in a spreadsheet, readable in Korean."""

import csv
from datetime import date
from io import BytesIO, StringIO
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ground.exports import export
from tests import NOON

ROWS = [
    ("=1+1", 1200, NOON, None),
    ("+82-2", -5, date(2021, 5, 1), True),
    ("@SUM(A1)", 0.5, "", "줄\n바꿈"),
    ("-cmd|' /C calc'!A0", 1, "말", '쉼표, 따옴표"'),
]


def read_csv(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def read_xlsx(answer):
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [[c.value for c in row] for row in sheet.iter_rows()], sheet


def test_csv_has_the_mark_and_no_formula():
    answer = export("제안", ["제목", "수", "때", "밖"], ROWS, as_xlsx=False, at=NOON)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=UTF-8''제안_20210407.csv"
    head, *rows = read_csv(answer)
    assert head == ["제목", "수", "때", "밖"]
    assert [r[0] for r in rows] == ["'=1+1", "'+82-2", "'@SUM(A1)", "'-cmd|' /C calc'!A0"]
    assert rows[0][1:] == ["1200", "2021-04-07 12:00", ""]
    assert rows[1][1:] == ["-5", "2021-05-01", "True"]
    assert rows[2][3] == "줄\n바꿈"


def test_xlsx_has_numbers_as_numbers_and_no_formula():
    answer = export("제안", ["제목", "수", "때", "밖"], ROWS, as_xlsx=True, at=NOON)
    assert unquote(answer["Content-Disposition"]).endswith("제안_20210407.xlsx")
    rows, sheet = read_xlsx(answer)
    assert sheet.freeze_panes == "A2"
    assert rows[0] == ["제목", "수", "때", "밖"]
    assert rows[1][:2] == ["'=1+1", 1200]
    assert rows[3][1] == 0.5
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


@pytest.mark.parametrize("as_xlsx", [False, True])
def test_an_empty_list_is_a_file_with_a_head(as_xlsx):
    answer = export("빈", ["가", "나"], [], as_xlsx=as_xlsx, at=NOON)
    rows = read_xlsx(answer)[0] if as_xlsx else read_csv(answer)
    assert rows[0] == ["가", "나"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_text_begins_like_a_formula(text):
    _head, *rows = read_csv(export("x", ["a"], [(text, "끝")], as_xlsx=False, at=NOON))
    cell = rows[0][0].strip(" \u00a0\u3000")
    assert not cell.startswith(("=", "@")), cell
    if cell.startswith(("+", "-")):
        assert float(cell.replace(",", "")) is not None
