"""The blocks of a paper as paragraphs and tables of a Hangul file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .blocks import (
    Bar,
    BarsBlock,
    Block,
    Bullets,
    Chain,
    FigureBlock,
    FunnelBlock,
    KeyValue,
    Line,
    PageBreak,
    Paper,
    Para,
    Section,
    TableBlock,
    depth_of,
    line,
    run,
)
from .figures_text import bar_text, percent_text, shown
from .grid import Placed, align_of, place, shares, stands_whole
from .hwpx_sheet import BATANG, INK, PALE, PINE, RULE, SHADE, Look, Sheet, mm
from .hwpx_table import HP, Box, Piece, Writer, node, shared
from .labels import LABELS

BAR_STEPS = 40
THICK = f"SOLID 0.3 {INK}"
Picture = Callable[[FigureBlock], None]


@dataclass
class Body:
    """Writes into one section of `width` HWPUNIT."""

    sheet: Sheet
    looks: dict[str, Look]
    writer: Writer
    width: int
    breaks: bool = False
    renumber: bool = False

    # ── Text ────────────────────────────────────────────────────────────────

    def text(self, home: Any, look: str, text: Line, *, char: str = "") -> Any:
        strong = self.sheet.char(11, bold=True, face=BATANG) if look in ("attached", "body", "item0", "item1", "item2", "item3") else ""
        piece = Piece(self.looks[look], text, strong=strong, char=char)
        return self.opened(self.writer.paragraph(home, piece, page_break=self.breaks))

    def put(self, home: Any, boxes: list[Box], widths: list[int], *, flows: bool = False, align: str = "") -> Any:
        made = self.writer.table(home, boxes, widths, self.looks["line"], flows=flows, page_break=self.breaks, align=align)
        return self.opened(made)

    def opened(self, paragraph: Any) -> Any:
        """A break asked for is spent on this paragraph; after a cover the pages count from one here."""
        if self.breaks and self.renumber:
            restart_numbers(paragraph)
            self.renumber = False
        self.breaks = False
        return paragraph

    def caption(self, home: Any, caption: str, unit: str) -> None:
        """The line above a table, held to it: its name on the left in brackets, the unit on the right by a tab.

        Not the format's own `caption` element: open viewers draw that across the table.
        """
        if not (caption or unit):
            return
        look = self.looks["caption"]
        para = self.sheet.para("LEFT", before=700, after=150, spacing=130, keep=True, tab=self.sheet.right_tab(self.width))
        tail = [run("\t"), run(unit, strong=True)] if unit else []
        text = line(f"〈 {caption} 〉" if caption else "", *tail)
        piece = Piece(Look(look.style, look.char, para), text, strong=self.sheet.char(9.5))
        self.opened(self.writer.paragraph(home, piece, page_break=self.breaks))

    def notes(self, home: Any, notes: tuple[Line, ...]) -> None:
        for note in notes:
            self.text(home, "note", line("※ ", *note))

    def cell(self, text: Line, *, align: str = "center", bold: bool = False, points: float = 9.5, look: str = "") -> Piece:
        char = self.sheet.char(points, bold=bold)
        return Piece(self.looks[look or f"cell_{align}"], text, strong=self.sheet.char(points, bold=True), char=char)

    # ── The frame of the paper ──────────────────────────────────────────────

    def head(self, home: Any, paper: Paper) -> None:
        self.sign_line(home, paper)
        if paper.cover:
            for _ in range(9):
                self.text(home, "body", ())
        self.title(home, paper)
        if paper.cover:
            for _ in range(7):
                self.text(home, "body", ())
            self.text(home, "cover_line", line(paper.day))
            self.text(home, "cover_line", line(paper.organ))
            self.breaks = self.renumber = True
        if paper.as_of:
            self.text(home, "right", line(paper.as_of))
        if paper.strip:
            self.strip(home, paper.strip)

    def sign_line(self, home: Any, paper: Paper) -> None:
        count = len(paper.sign)
        wide = [mm(min(max(4 + 3.1 * len(one.role), 18), 34)) for one in paper.sign]
        widths = [self.width - sum(wide), *wide]
        bare, thin = self.sheet.border(), self.sheet.boxed()
        facts = [one for one in (paper.organ, paper.number, paper.draft) if one]
        pieces = tuple(self.cell(line(run(one, strong=one == paper.draft)), align="left") for one in facts)
        boxes = [Box(0, 0, pieces or (self.cell(()),), bare, rowspan=2 if count else 1)]
        for at, sign in enumerate(paper.sign, 1):
            boxes.append(Box(0, at, (self.cell(line(sign.role), bold=True, points=9),), self.sheet.boxed(SHADE)))
            signed = tuple(self.cell(line(one), points=9) for one in (sign.state, sign.date) if one)
            boxes.append(Box(1, at, signed or (self.cell(()),), thin, least=mm(13)))
        self.put(home, boxes, widths)
        self.text(home, "gap", ())

    def title(self, home: Any, paper: Paper) -> None:
        rule = f"DOUBLE_SLIM 0.7 {INK}"
        pieces = [Piece(self.looks["cover" if paper.cover else "title"], line(paper.title))]
        if paper.subtitle:
            pieces.append(Piece(self.looks["subtitle"], line(paper.subtitle)))
        size = 26 if paper.cover else 18
        box = Box(0, 0, tuple(pieces), self.sheet.border(top=rule, bottom=rule), points=size, least=mm(26 if paper.cover else 14))
        self.put(home, [box], [self.width], align=self.sheet.para("LEFT", before=800, spacing=100))

    def tail(self, home: Any, paper: Paper) -> None:
        words = LABELS[paper.language]
        self.notes(home, paper.notes)
        many = len(paper.attachments) > 1
        for number, one in enumerate(paper.attachments, 1):
            end = f"  {words.end}" if number == len(paper.attachments) else ""
            text = line(f"{number}. " if many else "", one, end)
            if number == 1:
                self.text(home, "attached", line(run(f"{words.attached}  ", strong=True), *text))
            else:
                self.text(home, "attached_more", text)
        if paper.footer:
            self.text(home, "right", line(paper.footer))

    def section(self, home: Any, section: Section, picture: Picture) -> None:
        if section.heading:
            mark = f"{section.mark} " if section.mark else ""
            self.text(home, "h1" if section.level == 1 else "h2", line(mark + section.heading))
        for block in section.blocks:
            self.block(home, block, picture)

    def block(self, home: Any, block: Block, picture: Picture) -> None:
        match block:
            case Para():
                self.text(home, "body", block.text)
            case Bullets():
                self.bullets(home, block)
            case KeyValue():
                self.strip(home, block)
            case TableBlock():
                self.table(home, block)
            case Chain():
                self.chain(home, block)
            case BarsBlock():
                self.bars(home, block, [(bar, "") for bar in block.bars], "")
            case FunnelBlock():
                rows = [(bar, percent_text(bar.value, whole) if whole else "-") for bar, whole in shares(block)]
                self.bars(home, block, rows, block.share_head)
            case FigureBlock():
                picture(block)
                if block.caption:
                    self.text(home, "center", line(f"〈 {block.caption} 〉"))
            case PageBreak():
                self.breaks = True

    # ── Blocks ──────────────────────────────────────────────────────────────

    def bullets(self, home: Any, block: Bullets) -> None:
        for item in block.items:
            if item.mark == "※":
                self.text(home, "note", line("※ ", *item.text))
            else:
                self.text(home, f"item{min(depth_of(item), 3)}", line(f"{item.mark} ", *item.text))

    def strip(self, home: Any, block: KeyValue) -> None:
        across, thin, shade = block.across, self.sheet.boxed(), self.sheet.boxed(SHADE)
        widths = shared([1, 2.1] * across if across > 1 else [1, 5], self.width)
        boxes = []
        for at in range(0, len(block.pairs), across):
            pairs, row = block.pairs[at : at + across], at // across
            for number, pair in enumerate(pairs):
                rest = 2 * (across - len(pairs)) + 1 if number == len(pairs) - 1 else 1
                boxes.append(Box(row, 2 * number, (self.cell(line(pair.label), bold=True),), shade))
                value = self.cell(pair.value, align="left" if across == 1 else "center")
                boxes.append(Box(row, 2 * number + 1, (value,), thin, colspan=rest))
        self.put(home, boxes, widths, align=self.sheet.para("LEFT", before=300, after=300, spacing=100))

    def table(self, home: Any, table: TableBlock) -> None:
        columns = len(table.columns)
        points = 7.5 if columns >= 13 else 8 if columns >= 10 else 8.5 if columns >= 8 else 9.5
        self.caption(home, table.caption if table.caption_shown else "", table.unit)
        boxes = [self.head_box(one, points) for row in place(table.head, columns) for one in row]
        above = len(table.head)
        for row in place(table.rows, columns):
            boxes += [self.body_box(table, one, above, points) for one in row]
        flows = not stands_whole(table)
        self.put(home, boxes, shared([column.weight for column in table.columns], self.width), flows=flows)
        self.notes(home, table.notes)

    def head_box(self, one: Placed, points: float) -> Box:
        piece = self.cell(one.cell.text, bold=True, points=points)
        border = self.sheet.boxed(SHADE, top=THICK if one.row == 0 else "")
        return Box(one.row, one.column, (piece,), border, one.cell.colspan, one.cell.rowspan, head=True, points=points)

    def body_box(self, table: TableBlock, one: Placed, above: int, points: float) -> Box:
        column, cell, row = table.columns[one.column], one.cell, table.rows[one.row]
        align = align_of(cell, column)
        led = column.head and align == "center"
        text = cell.text if cell.kind == "text" else line(shown(cell, table.money))
        bold = led or cell.strong or row.kind != "body"
        thick = THICK if one.row == 0 or row.kind == "total" else ""
        border = self.sheet.boxed(SHADE if led else PALE if row.kind != "body" else "", top=thick)
        piece = self.cell(text, align=align, bold=bold, points=points)
        return Box(one.row + above, one.column, (piece,), border, cell.colspan, cell.rowspan, points=points)

    def bars(self, home: Any, block: BarsBlock | FunnelBlock, rows: list[tuple[Bar, str]], share_head: str) -> None:
        """Bars of filled cells: forty narrow columns, as many merged and filled as the value needs."""
        self.caption(home, block.caption, block.unit)
        longest = max((bar.value for bar, _ in rows), default=0) or 1
        weights = [2.2, *(5.0 / BAR_STEPS for _ in range(BAR_STEPS)), 1.3, *([1.1] if share_head else [])]
        shade, thin, last = self.sheet.boxed(SHADE), self.sheet.boxed(), BAR_STEPS + 1
        boxes = [Box(0, 0, (self.cell(line(block.label_head), bold=True),), shade, head=True)]
        boxes.append(Box(0, 1, (self.cell(line(block.value_head), bold=True),), shade, colspan=BAR_STEPS + 1, head=True))
        if share_head:
            boxes.append(Box(0, last + 1, (self.cell(line(share_head), bold=True),), shade, head=True))
        gap, edge = "SOLID 1.0 #FFFFFF", f"SOLID 0.12 {RULE}"
        for at, (bar, share) in enumerate(rows, 1):
            full = max(1, round(BAR_STEPS * max(bar.value, 0) / longest))
            boxes.append(Box(at, 0, (self.cell(line(bar.label), align="left", bold=True),), shade))
            boxes.append(Box(at, 1, (self.cell(()),), self.sheet.border(top=gap, bottom=gap, left=edge, fill=PINE), colspan=full))
            if full < BAR_STEPS:
                boxes.append(Box(at, 1 + full, (self.cell(()),), self.sheet.border(), colspan=BAR_STEPS - full))
            boxes.append(Box(at, last, (self.cell(line(bar_text(bar)), align="right", bold=bar.strong),), thin))
            if share_head:
                boxes.append(Box(at, last + 1, (self.cell(line(share), align="right"),), thin))
        self.put(home, boxes, shared(weights, self.width))
        self.notes(home, block.notes)

    def chain(self, home: Any, block: Chain) -> None:
        self.caption(home, block.caption, "")
        thin, bare = self.sheet.boxed(PALE), self.sheet.border()
        rows = [block.stages[at : at + 5] for at in range(0, len(block.stages), 5)]
        for number, stages in enumerate(rows):
            more = number < len(rows) - 1
            boxes: list[Box] = []
            weights: list[float] = []
            for at, stage in enumerate(stages):
                note = (self.cell(line(stage.note), points=8.5),) if stage.note else ()
                boxes.append(Box(0, len(weights), (self.cell(line(stage.label), bold=True), *note), thin))
                weights.append(6.0)
                if at < len(stages) - 1 or more:
                    boxes.append(Box(0, len(weights), (self.cell(line("→")),), bare))
                    weights.append(1.2)
            self.put(home, boxes, shared(weights, self.width), align=self.sheet.para("LEFT", after=300, spacing=100))


def restart_numbers(paragraph: Any) -> None:
    """Page one starts at this paragraph (after a cover)."""
    first = paragraph.find(f"{HP}run")
    control = node(first, "ctrl")
    node(control, "newNum", num=1, numType="PAGE")
    first.remove(control)
    first.insert(0, control)
