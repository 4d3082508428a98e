"""What a reader must find in every printing of a paper."""

import re
from datetime import UTC, datetime

from madang.reports.paper.blocks import (
    BarsBlock,
    Bullets,
    Chain,
    FigureBlock,
    FunnelBlock,
    KeyValue,
    Paper,
    Para,
    TableBlock,
    plain,
)
from madang.reports.paper.figures_text import bar_text, shown

AT = datetime(2021, 7, 26, 6, 0, tzinfo=UTC)


def squeezed(text: str) -> str:
    """Without white space: line breaks of a page are no part of the text."""
    return re.sub(r"\s+", "", text)


def texts(paper: Paper) -> list[str]:
    found = [paper.title, paper.organ, paper.number, paper.as_of, paper.footer, *paper.attachments, *(plain(one) for one in paper.notes)]
    found += [one for box in paper.sign for one in (box.role, box.state, box.date)]
    for block in [*([paper.strip] if paper.strip else []), *(one for section in paper.sections for one in section.blocks)]:
        found += block_texts(block)
    found += [section.heading for section in paper.sections]
    return [one for one in found if one]


def block_texts(block) -> list[str]:
    match block:
        case Para():
            return [plain(block.text)]
        case Bullets():
            return [plain(item.text) for item in block.items]
        case KeyValue():
            return [one for pair in block.pairs for one in (pair.label, plain(pair.value))]
        case TableBlock():
            cells = [shown(cell, block.money) for row in (*block.head, *block.rows) for cell in row.cells]
            return [block.caption if block.caption_shown else "", block.unit, *cells, *(plain(note) for note in block.notes)]
        case BarsBlock() | FunnelBlock():
            return [block.caption, block.unit, *(one for bar in block.bars for one in (bar.label, bar_text(bar)))]
        case Chain():
            return [block.caption, *(one for stage in block.stages for one in (stage.label, stage.note))]
        case FigureBlock():
            return [block.caption]
    return []


def missing(paper: Paper, page: str, *, skip: str = "") -> list[str]:
    """The texts of the paper that the page does not hold; `skip` names one that a format may print otherwise."""
    page = squeezed(page)
    return [one for one in texts(paper) if squeezed(one) not in page and not (skip and skip in one)]
