"""An official paper as a value: frozen, and the same again after a trip through JSON.

The caller passes finished text in the paper's language; nothing here translates, reads a clock or opens a database. Numbers stay
numbers (money in won), so that every renderer prints them by one policy (`figures_text.py`) and a spreadsheet can add them up.
Text that a reader may follow to its records is cut into runs: `line("투표자 ", run("3,412명", ref="/papers/7/voters"))`.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

VERSION = 1

Align = Literal["left", "center", "right", ""]
Kind = Literal["text", "int", "won", "percent", "none", "dash"]
Rounding = Literal["half_up", "floor"]
RowKind = Literal["body", "total", "subtotal"]


# ── Text ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Run:
    """A stretch of text. `ref` is the address that opens the records behind it; only HTML shows it."""

    text: str
    ref: str = ""
    strong: bool = False


Line = tuple[Run, ...]


def run(text: str, *, ref: str = "", strong: bool = False) -> Run:
    return Run(text=text, ref=ref, strong=strong)


def line(*parts: str | Run) -> Line:
    """One line of runs from strings and runs."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def plain(text: Line) -> str:
    return "".join(part.text for part in text)


# ── Tables ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Money:
    """How won are printed in a table: `unit` is 원, 천원, 백만원 or 억원; what falls below it is rounded or cut off."""

    unit: str = "원"
    rounding: Rounding = "half_up"


@dataclass(frozen=True)
class Cell:
    """One cell. `whole` belongs to a percent (value of whole); `none` = not entered, `dash` = zero written as "-"."""

    kind: Kind = "text"
    text: Line = ()
    value: int = 0
    whole: int = 0
    digits: int = 0
    ref: str = ""
    strong: bool = False
    align: Align = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Row:
    """A row of cells; `sum_of` numbers the body rows (from 0) that this row adds up."""

    cells: tuple[Cell, ...]
    kind: RowKind = "body"
    sum_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Column:
    """`weight` shares the width. `sum_of` numbers the columns this one adds up; `ratio_of` = (part, whole) columns of a percent."""

    weight: float = 1.0
    align: Align = "center"
    head: bool = False
    sum_of: tuple[int, ...] = ()
    ratio_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class TableBlock:
    """`caption` names the table; `unit` is the printed unit line, e.g. "(단위 : 명)"; `head` rows hold merged header cells."""

    caption: str
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[Line, ...] = ()
    money: Money = field(default_factory=Money)
    caption_shown: bool = True


def text(*parts: str | Run, **over: Any) -> Cell:
    return Cell(kind="text", text=line(*parts), **over)


def count(value: int | None, **over: Any) -> Cell:
    """A whole number; None stays an empty cell, never a zero."""
    return Cell(kind="none", **over) if value is None else Cell(kind="int", value=value, **over)


def won(value: int | None, **over: Any) -> Cell:
    """Whole won; the table's `money` says in which unit it is printed."""
    return Cell(kind="none", **over) if value is None else Cell(kind="won", value=value, **over)


def percent(part: int, whole: int, digits: int = 0, **over: Any) -> Cell:
    """`part` of `whole` in percent, half up at `digits` decimals; of nothing it prints "-"."""
    return Cell(kind="percent", value=part, whole=whole, digits=digits, **over)


def dash(**over: Any) -> Cell:
    return Cell(kind="dash", **over)


def row(*cells: Cell | str, kind: RowKind = "body", sum_of: tuple[int, ...] = ()) -> Row:
    return Row(tuple(text(cell) if isinstance(cell, str) else cell for cell in cells), kind=kind, sum_of=sum_of)


# ── Other blocks ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Para:
    text: Line


@dataclass(frozen=True)
class Item:
    """A clause with its mark (□ ○ ❍ - · ▸ ⇒ ※); `depth` 0–3 is taken from the mark unless given."""

    mark: str
    text: Line
    depth: int = -1


@dataclass(frozen=True)
class Bullets:
    items: tuple[Item, ...]


def bullet(mark: str, *parts: str | Run, depth: int = -1) -> Item:
    return Item(mark=mark, text=line(*parts), depth=depth)


DEPTHS = {"□": 0, "◆": 0, "○": 1, "❍": 1, "-": 2, "·": 3, "▸": 2, "⇒": 2, "→": 2, "※": 1}


def depth_of(item: Item) -> int:
    return item.depth if item.depth >= 0 else DEPTHS.get(item.mark, 1)


@dataclass(frozen=True)
class Pair:
    label: str
    value: Line


def pair(label: str, *parts: str | Run) -> Pair:
    return Pair(label=label, value=line(*parts))


@dataclass(frozen=True)
class KeyValue:
    """The strip of labels and values (머리표), `across` pairs to a line."""

    pairs: tuple[Pair, ...]
    caption: str = ""
    across: int = 2


@dataclass(frozen=True)
class FigureBlock:
    """A picture. `key` names its bytes, which the caller hands to the renderer; `alt` says what can be seen."""

    key: str
    alt: str
    caption: str = ""
    width: float = 0.6


@dataclass(frozen=True)
class Stage:
    label: str
    note: str = ""


@dataclass(frozen=True)
class Chain:
    """A procedure A → B → C."""

    stages: tuple[Stage, ...]
    caption: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    shown: str = ""
    ref: str = ""
    strong: bool = False


@dataclass(frozen=True)
class BarsBlock:
    """Bars that start at zero, each with its label and number beside it: chart and table in one."""

    caption: str
    bars: tuple[Bar, ...]
    unit: str = ""
    label_head: str = "구 분"
    value_head: str = "계"
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class FunnelBlock:
    """Stages that narrow (submitted → … → done); each also shows its share of the first, rounded half up."""

    caption: str
    bars: tuple[Bar, ...]
    unit: str = ""
    label_head: str = "단 계"
    value_head: str = "건수"
    share_head: str = "비율"
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Para | Bullets | TableBlock | FigureBlock | KeyValue | Chain | BarsBlock | FunnelBlock | PageBreak


# ── The paper ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Section:
    """`mark` is the finished numbering ("Ⅰ.", "□", "1."); level 1 or 2. A landscape section starts on a page of its own."""

    heading: str
    blocks: tuple[Block, ...]
    mark: str = ""
    level: int = 1
    landscape: bool = False


@dataclass(frozen=True)
class SignBox:
    """A box of the sign line: the role's name (담당), what was done (작성) and the finished date; empty until signed."""

    role: str
    state: str = ""
    date: str = ""


@dataclass(frozen=True)
class Paper:
    """`as_of` is the finished line ("기준일 : 2026. 6. 30.(화)"), `day` the cover's date, `draft` a word shown beside the number."""

    title: str
    organ: str
    sections: tuple[Section, ...]
    number: str = ""
    as_of: str = ""
    day: str = ""
    subtitle: str = ""
    draft: str = ""
    cover: bool = False
    strip: KeyValue | None = None
    sign: tuple[SignBox, ...] = ()
    notes: tuple[Line, ...] = ()
    attachments: tuple[str, ...] = ()
    footer: str = ""
    language: Literal["ko", "en"] = "ko"


# ── JSON ─────────────────────────────────────────────────────────────────────

_CLASSES = {
    cls.__name__: cls
    for cls in (
        Run, Money, Cell, Row, Column, TableBlock, Para, Item, Bullets, Pair, KeyValue, FigureBlock, Stage, Chain, Bar, BarsBlock,
        FunnelBlock, PageBreak, Section, SignBox, Paper,
    )
}  # fmt: skip


def to_json(paper: Paper) -> dict[str, Any]:
    """A dict for a JSON column: `{"version": 1, "paper": …}`; fields at their default are left out."""
    return {"version": VERSION, "paper": _packed(paper)}


def from_json(data: dict[str, Any]) -> Paper:
    """The paper again. ValueError when the version is not ours or the data names a class or field that is not there."""
    if data.get("version") != VERSION:
        raise ValueError(f"paper version {data.get('version')!r} cannot be read, only {VERSION}")
    paper = _opened(data["paper"])
    if not isinstance(paper, Paper):
        raise ValueError("not a paper")
    return paper


def _packed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_packed(one) for one in value]
    if not is_dataclass(value):
        return value
    packed: dict[str, Any] = {"is": type(value).__name__}
    for one in fields(value):
        content = getattr(value, one.name)
        if content != one.default:
            packed[one.name] = _packed(content)
    return packed


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_opened(one) for one in value)
    if not isinstance(value, dict):
        return value
    cls = _CLASSES.get(value.get("is", ""))
    if cls is None:
        raise ValueError(f"unknown block {value.get('is')!r}")
    known = {one.name for one in fields(cls)}
    unknown = set(value) - known - {"is"}
    if unknown:
        raise ValueError(f"{cls.__name__} has no {sorted(unknown)}")
    return cls(**{name: _opened(content) for name, content in value.items() if name != "is"})
