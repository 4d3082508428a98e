"""Writing: parts that save themselves, drafts that survive a login, and whatever people or programs may send."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.ground import clock
from madang.ground.actor import Proof
from madang.proposals import actions
from madang.proposals.models import Draft, Proposal
from tests import NOON
from tests.proposals.makers import a_picture, a_proposal, a_proposal_step
from tests.residents.makers import a_resident, a_town, actor_of, an_account, sign_in

pytestmark = pytest.mark.django_db
WHAT = {"title": "안양천 들머리에 그늘 쉼터를", "body": "그늘이 없습니다.", "cost": "3,000만원"}
WHERE = {"dong": "doksan2", "category": "환경·공원", "spot": "들머리"}
SIGN = {"public_name": "새벽반", "agree": "on", "go": "send"}
TOKEN = "a-token-of-a-test-00001"


@pytest.fixture(autouse=True)
def _at_noon():
    with clock.fixed(NOON):
        yield


def part(name, token=TOKEN):
    return reverse("proposals:draft", args=[token, name])


def begin(client):
    """Opens the first page, as a browser would, and gives the name of the new draft."""
    return client.get(reverse("proposals:write")).context["token"]


def write_all(client, token):
    client.post(part("what", token), WHAT)
    client.post(part("where", token), WHERE)


class TestTheWholeWay:
    def test_a_resident_sends_a_proposal(self, client):
        a_proposal_step()
        sign_in(client, a_resident())
        token = begin(client)
        assert client.post(part("what", token), WHAT)["Location"] == part("where", token)
        assert client.post(part("where", token), WHERE)["Location"] == part("files", token)
        client.post(part("files", token), {"uploads": SimpleUploadedFile("photo.png", a_picture()), "upload": "1"})
        stored = Draft.objects.get(token=token).files.get()
        assert client.post(part("files", token), {f"alt-{stored.pk}": "그늘 없는 길"})["Location"] == part("check", token)
        page = client.get(part("check", token)).content.decode()
        assert "안양천 들머리에 그늘 쉼터를" in page
        answer = client.post(part("check", token), SIGN)
        proposal = Proposal.objects.get()
        assert answer["Location"] == reverse("proposals:receipt", args=[proposal.pk])
        assert (proposal.title, proposal.cost_won, proposal.place.slug) == (WHAT["title"], 30_000_000, "doksan2")
        assert proposal.public_name == "새벽반"
        assert proposal.files.get().alt == "그늘 없는 길"
        html = client.get(answer["Location"]).content.decode()
        assert proposal.number in html
        assert "5. 7.(금)까지" in html

    def test_a_second_press_finds_the_first(self, client):
        a_proposal_step()
        sign_in(client, a_resident())
        token = begin(client)
        write_all(client, token)
        first = client.post(part("check", token), SIGN)["Location"]
        assert client.post(part("check", token), SIGN)["Location"] == first
        assert client.get(part("what", token))["Location"] == first
        assert Proposal.objects.count() == 1

    def test_a_visitor_writes_all_and_signs_in_at_the_end(self, client):
        a_proposal_step()
        token = begin(client)
        write_all(client, token)
        html = client.get(part("check", token)).content.decode()
        assert "들어와서 올리기" in html
        assert f"next={part('check', token)}" in html
        assert "/account/login" in client.post(part("check", token), SIGN)["Location"]
        cookies = client.cookies.copy()
        person = a_resident()
        sign_in(client, person)
        client.cookies["madang_writer"] = cookies["madang_writer"].value
        assert WHAT["title"] in client.get(part("check", token)).content.decode()
        assert Draft.objects.get(token=token).account_id == person.account_id
        client.post(part("check", token), SIGN)
        assert Proposal.objects.get().author == person

    @pytest.mark.parametrize(("proof", "words"), [(None, "공개 이름 정하기"), (Proof.VISITOR, "연락처 확인하기")])
    def test_the_last_part_says_what_is_still_missing(self, client, proof, words):
        a_proposal_step(a_town())
        sign_in(client, an_account() if proof is None else a_resident(proof=proof))
        token = begin(client)
        write_all(client, token)
        assert words in client.get(part("check", token)).content.decode()
        answer = client.post(part("check", token), SIGN)
        assert answer.status_code == 422
        assert not Proposal.objects.exists()

    def test_one_line_is_enough(self, client):
        a_proposal_step()
        sign_in(client, a_resident())
        token = client.get(reverse("proposals:idea")).context["token"]
        answer = client.post(reverse("proposals:idea"), {"token": token, "title": "놀이터에 시계를", "dong": "gasan", "category": ""})
        assert answer["Location"] == part("check", token)
        client.post(answer["Location"], SIGN)
        proposal = Proposal.objects.get()
        assert (proposal.form, proposal.body, proposal.place.slug) == ("idea", "", "gasan")

    def test_a_dongs_step_takes_only_its_own_dong(self, client):
        town = a_town()
        a_proposal_step(town)
        step = a_proposal_step(town, "gasan")
        sign_in(client, a_resident())
        token = client.get(reverse("proposals:write"), {"step": step.pk}).context["token"]
        client.post(part("what", token), {**WHAT, "step": step.pk})
        answer = client.post(part("where", token), {**WHERE, "step": step.pk})
        assert answer.status_code == 422
        assert "목록에 있는 동을 골라 주세요" in answer.content.decode()


class TestKeeping:
    def test_saved_as_it_is_typed(self, client):
        a_proposal_step()
        token = begin(client)
        answer = client.post(part("what", token), {"title": "쓰다 만"}, headers={"X-Requested-With": "autosave"})
        assert answer.status_code == 204
        assert "쓰다 만" in client.get(part("what", token)).content.decode()
        assert "쓰다 만" in client.get(reverse("proposals:write")).content.decode()

    def test_another_browser_does_not_see_it(self, client, django_user_model):
        a_proposal_step()
        token = begin(client)
        client.post(part("what", token), WHAT)
        other = type(client)()
        assert WHAT["title"] not in other.get(part("what", token)).content.decode()
        other.post(part("what", token), {"title": "남의 글 고치기"})
        assert Draft.objects.get(token=token).data["title"] == WHAT["title"]

    def test_an_expired_draft_keeps_what_is_sent(self, client):
        a_proposal_step()
        sign_in(client, a_resident())
        answer = client.post(part("what"), WHAT, follow=True)
        assert answer.status_code == 200
        assert Draft.objects.get().data["title"] == WHAT["title"]
        assert client.get(part("check", "no-such-draft"), follow=True).status_code == 200

    def test_it_can_be_thrown_away(self, client):
        a_proposal_step()
        token = begin(client)
        client.post(part("what", token), WHAT)
        client.post(part("what", token), {"discard": "1"})
        assert not Draft.objects.exists()

    def test_old_ones_go(self):
        from datetime import timedelta

        from madang.ground.actor import SYSTEM

        town = a_town()
        actions.save_draft(place=town.place, browser="b" * 20, data=WHAT, actor=actor_of(a_resident()), at=NOON)
        assert actions.forget_drafts(actor=SYSTEM, at=NOON + timedelta(days=89)) == 0
        assert actions.forget_drafts(actor=SYSTEM, at=NOON + timedelta(days=91)) == 1


class TestMap:
    def test_a_press_is_kept_in_thousandths(self, client):
        a_proposal_step()
        token = begin(client)
        client.post(part("what", token), WHAT)
        client.post(part("where", token), {**WHERE, "map.x": "160", "map.y": "80"})
        data = Draft.objects.get(token=token).data
        assert (data["map_x"], data["map_y"]) == ("500", "250")
        html = client.get(part("where", token)).content.decode()
        assert "map.svg?dong=doksan2&amp;x=500&amp;y=250" in html

    def test_another_dong_takes_the_pin_away(self, client):
        a_proposal_step()
        token = begin(client)
        client.post(part("where", token), {**WHERE, "map.x": "160", "map.y": "80"})
        client.post(part("where", token), {**WHERE, "dong": "gasan"})
        assert Draft.objects.get(token=token).data["map_x"] == ""

    @pytest.mark.parametrize("query", ["?dong=doksan2&x=5&y=7", "?dong=nowhere", "", "?dong=doksan2&x=²&y=1", "?x=99999&y=1&dong=doksan2"])
    def test_the_picture(self, client, query):
        a_town()
        answer = client.get(reverse("proposals:map") + query)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("image/svg+xml")


class TestSimilar:
    def test_named_while_typing(self, client):
        proposal = a_proposal(title="안양천 산책로에 그늘 쉼터를 놓아요")
        html = client.get(reverse("proposals:similar"), {"title": "안양천 산책로 그늘 쉼터"}).content.decode()
        assert proposal.title in html
        assert "<html" not in html

    @pytest.mark.parametrize("title", ["", "가", "\x00\x00\x00\x00", "😀" * 300, '") OR (*', "해주세요 주세요"])
    def test_nothing_for_nothing(self, client, title):
        a_proposal()
        assert client.get(reverse("proposals:similar"), {"title": title}).status_code == 200


class TestBadInput:
    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"title": ""}, "제목을 적어 주세요"),
            ({"title": "가"}, "제목이 너무 짧아요"),
            ({"title": "가" * 121}, "120자까지 적을 수 있어요"),
            ({"body": "나" * 5001}, "5000자까지 적을 수 있어요"),
            ({"body": "연락 주세요 010-1234-5678"}, "전화번호나 카드번호"),
            ({"body": "번호는 800101-1234567"}, "주민등록번호"),
            ({"cost": "많이"}, "읽지 못했어요"),
            ({"title": "\u200b\u200b\u200b"}, "제목을 적어 주세요"),
        ],
    )
    def test_the_reason_stands_by_the_field_and_the_words_stay(self, client, values, words):
        a_proposal_step()
        sent = {**WHAT, "body": "간직할 글입니다. " * 3, **values}
        answer = client.post(part("what", begin(client)), sent)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert words in html
        if "body" not in values:
            assert "간직할 글입니다." in html

    def test_an_office_number_is_no_secret(self, client):
        a_proposal_step()
        assert client.post(part("what", begin(client)), {**WHAT, "body": "구청 02-2627-2114에 물어봤어요"}).status_code == 302

    def test_ten_megabytes(self, client):
        a_proposal_step()
        answer = client.post(part("what", begin(client)), {**WHAT, "body": "가나다 " * 900_000})
        assert answer.status_code == 422
        assert "5000자까지" in answer.content.decode()
        assert WHAT["title"] in answer.content.decode()

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("photo.jpg", b"this is no photo", "올릴 수 없어요|읽을 수 없어요"),
            ("photo.png", b"\x89PNG\r\n\x1a\n broken", "읽을 수 없어요"),
            ("empty.png", b"", ""),
            ("run.html", b"<script>alert(1)</script>", "올릴 수 없어요"),
            ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "올릴 수 없어요"),
            ("list.txt", "홍길동 800101-1234567".encode(), "주민등록번호"),
            ("big.png", b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 1024 * 1024 + 1), "너무 커요"),
        ],
    )
    def test_photos_that_are_not(self, client, name, data, words):
        a_proposal_step()
        token = begin(client)
        client.post(part("what", token), WHAT)
        html = client.post(part("files", token), {"uploads": SimpleUploadedFile(name, data), "upload": "1"}, follow=True).content.decode()
        if name == "photo.jpg":
            assert Draft.objects.get(token=token).files.count() <= 1  # plain text is a paper we take, whatever its name says
        else:
            assert not Draft.objects.get(token=token).files.exists()
        assert any(w in html for w in words.split("|")) or name == "photo.jpg"

    def test_no_more_files_than_the_town_takes(self, client):
        a_town(files_per_proposal=1)
        a_proposal_step()
        token = begin(client)
        client.post(part("what", token), WHAT)
        two = [SimpleUploadedFile(f"{n}.png", a_picture()) for n in range(2)]
        html = client.post(part("files", token), {"uploads": two, "upload": "1"}, follow=True).content.decode()
        assert Draft.objects.get(token=token).files.count() == 1
        assert "모두 1개까지" in html

    def test_the_day_is_full(self, client):
        a_town(proposals_per_day=1)
        author = a_resident()
        a_proposal(author=author)
        sign_in(client, author)
        token = begin(client)
        write_all(client, token)
        answer = client.post(part("check", token), SIGN)
        assert answer.status_code == 422
        assert "하루에 1건까지" in answer.content.decode()
        assert Proposal.objects.count() == 1
        assert Proposal.objects.get().number.endswith("0001")

    def test_a_step_that_closed_meanwhile(self, client):
        step = a_proposal_step()
        sign_in(client, a_resident())
        token = begin(client)
        write_all(client, token)
        type(step).objects.filter(pk=step.pk).update(closes_at=NOON)
        answer = client.post(part("check", token), SIGN)
        assert answer.status_code == 422
        assert "지금은 제안을 받는 때가 아니에요" in answer.content.decode()
        assert Draft.objects.get(token=token).data["title"] == WHAT["title"]

    def test_without_consent(self, client):
        a_proposal_step()
        sign_in(client, a_resident())
        token = begin(client)
        write_all(client, token)
        answer = client.post(part("check", token), {"public_name": "새벽반"})
        assert answer.status_code == 422
        assert "올리려면 이 칸에 표시해 주세요" in answer.content.decode()
        assert "새벽반" in answer.content.decode()


ANYTHING = st.text(max_size=200) | st.sampled_from(
    [
        "😀👩‍👩‍👧",
        "\u202e거꾸로\u202c",
        "\u200b",
        "\x00",
        "ㅤ",
        "١٢٣",
        "²",
        "-1",
        "1e309",
        "null",
        "{{ 7*7 }}",
        "{% now %}",
        "'; DROP TABLE",
        "\ud7ff",
    ]
)
FIELDS = st.sampled_from(
    ["title", "body", "cost", "dong", "category", "spot", "map_x", "map_y", "map.x", "map.y", "step", "public_name", "agree", "detach",
     "alt-1", "alt-", "alt-²", "go", "form", "no_pin", "upload", "token"]
)  # fmt: skip


class TestAnythingAtAll:
    @settings(max_examples=60)
    @given(st.sampled_from(["what", "where", "files", "check"]), st.dictionaries(FIELDS, ANYTHING, max_size=8))
    def test_never_a_server_error(self, client, name, data):
        with clock.fixed(NOON):
            a_proposal_step()
            answer = client.post(part(name), data)
            assert answer.status_code in (302, 422)
            for one in ("what", "where", "files", "check"):
                assert client.get(part(one)).status_code in (200, 302)

    @settings(max_examples=30)
    @given(st.dictionaries(FIELDS, ANYTHING, max_size=6))
    def test_nor_in_the_one_line_form(self, client, data):
        with clock.fixed(NOON):
            a_proposal_step()
            assert client.post(reverse("proposals:idea"), data).status_code in (302, 422)

    @settings(max_examples=40)
    @given(
        st.dictionaries(
            st.sampled_from(["q", "dong", "category", "state", "sort", "form", "mine", "year", "stage", "step", "page"]), ANYTHING
        )
    )
    def test_nor_in_a_search(self, client, data):
        with clock.fixed(NOON):
            a_town()
            assert client.get(reverse("proposals:list"), data).status_code == 200
