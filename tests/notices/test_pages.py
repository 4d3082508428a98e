"""The inbox and the choices: to whom they open, what is shown, what bad input does."""

import re
from datetime import date

import pytest
from django.urls import reverse

from madang.ground import clock
from madang.ground.clock import kst
from madang.ground.models import AuditEntry
from madang.notices.kinds import FAMILIES
from madang.notices.models import Notice, Preference
from tests import NOON
from tests.notices.makers import a_notice, told, with_a_phone
from tests.residents.makers import a_resident, a_town, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db
INBOX = reverse("notices:inbox")
ALL_READ = reverse("notices:read_all")
PREFERENCES = reverse("notices:preferences")


def url(notice):
    return reverse("notices:open", args=[notice.pk])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def choices(**over):
    """The whole form: every family, both channels."""
    found = {f"{family}-{channel}": how for family in FAMILIES for channel, how in (("mail", "now"), ("text", "inbox"))}
    return {**found, **{key.replace("__", "-"): how for key, how in over.items()}}


@pytest.fixture
def me(client):
    a_town()
    return sign_in(client, a_resident(name="복숭아"))


class TestInbox:
    def test_newest_first_with_what_it_says(self, client, me):
        told(me, key="first", title="먼저 온 것")
        told(me, key="second", title="나중 온 것")
        told(an_account(), key="third", title="남의 소식")
        shown = text(client.get(INBOX))
        assert shown.index("나중 온 것") < shown.index("먼저 온 것")
        assert "남의 소식" not in shown
        assert "읽지 않은 알림이 2건 있어요" in shown

    def test_in_the_language_of_the_page(self, client, me):
        told(me, title="Shade", implement_on="31. 12. 2021")
        client.cookies["django_language"] = "en"
        answer = client.get(INBOX, headers={"Accept-Language": "en"})
        main = answer.content.decode().partition("<main")[2].partition("</main")[0]
        main = re.sub(r"<[^>]+>", " ", re.sub(r"<time.*?</time>", "", main))
        assert "Shade" in main
        assert not re.findall("[가-힣]+", main)

    def test_words_of_others_are_no_markup(self, client, me):
        told(me, title="<script>alert(1)</script>", url="/glossary/")
        shown = client.get(INBOX).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown

    def test_empty(self, client, me):
        shown = text(client.get(INBOX))
        assert "아직 알림이 없어요" in shown
        assert "모두 읽은 것으로" not in shown

    def test_one_without_an_address_is_no_link(self, client, me):
        notice = a_notice(me, url="")
        assert url(notice) not in text(client.get(INBOX))
        assert client.get(url(notice)).url == INBOX

    def test_a_kind_of_long_ago_and_facts_that_are_gone(self, client, me):
        notice = a_notice(me)
        Notice.objects.filter(pk=notice.pk).update(facts={})
        assert client.get(INBOX).status_code == 200
        Notice.objects.filter(pk=notice.pk).update(kind="gone.long_ago")
        assert "gone.long_ago" in text(client.get(INBOX))

    @pytest.mark.parametrize("page", ["x", "0", "-1", "²", "99", "9" * 30, "%00"])
    def test_odd_pages_are_no_error(self, client, me, page):
        told(me)
        assert client.get(INBOX, {"page": page}).status_code == 200

    def test_twenty_a_page(self, client, me):
        for n in range(21):
            told(me, key=f"m{n}", title=f"소식 {n}번")
        assert "소식 0번" not in text(client.get(INBOX))
        assert "소식 0번" in text(client.get(INBOX, {"page": 2}))


class TestOpening:
    def test_leads_on_and_is_read(self, client, me):
        notice = a_notice(me, url="/proposals/7/")
        answer = client.get(url(notice))
        assert (answer.status_code, answer.url) == (302, "/proposals/7/")
        notice.refresh_from_db()
        assert notice.read_at == NOON
        assert "모두 읽었어요" in text(client.get(INBOX))
        client.get(url(notice))
        assert AuditEntry.objects.filter(verb="notice.read").count() == 1

    def test_all_at_once_and_only_by_a_form(self, client, me):
        told(me, key="first")
        told(me, key="second")
        assert client.get(ALL_READ).status_code == 405
        assert Notice.objects.unread().count() == 2
        assert client.post(ALL_READ).url == INBOX
        assert not Notice.objects.unread().exists()

    def test_looking_at_another_date_reads_nothing(self, client):
        account = sign_in(client, an_official(a_town(), "coordinating_officer"))
        notice = a_notice(account)
        session = client.session
        session["preview_on"] = date(2021, 5, 1).isoformat()
        session.save()
        client.get(url(notice))
        notice.refresh_from_db()
        assert notice.read_at is None


class TestChoosing:
    def test_kept_and_shown_again(self, client, me):
        answer = client.post(PREFERENCES, choices(proposals__mail="digest", ballots__mail="inbox"))
        assert (answer.status_code, answer.url) == (302, PREFERENCES)
        assert dict(Preference.objects.filter(account=me).values_list("family", "mail")) == {
            **dict.fromkeys(FAMILIES, "now"), "proposals": "digest", "ballots": "inbox",
        }  # fmt: skip
        shown = client.get(PREFERENCES)
        assert {f.family: f["mail"].value() for f in shown.context["forms"]}["proposals"] == "digest"

    def test_only_what_changed_is_written_again(self, client, me):
        client.post(PREFERENCES, choices())
        before = AuditEntry.objects.filter(verb="notice.preferred").count()
        client.post(PREFERENCES, choices(comments__text="now"))
        assert AuditEntry.objects.filter(verb="notice.preferred").count() == before + 1

    def test_a_number_is_asked_for_before_texts_can_come(self, client, me):
        hint = "전화번호를 확인하지 않아서"
        assert hint in text(client.get(PREFERENCES))
        with_a_phone(me)
        assert hint not in text(client.get(PREFERENCES))

    @pytest.mark.parametrize(
        "wrong", [{"proposals__mail": "pigeon"}, {"ballots__text": ""}, {"account__mail": "now\x00"}, {"comments__mail": "바로"}]
    )
    def test_one_wrong_choice_keeps_the_others_on_the_page(self, client, me, wrong):
        answer = client.post(PREFERENCES, choices(projects__mail="digest", **wrong))
        assert answer.status_code == 422
        assert not Preference.objects.exists()
        assert {f.family: f["mail"].value() for f in answer.context["forms"]}["projects"] == "digest"

    def test_an_empty_form_changes_nothing(self, client, me):
        assert client.post(PREFERENCES, {}).status_code == 422
        assert client.post(PREFERENCES, {"weather-mail": "now"}).status_code == 422
        assert not Preference.objects.exists()


class TestWrongPerson:
    @pytest.mark.parametrize("page", [INBOX, PREFERENCES])
    def test_a_visitor_signs_in_first(self, client, page):
        a_town()
        assert "/account/login/" in client.get(page).url
        assert "/account/login/" in client.post(page, choices()).url
        assert not Preference.objects.exists()

    def test_a_visitor_reads_nothing_away(self, client):
        notice = a_notice()
        assert client.post(ALL_READ).status_code == 302
        assert client.get(url(notice)).status_code in (302, 404)
        notice.refresh_from_db()
        assert notice.read_at is None

    @pytest.mark.parametrize("role", [None, "coordinating_officer", "mayor_office", "site_admin", "moderator"])
    def test_somebody_elses_notice_is_not_there_not_even_for_the_desk(self, client, role):
        notice = a_notice(a_resident().account, title="남의 소식")
        sign_in(client, an_official(a_town(), role) if role else a_resident())
        assert client.get(url(notice)).status_code == 404
        assert "남의 소식" not in text(client.get(INBOX))
        client.post(ALL_READ)
        notice.refresh_from_db()
        assert notice.read_at is None

    def test_what_never_was(self, client, me):
        for pk in (0, 10**18, 10**30):
            assert client.get(f"{INBOX}{pk}/").status_code == 404


def test_queries(client, query_counts):
    a_town()
    account = sign_in(client, a_resident())
    for n in range(3):
        told(account, key=f"few{n}")
    query_counts.page("notices:inbox", lambda: client.get(INBOX))
    for n in range(37):
        told(account, key=f"many{n}", kind=("project.finished", "comment.replied")[n % 2], name="옆집")
    with clock.fixed(kst(2021, 4, 7, 12, 1)):
        query_counts.page("notices:inbox", lambda: client.get(INBOX))
    query_counts.page("notices:preferences", lambda: client.get(PREFERENCES))
