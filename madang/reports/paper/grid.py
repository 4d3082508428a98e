"""Where the cells of a table stand once merged cells have pushed their neighbours, and what is wrong with a paper."""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .blocks import Bar, Block, Cell, Column, FunnelBlock, Paper, Row, TableBlock
from .figures_text import is_number, shown

ADDED = ("int", "won")
LINE_EMS = 50  # full-width letters across a portrait page in the type of tables
WHOLE_LINES = 24  # a table of so many lines still stands in one piece


@dataclass(frozen=True)
class Placed:
    """A cell with the row and column (from 0) of its top left corner."""

    row: int
    column: int
    cell: Cell


def place(rows: Iterable[Row], width: int) -> list[list[Placed]]:
    """The cells of each row with their columns. ValueError when the rows do not fill a rectangle of `width` columns."""
    rows = tuple(rows)
    taken: set[tuple[int, int]] = set()
    placed: list[list[Placed]] = []
    for number, row in enumerate(rows):
        column, here = 0, []
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            spot = {(number + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            if spot & taken or column + cell.colspan > width or number + cell.rowspan > len(rows):
                raise ValueError(f"row {number + 1}: a cell does not fit")
            taken |= spot
            here.append(Placed(number, column, cell))
            column += cell.colspan
        placed.append(here)
    if len(taken) != width * len(rows):
        raise ValueError("the rows do not fill the table")
    return placed


def ems(text: str) -> float:
    """The width of a text in full-width letters, roughly."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.56 for letter in text)


def row_lines(table: TableBlock) -> list[int]:
    """How many lines each body row will need, roughly: its tallest cell, no fewer than one."""
    total = sum(column.weight for column in table.columns)
    lines = []
    for placed in place(table.rows, len(table.columns)):
        most = 1
        for one in placed:
            share = sum(column.weight for column in table.columns[one.column : one.column + one.cell.colspan]) / total
            most = max(most, math.ceil(ems(shown(one.cell, table.money)) / max(LINE_EMS * share - 1, 1) / one.cell.rowspan))
        lines.append(most)
    return lines


def stands_whole(table: TableBlock) -> bool:
    """Whether the table is short enough to be kept on one page; a longer one must be let break or its rows are lost."""
    return sum(row_lines(table)) <= WHOLE_LINES


def align_of(cell: Cell, column: Column) -> str:
    """Numbers stand right unless the cell or its column says otherwise."""
    if cell.align:
        return cell.align
    if is_number(cell) and column.align == "center":
        return "right"
    return column.align or "center"


def tables(paper: Paper) -> list[TableBlock]:
    return [block for block in blocks(paper) if isinstance(block, TableBlock)]


def blocks(paper: Paper) -> list[Block]:
    return [block for section in paper.sections for block in section.blocks]


def shares(block: FunnelBlock) -> list[tuple[Bar, int]]:
    """Each bar with the first bar's value as its whole."""
    return [(bar, block.bars[0].value) for bar in block.bars]


def check(paper: Paper) -> None:
    """ValueError naming the table whose cells do not fill it or whose flagged sums are not the sums of their parts."""
    for table in tables(paper):
        try:
            if not table.columns:
                raise ValueError("no columns")
            place(table.head, len(table.columns))
            check_sums(table, place(table.rows, len(table.columns)))
        except ValueError as fault:
            raise ValueError(f"{table.caption}: {fault}") from None


def check_sums(table: TableBlock, placed: list[list[Placed]]) -> None:
    at = {(one.row, one.column): one.cell for row in placed for one in row}
    for number in range(len(table.rows)):
        for column in range(len(table.columns)):
            parts = sum_parts(table, number, column)
            cell = at.get((number, column))
            if cell is None or cell.kind not in ADDED or not parts:
                continue
            total = sum(at[spot].value for spot in parts if spot in at and at[spot].kind in ADDED)
            if total != cell.value:
                raise ValueError(f"row {number + 1}, column {column + 1} says {cell.value:,}, its parts add up to {total:,}")


def sum_parts(table: TableBlock, row: int, column: int) -> list[tuple[int, int]]:
    """The (row, column) spots that a cell adds up: its row's parts first, else its column's."""
    if table.rows[row].sum_of:
        return [(part, column) for part in table.rows[row].sum_of]
    return [(row, part) for part in table.columns[column].sum_of]
