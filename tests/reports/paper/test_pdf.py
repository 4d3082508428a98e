"""PDF: tagged, titled, Korean inside, nothing lost over pages, the same bytes twice."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import hwp_ingest
import pikepdf
import pytest

from madang.reports.paper import render
from madang.reports.paper.blocks import Column, Paper, Para, Section, TableBlock, count, line, row
from madang.reports.paper.letters import coverage, printable

from .fixture_assembly import assembly_paper, long_paper
from .fixture_meeting import PICTURES, meeting_paper
from .reading import AT, missing


def text_of(data: bytes) -> str:
    """All page text, glyphs mapped back through each font's ToUnicode table."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return "\n".join(page_text(page) for page in pdf.pages)


def page_text(page) -> str:
    maps = {name: unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    out, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    out += [current.get(raw[at : at + 2], "") for at in range(0, len(raw), 2)]
    return "".join(out)


def unicode_map(font) -> dict[bytes, str]:
    table = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return found


def tags(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: list[str] = []
        todo = [pdf.Root.StructTreeRoot.K]
        while todo:
            one = todo.pop()
            if isinstance(one, pikepdf.Array):
                todo.extend(one)
            elif isinstance(one, pikepdf.Dictionary):
                found += [str(one.S)] if "/S" in one else []
                todo += [one.K] if "/K" in one else []
        return found


@pytest.mark.parametrize("make", [assembly_paper, meeting_paper, long_paper])
def test_every_text_is_printed(make):
    assert missing(make(), text_of(render.pdf(make(), AT, pictures=PICTURES)), skip="이모지") == []


def test_it_is_tagged_titled_and_in_korean():
    data = render.pdf(assembly_paper(), AT)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang).startswith("ko")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == assembly_paper().title
            assert meta["pdfuaid:part"] == "1"
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.resources.Font.values()}
    assert fonts
    assert all("MadangPaper" in font for font in fonts)
    found = tags(data)
    assert {"/Table", "/TH", "/TD", "/Caption", "/H1", "/H2", "/H3"} <= set(found)


def test_the_machine_check_finds_no_fault(tmp_path):
    from pdfua import __main__ as _  # noqa: F401  (the package is there)
    from pdfua.cli import main

    for name, paper in (("a", assembly_paper()), ("m", meeting_paper()), ("l", long_paper())):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(render.pdf(paper, AT, pictures=PICTURES))
        assert main(["check", str(path), "--min-severity", "error"]) == 0


def test_a_long_table_loses_no_row_and_repeats_its_head():
    data = render.pdf(long_paper(), AT)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page_text(page) for page in pdf.pages]
    found = re.findall(r"주민 의견 (\d{3})번", "".join(pages))
    assert found == [f"{number:03d}" for number in range(1, 301)]
    assert len(pages) > 5
    assert all("공감 수" in page for page in pages[1:])
    assert "- 1 -" in pages[1]
    assert "- 1 -" not in pages[0]


@pytest.mark.parametrize("rows", [1, 8])
def test_cells_longer_than_a_page_lose_nothing(rows):
    long = " ".join(f"생각{number:04d}" for number in range(700))
    table = TableBlock(
        "의견", (Column(head=True), Column(6, align="left")), (row("연번", "내용"),), tuple(row(count(at), long) for at in range(rows))
    )
    paper = Paper("긴 칸", "기관", (Section("절", (table,)),))
    assert re.sub(r"\s", "", text_of(render.pdf(paper, AT))).count("생각0699") == rows
    pages = "".join(page.decode() for page in hwp_ingest.to_svg_pages(render.hwpx(paper, AT)))
    assert re.sub(r"<[^>]*>|\s", "", pages).count("생각0699") == rows


def test_same_paper_and_moment_give_the_same_bytes():
    assert render.pdf(assembly_paper(), AT) == render.pdf(assembly_paper(), AT)
    assert render.pdf(assembly_paper(), AT) != render.pdf(assembly_paper(), AT + timedelta(days=1))


def test_a_landscape_section_turns_its_page():
    with pikepdf.open(io.BytesIO(render.pdf(meeting_paper(), AT, pictures=PICTURES))) as pdf:
        shapes = [(float(page.mediabox[2]) > float(page.mediabox[3])) for page in pdf.pages]
    assert shapes == [False, True]


def test_a_character_without_a_glyph_is_marked_and_said():
    paper = replace(assembly_paper(), sections=(Section("절", (Para(line("공원 🌳 산책\u200b로 \u1100\u1161")),)),))
    text = text_of(render.pdf(paper, AT))
    assert "공원 〓 산책로 가" in text
    assert "글꼴에 없는 글자" in text


def test_every_syllable_and_mark_has_a_glyph():
    assert set(range(0xAC00, 0xD7A4)) <= coverage()
    marks = "□○❍·▸※◆⇒→△ⅠⅡⅢⅣⅤ①②③㎡〈〉「」【】’‘“”㈜☑■〓~－衿川區"
    assert printable(marks) == marks


def test_markup_in_text_stays_text():
    nasty = '#panic("x") *별* _밑_ $x$ \\ [괄호] @가 <나> `다` // 라 = 마'
    assert "#panic" in text_of(render.pdf(Paper(nasty, "기관", (Section("절", (Para(line(nasty)),)),)), AT))


def test_a_picture_that_is_missing_or_strange_is_refused():
    with pytest.raises(ValueError, match="meeting-1"):
        render.pdf(meeting_paper(), AT)
    with pytest.raises(ValueError, match="neither"):
        render.pdf(meeting_paper(), AT, pictures={"meeting-1": b"GIF89a"})


def test_an_empty_paper_prints():
    assert render.pdf(Paper("빈 문서", "기관", ()), AT).startswith(b"%PDF")
