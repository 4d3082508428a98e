"""Papers as values: JSON there and back, numbers as text, tables that must add up."""

import json
from dataclasses import replace

import pytest

from madang.reports.paper.blocks import (
    Cell,
    Column,
    Money,
    Paper,
    Section,
    TableBlock,
    count,
    dash,
    from_json,
    percent,
    row,
    text,
    to_json,
    won,
)
from madang.reports.paper.figures_text import shown
from madang.reports.paper.grid import check, place

from .fixture_assembly import assembly_paper, items_table, long_paper
from .fixture_meeting import meeting_paper


@pytest.mark.parametrize("make", [assembly_paper, meeting_paper, long_paper])
def test_a_paper_survives_json(make):
    paper = make()
    assert from_json(json.loads(json.dumps(to_json(paper)))) == paper


@pytest.mark.parametrize(
    "spoilt",
    [
        {"version": 2, "paper": {}},
        {"version": 1, "paper": {"is": "Os"}},
        {"version": 1, "paper": {"is": "Run", "text": "", "x": 1}},
        {"version": 1, "paper": "x"},
    ],
)
def test_unknown_json_is_refused(spoilt):
    with pytest.raises(ValueError):
        from_json(spoilt)


@pytest.mark.parametrize(
    ("cell", "money", "printed"),
    [
        (count(0), Money(), "0"),
        (count(None), Money(), ""),
        (dash(), Money(), "-"),
        (count(-1_500), Money(), "△1,500"),
        (won(5_859_632_000), Money("백만원", "floor"), "5,859"),
        (won(5_859_632_000), Money("백만원"), "5,860"),
        (won(-1_500), Money("천원"), "△2"),
        (won(-499), Money("천원"), "0"),
        (won(150_000_000), Money("억원"), "2"),
        (percent(4865, 10_000), Money(), "49%"),
        (percent(5459, 10_000), Money(), "55%"),
        (percent(1, 8, 1), Money(), "12.5%"),
        (percent(205, 1000), Money(), "21%"),
        (percent(3, 0), Money(), "-"),
        (percent(0, 7), Money(), "0%"),
    ],
)
def test_numbers_are_written_by_the_named_policy(cell: Cell, money: Money, printed: str):
    assert shown(cell, money) == printed


def table(*rows, columns=2) -> TableBlock:
    return TableBlock("시험", tuple(Column() for _ in range(columns)), (row(*("머리" for _ in range(columns))),), tuple(rows))


def paper_of(block) -> Paper:
    return Paper("제목", "기관", (Section("절", (block,)),))


def test_merged_cells_push_their_neighbours():
    placed = place((row(text("a", rowspan=2), "b"), row("c")), 2)
    assert [(one.row, one.column) for line in placed for one in line] == [(0, 0), (0, 1), (1, 1)]


@pytest.mark.parametrize(
    "block",
    [
        table(row("a")),
        table(row("a", "b", "c")),
        table(row(text("a", rowspan=2), "b")),
        table(row("a", "b"), row("계", "x"), columns=3),
        table(row("a", count(3)), row("b", count(4)), row("계", count(8), sum_of=(0, 1))),
    ],
)
def test_a_table_with_a_hole_or_a_false_sum_is_refused(block):
    with pytest.raises(ValueError, match="시험"):
        check(paper_of(block))


def test_a_false_total_column_is_refused():
    good = items_table()
    first = good.rows[0]
    wrong = replace(good, rows=(replace(first, cells=(*first.cells[:5], count(1), *first.cells[6:])), *good.rows[1:]))
    check(paper_of(good))
    with pytest.raises(ValueError, match="add up"):
        check(paper_of(wrong))


def test_what_is_not_entered_adds_nothing():
    check(paper_of(table(row("a", count(3)), row("b", count(None)), row("c", dash()), row("계", count(3), sum_of=(0, 1, 2)))))
