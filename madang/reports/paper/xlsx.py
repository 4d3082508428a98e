"""The tables of a paper as a workbook: one sheet each, typed numbers, sums that stay alive. Won are written in full here."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from .blocks import BarsBlock, Cell, FunnelBlock, Line, Paper, TableBlock, plain
from .figures_text import bar_text
from .grid import Placed, align_of, blocks, place, sum_parts
from .letters import safe

WHOLE = '#,##0;"△"#,##0;0'
RULE, SHADE, PALE, PINE = "#555555", "#EFEEE9", "#F7F6F2", "#1F6B4F"
SHEET_WIDTH = 92


@dataclass
class Book:
    """A workbook under way, with its formats made once each and its sheet names taken."""

    book: Any
    formats: dict[tuple, Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def format(self, **wish: Any) -> Any:
        key = tuple(sorted(wish.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"} | wish)
        return self.formats[key]

    def sheet(self, wish: str) -> Any:
        """A sheet named after its table; Excel takes 31 letters, none of []:*?/\\, no name twice and no quote at the ends."""
        base = re.sub(r"[\[\]:*?/\\]", " ", safe(wish)).strip(" '")[:31] or "표"
        name, number = base, 2
        while name.casefold() in self.names or name.casefold() == "history":
            tail = f" ({number})"
            name, number = base[: 31 - len(tail)] + tail, number + 1
        self.names.add(name.casefold())
        return self.book.add_worksheet(name)


def draw(paper: Paper, at: datetime) -> bytes:
    """The workbook's bytes. A paper without tables gives one sheet with its title."""
    out = io.BytesIO()
    book = Book(xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}))
    created = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.book.set_properties({"title": safe(paper.title), "author": safe(paper.organ), "created": created})
    for block in blocks(paper):
        if isinstance(block, TableBlock):
            _table(book, paper, block)
        elif isinstance(block, BarsBlock | FunnelBlock):
            _bars(book, paper, block)
    if not book.names:
        book.sheet(paper.title).write_string(0, 0, safe(paper.title))
    book.book.close()
    return out.getvalue()


def _open(book: Book, paper: Paper, caption: str, unit: str, columns: int) -> Any:
    """A sheet with title, caption and unit in its first three rows."""
    sheet = book.sheet(caption)
    sheet.write_string(0, 0, safe(" · ".join(one for one in (paper.title, paper.as_of) if one)), book.format(font_color="#555555"))
    sheet.write_string(1, 0, safe(caption), book.format(bold=True, font_size=13))
    sheet.write_string(2, max(columns - 1, 0), safe(unit), book.format(align="right"))
    return sheet


def _table(book: Book, paper: Paper, table: TableBlock) -> None:
    columns = len(table.columns)
    sheet = _open(book, paper, table.caption, _in_won(table, table.unit), columns)
    top = 3
    for one in (one for row in place(table.head, columns) for one in row):
        header = book.format(bold=True, bg_color=SHADE, border=1, border_color=RULE, align="center", text_wrap=True)
        _put(sheet, one, top, header, safe(_in_won(table, plain(one.cell.text))))
    first = top + len(table.head)
    for row, placed in zip(table.rows, place(table.rows, columns), strict=True):
        for one in placed:
            _number_or_text(book, sheet, table, one, first, kind=row.kind)
    last = _notes(book, sheet, first + len(table.rows), table.notes)
    total = sum(column.weight for column in table.columns)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(8, SHEET_WIDTH * column.weight / total))
    heads = [at for at, column in enumerate(table.columns[:3]) if column.head]
    sheet.freeze_panes(first, max(heads) + 1 if heads else 0)
    _printing(sheet, wide=columns >= 8, head=(top, first - 1), last=last, columns=columns)


def _in_won(table: TableBlock, text: str) -> str:
    """The unit as this workbook writes it: a table printed in 천원 stands here in 원."""
    return text.replace(table.money.unit, "원") if table.money.unit != "원" and "won" in _kinds(table) else text


def _kinds(table: TableBlock) -> set[str]:
    return {cell.kind for row in table.rows for cell in row.cells}


def _put(sheet: Any, one: Placed, top: int, style: Any, text: str) -> None:
    row, cell = one.row + top, one.cell
    if cell.colspan > 1 or cell.rowspan > 1:
        sheet.merge_range(row, one.column, row + cell.rowspan - 1, one.column + cell.colspan - 1, "", style)
    sheet.write_string(row, one.column, text, style)


def _number_or_text(book: Book, sheet: Any, table: TableBlock, one: Placed, first: int, *, kind: str) -> None:
    column, cell = table.columns[one.column], one.cell
    align = align_of(cell, column)
    led = column.head and align == "center"
    look: dict[str, Any] = {"border": 1, "border_color": RULE, "align": align, "text_wrap": cell.kind == "text"}
    if led or cell.strong or kind != "body":
        look["bold"] = True
    if led or kind != "body":
        look["bg_color"] = SHADE if led else PALE
    if cell.kind == "text":
        _put(sheet, one, first, book.format(**look), safe(plain(cell.text)))
        return
    style = book.format(**look, num_format=_number_format(cell))
    _put(sheet, one, first, style, "")
    row, value = one.row + first, _value(cell)
    formula = _formula(table, one, first)
    if value is None:
        sheet.write_blank(row, one.column, None, style)
    elif formula:
        sheet.write_formula(row, one.column, formula, style, value)
    else:
        sheet.write_number(row, one.column, value, style)


def _number_format(cell: Cell) -> str:
    if cell.kind == "dash" or (cell.kind == "percent" and not cell.whole):
        return '"-"'
    if cell.kind == "percent":
        return "0" + ("." + "0" * cell.digits if cell.digits else "") + "%"
    return WHOLE


def _value(cell: Cell) -> float | int | None:
    """What the cell holds: None stays empty, a dash is a zero that shows "-"."""
    if cell.kind == "none":
        return None
    if cell.kind == "dash":
        return 0
    if cell.kind == "percent":
        return cell.value / cell.whole if cell.whole else 0
    return cell.value


def _formula(table: TableBlock, one: Placed, first: int) -> str:
    if one.cell.kind in ("int", "won"):
        parts = sum_parts(table, one.row, one.column)
        return f"=SUM({','.join(_ranges(parts, first))})" if parts else ""
    ratio = table.columns[one.column].ratio_of
    if one.cell.kind == "percent" and len(ratio) == 2 and one.cell.whole:
        part, whole = (xl_rowcol_to_cell(one.row + first, column) for column in ratio)
        return f"=IF({whole}=0,0,{part}/{whole})"
    return ""


def _ranges(parts: list[tuple[int, int]], first: int) -> Iterator[str]:
    """Cells that touch are written as one range."""
    start = last = parts[0]
    for spot in [*parts[1:], (-9, -9)]:
        if spot in ((last[0] + 1, last[1]), (last[0], last[1] + 1)) and (spot[0] == start[0] or spot[1] == start[1]):
            last = spot
            continue
        yield xl_range(start[0] + first, start[1], last[0] + first, last[1])
        start = last = spot


def _bars(book: Book, paper: Paper, block: BarsBlock | FunnelBlock) -> None:
    """A small table with Excel's own bar chart beside it."""
    funnel = isinstance(block, FunnelBlock)
    heads = [block.label_head, block.value_head, *([block.share_head] if isinstance(block, FunnelBlock) else [])]
    sheet = _open(book, paper, block.caption, block.unit, len(heads))
    lined: dict[str, Any] = {"border": 1, "border_color": RULE}
    for at, head in enumerate(heads):
        sheet.write_string(3, at, safe(head), book.format(**lined, bold=True, bg_color=SHADE, align="center"))
    for row, bar in enumerate(block.bars, 4):
        sheet.write_string(row, 0, safe(bar.label), book.format(**lined, bold=True, bg_color=SHADE))
        if re.fullmatch(r"△?[\d,]+", bar_text(bar)):
            sheet.write_number(row, 1, bar.value, book.format(**lined, num_format=WHOLE))
        else:
            sheet.write_number(row, 1, bar.value, book.format(**lined, num_format='"' + safe(bar_text(bar)).replace('"', "") + '"'))
        if funnel:
            first = block.bars[0].value
            style = book.format(**lined, num_format="0%" if first else '"-"')
            sheet.write_formula(row, 2, f"=IF($B$5=0,0,B{row + 1}/$B$5)", style, bar.value / first if first else 0)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 12)
    last = _notes(book, sheet, 4 + len(block.bars), block.notes)
    if block.bars:
        _chart(book, sheet, block, rows=(4, 3 + len(block.bars)))
    sheet.freeze_panes(4, 1)
    _printing(sheet, wide=True, head=(3, 3), last=max(last, 18), columns=12)


def _chart(book: Book, sheet: Any, block: BarsBlock | FunnelBlock, *, rows: tuple[int, int]) -> None:
    chart = book.book.add_chart({"type": "bar"})
    spot = [sheet.get_name(), rows[0], 0, rows[1], 0]
    values = [sheet.get_name(), rows[0], 1, rows[1], 1]
    chart.add_series({"categories": spot, "values": values, "fill": {"color": PINE}, "gap": 60, "data_labels": {"value": True}})
    chart.set_title({"name": safe(block.caption), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    sheet.insert_chart(3, 4, chart, {"description": safe(block.caption)})


def _notes(book: Book, sheet: Any, row: int, notes: tuple[Line, ...]) -> int:
    for note in notes:
        sheet.write_string(row, 0, f"※ {safe(plain(note))}", book.format(font_size=9))
        row += 1
    return row


def _printing(sheet: Any, *, wide: bool, head: tuple[int, int], last: int, columns: int) -> None:
    sheet.set_paper(9)
    if wide:
        sheet.set_landscape()
    sheet.set_margins(left=0.79, right=0.79, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*head)
    sheet.set_footer("&C- &P -")
    sheet.print_area(0, 0, last, max(columns - 1, 0))
