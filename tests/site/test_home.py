"""The yard's front pages: today for a visitor and for a resident, a dong, a month, the results of a year."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.proposals import actions as proposals
from tests import NOON
from tests.ballots.makers import a_ballot
from tests.deliberation.makers import WORDING, a_question, a_question_step
from tests.processes.makers import a_process, a_step
from tests.projects.makers import a_past_ballot, a_running_project, a_winner
from tests.proposals.makers import a_proposal, a_proposal_step
from tests.reports.makers import AFTER, a_published_paper, a_signed_paper
from tests.residents.makers import a_resident, a_town, sign_in

pytestmark = pytest.mark.django_db
HOME, CALENDAR, RESULTS, QUESTIONS = (reverse(n) for n in ("site:home", "site:calendar", "site:results", "deliberation:list"))


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def in_dong(slug):
    return reverse("site:dong", args=[slug])


class TestToday:
    def test_an_empty_town_says_what_is_to_come(self, client):
        a_town()
        html = text(client.get(HOME))
        assert "오늘 금천구에 열려 있는 일은 없어요" in html
        assert "지금 열려 있는 일이 없어요" in html
        assert "이번 달에 정해진 일이 아직 없어요" in html
        assert "아직 하기로 한 사업이 없어요" in html
        assert "02-2627-0000" in html

    def test_a_visitor_is_asked_for_the_dong_and_sees_what_is_for_all(self, client):
        a_ballot(title="독산2동 투표")
        a_proposal_step()
        html = text(client.get(HOME))
        assert "금천구에서 함께 정할 일이 2가지" in html
        assert "1개 동" in html
        assert f'href="{HOME}#dong"' in html
        assert "제안 쓰기" in html
        assert "투표하기" not in html

    def test_a_resident_sees_their_own_dong(self, client):
        a_ballot()
        a_ballot(dong="siheung4")
        sign_in(client, a_resident(dong="doksan2"))
        html = text(client.get(HOME))
        assert "오늘 독산2동에서 함께 정할 일이 2가지" in html
        assert "투표하기" in html
        assert f'href="{in_dong("doksan2")}"' in html

    def test_the_dong_chosen_is_kept_and_wins_over_where_one_lives(self, client):
        a_town()
        sign_in(client, a_resident(dong="doksan2"))
        assert "오늘 시흥4동에" in text(client.get(HOME, {"dong": "siheung4"}))
        assert "오늘 시흥4동에" in text(client.get(HOME))
        assert "오늘 금천구에" in text(client.get(HOME, {"dong": "all"}))
        assert "오늘 금천구에" in text(client.get(HOME))

    @pytest.mark.parametrize("odd", ["nowhere", "\x00", "독산2동", "a" * 5000, "<script>"])
    def test_a_dong_that_is_none_is_the_whole_town(self, client, odd):
        a_town()
        answer = client.get(HOME, {"dong": odd})
        assert answer.status_code == 200
        assert "오늘 금천구에" in text(answer)

    def test_what_is_over_or_a_draft_or_elsewhere_is_not_open(self, client):
        town = a_town()
        a_step("proposals", opened=False, title="초안인 단계")
        a_step("proposals", opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=1), title="끝난 단계")
        a_step("proposals", opens_at=NOON + timedelta(days=1), title="아직 안 연 단계")
        a_step("proposals", place=town.dong("siheung4"), title="남의 동 단계")
        html = text(client.get(HOME, {"dong": "doksan2"}))
        assert "오늘 독산2동에 열려 있는 일은 없어요" in html

    def test_what_ends_first_stands_on_top(self, client):
        a_step("proposals", closes_at=NOON + timedelta(days=9), title="나중에 끝나는 단계")
        a_step("proposals", closes_at=NOON + timedelta(days=2), title="먼저 끝나는 단계")
        a_step("proposals", ends=False, title="늘 여는 단계")
        html = text(client.get(HOME)).split("이번 달에 있는 일")[0]
        assert html.index("먼저 끝나는 단계") < html.index("나중에 끝나는 단계") < html.index("늘 여는 단계")

    def test_a_question_is_open_with_its_days_left_and_the_way_to_all_of_them(self, client):
        question = a_question()
        html = text(client.get(HOME)).split("이번 달에 있는 일")[0]
        assert WORDING in html
        assert f'href="{reverse("deliberation:detail", args=[question.pk])}"' in html
        assert "답하기" in html
        assert re.search(r'class="count[^"]*">.{0,80}6', html)
        assert html.count(f'href="{QUESTIONS}"') == 2  # the menu, and beside what is open

    def test_a_question_of_a_dong_asks_a_visitor_for_the_dong_and_a_resident_for_the_answer(self, client):
        question = a_question(dong="doksan2")
        detail = reverse("deliberation:detail", args=[question.pk])
        html = text(client.get(HOME))
        assert detail not in html
        assert f'<h3><a href="{QUESTIONS}">' in html
        sign_in(client, a_resident(dong="doksan2"))
        assert detail in text(client.get(HOME))
        assert detail not in text(client.get(HOME, {"dong": "siheung4"}))
        assert detail in text(client.get(in_dong("doksan2")))
        assert detail not in text(client.get(in_dong("siheung4")))

    def test_a_question_not_yet_published_is_nobodys(self, client):
        a_question(published=False, wording="아직 다듬는 물음일까요?")
        assert "아직 다듬는 물음일까요" not in text(client.get(HOME))

    def test_what_became_of_ideas_and_the_figures_of_the_year(self, client):
        project = a_running_project()
        html = text(client.get(HOME))
        assert project.programme.title in html
        assert "올해 들어온 제안" in html
        assert "하기로 한 사업" in html
        assert "쓰기로 한 돈" in html

    def test_in_english(self, client):
        a_question()
        html = text(client.get(HOME, headers={"accept-language": "en"}))
        assert 'lang="en"' in html
        assert "Geumcheon-gu" in html
        assert "See what the district asks and what people answered" in html


class TestDong:
    def test_everything_of_a_dong(self, client):
        project = a_running_project(a_winner(a_past_ballot(title="지난달 독산2동 투표")))
        a_ballot(title="지금 독산2동 투표")
        a_proposal(title="새로 올린 제안")
        html = text(client.get(in_dong("doksan2")))
        for part in (project.programme.title, "지난달 독산2동 투표", "새로 올린 제안", "투표하기", "하고 있는 사업"):
            assert part in html, part
        other = text(client.get(in_dong("siheung4")))
        for part in (project.programme.title, "지난달 독산2동 투표", "새로 올린 제안", "투표하기"):
            assert part not in other, part
        assert "첫 제안을 올려 주세요" in other

    def test_what_is_not_public_is_not_here(self, client):
        a_proposal(is_open=False, title="아직 살피는 제안")
        a_process(a_town(), "assembly_year", opened=False, title="아직 초안인 주민총회")
        html = text(client.get(in_dong("doksan2")))
        assert "아직 살피는 제안" not in html
        assert "아직 초안인 주민총회" not in html

    def test_a_dong_that_is_not_there(self, client):
        a_town()
        answer = client.get(in_dong("yeouido"))
        assert answer.status_code == 404
        assert "찾는 화면이 없어요" in text(answer)


class TestCalendar:
    def test_this_month_and_the_ways_to_the_next_ones(self, client):
        a_step("proposals", opens_at=kst(2021, 4, 20, 9), closes_at=kst(2021, 5, 4), title="봄 제안")
        html = text(client.get(CALENDAR))
        assert "봄 제안 열림" in html
        assert "봄 제안 마감" not in html
        assert 'href="?month=2021-03"' in html
        assert 'href="?month=2021-05"' in html
        assert "봄 제안 마감" in text(client.get(CALENDAR, {"month": "2021-05"}))

    def test_december_leads_to_january_and_back(self, client):
        a_step("proposals", opens_at=kst(2021, 12, 31, 9), closes_at=kst(2022, 1, 3), title="해넘이 제안")
        december = text(client.get(CALENDAR, {"month": "2021-12"}))
        assert "해넘이 제안 열림" in december
        assert 'href="?month=2022-01"' in december
        assert 'href="?month=2021-11"' in december
        january = text(client.get(CALENDAR, {"month": "2022-01"}))
        assert "해넘이 제안 마감" in january
        assert 'href="?month=2021-12"' in january

    def test_a_moment_of_seoul_belongs_to_the_month_of_seoul(self, client):
        # 00:30 on 1 May in Seoul is still April in UTC.
        a_step("proposals", opens_at=kst(2021, 5, 1, 0, 30), closes_at=kst(2021, 5, 9), title="한밤의 제안")
        assert "한밤의 제안" in text(client.get(CALENDAR, {"month": "2021-05"}))
        assert "한밤의 제안" not in text(client.get(CALENDAR, {"month": "2021-04"}))

    @pytest.mark.parametrize(
        "odd",
        ["x", "2021", "2021-13", "2021-00", "1999-12", "2101-01", "0000-01", "2021-W14", "99999-01", "２０２１-04", "4" * 5000],
    )
    def test_a_month_nobody_knows_leads_back_to_this_one(self, client, odd):
        a_town()
        answer = client.get(CALENDAR, {"month": odd})
        assert answer.status_code == 302
        assert answer.url == CALENDAR

    @pytest.mark.parametrize("edge", ["2000-01", "2100-12"])
    def test_the_first_and_the_last_month(self, client, edge):
        a_town()
        assert client.get(CALENDAR, {"month": edge}).status_code == 200

    def test_one_dong_or_all(self, client):
        town = a_town()
        for slug in ("doksan2", "siheung4"):
            a_step("proposals", place=town.dong(slug), opens_at=kst(2021, 4, 20, 9), closes_at=kst(2021, 5, 4), title="동네 제안")
        assert "2개 동 동네 제안 열림" in text(client.get(CALENDAR))
        one = text(client.get(CALENDAR, {"dong": "doksan2"}))
        assert "독산2동 동네 제안 열림" in one
        assert "시흥4동 동네 제안" not in one

    def test_drafts_are_not_on_it(self, client):
        a_step("proposals", opened=False, opens_at=kst(2021, 4, 20), title="초안 단계")
        assert "초안 단계" not in text(client.get(CALENDAR))


class TestResults:
    def test_votes_papers_and_records_of_the_year(self, client):
        with clock.fixed(AFTER):
            paper = a_published_paper()
            html = text(client.get(RESULTS))
        assert html.count(paper.title) >= 2  # the paper, and the record it became
        assert "2021년 독산2동 주민총회 투표" in html
        assert "3건" in html
        assert f'href="{QUESTIONS}"' in html
        html = text(client.get(RESULTS, {"year": "2020"}))
        assert paper.title not in html
        assert "이 해에 개표를 마친 투표가 없어요" in html

    def test_a_paper_in_the_making_is_not_shown(self, client):
        with clock.fixed(AFTER):
            paper = a_signed_paper()
            assert paper.title not in text(client.get(RESULTS))

    @pytest.mark.parametrize("odd", ["x", "", "²", "-1", "1999", "2101", "020210", "02021" + "0" * 5000, "9" * 30, "\x00", "٢٠٢١"])
    def test_odd_years(self, client, odd):
        a_town()
        answer = client.get(RESULTS, {"year": odd})
        assert answer.status_code == 200
        assert 'aria-current="true">2021' in text(answer)

    def test_the_funnel_counts_and_leads_to_the_list(self, client):
        proposals.shortlist(proposal=a_proposal(), why="분과 회의", actor=SYSTEM, at=NOON)
        a_proposal()
        html = text(client.get(RESULTS))
        assert "낸 생각은 어디까지 갔나요" in html
        assert "2건" in html or ">2<" in html


def test_the_same_number_of_queries_with_few_and_many(client, query_counts):
    """What grows here: proposals, projects, papers, open votes and questions, steps on the calendar."""
    town = a_town()
    past = a_past_ballot()
    a_running_project(a_winner(past, 1))
    a_ballot()
    a_question()
    with clock.fixed(AFTER):
        a_published_paper()
    client.cookies["dong"] = "doksan2"
    urls = {"site:home": HOME, "site:dong": in_dong("doksan2"), "site:calendar": CALENDAR, "site:results": RESULTS}
    for name, url in urls.items():
        query_counts.page(name, lambda url=url: client.get(url))
    a_running_project(a_winner(past, 2))
    a_running_project(a_winner(past, 4))
    for n in range(3):
        a_proposal(title=f"제안 {n}")
        a_step("proposals", town, place=town.dong("doksan2"), closes_at=NOON + timedelta(days=n + 1), title=f"단계 {n}")
        a_past_ballot(title=f"지난 투표 {n}")
        a_question()
    for dong in ("doksan2", "siheung4", "gasan"):
        a_ballot(dong=dong)
    for name, url in urls.items():
        query_counts.page(name, lambda url=url: client.get(url))


def test_a_question_step_without_a_question_says_nothing(client):
    a_question_step()
    answer = client.get(HOME)
    assert answer.status_code == 200
    assert "오늘 금천구에 열려 있는 일은 없어요" in text(answer)
