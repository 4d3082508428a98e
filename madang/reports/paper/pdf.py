"""A paper as a tagged PDF (PDF/UA-1) through Typst. The page is drawn by `paper.typ`; this module hands it finished text as JSON."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .blocks import BarsBlock, Block, Bullets, FigureBlock, FunnelBlock, KeyValue, Line, Paper, Row, Section, TableBlock, depth_of
from .figures_text import bar_text, percent_text, shown
from .grid import WHOLE_LINES, align_of, place, row_lines, shares, stands_whole
from .labels import LABELS
from .letters import FONTS, MISSING, printable

TEMPLATE = Path(__file__).resolve().parent / "paper.typ"


def draw(paper: Paper, at: datetime, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF's bytes; `at` becomes its creation date. ValueError when a picture is missing or of another kind than PNG or JPEG."""
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        room = Path(folder)
        model = _model(paper, at, _pictures(paper, pictures, room))
        (room / "paper.json").write_text(json.dumps(model, ensure_ascii=False), encoding="utf-8")
        (room / "main.typ").write_bytes(TEMPLATE.read_bytes())
        made = typst.compile(
            room / "main.typ",
            root=room,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _pictures(paper: Paper, pictures: Mapping[str, bytes], room: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, FigureBlock) and block.key not in names:
                names[block.key] = f"picture{len(names)}.{picture_kind(block.key, pictures)}"
                (room / names[block.key]).write_bytes(pictures[block.key])
    return names


def picture_kind(key: str, pictures: Mapping[str, bytes]) -> str:
    """ "png" or "jpg" from the first bytes."""
    data = pictures.get(key)
    if data is None:
        raise ValueError(f"no picture was given for {key!r}")
    if data.startswith(b"\x89PNG"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    raise ValueError(f"picture {key!r} is neither PNG nor JPEG")


def _model(paper: Paper, at: datetime, names: dict[str, str]) -> dict[str, Any]:
    words = LABELS[paper.language]
    model = _plain(paper)
    model["sections"] = [_section(section, names) for section in paper.sections]
    model["moment"] = [at.year, at.month, at.day, at.hour, at.minute, at.second]
    model["words"] = _plain(words)
    if MISSING in json.dumps(model, ensure_ascii=False).replace(words.unprintable, ""):
        model["missing"] = words.unprintable
    return model


def _section(section: Section, names: dict[str, str]) -> dict[str, Any]:
    head = {"heading": printable(section.heading), "mark": printable(section.mark)}
    drawn = [_block(block, names) for block in section.blocks]
    return head | {"level": section.level, "landscape": section.landscape, "blocks": drawn}


def _block(block: Block, names: dict[str, str]) -> dict[str, Any]:
    model = _plain(block) | {"is": type(block).__name__}
    match block:
        case TableBlock():
            width = len(block.columns)
            model["head"] = _rows(block, block.head, place(block.head, width))
            model["rows"] = _rows(block, block.rows, place(block.rows, width))
            model["whole"] = stands_whole(block)
            model["weights"] = [column.weight for column in block.columns]
        case Bullets():
            model["items"] = [{"mark": one.mark, "text": _runs(one.text), "depth": depth_of(one)} for one in block.items]
        case KeyValue():
            model["pairs"] = [{"label": printable(one.label), "value": _runs(one.value)} for one in block.pairs]
        case FigureBlock():
            model["file"] = names[block.key]
        case BarsBlock():
            model |= {"whole": len(block.bars) <= WHOLE_LINES, "bars": _bars([(bar, "") for bar in block.bars])}
        case FunnelBlock():
            drawn = _bars([(bar, percent_text(bar.value, whole) if whole else "-") for bar, whole in shares(block)])
            model |= {"whole": len(block.bars) <= WHOLE_LINES, "bars": drawn}
    return model


def _rows(table: TableBlock, rows: tuple[Row, ...], placed: list) -> list[dict[str, Any]]:
    drawn = []
    tall = [lines > WHOLE_LINES for lines in row_lines(table)] if rows is table.rows else [False for _ in rows]
    for row, here, breaks in zip(rows, placed, tall, strict=True):
        cells = []
        for one in here:
            column, cell = table.columns[one.column], one.cell
            cells.append(
                {
                    "text": _runs(cell.text) if cell.kind == "text" else [{"text": printable(shown(cell, table.money)), "strong": False}],
                    "align": align_of(cell, column),
                    "x": one.column,
                    "y": one.row,
                    "colspan": cell.colspan,
                    "rowspan": cell.rowspan,
                    "head": column.head,
                    "strong": cell.strong or row.kind != "body",
                }
            )
        drawn.append({"kind": row.kind, "breaks": breaks, "cells": cells})
    return drawn


def _bars(rows: list) -> list[dict[str, Any]]:
    longest = max((bar.value for bar, _ in rows), default=0) or 1
    return [
        {
            "label": printable(bar.label),
            "part": round(1000 * max(bar.value, 0) / longest) / 10,
            "shown": printable(bar_text(bar)),
            "share": share,
            "strong": bar.strong,
        }
        for bar, share in rows
    ]


def _runs(text: Line) -> list[dict[str, Any]]:
    return [{"text": printable(part.text), "strong": part.strong} for part in text]


def _plain(value: Any) -> Any:
    """A dataclass as plain JSON with every string made printable; addresses of records are for screens and stay out."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name != "ref"}
    return value
