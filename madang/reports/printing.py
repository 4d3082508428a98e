"""A stored paper as a value to print: its frozen content with number, drafting line and the word for a draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from madang.ground.clock import KST
from madang.reports.models import OfficialPaper
from madang.reports.paper import render
from madang.reports.paper.blocks import Paper, SignBox, from_json

MIMES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "hwpx": "application/hwp+zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DEEDS = {"drafted": "작성", "checked": "확인", "approved": "결재"}


@dataclass(frozen=True)
class Printed:
    """One file of a paper."""

    format: str
    name: str
    mime: str
    data: bytes


def digest(frozen: Mapping[str, Any]) -> str:
    """SHA-256 of a paper's frozen content as JSON with sorted keys (column widths are fractions, which the audit's form refuses)."""
    return sha256(json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def as_printed(row: OfficialPaper) -> Paper:
    """The paper with its number and the drafting line as it stands; a paper that is not published says that it is a draft."""
    draft = {"drawn_up": "초안", "signed": "공개 전", "published": "", "withdrawn": "거둔 문서"}[row.state]
    return replace(from_json(row.frozen), number=row.number, sign=_boxes(row), draft=draft)


def as_html(paper: Paper) -> SafeString:
    """The paper as a fragment for a page."""
    return mark_safe(render.html(paper))  # noqa: S308  the renderer escapes everything


def print_one(row: OfficialPaper, format: str) -> Printed:
    """One file. KeyError for a format there is not, ValueError when the paper is not whole."""
    draw = {"pdf": render.pdf, "hwpx": render.hwpx, "xlsx": render.xlsx}[format]
    return Printed(format, f"{row.title}.{format}", MIMES[format], draw(as_printed(row), row.drawn_up_at))


def print_all(row: OfficialPaper) -> tuple[Printed, ...]:
    """Every file of a paper."""
    return tuple(print_one(row, format) for format in MIMES)


def _boxes(row: OfficialPaper) -> tuple[SignBox, ...]:
    boxes = [SignBox(one["as"], DEEDS[one["deed"]], _short(one["at"])) for one in row.signatures]
    return (*boxes, SignBox("결재")) if row.state == OfficialPaper.State.DRAWN_UP else tuple(boxes)


def _short(at: str) -> str:
    day = datetime.fromisoformat(at).astimezone(KST)
    return f"{day.month}. {day.day}."
