"""XLSX: a sheet a table, numbers as numbers, formulas that equal what was printed."""

import io
import re

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from madang.reports.paper import render
from madang.reports.paper.blocks import Column, Paper, Section, TableBlock, count, percent, row

from .fixture_assembly import assembly_paper, long_paper
from .fixture_meeting import meeting_paper
from .reading import AT


def books(paper: Paper):
    data = render.xlsx(paper, AT)
    return openpyxl.load_workbook(io.BytesIO(data)), openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def added(formula: str, sheet) -> float:
    """The value of a SUM or part/whole formula, worked out from the cached cells."""
    ratio = re.fullmatch(r"=IF\(\$?(\w+\$?\d+)=0,0,(\w+\d+)/\$?(\w+\$?\d+)\)", formula)
    if ratio:
        return sheet[ratio.group(2)].value / sheet[ratio.group(3).replace("$", "")].value
    total = 0
    for part in re.fullmatch(r"=SUM\((.*)\)", formula).group(1).split(","):
        left, top, right, bottom = range_boundaries(part)
        cells = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
        total += sum(value for line in cells for value in line if isinstance(value, int | float))
    return total


@pytest.mark.parametrize("make", [assembly_paper, meeting_paper, long_paper])
def test_formulas_equal_the_printed_values(make):
    live, cached = books(make())
    seen = 0
    for sheet in live:
        for cell in (one for line in sheet.iter_rows() for one in line if isinstance(one.value, str) and one.value.startswith("=")):
            assert added(cell.value, cached[sheet.title]) == pytest.approx(cached[sheet.title][cell.coordinate].value)
            seen += 1
    assert seen >= 2


def test_sheets_are_named_after_their_tables():
    live, _ = books(assembly_paper())
    assert "동별 투표 방법별 투표자 수" in live.sheetnames
    assert len(live.sheetnames) == 7


def test_won_are_written_in_full_with_their_unit():
    live, cached = books(assembly_paper())
    sheet = cached["안건별 찬반 투표 결과와 선정"]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    assert 18_500_000 in values
    assert "(단위 : 표, 원)" in values
    formulas = [cell.value for line in live["안건별 찬반 투표 결과와 선정"].iter_rows() for cell in line if str(cell.value).startswith("=")]
    assert "=SUM(C6:C11)" in formulas
    assert "=SUM(C6:E6)" in formulas


def test_merges_frozen_head_and_printing():
    live, _ = books(assembly_paper())
    sheet = live["안건별 찬반 투표 결과와 선정"]
    assert "C4:F4" in {str(one) for one in sheet.merged_cells.ranges}
    assert "A4:A5" in {str(one) for one in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9


def test_blank_zero_and_dash_stay_apart():
    _, cached = books(meeting_paper())
    sheet = cached["연차별 소요재원"]
    city = [sheet.cell(7, column) for column in range(2, 6)]
    assert [cell.value for cell in city] == [5_300_000, 5_300_000, None, 0]
    assert city[3].number_format == '"-"'
    assert sheet.cell(8, 5).value == 0
    assert "△" in sheet.cell(9, 2).number_format


def test_same_bytes_and_a_fixed_date():
    assert render.xlsx(assembly_paper(), AT) == render.xlsx(assembly_paper(), AT)
    live, _ = books(assembly_paper())
    assert live.properties.created == AT.replace(tzinfo=None)


def test_hard_names_formulas_in_text_and_no_table_at_all():
    table = TableBlock(
        "=1+1 [가]/나*?:" + "긴" * 40,
        (Column(head=True), Column(), Column(ratio_of=(1, 1))),
        (row("가", "나", "다"),),
        (row("=cmd()", count(2), percent(2, 2)),),
    )
    live, cached = books(Paper("제목", "기관", (Section("", (table, table)),)))
    assert len(live.sheetnames) == 2
    assert all(len(name) <= 31 for name in live.sheetnames)
    assert cached[live.sheetnames[0]]["A5"].value == "=cmd()"
    assert live[live.sheetnames[0]]["A5"].data_type in ("s", "f")
    assert live[live.sheetnames[0]]["C5"].value == "=IF(B5=0,0,B5/B5)"
    assert books(Paper("제목", "기관", ()))[0].sheetnames == ["제목"]
