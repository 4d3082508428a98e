"""HWPX: valid by the OWPML schemas, every text read back, merged cells, page number, rows kept, the same bytes twice."""

import io
import re
import zipfile
from dataclasses import replace

import hwp_ingest
import pytest
from hwpx.document import HwpxDocument
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document

from madang.reports.paper import render
from madang.reports.paper.blocks import PageBreak, Paper, Section
from madang.reports.paper.hwpx import parts_of, size_of
from madang.reports.paper.hwpx_table import HP

from .fixture_assembly import assembly_paper, long_paper
from .fixture_meeting import PICTURES, meeting_paper
from .reading import AT, missing

PAPERS = [assembly_paper, meeting_paper, long_paper]


def made(make) -> bytes:
    return render.hwpx(make(), AT, pictures=PICTURES)


def text_of(data: bytes) -> str:
    return "".join("".join(one.itertext()) for part in parts_of(data).values() for one in part.iter(f"{HP}t"))


@pytest.mark.parametrize("make", PAPERS)
def test_it_is_valid_and_nothing_is_lost(make):
    data = made(make)
    report = validate_document(data)
    assert report.ok
    assert list(report.issues) == []
    assert validate_package(data).ok
    assert missing(make(), text_of(data)) == []
    assert HwpxDocument.open(data).paragraphs


@pytest.mark.parametrize(("make", "pages"), [(assembly_paper, 3), (meeting_paper, 2), (long_paper, 8)])
def test_an_open_viewer_draws_its_pages(make, pages):
    drawn = hwp_ingest.to_svg_pages(made(make))
    assert len(drawn) == pages


def test_a_long_table_is_drawn_to_its_last_row():
    last = re.sub(r"<[^>]*>|\s", "", hwp_ingest.to_svg_pages(made(long_paper))[-1].decode())
    assert "316,050" in last
    table = next(one for part in parts_of(made(long_paper)).values() for one in part.iter(f"{HP}tbl") if one.get("rowCnt") == "302")
    assert table.get("repeatHeader") == "1"
    assert table.get("pageBreak") == "CELL"
    assert {cell.get("header") for cell in table.find(f"{HP}tr")} == {"1"}


def test_merged_cells_widths_and_heights_fit():
    for part in parts_of(made(assembly_paper)).values():
        for table in part.iter(f"{HP}tbl"):
            width, rows, columns = int(table.find(f"{HP}sz").get("width")), int(table.get("rowCnt")), int(table.get("colCnt"))
            area = 0
            for cell in table.iter(f"{HP}tc"):
                span, size = cell.find(f"{HP}cellSpan"), cell.find(f"{HP}cellSz")
                area += int(span.get("colSpan")) * int(span.get("rowSpan"))
                assert int(size.get("height")) >= 900
            assert area == rows * columns
            first = [cell for cell in table.find(f"{HP}tr")]
            assert sum(int(cell.find(f"{HP}cellSz").get("width")) for cell in first) == width == 48190


def test_pages_are_numbered_and_turned():
    parts = list(parts_of(made(meeting_paper)).values())
    assert [part.find(f".//{HP}pagePr").get("landscape") for part in parts] == ["WIDELY", "NARROWLY"]
    assert all(part.find(f".//{HP}pageNum").get("sideChar") == "-" for part in parts)
    cover = parts_of(made(long_paper))["Contents/section0.xml"]
    assert cover.find(f".//{HP}pageHiding").get("hidePageNum") == "1"
    assert cover.find(f".//{HP}newNum").get("num") == "1"


def test_clauses_wear_named_styles():
    with zipfile.ZipFile(io.BytesIO(made(assembly_paper))) as file:
        header = file.read("Contents/header.xml").decode()
    assert all(f'name="{name}"' in header for name in ("문서 제목", "큰 제목", "개조식 1", "주석", "표 숫자"))


def test_same_paper_and_moment_give_the_same_bytes():
    assert made(meeting_paper) == made(meeting_paper)
    with zipfile.ZipFile(io.BytesIO(made(meeting_paper))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2021, 7, 26, 6, 0, 0)}
        assert file.infolist()[0].filename == "mimetype"
        assert "synthetic" not in file.read("Contents/content.hpf").decode()
        assert meeting_paper().title in file.read("Contents/content.hpf").decode()


def test_a_page_break_and_an_empty_paper():
    breaking = Paper("제목", "기관", (Section("하나", (PageBreak(),)), Section("둘", ())))
    assert len(hwp_ingest.to_svg_pages(render.hwpx(breaking, AT))) == 2
    assert validate_document(render.hwpx(Paper("빈 문서", "기관", ()), AT)).ok


def test_forbidden_characters_do_not_break_the_file():
    assert validate_document(render.hwpx(replace(assembly_paper(), title="제목\x00\x0b\ud800"), AT)).ok


def test_jpeg_size_is_read_from_its_frame():
    frame = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x03xxxx"
    assert size_of(frame, "jpg") == (64, 32)
    with pytest.raises(ValueError, match="frame"):
        size_of(b"\xff\xd8\xff\xd9", "jpg")
