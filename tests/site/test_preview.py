"""The site as on another date: officials look ahead, and nothing can be changed by anybody who does."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.models import PlaceSettings
from madang.ground.town import forget_towns
from madang.proposals.models import Endorsement
from madang.residents import actions as residents
from madang.residents.models import DeskSession
from tests import NOON
from tests.architecture.test_doors import pages, whole_name
from tests.ballots.makers import a_ballot
from tests.comments.makers import a_thread
from tests.deliberation.makers import a_question
from tests.processes.makers import a_process, a_step
from tests.proposals.makers import a_proposal, a_proposal_step
from tests.residents.makers import SINCE, a_post, a_resident, a_town, an_official, open_desk_for, sign_in

pytestmark = pytest.mark.django_db
PREVIEW, HOME, DESK = (reverse(n) for n in ("site:preview", "site:home", "site:desk"))
GOES_ON = {"site:preview", "site:extend", "residents:extend_desk", "residents:close_desk"}  # the way back, and the desk's own door
REFUSED = "다른 날짜로 보는 중에는 아무것도 바꿀 수 없습니다"


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def every_row():
    """How many rows each table of ours holds; sessions are the browser's own."""
    return {m._meta.label: m.objects.count() for m in apps.get_models() if m.__module__.startswith("madang.")}


@pytest.fixture
def officer(client):
    account = an_official(role="site_admin")
    sign_in(client, account)
    return account


def look(client, on="2021-05-20", **more):
    return client.post(PREVIEW, {"on": on, **more})


class TestLooking:
    def test_the_way_there_and_back(self, client, officer):
        assert f'href="{PREVIEW}"' in text(client.get(DESK))
        assert 'name="on"' in text(client.get(PREVIEW))
        answer = look(client, next=HOME)
        assert answer.status_code == 302
        assert answer.url == HOME
        html = text(client.get(HOME))
        assert "이라고 치고 보는 중이에요" in html
        assert "5. 20." in html
        client.post(PREVIEW, {"on": ""})
        assert "이라고 치고 보는 중이에요" not in text(client.get(HOME))

    def test_what_opens_by_then_is_open_and_what_ends_is_over(self, client, officer):
        a_step("proposals", closes_at=NOON + timedelta(days=3), title="이번 주까지인 단계")
        a_step("proposals", opens_at=NOON + timedelta(days=30), closes_at=NOON + timedelta(days=60), title="다음 달에 여는 단계")
        now = text(client.get(HOME)).split("이번 달에 있는 일")[0]
        assert "이번 주까지인 단계" in now
        assert "다음 달에 여는 단계" not in now
        look(client)
        then = text(client.get(HOME)).split("이번 달에 있는 일")[0]
        assert "이번 주까지인 단계" not in then
        assert "다음 달에 여는 단계" in then

    def test_settings_of_that_day(self, client, officer):
        town = a_town()
        PlaceSettings.objects.create(place=town.place, from_on=date(2021, 5, 1), data={"site_name": "오월 마당"}, reason="새 이름")
        forget_towns()
        assert "오월 마당" not in text(client.get(HOME))
        look(client)
        assert "오월 마당" in text(client.get(HOME))

    @pytest.mark.parametrize("on", ["내일", "2021-13-01", "0001-01-01", "9999-12-31", "2031-06-01", "\x00", "1" * 5000])
    def test_a_date_nobody_can_look_at_is_answered_beside_the_field(self, client, officer, on):
        answer = look(client, on)
        if on == "\x00":
            assert answer.status_code in (302, 422)
        else:
            assert answer.status_code == 422
            assert "field__error" in text(answer)
        assert "preview_on" not in client.session

    @pytest.mark.parametrize("on", ["2031-04-01", "2011-05-01"])
    def test_ten_years_either_way(self, client, officer, on):
        a_proposal()
        look(client, on)
        for name in ("home", "desk", "calendar", "results", "my", "search", "audit", "desk_settings"):
            assert client.get(reverse(f"site:{name}"), {"q": "그늘"}).status_code == 200, name

    def test_papers_dates_are_read_as_they_are_written(self, client, officer):
        look(client, "2021. 5. 20.")
        assert client.session["preview_on"] == "2021-05-20"

    def test_each_looks_for_themselves(self, client, officer):
        look(client)
        assert "이라고 치고 보는 중이에요" not in text(Client().get(HOME))


class TestWho:
    def test_residents_and_visitors_may_not(self, client):
        a_town()
        assert look(client).status_code == 302
        sign_in(client, a_resident())
        answer = look(client)
        assert answer.status_code == 403
        assert "이 화면은 담당 공무원만 볼 수 있습니다" in text(answer)
        assert "preview_on" not in client.session

    def test_an_official_with_the_desk_closed_may_not_but_finds_the_way_back(self, client):
        account = an_official(role="moderator")
        sign_in(client, account)
        look(client)
        with clock.fixed(NOON + timedelta(hours=3)):  # the desk has closed by itself
            assert "보는 중이에요" in text(client.get(HOME))
            answer = look(client, "2021-06-01")
            assert answer.status_code == 302
            assert "preview_on" not in client.session
            assert "보는 중이에요" not in text(client.get(HOME))
            assert look(client, "2021-06-01").url.startswith(reverse("residents:open_desk"))
            assert "preview_on" not in client.session

    def test_who_signs_in_after_sees_today(self, client, officer):
        look(client)
        client.logout()
        sign_in(client, a_resident())
        assert "보는 중이에요" not in text(client.get(HOME))

    def test_the_desk_is_judged_by_the_real_time(self, client, officer):
        """Looking at a day after the desk's hour is over does not close it, and looking at one before does not open it."""
        look(client, "2021-12-01")
        assert client.get(DESK).status_code == 200
        with clock.fixed(NOON + timedelta(hours=3)):
            assert client.get(DESK).status_code == 302


class TestNothingChanges:
    def test_every_verb_an_official_could_reach_is_refused(self, client, officer):
        proposal, draft_process, ballot, question = a_proposal(), a_process(a_town(), opened=False), a_ballot(), a_question(published=False)
        thread, step = a_thread(), a_proposal_step()
        look(client)
        before = every_row()
        state = (proposal.state, draft_process.state, ballot.state, question.state)
        for name, args, data in [
            ("proposals:endorse", [proposal.pk], {}),
            ("proposals:desk_deed", [proposal.pk, "assign"], {"why": "적은 까닭"}),
            ("processes:desk_open", [draft_process.pk], {}),
            ("deliberation:desk_publish", [question.pk], {"wording_checked": "on"}),
            ("deliberation:desk_edit", [question.pk], {"wording": "바꾼 물음?"}),
            ("comments:write", [thread.pk], {"body": "적은 말이에요"}),
            ("ballots:vote", [ballot.pk], {"picks": "1"}),
            ("site:desk_settings", [], {"from_on": "2021-05-20", "reason": "적은 까닭", "phone": "02-1"}),
            ("site:clock", [], {"to": "2021-05-20T12:00"}),
            ("site:view_settings", [], {"size": "large"}),
        ]:
            answer = client.post(reverse(name, args=args), data)
            assert answer.status_code == 403, name
            assert REFUSED in text(answer), name
        assert every_row() == before
        for row in (proposal, draft_process, ballot, question):
            row.refresh_from_db()
        assert (proposal.state, draft_process.state, ballot.state, question.state) == state
        assert step.process.state == "open"

    def test_every_address_that_takes_a_form_is_behind_it(self, client, officer):
        """A POST to each address of the site that needs no number: none but the way back, the desk's door and the sign-in's own
        changes a row."""
        look(client)
        before = every_row()
        for name, view in pages():
            if not whole_name(view).startswith("madang.") or name in GOES_ON:
                continue
            try:
                address = reverse(name)
            except NoReverseMatch:  # it needs a number
                continue
            answer = client.post(address, {"on": "2021-05-20"})
            assert answer.status_code in (302, 403), name
        assert every_row() == before
        assert client.session["preview_on"] == "2021-05-20"

    def test_no_page_but_the_way_back_goes_round_the_door(self):
        """@door refuses every form sent while a preview is on; a rule named by hand would not."""
        assert {name for name, view in pages() if hasattr(view, "rule") and not hasattr(view, "load")} == {"site:preview"}

    def test_a_resident_who_is_also_an_official_cannot_take_part_meanwhile(self, client):
        resident = a_resident()
        open_desk_for_resident(resident)
        proposal = a_proposal(title="이웃 제안")
        a_thread()
        sign_in(client, resident)
        look(client)
        answer = client.post(reverse("proposals:endorse", args=[proposal.pk]))
        assert answer.status_code == 403
        assert REFUSED in text(answer)
        assert not Endorsement.objects.exists()
        client.post(PREVIEW, {"on": ""})
        assert client.post(reverse("proposals:endorse", args=[proposal.pk])).status_code in (200, 302)
        assert Endorsement.objects.count() == 1

    def test_the_desk_is_kept_open_and_closed_by_the_real_time(self, client, officer):
        """Neither changes anything of the town, and whoever looks far ahead is no less at the desk now."""
        session = DeskSession.objects.get(account=officer)
        look(client, "2021-12-01")
        with clock.fixed(NOON + timedelta(minutes=30)):
            assert client.post(reverse("site:extend"), headers={"X-Requested-With": "fetch"}).status_code == 204
            session.refresh_from_db()
            assert session.expires_at == NOON + timedelta(minutes=90)
        with clock.fixed(NOON + timedelta(minutes=40)):
            assert client.post(reverse("residents:extend_desk")).status_code == 302
            session.refresh_from_db()
            assert session.expires_at == NOON + timedelta(minutes=100)
        with clock.fixed(NOON + timedelta(minutes=50)):
            assert client.post(reverse("residents:close_desk")).url == reverse("residents:open_desk")
            session.refresh_from_db()
            assert session.closed_at == NOON + timedelta(minutes=50)
            assert client.get(DESK).status_code == 302

    def test_reading_leaves_no_trace_either(self, client, officer):
        """Pages that note something when they are read (a notice as read, a draft as claimed) do not while looking."""
        a_proposal()
        a_question()
        look(client)
        before = every_row()
        for address in (HOME, DESK, *(reverse(n) for n in ("site:my", "site:audit", "notices:inbox", "proposals:list", "proposals:write"))):
            client.get(address, follow=True)
        assert every_row() == before

    def test_the_words_somebody_typed_stay(self, client, officer):
        thread = a_thread()
        look(client)
        answer = client.post(reverse("comments:write", args=[thread.pk]), {"body": "길게 적은 말이에요"})
        assert "길게 적은 말이에요" in text(answer)

    def test_what_a_verb_would_say_by_then_is_only_shown(self, client, officer):
        """By the clock the legal day has passed; the queue says so, the proposal does not change."""
        proposal = a_proposal(title="때를 넘길 제안")
        look(client, "2021-08-01")
        assert "일 지남" in text(client.get(DESK))
        proposal.refresh_from_db()
        assert proposal.state == "open"


def open_desk_for_resident(resident):
    """Gives a resident a post of a moderator and opens its desk."""
    residents.appoint(post=a_post(a_town(), "moderator"), account=resident.account, from_on=SINCE, actor=SYSTEM, at=NOON)
    open_desk_for(resident.account)
