"""Residents' pages and the desk's, with the wrong person and with bad input."""

from datetime import timedelta

import pytest
from django.urls import reverse

from madang.deliberation import actions
from madang.deliberation.models import Question, Reply
from madang.ground import clock
from madang.ground.actor import SYSTEM
from tests import NOON
from tests.deliberation.makers import CLOSES, OPTIONS, OVER, WORDING, a_closed_question, a_question, a_question_step, replied
from tests.residents.makers import a_resident, a_town, an_official, sign_in

pytestmark = pytest.mark.django_db
LIST, DESK = reverse("deliberation:list"), reverse("deliberation:desk_list")


def url(name, thing):
    return reverse(f"deliberation:{name}", args=[thing.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def officer(client):
    account = an_official(role="coordinating_officer")
    sign_in(client, account)
    return account


class TestResidents:
    def test_the_list(self, client):
        a_town()
        assert "지금 묻는 것이 없어요" in text_of(client.get(LIST))
        a_question()
        a_question(wording="곧 물을까요?", opens_at=NOON + timedelta(days=1))
        a_question(wording="초안일까요?", published=False)
        html = text_of(client.get(LIST))
        assert WORDING in html
        assert "곧 물을 것" in html
        assert "초안일까요" not in html

    @pytest.mark.parametrize("query", ["page=x", "page=99999999999999999999", "page=-1"])
    def test_odd_pages(self, client, query):
        a_closed_question(0)
        assert client.get(f"{LIST}?{query}").status_code == 200

    def test_a_visitor_reads_the_question_and_is_shown_the_way_in(self, client):
        question = a_question()
        html = text_of(client.get(url("detail", question)))
        assert all(option in html for option in OPTIONS)
        assert "더 켜 달라는 사람" in html
        assert f"next={url('detail', question)}" in html
        assert "<textarea" not in html

    def test_answering_and_changing(self, client):
        question, person = a_question(), a_resident()
        sign_in(client, person)
        first, second, _third = question.options.all()
        response = client.post(url("detail", question), {"option": first.pk, "words": "밝으면 좋아요"})
        assert response.status_code == 302
        assert "밝으면 좋아요" in text_of(client.get(url("detail", question)))
        client.post(url("detail", question), {"option": second.pk, "words": ""})
        assert Reply.objects.get().option_id == second.pk

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, "보기 가운데 하나를 골라 주세요."),
            ({"option": "999999999999999999999"}, "보기 가운데 하나를 골라 주세요."),
            ({"option": "first", "words": "제 번호는 900101-1234567이에요"}, "주민등록번호"),
            ({"option": "first", "words": "010-1234-5678"}, "전화번호"),
            ({"option": "first", "words": "가" * 1001}, "1000"),
        ],
        ids=["nothing", "other", "resident number", "mobile", "long"],
    )
    def test_bad_input_keeps_what_was_typed(self, client, given, said):
        question = a_question()
        sign_in(client, a_resident())
        if given.get("option") == "first":
            given = {**given, "option": question.options.first().pk}
        response = client.post(url("detail", question), given)
        assert response.status_code == 422
        html = text_of(response)
        assert given.get("words", "") in html
        assert said in html
        assert not Reply.objects.exists()

    def test_too_late_or_not_known_keeps_the_words(self, client):
        question = a_question()
        given = {"option": question.options.first().pk, "words": "오래 쓴 말"}
        response = client.post(url("detail", question), given)
        assert response.status_code == 422
        assert "오래 쓴 말" in text_of(response)
        sign_in(client, a_resident())
        with clock.fixed(CLOSES):
            response = client.post(url("detail", question), given)
        assert response.status_code == 422
        assert "오래 쓴 말" in text_of(response)
        assert not Reply.objects.exists()

    def test_counts_only_before_the_end(self, client):
        question = a_question()
        replied(question, 0, 0, words=["비밀로 남을 말"])
        html = text_of(client.get(url("detail", question)))
        assert "비밀로 남을 말" not in html
        assert "가장 많이 골랐어요" not in html
        with clock.fixed(CLOSES):
            html = text_of(client.get(url("detail", question)))
        assert "답 받기가 끝났어요" in html
        assert "비밀로 남을 말" not in html

    def test_after_the_end(self, client):
        question = a_closed_question(0, 0, 1, words=["<b>밝게</b> 해 주세요", "가릴 말"])
        actions.hide_words(reply=Reply.objects.get(words="가릴 말"), why="남을 해치는 말", actor=SYSTEM, at=OVER)
        names = [r.resident.public_name for r in Reply.objects.select_related("resident")]
        with clock.fixed(OVER):
            html = text_of(client.get(url("detail", question)))
        assert "‘밤 9시’ 보기를 가장 많이 골랐어요" in html
        assert "2명 (67%)" in html
        assert "&lt;b&gt;밝게" in html
        assert "가릴 말" not in html
        assert "남을 해치는 말" in html
        assert not [name for name in names if name in html]
        assert "어떻게 쓸지 정하고 있어요" in html
        with clock.fixed(OVER + timedelta(days=31)):
            assert "늦어지고 있어요" in text_of(client.get(url("detail", question)))
        actions.tell_use(question=question, body="**밤 9시**로 정했어요.", actor=SYSTEM, at=OVER)
        assert "<strong>밤 9시</strong>" in text_of(client.get(url("detail", question)))

    def test_what_nobody_may_know_of(self, client):
        draft = a_question(published=False)
        assert client.get(url("detail", draft)).status_code == 404
        assert client.get(reverse("deliberation:detail", args=[10**30])).status_code == 404

    def test_the_step_leads_to_it(self, client):
        question = a_question()
        assert client.get(reverse("deliberation:of_step", args=[question.step_id])).url == url("detail", question)
        empty = a_question_step()
        assert client.get(reverse("deliberation:of_step", args=[empty.pk])).url.endswith(f"#step-{empty.pk}")

    def test_home_offers_it(self, client):
        a_question()
        assert WORDING in text_of(client.get("/"))


class TestDesk:
    @pytest.mark.parametrize("name", ["desk_detail", "desk_edit", "desk_publish", "desk_close", "desk_use", "desk_words"])
    def test_residents_stay_outside(self, client, name):
        question = a_question()
        assert client.get(url(name, question)).status_code == 302
        sign_in(client, a_resident())
        assert client.get(url(name, question)).status_code == 403
        assert client.get(DESK).status_code == 403

    def test_an_officer_of_another_office_reads_only(self, client):
        sign_in(client, an_official(role="department_officer"))
        draft = a_question(published=False)
        assert client.get(url("desk_detail", draft)).status_code == 200
        for name in ("desk_edit", "desk_publish"):
            assert client.get(url(name, draft)).status_code == 403
        assert client.post(url("desk_publish", draft), {}).status_code == 403
        assert client.get(reverse("deliberation:desk_new", args=[a_question_step().pk])).status_code == 403

    def test_from_the_step_to_the_question_asked(self, client, officer):
        step = a_question_step()
        assert "물음 쓰기" in text_of(client.get(DESK))
        new = client.get(reverse("deliberation:desk_of_step", args=[step.pk])).url
        bad = client.post(new, {"wording": WORDING, "background": "긴 배경", "options": "하나"})
        assert bad.status_code == 422
        assert "긴 배경" in text_of(bad)
        response = client.post(new, {"wording": WORDING, "background": "", "options": "하나\n\n둘\n"})
        question = Question.objects.get()
        assert response.url == url("desk_detail", question)
        html = text_of(client.get(response.url))
        assert "갖출 것이 1가지" in html
        ticks = {n: "on" for n in ("leads_nowhere", "options_are_even", "background_is_fair", "asks_one_thing", "no_election")}
        early = client.post(url("desk_publish", question), ticks)
        assert early.status_code == 422
        assert "배경 자료" in text_of(early)
        client.post(url("desk_edit", question), {"wording": WORDING, "background": "왜 묻는지", "options": "하나\n둘\n셋"})
        del ticks["no_election"]
        assert client.post(url("desk_publish", question), ticks).status_code == 422
        assert Question.objects.get().state == "drafted"
        assert client.post(url("desk_publish", question), {**ticks, "no_election": "on"}).status_code == 302
        assert Question.objects.get().state == "published"
        assert client.get(url("desk_edit", question)).status_code == 403
        assert client.get(reverse("deliberation:desk_of_step", args=[step.pk])).url == url("desk_detail", question)

    def test_only_how_many_before_the_end(self, client, officer):
        question = a_question()
        replied(question, 0, 0, words=["몰래 볼 말"])
        html = text_of(client.get(url("desk_detail", question)))
        assert "2명" in html
        assert "몰래 볼 말" not in html
        assert client.get(url("desk_words", question)).status_code == 403
        for query in ("format=csv", "format=xlsx&what=words"):
            assert client.get(f"{url('desk_detail', question)}?{query}").status_code == 403
        assert client.get(url("desk_close", question)).status_code == 403

    def test_closing_by_hand_and_telling(self, client):
        question = a_question()
        replied(question, 0)
        with clock.fixed(OVER):
            sign_in(client, an_official(role="coordinating_officer", at=OVER))
            assert client.get(url("desk_close", question)).status_code == 200
            assert client.post(url("desk_close", question)).status_code == 302
            assert client.post(url("desk_close", question)).status_code == 403
            assert client.post(url("desk_use", question), {"body": ""}).status_code == 422
            assert client.post(url("desk_use", question), {"body": "이렇게 썼습니다."}).status_code == 302
            assert "이렇게 썼습니다." in text_of(client.get(url("desk_detail", question)))
        assert Question.objects.get().state == "answered"

    def test_files_carry_no_names(self, client):
        question = a_closed_question(0, 1, words=["=1+1"])
        names = [r.resident.public_name for r in Reply.objects.select_related("resident")]
        with clock.fixed(OVER):
            sign_in(client, an_official(at=OVER))
            counts = client.get(f"{url('desk_detail', question)}?format=csv").content.decode("utf-8-sig")
            words = client.get(f"{url('desk_detail', question)}?format=csv&what=words").content.decode("utf-8-sig")
            assert client.get(f"{url('desk_detail', question)}?format=xlsx").content[:2] == b"PK"
        assert counts.splitlines()[:2] == ["보기,사람,비율", "밤 9시,1,50%"]
        assert "\n=1+1" not in words
        assert ",=1+1" not in words
        assert not [n for n in names if n in counts + words]

    def test_late_ones_stand_out(self, client):
        question, at = a_closed_question(0), OVER + timedelta(days=31)
        with clock.fixed(at):
            sign_in(client, an_official(at=at))
            assert "지남" in text_of(client.get(f"{DESK}?state=overdue"))
            assert "쓰임 알릴 때 지남" in text_of(client.get(url("desk_detail", question)))

    @pytest.mark.parametrize("query", ["state=closed", "state=x", "page=99", "format=csv", "format=xlsx", "format=exe"])
    def test_the_list(self, client, officer, query):
        a_question()
        a_question(published=False)
        assert client.get(f"{DESK}?{query}").status_code == 200

    def test_hiding_and_showing(self, client):
        question = a_closed_question(0, words=["옆집 이야기"])
        reply = Reply.objects.get()
        with clock.fixed(OVER):
            sign_in(client, an_official(role="moderator", at=OVER))
            assert "옆집 이야기" in text_of(client.get(url("desk_words", question)))
            assert client.post(url("desk_hide", reply), {"why": ""}).status_code == 422
            assert client.post(url("desk_hide", reply), {"why": "이웃을 가리킴"}).status_code == 302
            assert Reply.objects.get().hidden_why == "이웃을 가리킴"
            assert client.post(url("desk_hide", reply)).status_code == 302
        assert Reply.objects.get().hidden_why == ""


class TestQueries:
    @pytest.mark.parametrize("many", [1, 4])
    def test_the_list(self, client, query_counts, many):
        for n in range(many):
            replied(a_question(wording=f"{n}번째 물음인가요?"), 0)
            a_closed_question(0, 1, wording=f"{n}번째 끝난 물음인가요?")
        sign_in(client, a_resident())
        query_counts.page("deliberation:list", lambda: client.get(LIST))

    def test_one_question(self, client, query_counts):
        question = a_question()
        replied(question, 0, 1)
        sign_in(client, a_resident())
        query_counts.page("deliberation:detail", lambda: client.get(url("detail", question)))

    @pytest.mark.parametrize("many", [1, 5])
    def test_results(self, client, query_counts, many):
        question = a_closed_question(*[n % 3 for n in range(many)], words=[f"{n}번 말" for n in range(many)])
        with clock.fixed(OVER):
            query_counts.page("deliberation:detail#closed", lambda: client.get(url("detail", question)))

    @pytest.mark.parametrize("many", [1, 4])
    def test_the_desk_list(self, client, officer, query_counts, many):
        for n in range(many):
            replied(a_question(wording=f"{n}번째 물음인가요?"), 0)
        query_counts.page("deliberation:desk_list", lambda: client.get(DESK))

    def test_the_desk_page(self, client, query_counts):
        question = a_closed_question(0, 1, words=["말"])
        with clock.fixed(OVER):
            sign_in(client, an_official(at=OVER))
            query_counts.page("deliberation:desk_detail", lambda: client.get(url("desk_detail", question)))
