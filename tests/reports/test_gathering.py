"""Every number of a paper is the number of its figures."""

import pytest
from django.utils import translation

from madang.ballots import figures as ballots
from madang.ballots.models import Tally
from madang.ground.clock import kst
from madang.projects import figures as projects
from madang.proposals import figures as proposals
from madang.reports.comparing import numbers
from madang.reports.gathering.assembly_result import why
from madang.reports.kinds import gathered, kind_of
from madang.reports.paper.blocks import FunnelBlock, TableBlock, from_json, plain, to_json
from madang.reports.paper.grid import blocks, check, tables
from tests.reports.makers import AFTER, a_town_vote, an_assembly
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db


def gather(kind, pk, **typed):
    made = gathered(kind_of(kind), pk, town=a_town(), typed=typed, at=AFTER)
    check(made.paper)
    return made.paper


def table(paper, caption) -> TableBlock:
    return next(one for one in tables(paper) if caption in one.caption)


def column(block: TableBlock, at: int) -> list:
    return [one.cells[at].value for one in block.rows if one.kind == "body"]


def by_name(paper) -> dict[str, str]:
    return {one.name: one.shown for one in numbers(paper)}


def test_result_numbers_are_those_of_the_ballot():
    ballot = an_assembly()
    result = ballots.result(ballot.pk)
    paper = gather("assembly_result", ballot.pk)
    said = by_name(paper)
    assert paper.title == "2021년 독산2동 주민총회 결과 보고"
    assert paper.organ == "독산2동 주민자치회"
    assert said["참여자"].startswith(f"{result.turnout.voters:,}명 (투표율 ")
    assert said["선정 의제"] == f"{len(result.funded)}건 / 상정 {len(result.items)}건"
    assert said["사업비"] == f"{result.spent_won // 1000:,}천원 / 예산 {result.budget_won // 1000:,}천원"
    items = table(paper, "의제별 득표")
    assert column(items, 0) == [one.number for one in result.items]
    assert [plain(row.cells[1].text) for row in items.rows[:-1]] == [one.title for one in result.items]
    assert column(items, 2) == [one.votes for one in result.items]
    assert column(items, 3) == [one.rank for one in result.items]
    assert column(items, 4) == [one.cost_won for one in result.items]
    assert [plain(row.cells[5].text) for row in items.rows[:-1]] == ["선정" if one.is_funded else "미선정" for one in result.items]
    assert said["정족수 · 성립 기준"] == f"{result.quorum}명 이상 참여"


def test_turnout_by_channel_and_rate():
    ballot = an_assembly()
    turnout = ballots.turnout(ballot.pk)
    block = table(gather("assembly_result", ballot.pk), "투표 방법별")
    assert column(block, 1)[: len(turnout.by_channel)] == [one.people for one in turnout.by_channel]
    rate = block.rows[-1].cells[2]
    assert (rate.value, rate.whole) == (turnout.voters, turnout.electorate)


def test_a_cell_too_small_is_hidden_and_does_not_fall_out_of_the_sum():
    ballot = an_assembly(papers=((1,), (2,), (1, 2)))
    block = table(gather("assembly_result", ballot.pk), "투표 방법별")
    assert plain(block.rows[0].cells[1].text) == "숨김"
    assert next(row for row in block.rows if row.kind == "total").cells[1].value == 3
    assert any("숨김" in plain(note) for note in block.notes)


@pytest.mark.parametrize("budget_won", [60_000_000, 65_000_000, 40_000_000])
def test_reasons_tell_the_money_left_at_each_turn(budget_won):
    ballot = an_assembly(budget_won=budget_won)
    result = ballots.result(ballot.pk)
    story = {int(f["id"]): (code, f) for code, f in Tally.objects.get(ballot=ballot).story if "id" in f}
    for number, reason in why(result).items():
        code, facts = story[number]
        if code == "funded":
            assert reason == "득표순, 예산 범위 안"
        else:
            assert code == "too_large_skipped"
            left = facts["left"] // 1000
            assert reason == (f"남은 예산 {left:,}천원 초과" if left else "앞 순위에서 예산 소진")
    assert {one.number for one in result.funded} == {n for n, reason in why(result).items() if "범위 안" in reason}


def test_an_item_nobody_picked_says_so():
    ballot = an_assembly(papers=((1,), (2,), (4,)))
    story = {int(f["id"]): code for code, f in Tally.objects.get(ballot=ballot).story if "id" in f}
    assert story[3] == "below_threshold"
    assert why(ballots.result(ballot.pk))[3] == "받은 표 없음"


def test_funnel_is_the_one_of_the_site():
    ballot = an_assembly()
    paper = gather("assembly_result", ballot.pk)
    funnel = next(block for block in blocks(paper) if isinstance(block, FunnelBlock))
    rows = projects.town_funnel(a_town().pk, 2021, ballot.place_id)
    assert [(bar.value, bar.ref) for bar in funnel.bars] == [(row.value, row.url) for row in rows]


def test_opinions_count_talk_and_copy_no_words():
    ballot = an_assembly()
    said = proposals.heard(i.proposal_id for i in ballot.items.all())
    block = table(gather("assembly_result", ballot.pk), "공감, 의견")
    result = ballots.result(ballot.pk)
    assert column(block, 1) == [said[one.proposal_id].endorsements for one in result.items]
    assert column(block, 2) == [said[one.proposal_id].comments for one in result.items]


def test_matrix_has_ten_dong_in_their_order_and_adds_up():
    town = a_town()
    an_assembly(town)
    ballot = an_assembly(town, "siheung4", titles=("비탈길 손잡이", "쉼 의자", "물 빠짐", "꽃길"), papers=((1,), (1, 2), (3,), (4,), (1,)))
    block = table(gather("assembly_result", ballot.pk), "동별 제안, 투표, 선정")
    names = [plain(row.cells[0].text) for row in block.rows]
    assert names == [*(d.name for d in town.dongs), "계"]
    results = {r.place: r for r in ballots.results_of_town(town.pk, 2021)}
    for row, dong in zip(block.rows[:-1], town.dongs, strict=True):
        assert row.cells[1].value == proposals.funnel(town.pk, 2021, dong.pk).submitted
        assert row.cells[2].value == proposals.funnel(town.pk, 2021, dong.pk).shortlisted
        if dong.name in results:
            result = results[dong.name]
            got = [row.cells[at].value for at in (3, 4, 6, 7, 8)]
            assert got == [result.turnout.electorate, result.turnout.voters, len(result.items), len(result.funded), result.spent_won]
        else:
            assert {row.cells[at].kind for at in (3, 4, 6, 7, 8)} == {"none"}, "not counted is blank, not zero"
    total = block.rows[-1]
    assert total.cells[1].value == proposals.funnel(town.pk, 2021).submitted
    assert total.cells[4].value == sum(r.turnout.voters for r in results.values())
    assert total.cells[8].value == sum(r.spent_won for r in results.values())


def test_the_towns_vote_is_told_by_dong():
    ballot = a_town_vote(papers=((1,),) * 6 + ((2, 4),) * 3)
    result = ballots.result(ballot.pk)
    paper = gather("assembly_result", ballot.pk)
    assert paper.title == "2021 나풀나풀 주민투표 결과 보고"
    assert paper.organ == "금천구청 마을자치과"
    block = table(paper, "동별 투표자와")
    assert block.rows[-1].cells[1].value == result.turnout.voters == 9
    assert sum(column(block, 2)) == len(result.items)
    assert block.rows[-1].cells[4].value == result.spent_won


def test_year_paper_sums_the_year():
    town = a_town()
    an_assembly(town)
    an_assembly(town, "gasan", titles=("가", "나", "다", "라"), papers=((1,), (2,)))
    a_town_vote(town)
    results = ballots.results_of_town(town.pk, 2021)
    paper = gather("assembly_year", 2021)
    said = by_name(paper)
    assert said["투표자"].startswith(f"{sum(r.turnout.voters for r in results)}명")
    block = table(paper, "개표한 투표")
    assert block.rows[-1].cells[6].value == sum(r.spent_won for r in results)
    assert [plain(row.cells[0].text) for row in block.rows[:-1]] == [r.title for r in reversed(results)]
    matrix = table(paper, "동별 제안")
    assert plain(matrix.rows[-2].cells[0].text) == "금천구 전체"
    assert matrix.rows[-1].cells[4].value == sum(r.turnout.voters for r in results)


def test_a_year_without_a_count_has_nothing_to_report():
    assert gathered(kind_of("assembly_year"), 2020, town=a_town(), typed={}, at=AFTER) is None
    assert gathered(kind_of("assembly_year"), 10**30, town=a_town(), typed={}, at=AFTER) is None
    assert gathered(kind_of("assembly_result"), 987, town=a_town(), typed={}, at=AFTER) is None


def test_paper_is_korean_whoever_asks_and_survives_json():
    ballot = an_assembly()
    korean = gather("assembly_result", ballot.pk)
    with translation.override("en"):
        english = gather("assembly_result", ballot.pk)
    assert korean == english
    assert from_json(to_json(korean)) == korean


def test_typed_words_stand_in_the_paper():
    ballot = an_assembly()
    paper = gather(
        "assembly_result", ballot.pk, publicity="현수막 12곳\n\n마을 방송 10회", attachments="회의록 1부.", where="독산2동 주민센터 4층"
    )
    told = [plain(item.text) for section in paper.sections for block in section.blocks if hasattr(block, "items") for item in block.items]
    assert "현수막 12곳" in told
    assert "마을 방송 10회" in told
    assert paper.attachments[0] == "회의록 1부."
    assert "독산2동 주민센터 4층" in plain(paper.strip.pairs[1].value)


def test_schedule_holds_what_comes_after_the_vote():
    ballot = an_assembly()
    block = table(gather("assembly_result", ballot.pk), "향후 일정")
    assert [plain(row.cells[1].text) for row in block.rows] == ["결과 알리기", "구청이 답하기"]
    assert plain(block.rows[0].cells[0].text).startswith("2021. 7. 1.(목)")


def test_meeting_day_is_the_assemblys():
    paper = gather("assembly_result", an_assembly().pk)
    assert plain(paper.strip.pairs[0].value) == "2021. 6. 12.(토) 14:00~17:00"
    assert plain(paper.strip.pairs[2].value) == "2021. 6. 5.(토) 09:00 ~ 6. 12.(토) 15:00"
    assert kst(2021, 6, 12).weekday() == 5
