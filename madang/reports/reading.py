"""A paper as plain text, for the search index and the archive's description."""

from collections.abc import Iterator

from madang.reports.paper.blocks import Bullets, KeyValue, Paper, Para, Section, TableBlock, plain


def plain_text(paper: Paper) -> str:
    """What can be read in a paper, a line per clause: overview, clauses, words of tables. Numbers are left to the paper itself."""
    return "\n".join(_lines(paper))


def _lines(paper: Paper) -> Iterator[str]:
    if paper.strip:
        yield ", ".join(f"{one.label.replace(' ', '')} {plain(one.value)}" for one in paper.strip.pairs)
    for section in paper.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    for block in section.blocks:
        match block:
            case Para():
                yield plain(block.text)
            case Bullets():
                yield from (plain(item.text) for item in block.items)
            case KeyValue():
                yield ", ".join(f"{one.label} {plain(one.value)}" for one in block.pairs)
            case TableBlock():
                yield from (" ".join(plain(c.text) for c in row.cells if c.kind == "text" and c.text) for row in block.rows)
