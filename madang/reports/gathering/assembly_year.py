"""주민총회 연간 현황: a town's year, every dong in its official order with sums."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots import figures as ballots
from madang.ballots.figures import Result
from madang.ground.clock import today
from madang.ground.town import Town
from madang.methods import korean
from madang.projects import figures as projects
from madang.reports.gathering.assembly_result import FUNNEL, FUNNEL_NOTES
from madang.reports.gathering.dong_matrix import DongRow, dong_rows, dong_table, total_of
from madang.reports.gathering.phrases import address, day, items, people, share_of, typed_items, typed_lines
from madang.reports.kinds import About, Ask, Choice, PaperKind, register
from madang.reports.paper.blocks import (
    Bar,
    Bullets,
    Column,
    FunnelBlock,
    KeyValue,
    Money,
    Paper,
    Section,
    TableBlock,
    count,
    line,
    pair,
    row,
    run,
    text,
    won,
)

YEARS = range(2000, 2101)


def find(subject_pk: int, *, town: Town) -> About | None:
    """A year (the number itself) in which the town counted at least one vote."""
    results = ballots.results_of_town(town.pk, subject_pk) if subject_pk in YEARS else ()
    return About(town.place, f"year/{subject_pk}", "", (), (subject_pk, results)) if results else None


def choices(town: Town, *, year: int, at: datetime) -> list[Choice]:
    """The year itself."""
    if find(year, town=town) is None:
        return []
    return [Choice(year, _("%(year)s년 %(place)s") % {"year": year, "place": town.place.name}, town.pk)]


def gather(about: About, *, town: Town, typed: Mapping[str, str], at: datetime) -> Paper:
    """The year as the records stand at a moment."""
    year, results = about.figures
    rows = dong_rows(town, year, results)
    settings = town.settings(today(at))
    remarks = typed_items(typed, "remarks")
    return Paper(
        title=f"{year}년 {town.place.name} 주민총회 운영 현황",
        organ=f"{settings.organ or town.place.name} {settings.department}".strip(),
        as_of=f"기준일 : {day(at)}",
        day=day(at),
        strip=_strip(rows, results),
        sections=(
            Section("동별 현황", (dong_table(town, rows, caption=f"{year}년 동별 제안, 투표, 선정 현황"),), mark="Ⅰ."),
            Section("투표별 결과", (_ballots(results, year),), mark="Ⅱ."),
            Section("제안에서 추진까지", (_funnel(town, year),), mark="Ⅲ."),
            *((Section("덧붙이는 말", (Bullets(tuple(remarks)),), mark="Ⅳ."),) if remarks else ()),
        ),
        attachments=(*typed_lines(typed, "attachments"), "집계표(엑셀) 1부."),
        footer=typed.get("drafter", ""),
    )


def _strip(rows: Sequence[DongRow], results: Sequence[Result]) -> KeyValue:
    voters, electorate = total_of(rows, "voters"), total_of(rows, "electorate")
    rate = share_of(voters, electorate)
    held = len({r.place_id for r in results})
    return KeyValue(
        caption="한 해 한눈에",
        pairs=(
            pair("투표한 곳", f"{held}곳 {len(results)}회"),
            pair("제 안", items(total_of(rows, "submitted"))),
            pair("투표자", people(voters), f" (투표율 {rate})" if rate else ""),
            pair("선정 의제", f"{items(total_of(rows, 'funded'))} / 상정 {items(total_of(rows, 'items'))}"),
            pair("선정 사업비", korean.thousand_won(total_of(rows, "funded_won"), "cut", unit=True)),
        ),
    )


def _ballots(results: Sequence[Result], year: int) -> TableBlock:
    """Every counted ballot, the oldest first."""
    told = list(reversed(results))
    body = [
        row(
            text(run(r.title, ref=address("ballots:result", r.ballot_id))), r.place, day(r.counted_at), count(r.turnout.voters),
            text("성립" if r.is_quorate else "불성립"), count(len(r.funded)), won(r.spent_won),
        )
        for r in told
    ]  # fmt: skip
    total = row(
        "계", "", "", count(sum(r.turnout.voters for r in told)), "", count(sum(len(r.funded) for r in told)),
        won(sum(r.spent_won for r in told)), kind="total", sum_of=tuple(range(len(body))),
    )  # fmt: skip
    return TableBlock(
        caption=f"{year}년 개표한 투표",
        unit="(단위 : 명, 건, 천원)",
        columns=(Column(3, align="left", head=True), Column(1.2), Column(1.9), Column(1), Column(1), Column(0.9), Column(1.3)),
        head=(row("투 표", "곳", "개표일", "투표자", "성립", "선정", "사업비"),),
        rows=(*body, total),
        money=Money("천원", "floor"),
        notes=(line("한 사람이 동 투표와 구 투표에 모두 참여할 수 있으므로 투표자의 합은 연인원임"),),
    )


def _funnel(town: Town, year: int) -> FunnelBlock:
    rows = projects.town_funnel(town.pk, year)
    bars = tuple(Bar(FUNNEL.get(one.key, one.label), one.value, items(one.value), ref=one.url, strong=one.key == "funded") for one in rows)
    return FunnelBlock(f"{year}년 접수한 제안이 온 길", bars, unit="(단위 : 건)", notes=FUNNEL_NOTES)


KIND = register(
    PaperKind(
        slug="assembly_year",
        label=gettext_lazy("주민총회 연간 현황"),
        about=gettext_lazy("한 해 동안 모든 동의 제안, 투표, 선정을 한 표에 담습니다. 동 차례는 행정 차례이고 줄과 칸에 합계가 있습니다."),
        find=find,
        gather=gather,
        choices=choices,
        asks=(
            Ask("remarks", gettext_lazy("덧붙이는 말"), gettext_lazy("한 줄에 하나씩.")),
            Ask("attachments", gettext_lazy("붙임 문서"), gettext_lazy("한 줄에 하나씩. 예: 회의록 1부.")),
        ),
    )
)
