"""The four printings of a paper. Pure: the same paper, moment and pictures give the same bytes.

`at` is the moment of drawing up (time zone aware); it becomes the files' creation date. `pictures` maps the `key` of a
FigureBlock to PNG or JPEG bytes; HTML takes addresses instead.
"""

from collections.abc import Mapping
from datetime import datetime

from . import html as _html
from . import hwpx as _hwpx
from . import pdf as _pdf
from . import xlsx as _xlsx
from .blocks import Paper
from .grid import check


def html(paper: Paper, *, addresses: Mapping[str, str] | None = None) -> str:
    """An accessible fragment, `<article class="paper">`. ValueError when a table is not whole or does not add up."""
    check(paper)
    return _html.draw(paper, addresses or {})


def pdf(paper: Paper, at: datetime, *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) with its fonts inside."""
    check(paper)
    return _pdf.draw(paper, at, pictures or {})


def hwpx(paper: Paper, at: datetime, *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A Hangul word processor file (OWPML, KS X 6101)."""
    check(paper)
    return _hwpx.draw(paper, at, pictures or {})


def xlsx(paper: Paper, at: datetime) -> bytes:
    """A workbook: one sheet a table, with live sums; won are not shortened here."""
    check(paper)
    return _xlsx.draw(paper, at)
