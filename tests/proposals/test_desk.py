"""The desk's pages: who may open what, nothing typed is lost, two officers at once, taking in from paper and post-its."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.models import Account, AuditEntry
from madang.proposals import actions
from madang.proposals.desk_reading import seen_of, signatures_of
from madang.proposals.models import Proposal, Review
from tests import NOON
from tests.proposals.makers import a_picture, a_proposal, a_proposal_step
from tests.residents.makers import a_department, a_paper_resident, a_resident, a_town, actor_of, an_official, open_desk_for, sign_in

pytestmark = pytest.mark.django_db
PARKS = "공원녹지과"


@pytest.fixture
def desk(client):
    """A client signed in as the coordinating officer with the desk open."""
    sign_in(client, an_official())
    return client


def url(name: str, *args) -> str:
    return reverse(f"proposals:{name}", args=args)


def send(client, proposal: Proposal, deed: str, **values):
    return client.post(url("desk_deed", proposal.pk, deed), {"state": seen_of(proposal), **values})


def text(response) -> str:
    return response.content.decode()


class TestDoors:
    @pytest.mark.parametrize("name", ["desk_list", "desk_intake", "desk_postits", "desk_screen"])
    def test_a_resident_is_refused_with_a_reason(self, client, name):
        sign_in(client, a_resident())
        response = client.get(url(name))
        assert response.status_code == 403

    def test_a_visitor_signs_in_first(self, client):
        a_town()
        assert client.get(url("desk_list")).status_code == 302

    def test_a_closed_desk_is_opened_first(self, client):
        sign_in(client, an_official(desk=False))
        assert url("desk_list") in client.get(url("desk_list")).url

    def test_a_department_officer_opens_only_what_is_the_departments(self, client):
        parks = a_department(name=PARKS)
        sign_in(client, an_official(role="department_officer", department=parks))
        hers, other = a_proposal(title="그늘막"), a_proposal(title="가로등")
        actions.assign(proposal=hers, department=parks, actor=SYSTEM, at=NOON)
        actions.assign(proposal=other, department=a_department(name="도로과"), actor=SYSTEM, at=NOON)
        assert client.get(url("desk_detail", hers.pk)).status_code == 200
        response = client.get(url("desk_detail", other.pk))
        assert response.status_code == 403
        assert "다른 부서" in text(response)
        assert send(client, other, "interim", body="네", signed_as="담당").status_code == 403
        listed = text(client.get(url("desk_list")))
        assert "그늘막" in listed
        assert "가로등" not in listed

    def test_a_dong_officer_opens_only_her_dong(self, client):
        town = a_town()
        sign_in(client, an_official(role="dong_officer", dong="doksan2"))
        here, there = a_proposal(), a_proposal(dong="gasan", place=town.dong("gasan"))
        assert client.get(url("desk_detail", here.pk)).status_code == 200
        assert client.get(url("desk_detail", there.pk)).status_code == 403
        assert client.get(url("desk_taken", there.pk)).status_code == 403

    def test_a_department_officer_may_not_assign_away(self, client):
        parks = a_department(name=PARKS)
        sign_in(client, an_official(role="department_officer", department=parks))
        proposal = a_proposal()
        actions.assign(proposal=proposal, department=parks, actor=SYSTEM, at=NOON)
        assert send(client, proposal, "assign", department=str(a_department().pk)).status_code == 403
        proposal.refresh_from_db()
        assert proposal.department == parks

    def test_a_moderator_hides_but_does_not_answer(self, client):
        sign_in(client, an_official(role="moderator"))
        proposal = a_proposal()
        page = text(client.get(url("desk_detail", proposal.pk)))
        assert 'id="hide"' in page
        assert 'id="adopt"' not in page
        assert send(client, proposal, "adopt", body="네", implement_on="2022-03-01", signed_as="x").status_code == 403
        assert send(client, proposal, "hide", why="광고").status_code == 302

    def test_a_proposal_of_another_town_is_not_found(self, desk):
        assert desk.get(url("desk_detail", 999_999)).status_code == 404
        assert desk.get(url("desk_deed", a_proposal().pk, "no-such-deed")).status_code == 404


class TestList:
    def test_soonest_due_first_and_late_is_flagged(self, desk):
        a_proposal(title="나중 것")
        long_ago = a_proposal_step(opens_at=NOON - timedelta(days=60))
        late = a_proposal(title="늦은 것", step=long_ago, at=NOON - timedelta(days=45))
        page = desk.get(url("desk_list"))
        assert text(page).index("늦은 것") < text(page).index("나중 것")
        assert "due--late" in text(page)
        only = text(desk.get(url("desk_list"), {"due": "late"}))
        assert late.title in only
        assert "나중 것" not in only

    def test_a_standing_clock_is_its_own_group(self, desk):
        proposal = a_proposal(title="멈춘 것", at=NOON - timedelta(days=3))
        actions.request_supplement(proposal=proposal, request="더", actor=SYSTEM, at=NOON - timedelta(days=2))
        assert "멈춘 것" in text(desk.get(url("desk_list"), {"due": "paused"}))
        assert "멈춘 것" not in text(desk.get(url("desk_list"), {"due": "later"}))

    @pytest.mark.parametrize(
        "query",
        [
            "dong=doksan2",
            "department=none",
            "law_class=proposal",
            "state=open",
            "channel=online",
            "q=그늘막",
            "q=2021-제안",
            "sort=-endorsements",
        ],
    )
    def test_filters(self, desk, query):
        a_proposal()
        assert "골목 그늘막" in text(desk.get(f"{url('desk_list')}?{query}"))

    @pytest.mark.parametrize(
        "query", ["dong=nowhere", "department=x", "state=<b>", "sort=;drop", "page=99", "due=??", "department=99999999999999999999"]
    )
    def test_nonsense_in_the_address_is_left_out(self, desk, query):
        a_proposal()
        assert "골목 그늘막" in text(desk.get(f"{url('desk_list')}?{query}"))

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_as_a_file(self, desk, kind):
        a_proposal(title="=HYPERLINK(1)")
        response = desk.get(url("desk_list"), {"format": kind})
        assert response.status_code == 200
        assert len(response.content) > 100
        if kind == "csv":
            assert "'=HYPERLINK(1)" in response.content.decode("utf-8-sig")

    def test_the_filter_is_kept(self, desk):
        desk.post(f"{url('desk_keep')}?dong=doksan2")
        assert "dong=doksan2" in text(desk.get(url("desk_list")))

    def test_queries(self, desk, query_counts):
        for n in range(3):
            a_proposal(title=f"제안 {n}")
        query_counts.page("proposals:desk_list", lambda: desk.get(url("desk_list")))
        for n in range(4):
            actions.assign(proposal=a_proposal(title=f"또 {n}"), department=a_department(name=f"과{n}"), actor=SYSTEM, at=NOON)
        query_counts.page("proposals:desk_list", lambda: desk.get(url("desk_list")))


class TestBulk:
    def picks(self, *proposals):
        return [f"{p.pk}:{p.state}" for p in proposals]

    def test_opens_many_and_tells_what_was_refused(self, desk):
        one, two, done = a_proposal(is_open=False), a_proposal(is_open=False), a_proposal(title="이미")
        response = desk.post(url("desk_screen"), {"deed": "open", "pick": self.picks(one, two, done)}, follow=True)
        assert Proposal.objects.filter(state="open").count() == 3
        assert "2건을 처리" in text(response)
        assert done.number in text(response)

    def test_assigns(self, desk):
        proposal, parks = a_proposal(), a_department(name=PARKS)
        desk.post(url("desk_screen"), {"deed": "assign", "department": str(parks.pk), "pick": self.picks(proposal)})
        proposal.refresh_from_db()
        assert (proposal.department, proposal.state) == (parks, "review")

    def test_asks_for_more_and_joins(self, desk):
        first, second, third = a_proposal(), a_proposal(), a_proposal()
        desk.post(url("desk_screen"), {"deed": "supplement", "words": "자리를 알려 주세요", "pick": self.picks(first)})
        desk.post(url("desk_screen"), {"deed": "merge", "into": third.number, "words": "같은 자리", "pick": self.picks(second)})
        assert [Proposal.objects.get(pk=p.pk).state for p in (first, second)] == ["supplement", "merged"]

    def test_what_is_missing_is_said_and_boxes_stay_ticked(self, desk):
        proposal = a_proposal()
        response = desk.post(url("desk_screen"), {"deed": "supplement", "pick": self.picks(proposal)})
        assert response.status_code == 422
        assert f'value="{proposal.pk}:open" checked' in text(response)
        assert (
            desk.post(url("desk_screen"), {"deed": "merge", "into": "없는 번호", "words": "x", "pick": self.picks(proposal)}).status_code
            == 422
        )
        assert desk.post(url("desk_screen"), {"deed": "open"}).status_code == 422

    def test_one_that_moved_meanwhile_is_left_alone(self, desk):
        proposal = a_proposal()
        old = self.picks(proposal)
        actions.assign(proposal=proposal, department=a_department(), actor=SYSTEM, at=NOON)
        response = desk.post(url("desk_screen"), {"deed": "supplement", "words": "더", "pick": old}, follow=True)
        proposal.refresh_from_db()
        assert proposal.state == "review"
        assert proposal.number in text(response)

    @pytest.mark.parametrize("pick", ["x", "1:", ":", "-1:open", "99999999999999999999:open"])
    def test_nonsense_picks(self, desk, pick):
        assert desk.post(url("desk_screen"), {"deed": "open", "pick": [pick]}).status_code == 302

    def test_rows_of_others_are_refused_one_by_one(self, client):
        town = a_town()
        sign_in(client, an_official(role="dong_officer", dong="doksan2"))
        there = a_proposal(is_open=False, dong="gasan", place=town.dong("gasan"))
        client.post(url("desk_screen"), {"deed": "open", "pick": self.picks(there)})
        there.refresh_from_db()
        assert there.state == "screening"


class TestDetail:
    def test_the_whole_way_to_an_answer(self, client):
        town = a_town()
        parks = a_department(town, PARKS)
        sign_in(client, an_official(town, "coordinating_officer", title="총괄 담당"))
        proposal = a_proposal(is_open=False)
        assert send(client, proposal, "open").status_code == 302
        proposal.refresh_from_db()
        send(client, proposal, "assign", department=str(parks.pk))
        proposal.refresh_from_db()
        response = send(
            client, proposal, "opinion", is_public_task="yes", is_budgeted_already="no", basis="하천법", cost_won="60,000",
            finding="with_changes", opinion="고치면 됩니다",
        )  # fmt: skip
        assert response.status_code == 302
        assert Review.objects.get().cost_won == 60_000_000
        signed = "총괄 담당 (내선 2345)"
        assert send(client, proposal, "interim", body="현장을 보고 있습니다", signed_as=signed).status_code == 302
        assert send(client, proposal, "adopt", body="놓겠습니다", implement_on="2022-05-31", signed_as=signed).status_code == 302
        proposal.refresh_from_db()
        assert proposal.state == "adopted"
        page = text(client.get(url("desk_detail", proposal.pk)))
        assert signed in page
        assert "60,000" in page

    def test_errors_stand_beside_the_field_and_the_text_stays(self, desk):
        proposal = a_proposal()
        response = send(desk, proposal, "adopt", body="여기까지 적은 긴 답변", implement_on="어느 날")
        assert response.status_code == 422
        page = text(response)
        assert "여기까지 적은 긴 답변" in page
        assert 'aria-invalid="true"' in page
        assert "data-errors" in page

    def test_a_refusal_of_the_verb_keeps_the_text_too(self, desk):
        proposal = a_proposal()
        signed = desk_signature(desk)
        response = send(desk, proposal, "adopt", body="지난 날로 적은 답변", implement_on="2020-01-01", signed_as=signed)
        assert response.status_code == 422
        assert "지난 날로 적은 답변" in text(response)
        assert "앞날이어야" in text(response)

    def test_somebody_moved_it_meanwhile(self, desk):
        proposal = a_proposal()
        old = seen_of(proposal)
        actions.reject(proposal=proposal, body="어렵습니다", reason="unworkable", signed_as="담당", actor=SYSTEM, at=NOON)
        response = desk.post(
            url("desk_deed", proposal.pk, "adopt"),
            {"state": old, "body": "열심히 쓴 답변", "implement_on": "2022-03-01", "signed_as": desk_signature(desk)},
        )
        assert response.status_code == 409
        assert "열심히 쓴 답변" in text(response)
        assert "2022-03-01" in text(response)
        assert "하지 않아요" in text(response)
        proposal.refresh_from_db()
        assert proposal.state == "rejected"
        assert proposal.answers.count() == 1

    def test_moved_but_still_possible_offers_the_same_form_again(self, desk):
        proposal = a_proposal()
        old = seen_of(proposal)
        actions.assign(proposal=proposal, department=a_department(name=PARKS), actor=SYSTEM, at=NOON)
        response = desk.post(url("desk_deed", proposal.pk, "interim"), {"state": old, "body": "쓰던 글", "signed_as": "x"})
        assert response.status_code == 409
        adopting = desk.post(url("desk_deed", proposal.pk, "adopt"), {"state": old, "implement_on": "2022-03-01"})
        assert 'value="2022-03-01"' in text(adopting)
        assert "쓰던 글" in text(response)
        assert f'value="{seen_of(proposal)}"' in text(response)

    def test_sending_twice_answers_once(self, desk):
        proposal = a_proposal()
        values = {"body": "놓겠습니다", "implement_on": "2022-05-31", "signed_as": desk_signature(desk)}
        old = seen_of(proposal)
        assert send(desk, proposal, "adopt", **values).status_code == 302
        assert desk.post(url("desk_deed", proposal.pk, "adopt"), {"state": old, **values}).status_code == 409
        assert proposal.answers.count() == 1

    def test_merge_is_filled_in_from_the_list_of_similar_ones(self, desk):
        first, second = a_proposal(title="안양천 산책로에 그늘막을 놓아 주세요"), a_proposal(title="안양천 산책로 그늘막을 놓아 주세요")
        page = text(desk.get(url("desk_detail", second.pk), {"merge": first.number}))
        assert f'value="{first.number}"' in page
        assert send(desk, second, "merge", into="2021-제안-9999", why="같음").status_code == 422
        assert send(desk, second, "merge", into=first.number, why="같은 자리").status_code == 302

    def test_after_seven_days_the_reason_stands_instead_of_the_form(self, desk):
        proposal = a_proposal(at=NOON - timedelta(days=9))
        page = text(desk.get(url("desk_detail", proposal.pk)))
        assert "7일 안에만 할 수 있습니다" in page
        assert 'id="request-request"' not in page

    @pytest.mark.parametrize("tab", ["review", "talk", "record", "nonsense"])
    def test_tabs(self, desk, tab):
        proposal = a_proposal()
        assert desk.get(url("desk_detail", proposal.pk), {"tab": tab}).status_code == 200

    @pytest.mark.parametrize("state", [s for s in Proposal.MOVES if s != "draft"])
    def test_the_page_stands_in_every_state(self, desk, state):
        proposal = a_proposal()
        # Set by hand: here only the page is asked about, not the way to the state.
        Proposal.objects.filter(pk=proposal.pk).update(state=state, implement_on=clock.today(NOON), decided_at=NOON)
        assert desk.get(url("desk_detail", proposal.pk)).status_code == 200

    def test_queries(self, desk, query_counts):
        proposal = a_proposal()
        query_counts.page("proposals:desk_detail", lambda: desk.get(url("desk_detail", proposal.pk)))
        actions.assign(proposal=proposal, department=a_department(name=PARKS), actor=SYSTEM, at=NOON)
        for n in range(3):
            actions.answer_interim(proposal=proposal, body=f"중간 {n}", signed_as="담당", actor=SYSTEM, at=NOON)
            actions.give_opinion(
                proposal=proposal, finding="feasible", is_public_task=True, is_budgeted_already=False, basis="법",
                opinion="됨", actor=SYSTEM, at=NOON,
            )  # fmt: skip
        query_counts.page("proposals:desk_detail", lambda: desk.get(url("desk_detail", proposal.pk)))


def desk_signature(client) -> str:
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    return signatures_of(actor_of(account), Proposal(), on=clock.today(NOON))[0]


class TestIntake:
    def form(self, **over):
        step = a_proposal_step()
        return {
            "channel": "paper", "received_on": "2021-04-05", "step": str(step.pk), "dong": "doksan2", "title": "정자 옆 의자",
            "body": "쉴 자리",
            "category": "", "spot": "", "cost": "", "who": "nobody", "token": "t1", **over,
        }  # fmt: skip

    def test_the_clock_starts_on_the_paper(self, desk):
        scan = SimpleUploadedFile("종이.png", a_picture(), "image/png")
        response = desk.post(url("desk_intake"), self.form(original=scan, consented="on"), follow=True)
        proposal = Proposal.objects.get()
        assert proposal.number in text(response)
        assert str(proposal.received_on) == "2021-04-05"
        assert str(proposal.due_on) == "2021-05-06"
        stored = proposal.files.get().file
        assert not stored.is_public
        assert AuditEntry.objects.get(verb="proposal.taken_in").kept["consented"] is True

    def test_somebody_new_without_an_account(self, desk):
        desk.post(url("desk_intake"), self.form(who="new", new_name="정자지기", new_home="doksan2"))
        proposal = Proposal.objects.get()
        assert proposal.author.public_name == proposal.public_name == "정자지기"
        entry = AuditEntry.objects.get(verb="proposal.taken_in")
        assert entry.on_behalf_of_id == proposal.author_id
        assert entry.account_id

    def test_somebody_known_is_looked_up_and_chosen(self, desk):
        person = a_paper_resident(name="들머리")
        page = text(desk.post(url("desk_intake"), self.form(do="find", find="들머", title="적던 제목")))
        assert f'value="{person.pk}"' in page
        assert "적던 제목" in page
        assert not Proposal.objects.exists()
        desk.post(url("desk_intake"), self.form(who="known", find="들머", person=str(person.pk)))
        assert Proposal.objects.get().author == person

    @pytest.mark.parametrize(
        ("over", "said"),
        [
            ({"received_on": "2021-05-01"}, "오늘이나 지난 날"),
            ({"received_on": "2019-01-01"}, "오래되었습니다"),
            ({"title": ""}, "적어 주세요"),
            ({"title": "연락 010-1234-5678"}, "전화번호"),
            ({"who": "known"}, "찾기"),
            ({"who": "new"}, "공개 이름"),
            ({"step": "999"}, "제안 자리"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, desk, over, said):
        response = desk.post(url("desk_intake"), self.form(body="길게 옮겨 적은 글", **over))
        assert response.status_code == 422
        assert said in text(response)
        assert "길게 옮겨 적은 글" in text(response)
        assert not Proposal.objects.exists()

    def test_a_name_that_is_taken_leaves_nobody_behind(self, desk):
        a_paper_resident(name="정자지기")
        response = desk.post(url("desk_intake"), self.form(who="new", new_name="정자지기"))
        assert response.status_code == 422
        assert not Proposal.objects.exists()

    def test_no_picture_is_no_picture(self, desk):
        fake = SimpleUploadedFile("종이.png", b"<html>not a picture", "image/png")
        response = desk.post(url("desk_intake"), self.form(original=fake))
        assert response.status_code == 422
        assert not Proposal.objects.exists()

    def test_sent_twice_is_taken_in_once(self, desk):
        first, second = desk.post(url("desk_intake"), self.form()), desk.post(url("desk_intake"), self.form())
        assert first.url == second.url
        assert Proposal.objects.count() == 1

    def test_a_dong_officer_takes_in_for_her_dong_only(self, client):
        sign_in(client, an_official(role="dong_officer", dong="gasan"))
        assert client.post(url("desk_intake"), self.form()).status_code == 422
        assert client.post(url("desk_intake"), self.form(dong="gasan")).status_code == 302

    def test_a_department_officer_takes_nothing_in(self, client):
        sign_in(client, an_official(role="department_officer", department=a_department(name=PARKS)))
        assert client.get(url("desk_intake")).status_code == 403

    def test_pages_open(self, desk):
        a_proposal_step()
        assert desk.get(url("desk_intake"), {"channel": "phone", "dong": "gasan"}).status_code == 200
        assert desk.get(url("desk_postits")).status_code == 200


class TestPostits:
    def form(self, lines: str, **over):
        step = a_proposal_step()
        return {
            "received_on": "2021-04-03",
            "step": str(step.pk),
            "dong": "doksan2",
            "lines": lines,
            "spot": "마을장터",
            "token": "p1",
            **over,
        }

    def test_each_line_is_an_idea_with_a_number(self, desk):
        board = SimpleUploadedFile("판.png", a_picture(), "image/png")
        response = desk.post(
            url("desk_postits"), self.form("의자를 놓아요\n\n  그늘이 필요해요\r\n꽃을 심어요", original=board), follow=True
        )
        rows = Proposal.objects.order_by("pk")
        assert [p.title for p in rows] == ["의자를 놓아요", "그늘이 필요해요", "꽃을 심어요"]
        assert {(p.form, p.channel, str(p.received_on), p.spot) for p in rows} == {("idea", "postit", "2021-04-03", "마을장터")}
        assert rows[0].number in text(response)
        assert rows[2].number in text(response)
        assert rows[2].files.get().kind == "original"

    def test_bad_lines_are_named_and_nothing_is_taken_in(self, desk):
        response = desk.post(url("desk_postits"), self.form(f"좋은 줄\n{'가' * 130}\n010-1234-5678 연락 주세요"))
        assert response.status_code == 422
        assert "2번째 줄" in text(response)
        assert "3번째 줄" in text(response)
        assert "좋은 줄" in text(response)
        assert not Proposal.objects.exists()

    def test_too_many_and_none(self, desk):
        assert desk.post(url("desk_postits"), self.form("\n".join(f"쪽지 {n}" for n in range(201)))).status_code == 422
        assert desk.post(url("desk_postits"), self.form("  \n \n")).status_code == 422
        assert desk.post(url("desk_postits"), self.form("가" * 200_000)).status_code == 422


def test_a_desk_that_closed_meanwhile_asks_to_open_it_again(client):
    account = an_official(desk=False)
    sign_in(client, account)
    open_desk_for(account)
    proposal = a_proposal()
    with clock.fixed(NOON + timedelta(hours=3)):
        response = send(client, proposal, "interim", body="쓰던 글", signed_as="x")
    assert response.status_code == 403
    assert "쓰던 글" in response.content.decode()
