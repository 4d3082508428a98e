"""Paragraphs and tables of a Hangul file as OWPML elements. Rows get their heights here: some viewers do not grow them."""

import math
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from .blocks import Line, Run
from .grid import ems
from .hwpx_sheet import Look
from .letters import safe

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
MARGIN_X, MARGIN_Y = 340, 200
# fmt: off
TABLE = {
    "numberingType": "TABLE", "textWrap": "TOP_AND_BOTTOM", "textFlow": "BOTH_SIDES", "lock": 0, "dropcapstyle": "None",
    "repeatHeader": 1, "cellSpacing": 0, "borderFillIDRef": 1, "noAdjust": 0,
}
PLACE = {
    "affectLSpacing": 0, "flowWithText": 1, "allowOverlap": 0, "holdAnchorAndSO": 0, "vertRelTo": "PARA", "horzRelTo": "COLUMN",
    "vertAlign": "TOP", "horzAlign": "LEFT", "vertOffset": 0, "horzOffset": 0,
}
INSIDE = {
    "id": "", "textDirection": "HORIZONTAL", "lineWrap": "BREAK", "vertAlign": "CENTER", "linkListIDRef": 0, "linkListNextIDRef": 0,
    "textWidth": 0, "textHeight": 0, "hasTextRef": 0, "hasNumRef": 0,
}
# fmt: on


def node(parent: Any, tag: str, /, **attributes: Any) -> Any:
    return etree.SubElement(parent, HP + tag, {key: str(value) for key, value in attributes.items()})


@dataclass(frozen=True)
class Piece:
    """One paragraph: its look, its runs and the letter of its strong runs ("" = its own)."""

    look: Look
    text: Line
    strong: str = ""
    char: str = ""


@dataclass(frozen=True)
class Box:
    """A cell: where it stands, what it holds, its border; `head` rows repeat on every page."""

    row: int
    column: int
    pieces: tuple[Piece, ...]
    border: str
    colspan: int = 1
    rowspan: int = 1
    head: bool = False
    points: float = 9.5
    least: int = 0


@dataclass
class Writer:
    """Builds elements with running numbers, so that the same paper gives the same file."""

    number: int = 0
    tables: int = field(default=0)

    def next_id(self) -> int:
        self.number += 1
        return self.number

    def paragraph(self, parent: Any, piece: Piece, *, page_break: bool = False) -> Any:
        shape = {"paraPrIDRef": piece.look.para, "styleIDRef": piece.look.style}
        made = node(parent, "p", id=self.next_id(), **shape, pageBreak=int(page_break), columnBreak=0, merged=0)
        for part in piece.text or (Run(""),):
            char = piece.strong if part.strong and piece.strong else piece.char or piece.look.char
            write_text(node(node(made, "run", charPrIDRef=char), "t"), safe(part.text))
        return made

    def table(
        self, parent: Any, boxes: list[Box], widths: list[int], place: Look, *, flows: bool, page_break: bool = False, align: str = ""
    ) -> Any:
        """A table in a paragraph of its own. One that `flows` may break over pages; the others stand like a letter in a line."""
        holder = self.holder(parent, place, align=align, page_break=page_break)
        run = node(holder, "run", charPrIDRef=place.char)
        heights = row_heights(boxes, widths)
        self.tables += 1
        counted = {"id": 900_000 + self.tables, "zOrder": self.tables, "rowCnt": len(heights), "colCnt": len(widths)}
        made = node(run, "tbl", **TABLE, **counted, pageBreak="CELL" if flows else "NONE")
        node(made, "sz", width=sum(widths), widthRelTo="ABSOLUTE", height=sum(heights), heightRelTo="ABSOLUTE", protect=0)
        node(made, "pos", treatAsChar=0 if flows else 1, **PLACE)
        node(made, "outMargin", left=0, right=0, top=0, bottom=0)
        node(made, "inMargin", left=MARGIN_X, right=MARGIN_X, top=MARGIN_Y, bottom=MARGIN_Y)
        for row in range(len(heights)):
            line = node(made, "tr")
            for box in sorted((one for one in boxes if one.row == row), key=lambda one: one.column):
                self.cell(line, box, widths, heights)
        node(run, "t")
        return holder

    def holder(self, parent: Any, place: Look, *, align: str, page_break: bool) -> Any:
        shape = {"paraPrIDRef": align or place.para, "styleIDRef": place.style}
        return node(parent, "p", id=self.next_id(), **shape, pageBreak=int(page_break), columnBreak=0, merged=0)

    def cell(self, parent: Any, box: Box, widths: list[int], heights: list[int]) -> None:
        made = node(parent, "tc", name="", header=int(box.head), hasMargin=0, protect=0, editable=0, dirty=0, borderFillIDRef=box.border)
        inner = node(made, "subList", **INSIDE)
        for piece in box.pieces:
            self.paragraph(inner, piece)
        node(made, "cellAddr", colAddr=box.column, rowAddr=box.row)
        node(made, "cellSpan", colSpan=box.colspan, rowSpan=box.rowspan)
        width = sum(widths[box.column : box.column + box.colspan])
        node(made, "cellSz", width=width, height=sum(heights[box.row : box.row + box.rowspan]))
        node(made, "cellMargin", left=MARGIN_X, right=MARGIN_X, top=MARGIN_Y, bottom=MARGIN_Y)


def write_text(home: Any, text: str) -> None:
    """Text into a `t` element; a tab becomes the element the format wants."""
    first, *rest = text.split("\t")
    home.text = first
    for part in rest:
        tab = node(home, "tab", width=4000, leader=0, type=2)
        tab.tail = part


def row_heights(boxes: list[Box], widths: list[int]) -> list[int]:
    """A height for each row from the lines its cells need; a merged cell asks only what its rows do not give already."""
    heights = [0] * (max(box.row + box.rowspan for box in boxes))
    for box in sorted(boxes, key=lambda one: one.rowspan):
        need = max(box.least, needed(box, sum(widths[box.column : box.column + box.colspan])))
        have = sum(heights[box.row : box.row + box.rowspan])
        if need > have:
            heights[box.row + box.rowspan - 1] += need - have
    return [max(height, 900) for height in heights]


def needed(box: Box, width: int) -> int:
    room = max(width - 2 * MARGIN_X, 400)
    lines = sum(lines_of("".join(run.text for run in piece.text), box.points, room) for piece in box.pieces)
    return round(max(lines, 1) * box.points * 100 * 1.22) + 2 * MARGIN_Y


def lines_of(text: str, points: float, room: int) -> int:
    return max(1, math.ceil(ems(text) * points * 100 / room))


def shared(weights: list[float], width: int) -> list[int]:
    """Column widths that fill `width` to the unit."""
    cut = [int(width * weight / sum(weights)) for weight in weights]
    cut[-1] += width - sum(cut)
    return cut
