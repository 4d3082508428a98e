"""Residents' pages: reading, searching, endorsing, and what the wrong person gets."""

import pytest
from django.urls import reverse

from madang.proposals import actions
from madang.proposals.models import Endorsement, Proposal
from tests import NOON
from tests.proposals.makers import a_proposal, a_proposal_step, a_stored_picture, endorsed_by
from tests.residents.makers import a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("proposals:list")


@pytest.fixture(autouse=True)
def _at_noon():
    from madang.ground import clock

    with clock.fixed(NOON):
        yield


def page_of(proposal):
    return reverse("proposals:detail", args=[proposal.pk])


class TestList:
    def test_empty_says_so_and_offers_to_write(self, client):
        a_town()
        assert "아직 올라온 제안이 없어요" in client.get(LIST).content.decode()

    def test_two_letters_are_found(self, client):
        a_proposal(title="안양천 산책로 그늘 쉼터")
        a_proposal(title="골목 조명을 밝게", body="밤길이 어두워요.")
        html = client.get(LIST, {"q": "그늘"}).content.decode()
        assert "안양천 산책로" in html
        assert "골목 조명" not in html

    def test_the_number_is_found(self, client):
        proposal = a_proposal(title="번호로 찾는 제안")
        assert "번호로 찾는 제안" in client.get(LIST, {"q": proposal.number}).content.decode()

    def test_filters_narrow_and_each_has_a_chip_to_take_it_out(self, client):
        a_proposal(title="독산의 제안", dong="doksan2", category="환경·공원")
        a_proposal(title="가산의 제안", dong="gasan", category="안전·교통")
        html = client.get(LIST, {"dong": "gasan", "category": "안전·교통", "state": "open", "form": "proposal"}).content.decode()
        assert "가산의 제안" in html
        assert "독산의 제안" not in html
        assert html.count("조건 빼기") == 4

    @pytest.mark.parametrize(
        "query",
        ["dong=nowhere", "state=secret", "sort=%00", "page=abc", "page=99999999999999999999", "year=²²²²", "year=0000", "stage=x",
         "step=9999999999999999999999", "q=%00%F0%9F%98%80", "mine=own", "q=" + "가" * 300, "format=exe", "q=%22%20OR%20(%2A"],
    )  # fmt: skip
    def test_odd_addresses_are_no_error(self, client, query):
        a_proposal()
        assert client.get(f"{LIST}?{query}").status_code == 200

    def test_sorts(self, client):
        first, second = a_proposal(title="먼저"), a_proposal(title="나중")
        endorsed_by(first, 2)
        order = [c.pk for c in client.get(LIST, {"sort": "endorsed"}).context["cards"]]
        assert order == [first.pk, second.pk]
        assert [c.pk for c in client.get(LIST, {"sort": "newest"}).context["cards"]] == [second.pk, first.pk]

    def test_closing_first_walks_both_runs_without_gap(self, client):
        step = a_proposal_step(days=3)
        made = [a_proposal(step=step if n % 2 else None, title=f"제안 {n}번") for n in range(23)]
        shown = [c.pk for page in (1, 2) for c in client.get(LIST, {"page": page}).context["cards"]]
        assert sorted(shown) == sorted(p.pk for p in made)
        soon = {p.pk for p in made if p.step_id == step.pk}
        assert set(shown[: len(soon)]) == soon

    def test_what_is_not_public_is_not_listed(self, client):
        a_proposal(title="아직 살펴보는 제안", is_open=False)
        assert "아직 살펴보는" not in client.get(LIST).content.decode()

    def test_mine(self, client):
        author = a_resident()
        a_proposal(author=author, title="내가 쓴 것")
        other = a_proposal(title="남이 쓴 것")
        sign_in(client, author)
        assert [c.title for c in client.get(LIST, {"mine": "own"}).context["cards"]] == ["내가 쓴 것"]
        actions.endorse(proposal=other, actor=actor_of(author), at=NOON)
        assert [c.title for c in client.get(LIST, {"mine": "endorsed"}).context["cards"]] == ["남이 쓴 것"]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_open_data(self, client, kind):
        proposal = a_proposal(title="=1+1 표 계산을 속이는 제목")
        answer = client.get(LIST, {"format": kind})
        assert answer["Content-Disposition"].endswith(f".{kind}")
        if kind == "csv":
            text = answer.content.decode("utf-8-sig")
            assert proposal.number in text
            assert "\n=1+1" not in text
            assert ",=1+1" not in text
            assert proposal.public_name not in text

    def test_queries(self, client, query_counts):
        for n in range(3):
            a_proposal(title=f"제안 {n}")
        query_counts.page("proposals:list", lambda: client.get(LIST))

    def test_queries_do_not_grow(self, client, django_assert_max_num_queries):
        for n in range(12):
            a_proposal(title=f"제안 {n}")
        client.get(LIST)
        with django_assert_max_num_queries(8):
            client.get(LIST)


class TestDetail:
    def test_shows_text_number_clock_and_trail(self, client):
        proposal = a_proposal(title="그늘막을 놓아 주세요", cost_won=30_000_000, map_x=500, map_y=400, spot="들머리",
                              files=[(a_stored_picture(), "그늘 없는 들머리")])  # fmt: skip
        html = client.get(page_of(proposal)).content.decode()
        for words in ("그늘막을 놓아 주세요", proposal.number, "3,000만원", "그늘 없는 들머리", "바라는 자리", "마지막 답변까지 30일",
                      "제안이 올라왔어요", "들어와서 공감하기", proposal.public_name):  # fmt: skip
            assert words in html, words

    def test_what_people_write_is_harmless(self, client):
        proposal = a_proposal(
            title="<script>alert(1)</script> 제목", body="<img src=x onerror=alert(1)>\n\n[누르세요](javascript:alert(1))"
        )
        html = client.get(page_of(proposal)).content.decode()
        assert "<script>alert" not in html
        assert "onerror=alert(1)>" not in html.replace("&lt;img src=x onerror=alert(1)&gt;", "")
        assert 'href="javascript' not in html

    def test_hidden_from_others_until_it_is_opened(self, client):
        author = a_resident()
        proposal = a_proposal(author=author, is_open=False)
        assert client.get(page_of(proposal)).status_code == 404
        sign_in(client, a_resident())
        assert client.get(page_of(proposal)).status_code == 404
        sign_in(client, author)
        assert "아직 나와 담당자만" in client.get(page_of(proposal)).content.decode()
        sign_in(client, an_official())
        assert client.get(page_of(proposal)).status_code == 200

    @pytest.mark.parametrize("pk", [0, 999_999, 99999999999999999999999])
    def test_what_is_not_there(self, client, pk):
        a_town()
        assert client.get(f"{LIST}{pk}/").status_code == 404

    def test_similar_ones_are_named_on_both_pages(self, client):
        old = a_proposal(title="안양천 산책로에 그늘 쉼터를", body="안양천 산책로에 그늘이 없습니다.")
        new = a_proposal(title="안양천 산책로 그늘 쉼터 놓기", body="안양천 산책로가 뜨겁습니다. 그늘 쉼터!")
        assert old.title in client.get(page_of(new)).content.decode()
        assert new.title in client.get(page_of(old)).content.decode()

    def test_trail_page(self, client):
        proposal = endorsed_by(a_proposal(), 20)
        html = client.get(reverse("proposals:trail", args=[proposal.pk])).content.decode()
        assert "20명이 공감했어요" in html
        assert "제안에 공감했어요" not in html

    def test_queries(self, client, query_counts):
        proposal = a_proposal(files=[(a_stored_picture(), "사진")])
        query_counts.page("proposals:detail", lambda: client.get(page_of(proposal)))


class TestEndorsing:
    def test_a_plain_press_and_its_undoing(self, client):
        proposal, person = a_proposal(), a_resident()
        sign_in(client, person)
        url = reverse("proposals:endorse", args=[proposal.pk])
        assert client.post(url, {"do": "endorse"}).status_code == 302
        client.post(url, {"do": "endorse"})
        proposal.refresh_from_db()
        assert proposal.endorsements == 1
        client.post(url, {"do": "undo"})
        client.post(url, {"do": "undo"})
        proposal.refresh_from_db()
        assert proposal.endorsements == 0

    def test_htmx_swaps_both_boxes(self, client):
        proposal = a_proposal()
        sign_in(client, a_resident())
        answer = client.post(reverse("proposals:endorse", args=[proposal.pk]), {"do": "endorse"}, headers={"HX-Request": "true"})
        html = answer.content.decode()
        assert 'id="endorse"' in html
        assert 'hx-swap-oob="true"' in html
        assert "<html" not in html

    def test_a_visitor_is_led_to_the_door(self, client):
        proposal = a_proposal()
        url = reverse("proposals:endorse", args=[proposal.pk])
        assert "/account/login" in client.post(url)["Location"]
        assert "/account/login" in client.post(url, headers={"HX-Request": "true"})["HX-Redirect"]

    def test_own_and_late_are_refused_with_the_reason(self, client):
        author = a_resident()
        proposal = a_proposal(author=author)
        sign_in(client, author)
        url = reverse("proposals:endorse", args=[proposal.pk])
        answer = client.post(url)
        assert answer.status_code == 403
        assert "내 제안에는 공감할 수 없어요" in answer.content.decode()
        Proposal.objects.filter(pk=proposal.pk).update(endorse_until=NOON)
        sign_in(client, a_resident())
        assert "공감을 받는 때가 지났어요" in client.post(url, headers={"HX-Request": "true"}).content.decode()
        assert not Endorsement.objects.exists()

    def test_queries(self, client, query_counts):
        proposal = a_proposal()
        sign_in(client, a_resident())
        url = reverse("proposals:endorse", args=[proposal.pk])
        client.post(url, {"do": "undo"})
        with query_counts("proposals:endorse"):
            client.post(url, {"do": "endorse"})


class TestAuthor:
    def test_only_the_author_sees_the_receipt(self, client):
        author = a_resident()
        proposal = a_proposal(author=author)
        url = reverse("proposals:receipt", args=[proposal.pk])
        assert client.get(url).status_code in (302, 403)
        sign_in(client, author)
        assert proposal.number in client.get(url).content.decode()

    @pytest.mark.parametrize("name", ["withdraw", "supplement", "reconsider"])
    def test_nobody_else_does_the_authors_deeds(self, client, name):
        proposal = a_proposal()
        sign_in(client, a_resident())
        assert client.post(reverse(f"proposals:{name}", args=[proposal.pk]), {"why": "x", "body": "x"}).status_code == 403

    def test_a_report_is_taken_once(self, client):
        proposal = a_proposal()
        sign_in(client, a_resident())
        url = reverse("proposals:report", args=[proposal.pk])
        assert client.post(url, {"why": ""}).status_code == 422
        assert client.post(url, {"why": "전화번호가 있어요"}).status_code == 302
        again = client.post(url, {"why": "또 알려요"})
        assert again.status_code == 422
        assert "이미 알려 주셨어요" in again.content.decode()
        assert "또 알려요" in again.content.decode()
