"""A paper as an accessible HTML fragment in the `.paper` classes of the site's style; no inline style, everything escaped."""

from collections.abc import Iterable, Mapping
from html import escape

from .blocks import (
    Bar,
    BarsBlock,
    Block,
    Bullets,
    Cell,
    Chain,
    FigureBlock,
    FunnelBlock,
    Item,
    KeyValue,
    Line,
    PageBreak,
    Paper,
    Para,
    Row,
    Run,
    Section,
    TableBlock,
    depth_of,
)
from .figures_text import bar_text, percent_text, shown
from .grid import Placed, align_of, place, shares
from .labels import LABELS, Labels
from .letters import safe

CELL_CLASS = {"right": "n", "left": "l", "center": ""}


def draw(paper: Paper, addresses: Mapping[str, str]) -> str:
    """The fragment. `addresses` maps picture keys to addresses; a picture without one is printed as its text."""
    words = LABELS[paper.language]
    parts = [f'<article class="paper" lang="{paper.language}" aria-label="{_text(paper.title)}">']
    parts += _head(paper, words)
    for section in paper.sections:
        parts += _section(section, words, addresses)
    parts += _notes(paper.notes)
    parts += _attachments(paper, words)
    if paper.footer:
        parts.append(f'<p class="unit">{_text(paper.footer)}</p>')
    return "\n".join([*parts, "</article>"])


def _head(paper: Paper, words: Labels) -> list[str]:
    parts = []
    if paper.sign:
        roles = "".join(f'<th scope="col">{_text(box.role)}</th>' for box in paper.sign)
        signs = "".join(f"<td>{'<br>'.join(_text(one) for one in (box.state, box.date) if one)}</td>" for box in paper.sign)
        table = f'<table aria-label="{words.sign}"><thead><tr>{roles}</tr></thead><tbody><tr>{signs}</tr></tbody></table>'
        parts.append(f'<div class="sign">{table}</div>')
    facts = " · ".join(_text(one) for one in (paper.organ, paper.number, paper.draft) if one)
    parts.append(f'<p class="paper__from">{facts}</p>')
    parts.append(f'<p class="paper__title" role="heading" aria-level="2"><b>{_text(paper.title)}</b></p>')
    if paper.subtitle:
        parts.append(f'<p class="paper__subtitle">{_text(paper.subtitle)}</p>')
    if paper.as_of or paper.day:
        parts.append(f'<p class="unit">{_text(paper.as_of or paper.day)}</p>')
    return parts + (_strip(paper.strip) if paper.strip else [])


def _section(section: Section, words: Labels, addresses: Mapping[str, str]) -> list[str]:
    level = 3 if section.level == 1 else 4
    mark = f"{_text(section.mark)} " if section.mark else ""
    parts = [f"<h{level}>{mark}{_text(section.heading)}</h{level}>"] if section.heading else []
    for block in section.blocks:
        parts += _block(block, words, addresses)
    return parts


def _block(block: Block, words: Labels, addresses: Mapping[str, str]) -> list[str]:
    match block:
        case Para():
            return [f"<p>{_runs(block.text)}</p>"]
        case Bullets():
            return _bullets(block.items)
        case KeyValue():
            return _strip(block)
        case TableBlock():
            return _table(block, words)
        case FigureBlock():
            return _figure(block, addresses)
        case Chain():
            return _chain(block)
        case BarsBlock():
            return _bars(block, [(bar, "") for bar in block.bars], [block.label_head, block.value_head])
        case FunnelBlock():
            rows = [(bar, percent_text(bar.value, whole) if whole else "-") for bar, whole in shares(block)]
            return _bars(block, rows, [block.label_head, block.value_head, block.share_head])
        case PageBreak():
            return ['<hr class="paper__break">']


def _bullets(items: Iterable[Item]) -> list[str]:
    """Nested lists as deep as the marks; a level that is skipped opens no empty list."""
    parts: list[str] = []
    depths: list[int] = []
    for item in items:
        depth = depth_of(item)
        while depths and depths[-1] > depth:
            depths.pop()
            parts.append("</li></ul>")
        if depths and depths[-1] == depth:
            parts.append("</li>")
        else:
            depths.append(depth)
            parts.append("<ul>")
        parts.append(f"<li>{_text(item.mark)} {_runs(item.text)}")
    return ["".join([*parts, "</li></ul>" * len(depths)])]


def _strip(block: KeyValue) -> list[str]:
    rows = [block.pairs[at : at + block.across] for at in range(0, len(block.pairs), block.across)]
    parts = ["<table>", f'<caption class="sr">{_text(block.caption)}</caption>' if block.caption else "", "<tbody>"]
    for row in rows:
        cells = []
        for number, pair in enumerate(row):
            rest = 2 * (block.across - len(row)) + 1 if number == len(row) - 1 else 1
            span = f' colspan="{rest}"' if rest > 1 else ""
            cells.append(f'<th scope="row">{_text(pair.label)}</th><td{span}>{_runs(pair.value)}</td>')
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return ["".join([*parts, "</tbody></table>"])]


def _table(table: TableBlock, words: Labels) -> list[str]:
    width = len(table.columns)
    named = f"{table.caption}, {table.unit.strip('()')}" if table.unit else table.caption
    parts = _titled(table.caption if table.caption_shown else "", table.unit)
    head = "".join(f"<tr>{''.join(_head_cell(one) for one in row)}</tr>" for row in place(table.head, width))
    body = [(row, _row(table, placed, words)) for row, placed in zip(table.rows, place(table.rows, width), strict=True)]
    parts.append(
        f'<table><caption class="sr">{_text(named)}</caption><thead>{head}</thead>'
        f"<tbody>{''.join(_tr(row, inner) for row, inner in body)}</tbody></table>"
    )
    return parts + _notes(table.notes)


def _titled(caption: str, unit: str) -> list[str]:
    """Name and unit above a table, for the eye: the table's own caption says both."""
    if not (caption or unit):
        return []
    name = f'<p class="paper__caption">{f"〈 {_text(caption)} 〉" if caption else ""}</p>'
    unit = f'<p class="unit">{_text(unit)}</p>' if unit else ""
    return [f'<div class="row row--ends" aria-hidden="true">{name}{unit}</div>']


def _tr(row: Row, inner: str) -> str:
    kind = "" if row.kind == "body" else f' class="{row.kind}"'
    return f"<tr{kind}>{inner}</tr>"


def _head_cell(one: Placed) -> str:
    scope = "colgroup" if one.cell.colspan > 1 else "col"
    return f'<th scope="{scope}"{_span(one.cell)}>{_runs(one.cell.text)}</th>'


def _row(table: TableBlock, placed: list[Placed], words: Labels) -> str:
    return "".join(_body_cell(table, one, words) for one in placed)


def _body_cell(table: TableBlock, one: Placed, words: Labels) -> str:
    column, cell = table.columns[one.column], one.cell
    inner = _runs(cell.text) if cell.kind == "text" else _text(shown(cell, table.money))
    if cell.kind == "none":
        inner = f'<span class="sr">{words.blank}</span>'
    if cell.ref:
        inner = f'<a class="open-fig" href="{_text(cell.ref)}">{inner}</a>'
    inner = inner or "&#160;"  # a blank on purpose; the style writes "-" into an empty cell
    if cell.strong or table.rows[one.row].kind != "body":
        inner = f"<b>{inner}</b>"
    if column.head:
        left = ' class="l"' if align_of(cell, column) == "left" else ""
        return f'<th scope="{"rowgroup" if cell.rowspan > 1 else "row"}"{left}{_span(cell)}>{inner}</th>'
    name = CELL_CLASS[align_of(cell, column)]
    return f"<td{f' class={chr(34)}{name}{chr(34)}' if name else ''}{_span(cell)}>{inner}</td>"


def _span(cell: Cell) -> str:
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return across + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")


def _bars(block: BarsBlock | FunnelBlock, rows: list[tuple[Bar, str]], heads: list[str]) -> list[str]:
    """Chart and table in one: the bar is a picture for the eye only, the number stands beside it."""
    longest = max((bar.value for bar in block.bars), default=0) or 1
    lines = []
    for bar, share in rows:
        width = round(100 * max(bar.value, 0) / longest, 1)
        picture = f'<svg aria-hidden="true" width="100%" height="12"><rect class="s1" width="{width}%" height="12"/></svg>'
        number = _text(bar_text(bar))
        number = f'<a class="open-fig" href="{_text(bar.ref)}">{number}</a>' if bar.ref else number
        number = f"<b>{number}</b>" if bar.strong else number
        last = f'<td class="n">{share}</td>' if len(heads) > 2 else ""
        lines.append(
            f'<tr><th scope="row">{_text(bar.label)}</th><td class="paper__bar">{picture}</td><td class="n">{number}</td>{last}</tr>'
        )
    last = f'<th scope="col">{_text(heads[2])}</th>' if len(heads) > 2 else ""
    head = f'<tr><th scope="col">{_text(heads[0])}</th><th scope="colgroup" colspan="2">{_text(heads[1])}</th>{last}</tr>'
    named = f"{block.caption}, {block.unit.strip('()')}" if block.unit else block.caption
    table = (
        f'<table class="paper__bars"><caption class="sr">{_text(named)}</caption>'
        f"<thead>{head}</thead><tbody>{''.join(lines)}</tbody></table>"
    )
    return [*_titled(block.caption, block.unit), table, *_notes(block.notes)]


def _figure(block: FigureBlock, addresses: Mapping[str, str]) -> list[str]:
    caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
    address = addresses.get(block.key)
    inner = f'<img src="{_text(address)}" alt="{_text(block.alt)}">' if address else f"<p>[{_text(block.alt)}]</p>"
    return [f"<figure>{inner}{caption}</figure>"]


def _chain(block: Chain) -> list[str]:
    drawn = [f"{_text(one.label)}{f' <small>{_text(one.note)}</small>' if one.note else ''}" for one in block.stages]
    arrow = '<span aria-hidden="true"> →</span>'
    stages = "".join(f"<li>{one}{arrow if at < len(drawn) else ''}</li>" for at, one in enumerate(drawn, 1))
    named = f' aria-label="{_text(block.caption)}"' if block.caption else ""
    return [*_titled(block.caption, ""), f'<ol class="row paper__chain"{named}>{stages}</ol>']


def _notes(notes: Iterable[Line]) -> list[str]:
    return [f'<p class="small paper__note">※ {_runs(note)}</p>' for note in notes]


def _attachments(paper: Paper, words: Labels) -> list[str]:
    if not paper.attachments:
        return []
    if len(paper.attachments) == 1:
        return [f'<p class="paper__attached"><b>{words.attached}</b> {_text(paper.attachments[0])} {words.end}</p>']
    items = "".join(f"<li>{number}. {_text(one)}</li>" for number, one in enumerate(paper.attachments, 1))
    return [f'<p class="paper__attached"><b>{words.attached}</b></p><ul>{items}</ul><p>{words.end}</p>']


def _runs(text: Line) -> str:
    return "".join(_run(part) for part in text)


def _run(part: Run) -> str:
    inner = f"<b>{_text(part.text)}</b>" if part.strong else _text(part.text)
    return f'<a class="open-fig" href="{_text(part.ref)}">{inner}</a>' if part.ref else inner


def _text(value: str) -> str:
    return escape(safe(value))
