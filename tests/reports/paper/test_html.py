"""HTML: well formed, nothing unescaped, headers with scope, numbers that open their records."""

import html
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from madang.reports.paper import render
from madang.reports.paper.blocks import Paper, Section, line, run

from .fixture_assembly import assembly_paper, long_paper
from .fixture_meeting import meeting_paper
from .reading import AT, missing


def tree(paper: Paper, **over) -> ElementTree.Element:
    return ElementTree.fromstring(re.sub(r"<(br|hr|img[^>]*)>", r"<\1/>", render.html(paper, **over)))


@pytest.mark.parametrize("make", [assembly_paper, meeting_paper, long_paper])
def test_every_text_is_there_and_the_markup_is_whole(make):
    root = tree(make())
    skip = "2021. 8. 2." if make is long_paper else ""
    assert missing(make(), "".join(root.itertext()), skip=skip) == []


def test_every_header_cell_says_what_it_heads():
    root = tree(assembly_paper())
    assert {th.get("scope") for th in root.iter("th")} == {"col", "colgroup", "row", "rowgroup"}
    assert all(table.find("caption") is not None or table.get("aria-label") for table in root.iter("table"))


def test_no_inline_style_or_script():
    drawn = render.html(assembly_paper())
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_numbers_open_their_records_only_here():
    links = [a.get("href") for a in tree(assembly_paper()).iter("a")]
    assert "/papers/7/channel/1/" in links
    assert b"/papers/7/" not in render.pdf(assembly_paper(), AT)


def test_what_people_wrote_is_escaped():
    evil = '<script>alert("1")</script>\u202e\x00'
    drawn = render.html(replace(assembly_paper(), title=evil, sections=(Section(evil, ()),), notes=(line(run(evil, ref='"><x')),)))
    assert "<script" not in drawn
    assert '"><x' not in drawn
    assert "\u202e" not in drawn
    assert html.escape('<script>alert("1")</script>') in drawn


def test_an_empty_cell_is_read_as_not_entered_and_a_zero_as_zero():
    drawn = render.html(meeting_paper())
    assert '<span class="sr">미입력</span>' in drawn
    assert '<td class="n">0</td>' in drawn
    assert '<td class="n">-</td>' in drawn


def test_pictures_have_words_with_and_without_an_address():
    root = tree(meeting_paper(), addresses={"meeting-1": "/m/1.png"})
    assert root.find(".//img").get("alt").startswith("원탁")
    assert "[원탁" in render.html(meeting_paper())
