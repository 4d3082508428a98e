"""주민총회 결과보고: the result of one counted ballot, a dong's or the town's. Form: domain reference §3; every number from figures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ballots import figures as ballots
from madang.ballots.figures import Result, ResultItem
from madang.ground.clock import KST, today
from madang.ground.town import Town
from madang.methods import korean
from madang.processes import figures as processes
from madang.processes.figures import Round, RoundStep
from madang.projects import figures as projects
from madang.proposals import figures as proposals
from madang.reports.gathering.dong_matrix import dong_rows, dong_table
from madang.reports.gathering.phrases import (
    HIDDEN_NOTE,
    address,
    day,
    items,
    people,
    share_of,
    shown_or_hidden,
    span,
    typed_items,
    typed_lines,
)
from madang.reports.kinds import About, Ask, Choice, PaperKind, register
from madang.reports.paper.blocks import (
    Bar,
    Bullets,
    Chain,
    Column,
    FunnelBlock,
    KeyValue,
    Money,
    Paper,
    Row,
    Section,
    Stage,
    TableBlock,
    bullet,
    count,
    dash,
    line,
    pair,
    percent,
    row,
    run,
    text,
    won,
)

FUNNEL = {"submitted": "제안 접수", "reviewed": "부서 검토", "balloted": "투표 상정", "funded": "사업 확정", "done": "추진 완료"}

FUNNEL_NOTES = (
    line("그 해에 접수한 제안만 세므로, 지난해 제안이 투표에 올랐으면 의제 수와 다를 수 있음"),
    line("사업 확정은 선정한 의제 가운데 예산을 편성하여 사업으로 옮긴 수임"),
)


def find(subject_pk: int, *, town: Town) -> About | None:
    """A counted ballot of the town and the process it stood in; the paper is told there and on the way of every proposal on the list."""
    result = ballots.result(subject_pk)
    place = town.place_of(result.place_id) if result else None
    if result is None or place is None:
        return None
    within = f"process/{result.process_id}"
    listed = [f"proposal/{one.proposal_id}" for one in result.items if one.proposal_id]
    return About(place, f"ballot/{result.ballot_id}", within, (f"ballot/{result.ballot_id}", within, *listed), result)


def choices(town: Town, *, year: int, at: datetime) -> list[Choice]:
    """The counted ballots of a year."""
    return [Choice(r.ballot_id, r.title, r.place_id, f"{r.place} · {day(r.counted_at)}") for r in ballots.results_of_town(town.pk, year)]


def gather(about: About, *, town: Town, typed: Mapping[str, str], at: datetime) -> Paper:
    """The report as the records stand at a moment."""
    result: Result = about.figures
    found = processes.round_of(result.process_id)
    assert found is not None
    heading = _gathering(found, result)
    is_dong = result.place_id != town.pk
    settings = town.settings(today(at))
    council = found.council or (f"{result.place} 주민자치회" if is_dong else "")
    return Paper(
        title=f"{found.title} 결과 보고",
        organ=council or f"{settings.organ or town.place.name} {found.department}".strip(),
        as_of=f"기준일 : {day(at)}",
        day=day(at),
        strip=_strip(result, heading, typed),
        sections=(
            Section("개 요", (_outline(result, found, town, typed), _procedure(found)), mark="Ⅰ."),
            Section("공고 및 홍보", (_notice(result, typed),), mark="Ⅱ."),
            Section("투표 결과", (), mark="Ⅲ."),
            Section("선거인 수, 투표자 수, 투표율", (_turnout(result),), mark="□", level=2),
            Section("정족수", (_quorum(result),), mark="□", level=2),
            Section("의제별 득표와 선정", (_items(result, town),), mark="□", level=2),
            Section("제안에서 선정까지", (_funnel(result, found, town),), mark="□", level=2),
            Section("주요 의견", _opinions(result, typed), mark="Ⅳ."),
            Section("향후 일정", (_schedule(result, found, town),), mark="Ⅴ."),
            _attached_matrix(result, found, town),
            Section("[붙임] 개표 경과와 확인값", (_count_story(result),)),
        ),
        notes=(line("투표 수는 전산 집계이며, 투표지는 이름 없이 공개하여 누구나 다시 셀 수 있음"),),
        attachments=(*typed_lines(typed, "attachments"), "동별 현황과 개표 경과 각 1부.", "집계표(엑셀) 1부."),
        footer=typed.get("drafter", ""),
    )


# What it was


def _gathering(found: Round, result: Result) -> RoundStep | None:
    """The assembly's own day: the last gathering that had begun when the votes were counted, and not before the vote opened."""
    days = [s for s in found.steps if s.kind == "gathering" and s.opens_at and s.opens_at <= result.counted_at]
    held = [s for s in days if result.opens_at is None or (s.opens_at and s.opens_at >= result.opens_at)]
    return held[-1] if held else None


def _strip(result: Result, heading: RoundStep | None, typed: Mapping[str, str]) -> KeyValue:
    turnout, link = result.turnout, address("ballots:result", result.ballot_id)
    held = pair("일 시", span(heading.opens_at, heading.closes_at)) if heading else pair("개 표", day(result.counted_at))
    rate = share_of(turnout.voters, turnout.electorate)
    where = [typed.get("where", "").strip() or (heading.where if heading else ""), _ways(result)]
    return KeyValue(
        caption="주민총회 개요" if heading else "주민투표 개요",
        pairs=(
            held,
            pair("장 소", ", ".join(one for one in where if one)),
            pair("투표 기간", span(result.opens_at, result.closes_at)),
            pair("참여자", run(people(turnout.voters), ref=link), f" (투표율 {rate})" if rate else ""),
            pair("선정 의제", run(items(len(result.funded)), ref=link), f" / 상정 {items(len(result.items))}"),
            pair(
                "사업비", run(korean.thousand_won(result.spent_won, "cut", unit=True), ref=link),
                f" / 예산 {korean.thousand_won(result.budget_won, 'cut', unit=True)}",
            ),
        ),
    )  # fmt: skip


def _ways(result: Result) -> str:
    return "·".join(one.label for one in result.turnout.by_channel)


def _outline(result: Result, found: Round, town: Town, typed: Mapping[str, str]) -> Bullets:
    age = f"{result.min_age}세 이상 " if result.min_age else ""
    picks = f"{result.picks_max}건까지" if result.picks_min <= 1 else f"{result.picks_min}건에서 {result.picks_max}건까지"
    basis = typed_lines(typed, "basis") or ([found.source] if found.source and result.place_id == found.place_id != town.pk else [])
    clauses = [bullet("□", "추진 근거"), *(bullet("○", one) for one in basis)] if basis else []
    clauses += [
        bullet("□", "운영 방식"),
        bullet(
            "○", f"투표할 수 있는 사람 : {age}{result.place} 주민" + (f" ({day(result.reference_on)} 기준)" if result.reference_on else "")
        ),
        bullet("○", f"투표 방법 : {_ways(result) or '-'}, 한 사람이 {picks} 선택"),
        bullet("○", "선정 방법 : " + _rule(result)),
        bullet("※", "주민투표법에 따른 투표가 아니며 정책에 참고하는 투표임"),
    ]
    return Bullets(tuple(clauses))


def _rule(result: Result) -> str:
    if result.rule != "greedy_votes":
        return f"예산 {korean.thousand_won(result.budget_won, 'cut', unit=True)} 안에서 {result.rule_name}"
    after = "예산을 넘는 의제는 건너뛰고 다음 의제를 봄" if result.skips_too_large else "예산을 넘는 의제에서 멈춤"
    return f"예산 {korean.thousand_won(result.budget_won, 'cut', unit=True)} 안에서 득표순, {after}"


def _procedure(found: Round) -> Chain:
    stages = [Stage(s.title, _short(s)) for s in found.steps]
    return Chain(tuple(stages), caption="추진 절차")


def _short(step: RoundStep) -> str:
    if step.opens_at is None:
        return ""
    first = step.opens_at.astimezone(KST).date()
    last = step.last_day
    head = f"{first.month}. {first.day}."
    return head if last in (None, first) else f"{head}~{last.month}. {last.day}."  # type: ignore[union-attr]


def _notice(result: Result, typed: Mapping[str, str]) -> Bullets:
    clauses = []
    if result.noticed_at:
        ahead = (today(result.opens_at) - today(result.noticed_at)).days if result.opens_at else 0
        until = f", 투표 시작 {ahead}일 전" if ahead > 0 else ""
        link = address("ballots:detail", result.ballot_id)
        clauses.append(bullet("○", "투표 공고 : ", run(day(result.noticed_at), ref=link), f" (의제 {items(len(result.items))}{until})"))
        clauses.append(bullet("-", "공고한 뒤 의제, 금액, 투표 기준을 바꾸지 아니함"))
    published = typed_items(typed, "publicity")
    clauses += [bullet("○", "홍보"), *typed_items(typed, "publicity", "-")] if published else [bullet("○", "홍보 : 기록 없음")]
    return Bullets(tuple(clauses))


# The vote


def _turnout(result: Result) -> TableBlock:
    turnout, link = result.turnout, address("ballots:result", result.ballot_id)
    hidden = any(one.people is None for one in turnout.by_channel)
    body = [
        row(one.label, shown_or_hidden(one.people, ref=link), percent(one.people, turnout.voters, 1) if one.people is not None else dash())
        for one in turnout.by_channel
    ]
    notes = [line(HIDDEN_NOTE)] if hidden else []
    if result.electorate_source:
        notes.append(line(f"선거인 수 : {result.electorate_source}"))
    return TableBlock(
        caption="투표 방법별 투표자 수",
        unit="(단위 : 명, %)",
        columns=(Column(2, head=True), Column(1.5, align="right"), Column(1.5, align="right")),
        head=(row("투표 방법", "투표자 수", "비 율"),),
        rows=(
            *body,
            row(
                "계", count(turnout.voters, ref=link), percent(turnout.voters, turnout.voters, 1), kind="total",
                sum_of=() if hidden else tuple(range(len(body))),
            ),
            row("선거인 수", count(turnout.electorate or None), text("")),
            row("투표율", text("투표자 수 / 선거인 수", align="center"), percent(turnout.voters, turnout.electorate, 1)),
        ),
        notes=tuple(notes),
    )  # fmt: skip


def _quorum(result: Result) -> Bullets:
    if not result.quorum:
        return Bullets((bullet("○", "성립 기준 : 정하지 아니함"), bullet("○", "참여 인원 : ", people(result.turnout.voters))))
    word = "성립" if result.is_quorate else "불성립"
    return Bullets(
        (
            bullet("○", f"성립 기준 : {people(result.quorum)} 이상 참여"),
            bullet("○", "참여 인원 : ", people(result.turnout.voters), " → ", run(word, strong=True)),
        )
    )


def _items(result: Result, town: Town) -> TableBlock:
    is_town = result.place_id == town.pk
    reasons = why(result)
    body = [_item(one, result, is_town, reasons[one.number]) for one in result.items]
    blanks = (text(""),) if is_town else ()
    total = row(
        text("계", colspan=2), *blanks, count(sum(one.votes for one in result.items)), dash(align="center"),
        won(sum(one.cost_won for one in result.items)), text(f"선정 {items(len(result.funded))}"), text(""),
        kind="total", sum_of=tuple(range(len(body))),
    )  # fmt: skip
    dongs = (Column(1.3),) if is_town else ()
    return TableBlock(
        caption="의제별 득표, 순위, 선정",
        unit="(단위 : 표, 천원)",
        columns=(
            Column(0.7), Column(4.2, align="left", head=True), *dongs,
            Column(1), Column(0.8), Column(1.4), Column(1.2), Column(2.8, align="left"),
        ),
        head=(Row(tuple(text(one) for one in ("번호", "의 제", *(("동",) if is_town else ()), "득표", "순위", "사업비", "결과", "까닭"))),),
        rows=(*body, total),
        money=Money("천원", "floor"),
        notes=(
            line(f"투표지 {result.papers:,}매, 한 매에 {result.picks_max}건까지 골랐으므로 득표의 합은 투표자 수와 다름"),
            line("사업비는 공고할 때 굳힌 금액을 천원 미만 버림으로 적음"),
        ),
    )  # fmt: skip


def _item(one: ResultItem, result: Result, is_town: bool, reason: str) -> Row:
    link = address("proposals:detail", one.proposal_id) if one.proposal_id else address("ballots:result", result.ballot_id)
    return row(
        count(one.number, align="center"), text(run(one.title, ref=link)), *((text(one.place),) if is_town else ()),
        count(one.votes, ref=address("ballots:result", result.ballot_id)), count(one.rank, align="center"), won(one.cost_won),
        text("선정" if one.is_funded else "미선정", strong=one.is_funded), text(reason),
    )  # fmt: skip


def why(result: Result) -> dict[int, str]:
    """Why each item was chosen or not, by number, told from the order of the count and the money left at each turn.

    Said so for the rule that goes down the votes within the budget; for any other the count's own sentence is kept."""
    if result.rule != "greedy_votes":
        return {one.number: one.why for one in result.items}
    reasons, left, stopped = {}, result.budget_won, False
    for one in result.items:
        if one.is_funded:
            reasons[one.number] = "득표순, 예산 범위 안"
            left -= one.cost_won
        elif one.votes == 0:
            reasons[one.number] = "받은 표 없음"
        elif one.cost_won > left and not stopped:
            reasons[one.number] = f"남은 예산 {korean.thousand_won(left, 'cut', unit=True)} 초과" if left else "앞 순위에서 예산 소진"
            stopped = not result.skips_too_large
        else:
            reasons[one.number] = "앞 순위에서 예산 소진" if stopped else "가장 적은 표 기준 미달"
    return reasons


def _funnel(result: Result, found: Round, town: Town) -> FunnelBlock:
    place = result.place_id if result.place_id != town.pk else None
    rows = projects.town_funnel(town.pk, found.year, place)
    bars = tuple(Bar(FUNNEL.get(one.key, one.label), one.value, items(one.value), ref=one.url, strong=one.key == "funded") for one in rows)
    where = result.place if place else f"{town.place.name} 전체"
    caption = f"{found.year}년 {where} 제안이 온 길"
    return FunnelBlock(caption, bars, unit="(단위 : 건)", notes=FUNNEL_NOTES)


# What was said, what follows


def _opinions(result: Result, typed: Mapping[str, str]) -> tuple[Any, ...]:
    """How many people spoke and where to read them. What residents wrote stays in their hands and is not copied into a paper."""
    said = proposals.heard(one.proposal_id for one in result.items if one.proposal_id)
    known = [(one, said[one.proposal_id]) for one in result.items if one.proposal_id in said]
    blocks: list[Any] = []
    if known:
        body = [
            row(
                text(one.title, align="left"), count(heard.endorsements, ref=heard.url), count(heard.comments, ref=heard.url),
                text(heard.department or "-"), text(heard.finding or "-"),
            )
            for one, heard in known
        ]  # fmt: skip
        total = row(
            "계", count(sum(h.endorsements for _o, h in known)), count(sum(h.comments for _o, h in known)), text(""), text(""),
            kind="total", sum_of=tuple(range(len(body))),
        )  # fmt: skip
        blocks.append(
            TableBlock(
                caption="의제별 공감, 의견, 부서 검토",
                unit="(단위 : 명, 건)",
                columns=(Column(3.6, align="left", head=True), Column(0.9), Column(0.9), Column(1.7), Column(1.6)),
                head=(row("의 제", "공감", "의견", "검토 부서", "검토 결과"),),
                rows=(*body, total),
                notes=(line("주민이 쓴 글은 쓴 사람이 고치거나 지울 수 있으므로 옮겨 적지 아니하고 수를 적음"),),
            )
        )
    spoken = typed_items(typed, "opinions", "▸")
    if spoken:
        blocks.append(Bullets((bullet("❍", "총회 현장 의견"), *spoken)))
    return tuple(blocks) or (Bullets((bullet("○", "기록 없음"),)),)


def _schedule(result: Result, found: Round, town: Town) -> TableBlock:
    """The steps of the process that end after the count."""
    after = [s for s in found.steps if s.closes_at is None or s.closes_at > result.counted_at]
    after = [s for s in after if s.opens_at is None or s.opens_at >= (result.closes_at or result.counted_at)]
    settings = found.department or town.settings(today(result.counted_at)).department or "-"
    body = [row(span(s.opens_at, s.closes_at), text(s.title, align="left"), settings) for s in after]
    return TableBlock(
        caption="향후 일정",
        caption_shown=False,
        columns=(Column(2.4, head=True), Column(3.4, align="left"), Column(1.6)),
        head=(row("시 기", "내 용", "담 당"),),
        rows=tuple(body) or (row("-", text("정해진 일정 없음", align="left"), "-"),),
    )


def _attached_matrix(result: Result, found: Round, town: Town) -> Section:
    """A dong's report carries all dong beside it; the town's vote carries who voted and what was chosen where."""
    if result.place_id != town.pk:
        rows = dong_rows(town, found.year, ballots.results_of_town(town.pk, found.year))
        caption = f"{found.year}년 동별 제안, 투표, 선정 현황"
        return Section("[붙임] 동별 현황", (dong_table(town, rows, caption=caption, here=result.place_id),))
    return Section("[붙임] 동별 현황", (_town_vote(result, town),))


def _town_vote(result: Result, town: Town) -> TableBlock:
    voters = {one.label: one.people for one in result.turnout.by_dong}
    hidden = any(people is None for people in voters.values())
    names = [place.name for place in town.dongs]
    others = [name for name in voters if name not in names]
    rest = [town.place.name] if any(one.place_id == town.pk for one in result.items) else []
    lines = []
    for name in [*names, *rest, *others]:
        here = [one for one in result.items if one.place == name]
        funded = [one for one in here if one.is_funded]
        lines.append((name, voters.get(name, 0), len(here), len(funded), sum(one.cost_won for one in funded)))
    body = [row(name, shown_or_hidden(cast), count(up), count(chosen), won(cost)) for name, cast, up, chosen, cost in lines]
    total = row(
        "계", count(result.turnout.voters), count(len(result.items)), count(len(result.funded)), won(result.spent_won),
        kind="total", sum_of=() if hidden else tuple(range(len(body))),
    )  # fmt: skip
    return TableBlock(
        caption="동별 투표자와 선정 의제",
        unit="(단위 : 명, 건, 천원)",
        columns=(Column(2, head=True), Column(1.3), Column(1.3), Column(1.3), Column(1.6)),
        head=(row("구 분", "투표자", "상정", "선정", "사업비"),),
        rows=(*body, total),
        money=Money("천원", "floor"),
        notes=(line(HIDDEN_NOTE),) if hidden else (),
    )


def _count_story(result: Result) -> Bullets:
    """The count line by line, and the values with which anybody can count again."""
    clauses = [bullet("□", "개표 경과"), *(bullet("-", told) for told in result.story)]
    clauses += [bullet("□", "확인값(SHA-256)"), bullet("-", "투표지 전체"), bullet("·", result.input_sha256)]
    if result.seed_commitment:
        clauses += [bullet("-", "공고할 때 잠근 추첨값"), bullet("·", result.seed_commitment)]
    return Bullets(tuple(clauses))


KIND = register(
    PaperKind(
        slug="assembly_result",
        label=_("주민총회 결과보고"),
        about=_(
            "개표를 마친 투표 하나의 결과입니다. 개요, 공고, 투표율, 정족수, 의제별 득표와 까닭, 의견, 다음 일정, 동별 현황을 담습니다."
        ),
        find=find,
        gather=gather,
        choices=choices,
        asks=(
            Ask("where", _("장소"), _("비워 두면 과정의 주민총회 단계에 적은 곳을 씁니다."), is_line=True),
            Ask("basis", _("추진 근거"), _("한 줄에 하나씩. 비워 두면 동 주민총회는 주민자치회 조례를 적습니다.")),
            Ask("publicity", _("홍보 내용"), _("한 줄에 하나씩. 예: 현수막 12곳(7. 9.~23.)")),
            Ask("opinions", _("총회 현장 의견"), _("한 줄에 하나씩. 말한 사람의 이름은 적지 않습니다.")),
            Ask("attachments", _("붙임 문서"), _("한 줄에 하나씩. 예: 회의록 1부.")),
        ),
    )
)
