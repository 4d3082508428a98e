"""내 마당: everything of mine and nothing of anybody else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from madang.ballots import actions as ballots
from madang.deliberation import actions as questions
from madang.ground import clock
from madang.ground.actor import SYSTEM, Proof
from madang.notices.models import Notice
from madang.projects import actions as projects
from madang.proposals import actions as proposals
from tests import NOON
from tests.ballots.makers import a_ballot
from tests.comments.makers import a_comment
from tests.deliberation.makers import CLOSES, OVER, WORDING, a_question, replied
from tests.projects.makers import a_past_ballot, a_running_project, a_winner
from tests.proposals.makers import a_proposal, a_proposal_step
from tests.residents.makers import a_resident, a_town, actor_of, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db
MY = reverse("site:my")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def answer(question, resident, *, option=0, at=NOON):
    return questions.reply(question=question, option=question.options.all()[option], actor=actor_of(resident, at=at), at=at)


def detail(question):
    return reverse("deliberation:detail", args=[question.pk])


@pytest.fixture
def me(client):
    resident = a_resident(name="복숭아")
    sign_in(client, resident)
    return resident


class TestWho:
    def test_a_visitor_is_sent_to_the_door_and_back(self, client):
        a_town()
        gone = client.get(MY)
        assert gone.status_code == 302
        assert gone.url == f"{reverse('account_login')}?next={MY}"

    def test_an_account_without_a_resident_is_told_what_comes_first(self, client):
        a_town()
        sign_in(client, an_account())
        html = text(client.get(MY))
        assert "공개 이름과 사는 동을 알려 주세요" in html
        assert reverse("residents:join") in html

    def test_an_official_who_is_no_resident(self, client):
        sign_in(client, an_official())
        assert client.get(MY).status_code == 200

    def test_who_has_not_proved_where_they_live_is_told_how(self, client):
        sign_in(client, a_resident(proof=Proof.CONTACT))
        html = text(client.get(MY))
        assert "사는 곳을 확인하면 투표할 수 있어요" in html
        assert reverse("residents:proof") in html

    def test_who_has_is_not(self, client, me):
        html = text(client.get(MY))
        assert "복숭아 님의 마당" in html
        assert "독산2동 주민" in html
        assert "사는 곳 확인, 2023. 4. 7.(금)까지" in html
        assert "사는 곳을 확인하면" not in html

    def test_an_empty_yard_says_how_to_begin(self, client, me):
        html = text(client.get(MY))
        for sentence in ("아직 낸 제안이 없어요", "아직 투표한 적이 없어요", "아직 답한 물음이 없어요"):
            assert sentence in html
        assert reverse("proposals:write") in html


class TestMine:
    def test_my_own_and_nobody_elses(self, client, me):
        a_proposal(author=me, title="내가 낸 제안")
        a_proposal(author=me, is_open=False, title="내가 내고 아직 살피는 제안")
        neighbours = a_proposal(title="이웃이 낸 제안")
        liked = a_proposal(title="내가 공감한 제안")
        proposals.endorse(proposal=liked, actor=actor_of(me), at=NOON)
        a_comment(author=me, body="내가 한 말")
        a_comment(body="이웃이 한 말")
        html = text(client.get(MY))
        for mine in ("내가 낸 제안", "내가 내고 아직 살피는 제안", "내가 공감한 제안", "내가 한 말", "내 제안 2"):
            assert mine in html, mine
        assert neighbours.title not in html
        assert "이웃이 한 말" not in html

    def test_a_draft_can_be_taken_up_again(self, client, me):
        step = a_proposal_step()
        draft = proposals.save_draft(place=step.process.place, data={"title": "적다 만 제안"}, step=step, actor=actor_of(me), at=NOON)
        html = text(client.get(MY))
        assert "적다 만 제안" in html
        assert reverse("proposals:draft", args=[draft.token, "what"]) in html
        sign_in(client, a_resident())
        assert "적다 만 제안" not in text(client.get(MY))

    def test_my_vote_without_what_was_picked(self, client, me):
        ballot = a_ballot(title="독산2동 여름 투표")
        vote, about = (reverse(f"ballots:{n}", args=[ballot.pk]) for n in ("vote", "detail"))
        assert f'href="{vote}"' in text(client.get(MY))
        ballots.cast(ballot=ballot, picks=[1, 2], actor=actor_of(me), at=NOON)
        html = text(client.get(MY))
        assert "독산2동 여름 투표" in html
        assert f'href="{about}"' in html
        assert f'href="{vote}"' not in html  # nothing left to do there
        assert "무엇을 골랐는지는 남기지 않습니다" in html
        assert ballot.items.first().title not in html
        over = ballot.step.closes_at + timedelta(minutes=1)
        ballots.close(ballot=ballot, actor=SYSTEM, at=over)
        ballots.count(ballot=ballot, actor=SYSTEM, at=over)
        assert reverse("ballots:result", args=[ballot.pk]) in text(client.get(MY))

    def test_a_project_i_help_with(self, client, me):
        project = a_running_project()
        projects.sign_up(project=project, actor=actor_of(me), at=NOON)
        assert project.programme.title in text(client.get(MY))
        sign_in(client, a_resident())
        assert project.programme.title not in text(client.get(MY))

    def test_news_is_counted_until_read(self, client, me):
        proposals.adopt(
            proposal=a_proposal(author=me), body="하겠습니다. 여름 전에 놓겠습니다.", implement_on=NOON.date() + timedelta(days=90),
            signed_as="공원녹지과장", actor=SYSTEM, at=NOON,
        )  # fmt: skip
        notice = Notice.objects.of_account(me.account_id).first()
        html = text(client.get(MY))
        assert reverse("notices:open", args=[notice.pk]) in html
        assert re.search(r"알림 \d", html)


class TestQuestions:
    def test_what_is_asked_stands_on_top_until_it_is_answered(self, client, me):
        question = a_question()
        html = text(client.get(MY))
        assert "alert--warn" in html
        assert f'href="{detail(question)}"' in html
        answer(question, me)
        html = text(client.get(MY))
        assert "alert--warn" not in html
        assert html.count(f'href="{detail(question)}"') == 1

    def test_while_it_is_open_my_answer_may_be_changed(self, client, me):
        question = a_question()
        answer(question, me)
        html = text(client.get(MY))
        assert WORDING in html
        assert "묻는 중" in html
        assert "내 답 고치기" in html
        assert "밤 9시" not in html  # what I picked is for the question's own page

    def test_after_the_end_the_result_and_the_day_by_which_its_use_is_told(self, client, me):
        question = a_question()
        answer(question, me)
        questions.close(question=question, actor=SYSTEM, at=OVER)
        with clock.fixed(OVER):
            html = text(client.get(MY))
        assert "결과 보기" in html
        assert "내 답 고치기" not in html
        assert "어떻게 썼는지 5. 13.(목)까지 알려 드려요" in html

    def test_a_question_that_ended_a_minute_ago_is_not_open_any_more(self, client, me):
        """Even before the nightly sweep has closed it."""
        question = a_question()
        answer(question, me)
        with clock.fixed(CLOSES + timedelta(minutes=1)):
            html = text(client.get(MY))
        assert "내 답 고치기" not in html

    def test_a_promise_not_kept_is_said(self, client, me):
        question = a_question()
        answer(question, me)
        questions.close(question=question, actor=SYSTEM, at=OVER)
        with clock.fixed(CLOSES + timedelta(days=40)):
            html = text(client.get(MY))
        assert "5. 13.(목)까지 알려 드리기로 했는데 늦어지고 있어요" in html

    def test_what_was_done_with_the_answers(self, client, me):
        question = a_question()
        answer(question, me)
        questions.close(question=question, actor=SYSTEM, at=OVER)
        questions.tell_use(question=question, body="조명을 밤 10시까지 켜기로 했습니다.", actor=SYSTEM, at=OVER)
        html = text(client.get(MY))
        assert "조명을 밤 10시까지 켜기로 했습니다" in html
        assert f'href="{detail(question)}#used"' in html
        assert "까지 알려 드려요" not in html

    def test_not_what_others_answered(self, client, me):
        replied(a_question(wording="이웃만 답한 물음일까요?"), 0, 1)
        section = text(client.get(MY)).split("내가 답한 물음")[1]
        assert "이웃만 답한 물음일까요" not in section.split("</section>")[0]
        assert "아직 답한 물음이 없어요" in section

    def test_in_english(self, client, me):
        answer(a_question(wording="운동장을 밤에도 열까요?"), me)
        html = text(client.get(MY, headers={"accept-language": "en"}))
        section = html.split("Questions I answered")[1].split("</section>")[0]
        for words in ("Asking now", "Answered on", "Change my answer", "운동장을 밤에도 열까요?"):
            assert words in section, words

    def test_a_long_list_is_kept_short_and_leads_on(self, client, me):
        for n in range(8):
            answer(a_question(wording=f"{n}번째 물음일까요?"), me, at=NOON + timedelta(minutes=n))
        section = text(client.get(MY)).split("내가 답한 물음")[1].split("</section>")[0]
        assert section.count("번째 물음일까요") == 6
        assert section.index("7번째") < section.index("2번째")
        assert f'href="{reverse("deliberation:list")}"' in section


def test_the_same_number_of_queries_with_few_and_many(client, me, query_counts):
    town = a_town()
    past = a_past_ballot(town)
    ballot, open_one = a_ballot(), a_question()
    ballots.cast(ballot=ballot, picks=[1], actor=actor_of(me), at=NOON)
    answer(open_one, me)

    def more(n):
        a_proposal(author=me, title=f"내 제안 {n}")
        proposals.endorse(proposal=a_proposal(title=f"이웃 제안 {n}"), actor=actor_of(me), at=NOON)
        a_comment(author=me, body=f"말 {n}")
        projects.sign_up(project=a_running_project(a_winner(past, (1, 2, 4)[n])), actor=actor_of(me), at=NOON)

    more(0)
    query_counts.page("site:my", lambda: client.get(MY))
    more(1)
    more(2)
    for n in range(3):
        question = a_question(wording=f"끝난 물음 {n}", opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=2))
        answer(question, me, at=NOON - timedelta(days=3))
        questions.close(question=question, actor=SYSTEM, at=NOON - timedelta(days=1))
        questions.tell_use(question=question, body="이렇게 썼습니다. 고맙습니다.", actor=SYSTEM, at=NOON)
    query_counts.page("site:my", lambda: client.get(MY))
