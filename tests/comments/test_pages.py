"""Pages of the talk: to whom they open, what a mistake keeps, what everybody may read."""

import re

import pytest
from django.urls import reverse

from madang.comments import actions
from madang.comments.models import Comment
from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import Place
from tests import NOON
from tests.comments.makers import a_comment, a_thread
from tests.residents.makers import a_resident, a_town, actor_of, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db
LOG = reverse("comments:log")
DESK = reverse("comments:desk_list")


def url(name, row):
    return reverse(f"comments:{name}", args=[row.pk])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


class TestWriting:
    def test_said_and_back_where_it_stands(self, client):
        thread = a_thread()
        sign_in(client, a_resident(name="복숭아"))
        answer = client.post(url("write", thread), {"body": "그늘이 꼭 필요해요."})
        comment = Comment.objects.get()
        assert answer.status_code == 302
        assert answer.url == f"/glossary/#c{comment.pk}"
        assert (comment.body, comment.public_name) == ("그늘이 꼭 필요해요.", "복숭아")

    def test_a_reply_shows_what_it_answers(self, client):
        top = a_comment(body="처음 한 말")
        sign_in(client, a_resident())
        page = url("write", top.thread)
        assert "처음 한 말" in text(client.get(page, {"parent": top.pk}))
        client.post(page, {"body": "답이에요", "parent": top.pk})
        assert Comment.objects.get(body="답이에요").parent == top

    @pytest.mark.parametrize("parent", ["abc", "²", "9" * 30, "-1", "0"])
    def test_odd_parents_are_no_error(self, client, parent):
        thread = a_thread()
        sign_in(client, a_resident())
        assert client.get(url("write", thread), {"parent": parent}).status_code == 200
        assert client.post(url("write", thread), {"body": "말이에요", "parent": parent}).status_code in (302, 422)

    def test_a_mistake_keeps_the_words(self, client):
        thread = a_thread()
        sign_in(client, a_resident())
        long = "가" * 2001
        answer = client.post(url("write", thread), {"body": long})
        assert answer.status_code == 422
        assert long in text(answer)
        answer = client.post(url("write", thread), {"body": "제 번호는 800101-1234567 이에요"})
        assert answer.status_code == 422
        assert "제 번호는 800101-1234567 이에요" in text(answer)
        assert client.post(url("write", thread), {"body": " "}).status_code == 422
        assert not Comment.objects.exists()

    def test_too_often_keeps_the_words_too(self, client):
        a_town(comments_per_hour=1)
        thread = a_thread()
        sign_in(client, a_resident())
        client.post(url("write", thread), {"body": "첫째"})
        answer = client.post(url("write", thread), {"body": "둘째로 하고 싶은 말"})
        assert answer.status_code == 422
        assert "둘째로 하고 싶은 말" in text(answer)
        assert "짧은 시간에" in text(answer)

    def test_who_may_not(self, client):
        thread = a_thread()
        assert "/account/login/" in client.post(url("write", thread), {"body": "말"}).url
        sign_in(client, an_account())
        answer = client.post(url("write", thread), {"body": "공개 이름 없는 사람의 말"})
        assert answer.status_code == 403
        assert "공개 이름 없는 사람의 말" in text(answer)
        actions.close_thread(thread=thread, actor=SYSTEM, at=NOON)
        sign_in(client, a_resident())
        answer = client.post(url("write", thread), {"body": "늦은 말이에요"})
        assert answer.status_code == 403
        assert "늦은 말이에요" in text(answer)

    def test_another_towns_talk_is_not_here(self, client):
        a_town()
        place = Place.objects.create(code="1153000000", level="district", slug="guro", name="구로구", name_en="Guro-gu")
        thread = actions.open_thread(subject="proposal/9", place_id=place.pk, title="남의 것", url="/", actor=SYSTEM, at=NOON)
        sign_in(client, a_resident())
        assert client.get(url("write", thread)).status_code == 404
        assert client.get(reverse("comments:write", args=[10**18])).status_code == 404


class TestOwnWords:
    def test_mended_within_the_window(self, client):
        author = a_resident()
        comment = a_comment(author=author, body="처음 말")
        sign_in(client, author)
        assert "처음 말" in text(client.get(url("edit", comment)))
        assert client.post(url("edit", comment), {"body": ""}).status_code == 422
        assert client.post(url("edit", comment), {"body": "고친 말"}).status_code == 302
        comment.refresh_from_db()
        assert comment.body == "고친 말"
        with clock.fixed(kst(2021, 4, 7, 13)):
            answer = client.post(url("edit", comment), {"body": "너무 늦게 고친 말"})
        assert answer.status_code == 403
        assert "너무 늦게 고친 말" in text(answer)

    def test_taken_back_after_one_question(self, client):
        author = a_resident()
        comment = a_comment(author=author)
        sign_in(client, author)
        assert "되돌릴 수 없어요" in text(client.get(url("withdraw", comment)))
        assert Comment.objects.get().state == "visible"
        client.post(url("withdraw", comment))
        assert Comment.objects.get().state == "withdrawn"
        assert client.post(url("withdraw", comment)).status_code == 403

    @pytest.mark.parametrize("name", ["edit", "withdraw"])
    def test_nobody_elses(self, client, name):
        comment = a_comment()
        assert client.get(url(name, comment)).status_code == 302
        sign_in(client, a_resident())
        assert client.get(url(name, comment)).status_code == 403
        assert client.post(url(name, comment), {"body": "남이 고친 말"}).status_code == 403
        assert Comment.objects.get().body == "저도 그렇게 생각해요."


class TestReporting:
    def test_told_with_a_reason(self, client):
        comment = a_comment()
        sign_in(client, a_resident())
        assert client.get(url("report", comment)).status_code == 200
        answer = client.post(url("report", comment), {"words": "더 하고 싶은 말이 있어요"})
        assert answer.status_code == 422
        assert "더 하고 싶은 말이 있어요" in text(answer)
        client.post(url("report", comment), {"why": "advert", "words": "가게 광고"})
        assert comment.reports.get().reason == "광고예요 가게 광고"
        assert client.get(url("report", comment)).status_code == 403

    def test_not_ones_own(self, client):
        author = a_resident()
        comment = a_comment(author=author)
        sign_in(client, author)
        assert "내가 쓴 이야기는 신고할 수 없어요" in text(client.get(url("report", comment)))


class TestModerating:
    def test_the_queue_the_decision_and_the_log(self, client):
        reported, plain = a_comment(body="가릴 만한 말"), a_comment(body="보통 말")
        actions.report(comment=reported, reason="욕설", actor=actor_of(a_resident()), at=NOON)
        sign_in(client, an_official(a_town(), "moderator"))
        shown = text(client.get(DESK))
        assert "가릴 만한 말" in shown
        assert "보통 말" not in shown
        assert "보통 말" in text(client.get(DESK, {"which": "all"}))
        assert client.get(DESK, {"which": "%%", "page": "x"}).status_code == 200
        assert "욕설" in text(client.get(url("desk_detail", reported)))
        answer = client.post(url("desk_detail", reported), {"why": "까닭만 적음"})
        assert answer.status_code == 422
        assert "까닭만 적음" in text(answer)
        client.post(url("desk_detail", reported), {"deed": "hide", "why": "욕설이 있어 가립니다"})
        assert "가릴 만한 말" in text(client.get(DESK, {"which": "hidden"}))
        client.logout()
        log = text(client.get(LOG))
        assert "욕설이 있어 가립니다" in log
        assert "가릴 만한 말" not in log
        assert reported.public_name not in log
        assert plain.body not in log

    def test_what_cannot_be_done_keeps_the_reason(self, client):
        comment = a_comment()
        sign_in(client, an_official(a_town(), "moderator"))
        answer = client.post(url("desk_detail", comment), {"deed": "restore", "why": "다시 보이려던 까닭"})
        assert answer.status_code == 403
        assert "다시 보이려던 까닭" in text(answer)

    def test_others_stay_outside(self, client):
        comment = a_comment()
        for page in (DESK, url("desk_detail", comment)):
            client.logout()
            assert client.get(page).status_code == 302
            sign_in(client, a_resident())
            assert client.get(page).status_code == 403
            sign_in(client, an_official(a_town(), "dong_officer", "doksan2"))
            assert client.get(page).status_code == 403

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_the_list_as_a_file(self, client, form):
        comment = a_comment(body="=HYPERLINK(1)")
        actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
        sign_in(client, an_official(a_town(), "moderator"))
        answer = client.get(DESK, {"format": form})
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")

    def test_an_empty_log_and_queue(self, client):
        a_town()
        assert "아직 가린 글이 없어요" in text(client.get(LOG))
        sign_in(client, an_official(a_town(), "moderator"))
        assert "살펴볼 이야기가 없습니다" in text(client.get(DESK))

    def test_queries(self, client, query_counts):
        for _n in range(3):
            comment = a_comment()
            actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
        actions.hide(comment=comment, why="광고", actor=SYSTEM, at=NOON)
        query_counts.page("comments:log", lambda: client.get(LOG))
        sign_in(client, an_official(a_town(), "moderator"))
        query_counts.page("comments:desk_list", lambda: client.get(DESK))
        query_counts.page("comments:desk_detail", lambda: client.get(url("desk_detail", comment)))
