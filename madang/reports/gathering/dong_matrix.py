"""Every dong of a town in its official order, one row each, with sums: the matrix both papers carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from madang.ballots.figures import Result
from madang.ground.models import Place
from madang.ground.town import Town
from madang.proposals import figures as proposals
from madang.reports.gathering.phrases import address
from madang.reports.paper.blocks import Column, Money, Row, TableBlock, count, line, percent, row, text, won

# in the order of the columns; percents stand between them
SUMMED = ("submitted", "shortlisted", "electorate", "voters", "items", "funded", "funded_won")


@dataclass(frozen=True)
class DongRow:
    """One dong in a year. None: nothing was counted there, which is not zero."""

    place: Place
    submitted: int
    shortlisted: int
    ballots: int
    electorate: int | None
    voters: int | None
    items: int | None
    funded: int | None
    funded_won: int | None
    list_url: str = ""
    result_url: str = ""


def dong_rows(town: Town, year: int, results: Sequence[Result]) -> list[DongRow]:
    """The dong in official order, then the town itself when it had proposals or votes of its own. Seven queries a place."""
    rows = [_row(town, place, year, [r for r in results if r.place_id == place.pk]) for place in (*town.dongs, town.place)]
    own = rows[-1]
    return rows if own.submitted or own.ballots else rows[:-1]


def _row(town: Town, place: Place, year: int, results: list[Result]) -> DongRow:
    funnel = proposals.funnel(town.pk, year, place.pk)
    is_dong = place.pk != town.pk
    base: dict[str, Any] = {
        "place": place, "submitted": funnel.submitted, "shortlisted": funnel.shortlisted, "ballots": len(results),
        "list_url": funnel.url("received") if is_dong else "",
    }  # fmt: skip
    if not results:
        return DongRow(**base, electorate=None, voters=None, items=None, funded=None, funded_won=None)
    return DongRow(
        **base,
        electorate=sum(r.turnout.electorate for r in results),
        voters=sum(r.turnout.voters for r in results),
        items=sum(len(r.items) for r in results),
        funded=sum(len(r.funded) for r in results),
        funded_won=sum(r.spent_won for r in results),
        result_url=address("ballots:result", results[0].ballot_id) if len(results) == 1 else "",
    )


def total_of(rows: Sequence[DongRow], name: str) -> int:
    return sum(getattr(one, name) or 0 for one in rows)


def dong_table(town: Town, rows: Sequence[DongRow], *, caption: str, here: int | None = None) -> TableBlock:
    """The rows as a table with a total. `here`: the dong whose paper it is, written strong."""
    notes = []
    if any(one.electorate is None for one in rows):
        notes.append(line("빈칸은 기준일까지 개표한 투표가 없는 곳임"))
    if any(one.ballots > 1 for one in rows):
        notes.append(line("한 곳에 투표가 둘 이상이면 더한 수임(연인원)"))
    if any(one.place.pk == town.pk for one in rows):
        notes.append(line(f"‘{_name(town, town.place)}’은 동을 나누지 아니한 제안과 투표임"))
    weights = (1.7, 1, 1.1, 1.5, 1.2, 1.1, 1, 1, 1.5)
    return TableBlock(
        caption=caption,
        unit="(단위 : 건, 명, %, 천원)",
        columns=tuple(Column(weight, head=at == 0) for at, weight in enumerate(weights)),
        head=(
            Row(
                (
                    text("구 분", rowspan=2), text("제 안", colspan=2), text("투 표", colspan=3), text("의 제", colspan=3),
                )
            ),
            row("접수", "의제 후보", "선거인", "투표자", "투표율", "상정", "선정", "사업비"),
        ),
        rows=(*(_body(town, one, here) for one in rows), _total(rows)),
        money=Money("천원", "floor"),
        notes=tuple(notes),
    )  # fmt: skip


def _name(town: Town, place: Place) -> str:
    return place.name if place.pk != town.pk else f"{place.name} 전체"


def _body(town: Town, one: DongRow, here: int | None) -> Row:
    name = _name(town, one.place)
    link = {"ref": one.result_url}
    return row(
        text(name, strong=one.place.pk == here), count(one.submitted, ref=one.list_url), count(one.shortlisted),
        count(one.electorate), count(one.voters, **link),
        percent(one.voters, one.electorate, 1) if one.voters is not None and one.electorate else text(""),
        count(one.items, **link), count(one.funded, **link), won(one.funded_won),
    )  # fmt: skip


def _total(rows: Sequence[DongRow]) -> Row:
    sums = {name: total_of(rows, name) for name in SUMMED}
    return row(
        text("계"), count(sums["submitted"]), count(sums["shortlisted"]), count(sums["electorate"]), count(sums["voters"]),
        percent(sums["voters"], sums["electorate"], 1), count(sums["items"]), count(sums["funded"]), won(sums["funded_won"]),
        kind="total", sum_of=tuple(range(len(rows))),
    )  # fmt: skip
