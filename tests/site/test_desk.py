"""처리할 일 and the desk's search: what the law wants first on top, each with what to do next, each officer's own."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from madang.comments import actions as comments
from madang.deliberation import actions as questions
from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.proposals import actions as proposals
from madang.site.queue import tasks
from tests import NOON
from tests.ballots.makers import a_ballot
from tests.comments.makers import a_comment
from tests.deliberation.makers import CLOSES, OVER, a_closed_question, a_question
from tests.processes.makers import a_process
from tests.projects.makers import a_project
from tests.proposals.makers import a_proposal, a_proposal_step, endorsed_by
from tests.reports.makers import AFTER, a_paper, an_officer
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_official, open_desk_for, sign_in

pytestmark = pytest.mark.django_db
DESK, SEARCH = reverse("site:desk"), reverse("site:desk_search")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def an_old_proposal(**over):
    """One of sixty days ago: overdue."""
    step = a_proposal_step(opens_at=NOON - timedelta(days=90))
    return a_proposal(step=step, at=NOON - timedelta(days=60), **over)


def rows_of(client, **asked):
    """The titles of the queue in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', text(client.get(DESK, asked)))


@pytest.fixture
def desk(client):
    sign_in(client, an_official())
    return client


class TestOrder:
    def test_an_empty_queue(self, desk):
        assert "처리할 일이 없습니다" in text(desk.get(DESK))

    def test_the_nearest_legal_day_first_and_what_stands_still_last(self, desk):
        paused = a_proposal(title="멈춘 제안", at=NOON - timedelta(days=5))
        proposals.request_supplement(proposal=paused, request="어디인지 알려 주세요", actor=SYSTEM, at=NOON)
        a_proposal(title="오늘 들어온 제안")
        a_proposal(title="한참 된 제안", at=NOON - timedelta(days=25))
        an_old_proposal(title="늦은 제안")
        assert rows_of(desk) == ["늦은 제안", "한참 된 제안", "오늘 들어온 제안", "멈춘 제안"]
        html = text(desk.get(DESK))
        assert "일 지남" in html
        assert "시계 멈춤" in html

    def test_it_says_what_to_do_next(self, desk):
        parks = a_department(name="공원녹지과")
        a_proposal(is_open=False, title="새 제안")
        a_proposal(title="열린 제안")
        proposals.assign(proposal=a_proposal(title="맡긴 제안"), department=parks, actor=SYSTEM, at=NOON)
        asked = a_proposal(title="보완할 제안")
        proposals.request_supplement(proposal=asked, request="어디인지 알려 주세요", actor=SYSTEM, at=NOON)
        found = {t.title: t for t in tasks(_actor(), a_town(), at=NOON)}
        assert {t.title: t.to_do for t in found.values()} == {
            "새 제안": "살펴보고 열기",
            "열린 제안": "부서 정하고 답변",
            "맡긴 제안": "검토하고 답변",
            "보완할 제안": "보완 기다림",
        }
        assert found["맡긴 제안"].owner == "공원녹지과"
        assert found["열린 제안"].owner == "부서 정하기"

    def test_what_is_answered_is_gone(self, desk):
        proposal = a_proposal(title="답할 제안")
        assert rows_of(desk) == ["답할 제안"]
        proposals.reject(proposal=proposal, body="이미 놓여 있습니다.", reason="unworkable", signed_as="과장", actor=SYSTEM, at=NOON)
        assert rows_of(desk) == []

    def test_everything_that_waits_is_here(self, client):
        with clock.fixed(AFTER):
            paper = a_paper()
        at = AFTER
        process = a_process(a_town(), opened=False, title="갖출 과정")
        a_ballot(noticed=False, title="공고할 투표", opens_at=at + timedelta(days=3), closes_at=at + timedelta(days=9))
        comments.report(comment=a_comment(), reason="광고", actor=actor_of(a_resident()), at=NOON)
        a_question(published=False, wording="알릴 물음일까요?", opens_at=at + timedelta(days=2), closes_at=at + timedelta(days=9))
        a_closed_question(0, wording="쓰임을 알릴 물음일까요?")
        with clock.fixed(at):
            found = {t.title: (t.kind, t.to_do) for t in tasks(actor_of(an_officer("site_admin"), at=at), a_town(), at=at)}
        for title, expected in {
            paper.title: ("paper", "결재"), process.title: ("process", "갖추고 열기"), "공고할 투표": ("ballot", "점검하고 공고"),
            "신고된 이야기 1건": ("comment", "살펴보기"), "알릴 물음일까요?": ("question", "살펴보고 알리기"),
            "쓰임을 알릴 물음일까요?": ("question", "어떻게 썼는지 알리기"),
        }.items():  # fmt: skip
            assert found[title] == expected, title

    def test_every_row_opens(self, client):
        at = AFTER
        with clock.fixed(at):
            a_paper()
            a_process(a_town(), opened=False)
            comments.report(comment=a_comment(), reason="광고", actor=actor_of(a_resident()), at=NOON)
            a_closed_question(0)
            a_proposal()
            account = an_officer("site_admin")
            sign_in(client, account)
            for task in tasks(actor_of(account, at=at), a_town(), at=at):
                assert client.get(task.url).status_code == 200, task.url

    def test_a_vote_by_its_state(self, desk):
        ballot = a_ballot(title="독산2동 투표")
        assert "투표 지켜보기" in text(desk.get(DESK))
        late = ballot.step.closes_at + timedelta(minutes=1)
        account = an_official(desk=False)
        open_desk_for(account, at=late)
        sign_in(desk, account)
        with clock.fixed(late):
            assert "마감과 개표" in text(desk.get(DESK))

    def test_the_use_of_answers_is_due_thirty_days_after_the_end(self, desk):
        question = a_closed_question(0, wording="쓰임을 알릴 물음일까요?")
        (task,) = tasks(_actor(), a_town(), at=OVER)
        assert task.due_on == (CLOSES + timedelta(days=30)).date()
        assert task.left == 30
        questions.tell_use(question=question, body="조명을 바꿨습니다. 고맙습니다.", actor=SYSTEM, at=OVER)
        assert tasks(_actor(), a_town(), at=OVER) == []


def _actor(role="coordinating_officer", dong=None, department=None):
    return actor_of(an_official(role=role, dong=dong, department=department))


class TestWhose:
    def test_a_dong_officer_sees_the_dongs(self):
        a_proposal(title="독산2동 제안")
        a_proposal(title="시흥4동 제안", dong="siheung4")
        a_ballot(title="독산2동 투표")
        a_ballot(dong="siheung4", title="시흥4동 투표")
        a_question(dong="doksan2", published=False, wording="독산2동 물음?")
        a_question(dong="siheung4", published=False, wording="시흥4동 물음?")
        titles = {t.title for t in tasks(_actor("dong_officer", "doksan2"), a_town(), at=NOON)}
        assert {"독산2동 제안", "독산2동 투표", "독산2동 물음?"} <= titles
        assert not {t for t in titles if t.startswith("시흥4동")}

    def test_a_department_sees_what_was_given_to_it(self):
        parks, roads = a_department(name="공원녹지과"), a_department(name="도로과")
        proposals.assign(proposal=a_proposal(title="공원 제안"), department=parks, actor=SYSTEM, at=NOON)
        proposals.assign(proposal=a_proposal(title="도로 제안"), department=roads, actor=SYSTEM, at=NOON)
        a_proposal(title="아직 아무도 맡지 않은 제안")
        actor = actor_of(an_official(role="department_officer", department=parks))
        assert [t.title for t in tasks(actor, a_town(), at=NOON)] == ["공원 제안"]

    def test_a_department_tells_the_use_of_its_own_questions_only(self):
        a_closed_question(0, wording="마을자치과가 물은 것?")
        mine = actor_of(an_official(role="department_officer", department=a_department()))
        other = actor_of(an_official(role="department_officer", department=a_department(name="도로과")))
        assert [t.title for t in tasks(mine, a_town(), at=OVER)] == ["마을자치과가 물은 것?"]
        assert tasks(other, a_town(), at=OVER) == []

    def test_who_has_nothing_to_do_with_proposals_sees_none(self):
        a_proposal()
        a_ballot()
        a_question(published=False)
        assert [t for t in tasks(_actor("moderator"), a_town(), at=NOON) if t.kind != "comment"] == []


class TestNarrowing:
    def test_by_kind_dong_and_day(self, desk):
        an_old_proposal(title="독산2동 제안")
        a_proposal(title="시흥4동 제안", dong="siheung4")
        a_process(a_town(), opened=False, title="갖출 과정")
        assert set(rows_of(desk, kind="proposal")) == {"독산2동 제안", "시흥4동 제안"}
        assert rows_of(desk, dong="siheung4") == ["시흥4동 제안"]
        assert rows_of(desk, due="late") == ["독산2동 제안"]
        assert rows_of(desk, due="none") == ["갖출 과정"]
        assert rows_of(desk, kind="proposal", due="none") == []
        assert len(rows_of(desk, kind="x", dong="y", due="z", page="w")) == 3

    def test_the_groups_keep_what_was_asked(self, desk):
        an_old_proposal()
        html = text(desk.get(DESK, {"kind": "proposal", "dong": "doksan2"}))
        assert "?kind=proposal&amp;dong=doksan2&amp;due=late" in html

    def test_pages(self, desk):
        for n in range(3):
            a_process(a_town(), opened=False, title=f"과정 {n}")
        for page in ("0", "-1", "99", "x", "9" * 40):
            assert len(rows_of(desk, page=page)) == 3

    def test_as_a_file(self, desk):
        endorsed_by(a_proposal(title="=HYPERLINK(1)"), 2)
        a_process(a_town(), opened=False, title="갖출 과정")
        answer = desk.get(DESK, {"format": "csv", "kind": "proposal"})
        csv = answer.content.decode("utf-8-sig")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "'=HYPERLINK(1)" in csv
        assert "갖출 과정" not in csv
        sheet = load_workbook(BytesIO(desk.get(DESK, {"format": "xlsx"}).content)).active
        heads = [c.value for c in sheet[1]]
        assert heads[:5] == ["기한", "남은 날", "번호", "제목", "할 일"]
        assert {r[3].value for r in sheet.iter_rows(min_row=2)} == {"'=HYPERLINK(1)", "갖출 과정"}


class TestSearch:
    def test_a_number_leads_straight_there(self, desk):
        proposal = a_proposal()
        answer = desk.get(SEARCH, {"q": f" {proposal.number} "})
        assert answer.status_code == 302
        assert answer.url == reverse("proposals:desk_detail", args=[proposal.pk])

    def test_part_of_a_number_or_a_title(self, desk):
        proposal = a_proposal(title="골목 그늘막", is_open=False)
        project = a_project()
        assert "골목 그늘막" in text(desk.get(SEARCH, {"q": proposal.number[-4:]}))
        assert "골목 그늘막" in text(desk.get(SEARCH, {"q": "늘막"}))
        assert project.programme.title in text(desk.get(SEARCH, {"q": project.programme.title[:4]}))

    @pytest.mark.parametrize("q", ["", " ", "없는 말", "%", "_", "\\", "\x00", "'", "🌳", "\u202e", "가" * 5000])
    def test_nothing_and_odd_signs(self, desk, q):
        a_proposal(title="골목 그늘막")
        answer = desk.get(SEARCH, {"q": q})
        assert answer.status_code == 200
        assert "찾는 것이 없습니다" in text(answer)

    def test_an_exact_number_of_one_that_was_taken_back(self, desk):
        author = a_resident()
        proposal = a_proposal(author=author)
        proposals.withdraw(proposal=proposal, actor=actor_of(author), at=NOON)
        answer = desk.get(SEARCH, {"q": proposal.number}, follow=True)
        assert answer.status_code == 200


def test_the_same_number_of_queries_with_few_and_many(client, query_counts):
    account = an_official(role="site_admin")
    sign_in(client, account)

    def more(n):
        a_proposal(title=f"그늘 {n}")
        asked = a_proposal(title=f"그늘 보완 {n}")
        proposals.request_supplement(proposal=asked, request="어디인지 알려 주세요", actor=SYSTEM, at=NOON)
        proposals.assign(proposal=a_proposal(), department=a_department(name="공원녹지과"), actor=SYSTEM, at=NOON)
        a_ballot(title=f"투표 {n}")
        a_question(published=False, wording=f"물음 {n}?")
        a_closed_question(0, wording=f"끝난 물음 {n}?")
        a_process(a_town(), opened=False)
        comments.report(comment=a_comment(), reason="광고", actor=actor_of(a_resident()), at=NOON)

    def ask():
        query_counts.page("site:desk", lambda: client.get(DESK))
        query_counts.page("site:desk_search", lambda: client.get(SEARCH, {"q": "그늘"}))

    more(0)
    ask()
    for n in range(1, 4):
        more(n)
    ask()
