import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.tables import Table, TableError, read_table, spreadsheet_safe

KOREAN = "이름,동\n홍길동,가산동\n임꺽정,독산1동\n"


def read(data: bytes, max_rows: int = 100, max_bytes: int = 100_000) -> Table | TableError:
    return read_table(data, max_rows=max_rows, max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp949", "cp949"),
        ("euc-kr", "cp949"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
def test_encodings_of_korean_offices(codec: str, name: str) -> None:
    table = read(KOREAN.encode(codec))
    assert isinstance(table, Table)
    assert table.encoding == name
    assert table.header == ("이름", "동")
    assert table.rows == (("홍길동", "가산동"), ("임꺽정", "독산1동"))
    assert table.numbers == (2, 3)


def test_cp949_letters_beyond_euc_kr() -> None:
    table = read("이름\n펲시\n똠방\n".encode("cp949"))
    assert isinstance(table, Table)
    assert table.rows == (("펲시",), ("똠방",))


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_separators(delimiter: str) -> None:
    table = read(f'제목{delimiter}비고\r\n"가{delimiter}, 나"{delimiter}다\r\n'.encode())
    assert isinstance(table, Table)
    assert table.delimiter == delimiter
    assert table.rows == ((f"가{delimiter}, 나", "다"),)


def test_stated_separator_blank_rows_short_rows_and_blank_tail() -> None:
    table = read(b"sep=;\na;b;;\n\n1;2;;\n;;\n3\n")
    assert isinstance(table, Table)
    assert table.header == ("a", "b")
    assert table.rows == (("1", "2"), ("3", ""))
    assert table.numbers == (4, 6)


def test_line_breaks_inside_quotes_and_doubled_quotes() -> None:
    table = read('제목,본문\n"가","첫 줄\n둘째 ""줄"""\n'.encode())
    assert isinstance(table, Table)
    assert table.rows == (("가", '첫 줄\n둘째 "줄"'),)


@pytest.mark.parametrize(
    ("data", "code", "row", "column"),
    [
        (b"", "empty", None, None),
        (b" \n\n", "empty", None, None),
        (b"PK\x03\x04....", "spreadsheet_file", None, None),
        (b"\xd0\xcf\x11\xe0", "spreadsheet_file", None, None),
        (b"a,b\n1,\xff\xff\n", "undecodable", 2, None),
        (b"a,b\n1,\x00\n", "not_text", 2, None),
        (b'a,b\n"1,2\n', "bad_quote", 2, None),
        (b'a,b\n"1"x,2\n', "bad_quote", 2, None),
        (b"a,,c\n", "blank_column_name", 1, 2),
        (b"a,b,a\n", "repeated_column_name", 1, 3),
        (b"a,b\n1,2,3\n", "too_many_cells", 2, 3),
        (b"a\n" + b"1\n" * 101, "too_many_rows", 102, None),
        (b"a,b\n1," + b"x" * 25_000, "cell_too_long", 2, 2),
        (b"x" * 100_001, "too_big", None, None),
    ],
)
def test_refusals_name_the_place(data: bytes, code: str, row: int | None, column: int | None) -> None:
    answer = read(data)
    assert isinstance(answer, TableError)
    assert (answer.code, answer.row, answer.column) == (code, row, column)


def test_a_cell_beyond_the_readers_own_limit() -> None:
    answer = read(b"a\n" + b"x" * 200_000, max_bytes=1_000_000)
    assert isinstance(answer, TableError)
    assert answer.code == "cell_too_long"


@given(st.binary(max_size=300) | st.text(st.sampled_from('가a1,;\t|"\n\r\x00 '), max_size=80).map(str.encode))
def test_garbage_never_raises(data: bytes) -> None:
    answer = read(data, max_rows=5)
    if isinstance(answer, Table):
        assert len(answer.rows) == len(answer.numbers) <= 5
        assert all(len(row) == len(answer.header) for row in answer.rows)
    else:
        assert answer.code


CELLS = st.text(st.sampled_from('가나다 a1,;"\n'), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "utf-16", "cp949"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str]], codec: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("번호", "내용", "비고"))
    writer.writerows((*row, "끝") for row in rows)
    table = read(out.getvalue().encode(codec))
    assert isinstance(table, Table)
    assert table.rows == tuple((*row, "끝") for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1+1", "-가", "+82 10"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert spreadsheet_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "가산동", "-5", "-5,000", "+3.5%", "1=1", "△5", "'=1"])
def test_other_cells_stay(cell: str) -> None:
    assert spreadsheet_safe(cell) == cell
