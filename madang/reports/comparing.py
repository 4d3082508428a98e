"""The numbers of a paper by name, and what differs between two papers. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from madang.reports.paper.blocks import (
    Bar,
    BarsBlock,
    Block,
    Bullets,
    Cell,
    Column,
    FunnelBlock,
    KeyValue,
    Line,
    Paper,
    Section,
    TableBlock,
    bullet,
    plain,
    row,
    text,
)
from madang.reports.paper.figures_text import bar_text, number_text, percent_text
from madang.reports.paper.grid import place

CHANGED = "앞 문서와 달라진 점"


@dataclass(frozen=True)
class Number:
    """One number: its name within the paper, as it is written out in full, and the address of the records behind it."""

    name: str
    shown: str
    ref: str = ""


@dataclass(frozen=True)
class Change:
    """One number that is not what it was. Empty `before` or `after`: it was not there."""

    name: str
    before: str
    after: str


def numbers(paper: Paper) -> tuple[Number, ...]:
    """Every number of a paper, named by where it stands; the note on what changed is left out. Money is in won, not rounded."""
    found: dict[str, Number] = {}
    for number in _all(paper):
        name, times = number.name, 1
        while name in found:
            times += 1
            name = f"{number.name} ({times})"
        found[name] = replace(number, name=name)
    return tuple(found.values())


def changes(before: Paper, after: Paper) -> tuple[Change, ...]:
    """What differs, in the order of the later paper; what fell away comes last."""
    old, new = ({n.name: n.shown for n in numbers(paper)} for paper in (before, after))
    differing = [Change(name, old.get(name, ""), shown) for name, shown in new.items() if old.get(name) != shown]
    return (*differing, *(Change(name, shown, "") for name, shown in old.items() if name not in new))


def with_changes(paper: Paper, before: Paper, *, number: str, why: str) -> Paper:
    """The paper with a section that says which paper it replaces, why, and which numbers differ."""
    said = Bullets((bullet("○", f"앞 문서 : {number} ({before.as_of})"), bullet("○", f"다시 쓴 까닭 : {why}")))
    found = changes(before, paper)
    blocks: tuple[Block, ...] = (said, _table(found)) if found else (said, Bullets((bullet("○", "달라진 숫자 없음"),)))
    return replace(paper, sections=(*paper.sections, Section(CHANGED, blocks, mark="※")))


def _table(found: tuple[Change, ...]) -> TableBlock:
    return TableBlock(
        caption=CHANGED,
        caption_shown=False,
        columns=(Column(4, align="left", head=True), Column(1.6, align="right"), Column(1.6, align="right")),
        head=(row("숫 자", "앞 문서", "이 문서"),),
        rows=tuple(row(one.name, text(one.before or "-", align="right"), text(one.after or "-", align="right")) for one in found),
    )


def _all(paper: Paper) -> Iterator[Number]:
    if paper.strip:
        yield from _in_strip(paper.strip)
    heading = ""
    for section in paper.sections:
        heading = section.heading or heading
        if heading == CHANGED:
            continue
        for block in section.blocks:
            yield from _in_block(block, heading)


def _in_block(block: Block, heading: str) -> Iterator[Number]:
    match block:
        case KeyValue():
            yield from _in_strip(block)
        case TableBlock():
            yield from _in_table(block)
        case BarsBlock() | FunnelBlock():
            yield from (_bar(bar, block.caption) for bar in block.bars)
        case Bullets():
            yield from (found for item in block.items for found in _in_line(item.text, heading))


def _in_strip(block: KeyValue) -> Iterator[Number]:
    for one in block.pairs:
        if any(letter.isdigit() for letter in plain(one.value)):
            yield Number(_tidy(one.label), plain(one.value).strip(), _ref_of(one.value))


def _in_line(text: Line, heading: str) -> Iterator[Number]:
    """A clause counts as one number, named by its words before the colon."""
    whole = plain(text)
    name, colon, value = whole.partition(" : ")
    if colon and any(letter.isdigit() for letter in value):
        yield Number(f"{_tidy(heading)} · {name.strip()}", value.strip(), _ref_of(text))


def _in_table(table: TableBlock) -> Iterator[Number]:
    width = len(table.columns)
    heads = _heads(table)
    for placed in place(table.rows, width):
        label = " ".join(plain(one.cell.text) for one in placed if table.columns[one.column].head and one.cell.text)
        label = label or next((plain(one.cell.text) for one in placed if one.cell.kind == "text"), "")
        for one in placed:
            if shown := _exact(one.cell):
                yield Number(" · ".join(part for part in (label, heads[one.column]) if part), shown, one.cell.ref)


def _heads(table: TableBlock) -> list[str]:
    """The words above each column, from the top down."""
    above: list[list[str]] = [[] for _column in table.columns]
    for placed in place(table.head, len(table.columns)):
        for one in placed:
            for column in range(one.column, one.column + one.cell.colspan):
                above[column].append(_tidy(plain(one.cell.text)))
    return [" ".join(dict.fromkeys(words)) for words in above]


def _exact(cell: Cell) -> str:
    match cell.kind:
        case "int":
            return number_text(cell.value)
        case "won":
            return f"{number_text(cell.value)}원"
        case "percent":
            return percent_text(cell.value, cell.whole, cell.digits) if cell.whole else ""
        case _:
            return ""


def _bar(bar: Bar, caption: str) -> Number:
    return Number(f"{caption} · {bar.label}", bar_text(bar), bar.ref)


def _ref_of(text: Line) -> str:
    return next((part.ref for part in text if part.ref), "")


def _tidy(words: str) -> str:
    """`의 제` -> `의제`: the spread letters of table heads."""
    return words.replace(" ", "") if all(len(word) == 1 for word in words.split()) else words
