"""Every door of the site: who passes, and what the wrong person is told."""

import importlib
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import AuditEntry, ClockShift
from madang.ground.verdict import Refused
from madang.site import chrome, home_urls
from madang.site.demo.people import people
from tests import NOON
from tests.residents.makers import a_resident, a_town, actor_of, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db
ARGS = {"dong": ["doksan2"], "page": ["privacy"]}
FOR_ALL = {"home", "dong", "calendar", "results", "search", "glossary", "parts", "page", "view_settings", "town_css", "language", "health"}
FOR_ALL |= {"demo_login"}
SIGNED_IN = {"my", "extend"}
DESK = {"desk": None, "desk_search": None, "preview": None}  # any official with the desk open
ROLES = {
    "audit": {"site_admin", "mayor_office", "coordinating_officer"},
    "desk_settings": {"site_admin"},
    "clock": {"site_admin"},
}
EVERY_ROLE = ("site_admin", "mayor_office", "coordinating_officer", "department_officer", "dong_officer", "moderator")
POSTED = {"view_settings", "language", "extend"}  # only ever sent, never opened


def url(name):
    return reverse(f"site:{name}", args=ARGS.get(name, []))


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def ask(client, name):
    return client.post(url(name), {"next": "/"}) if name in POSTED else client.get(url(name))


def official(role, **over):
    return an_official(role=role, dong="doksan2" if role == "dong_officer" else None, **over)


def test_the_lists_above_name_every_door():
    named = {p.name for p in home_urls.urlpatterns}
    assert named == FOR_ALL | SIGNED_IN | set(DESK) | set(ROLES)


class TestWho:
    @pytest.mark.parametrize("name", sorted(FOR_ALL))
    def test_everybody_passes(self, client, name):
        a_town()
        for person in (None, an_account(), a_resident(), official("moderator", desk=False), official("moderator")):
            client.logout()
            if person is not None:
                sign_in(client, person)
            assert ask(client, name).status_code in (200, 302), person

    @pytest.mark.parametrize("name", sorted(SIGNED_IN))
    def test_a_visitor_must_sign_in(self, client, name):
        a_town()
        answer = ask(client, name)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
        sign_in(client, an_account())
        assert ask(client, name).status_code in (200, 204, 302)

    @pytest.mark.parametrize("name", sorted({*DESK, *ROLES}))
    def test_the_desk_is_for_officials_with_an_open_desk(self, client, name):
        a_town()
        answer = client.get(url(name), {"q": "가 나"})
        assert answer.status_code == 302
        assert answer.url.startswith(f"{reverse('account_login')}?next={url(name)}")
        for person in (an_account(), a_resident()):
            sign_in(client, person)
            answer = client.get(url(name))
            assert answer.status_code == 403
            assert "이 화면은 담당 공무원만 볼 수 있습니다" in text(answer)
            assert "Traceback" not in text(answer)
        sign_in(client, official("site_admin", desk=False))
        answer = client.get(url(name))
        assert answer.status_code == 302
        assert answer.url.startswith(f"{reverse('residents:open_desk')}?next=")

    @pytest.mark.parametrize("role", EVERY_ROLE)
    @pytest.mark.parametrize("name", sorted({*DESK, *ROLES}))
    def test_each_role_at_each_door(self, client, name, role):
        sign_in(client, official(role))
        answer = client.get(url(name))
        if name in DESK or role in ROLES[name]:
            assert answer.status_code == 200
        else:
            assert answer.status_code == 403
            assert "이 일을 맡은 사람만 할 수 있습니다" in text(answer)

    @pytest.mark.parametrize("name", sorted({*DESK, *ROLES} - {"desk", "desk_search", "audit"}))
    def test_sending_is_refused_as_opening_is_and_the_words_stay(self, client, name):
        """A resident posts a form they never should have seen."""
        a_town()
        sign_in(client, a_resident())
        answer = client.post(url(name), {"reason": "제가 적은 까닭", "on": "2021-05-01", "to": "2021-05-01T09:00"})
        assert answer.status_code == 403
        assert "제가 적은 까닭" in text(answer)
        assert not AuditEntry.objects.filter(verb__in=["clock.shifted"]).exists()
        assert "preview_on" not in client.session

    def test_a_refusal_in_english(self, client):
        sign_in(client, a_resident())
        answer = client.get(url("desk"), headers={"accept-language": "en"})
        assert answer.status_code == 403
        assert 'lang="en"' in text(answer)
        assert not re.search("[가-힣]", re.search("<h1>(.*?)</h1>", text(answer))[1])


class TestTheDemo:
    def test_the_front_door_lets_in_who_is_named(self, client):
        a_town()
        html = text(client.get(url("demo_login")))
        for person in people():
            assert str(person.who) in html
        an_account("resident")
        answer = client.post(url("demo_login"), {"username": "resident"})
        assert answer.status_code == 302
        assert answer.url == url("my")
        assert client.session["_auth_user_id"]

    @pytest.mark.parametrize("name", ["root", "", "resident ", "admin'--", "\x00", "x" * 9999])
    def test_nobody_else(self, client, name):
        a_town()
        an_account("root")
        assert client.post(url("demo_login"), {"username": name}).status_code == 404
        assert "_auth_user_id" not in client.session

    def test_a_person_of_the_demo_who_was_never_made(self, client):
        a_town()
        assert client.post(url("demo_login"), {"username": "mayor"}).status_code == 404

    @pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"])
    def test_one_never_lands_on_another_site(self, client, away):
        a_town()
        an_account("resident")
        assert client.post(url("demo_login"), {"username": "resident", "next": away}).url == url("my")
        assert client.post(url("view_settings"), {"next": away}).url == "/"

    def test_the_clock_is_moved_by_its_administrator_and_kept_in_the_trail(self, client, django_capture_on_commit_callbacks):
        sign_in(client, official("site_admin"))
        assert 'value="2021-04-07T12:00"' in text(client.get(url("clock")))
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url("clock"), {"to": "2021-05-07T12:00"}).status_code == 302
        assert ClockShift.objects.get().seconds == 30 * 86400
        entry = AuditEntry.objects.get(verb="clock.shifted")
        assert "2021-05-07" in str({**entry.kept, **(entry.personal or {})})

    @pytest.mark.parametrize("to", ["", "내일", "2021-13-01T00:00", "99999-01-01T00:00", "\x00"])
    def test_a_moment_nobody_can_read_is_answered_beside_the_field(self, client, to):
        sign_in(client, official("site_admin"))
        answer = client.post(url("clock"), {"to": to} if to else {})
        assert answer.status_code == 422
        assert "field__error" in text(answer)
        assert not ClockShift.objects.exists()

    @pytest.mark.parametrize("to", ["0001-01-01T00:00", "2000-12-31T23:59", "2100-01-01T00:00", "9999-12-31T23:59"])
    def test_a_moment_no_calendar_reaches_is_answered_too(self, client, to):
        sign_in(client, official("site_admin"))
        assert "2001년에서 2099년 사이" in text(client.post(url("clock"), {"to": to}))
        assert not ClockShift.objects.exists()

    def test_the_verb_itself_asks_who(self):
        a_town()
        with pytest.raises(Refused):
            chrome.shift_clock(to=kst(2021, 5, 1), actor=actor_of(official("coordinating_officer")), at=NOON)
        assert not ClockShift.objects.exists()


@pytest.fixture
def outside_the_demo(settings):
    """The addresses as an installation that is no demo has them."""
    import madang.site.urls

    def again():
        importlib.reload(home_urls)
        importlib.reload(madang.site.urls)
        clear_url_caches()

    settings.DEMO = False
    again()
    yield
    settings.DEMO = True
    again()


class TestOutsideTheDemo:
    @pytest.mark.parametrize("path", ["/demo/", "/desk/clock/"])
    def test_there_is_no_such_page_for_anybody(self, client, outside_the_demo, path):
        an_account("resident")
        for person in (None, a_resident(), official("site_admin")):
            client.logout()
            if person is not None:
                sign_in(client, person)
            for answer in (client.get(path), client.post(path, {"username": "resident", "to": "2021-05-01T09:00"})):
                assert answer.status_code == 404
        assert not ClockShift.objects.exists()

    def test_no_menu_and_no_login_page_names_them(self, client, outside_the_demo):
        a_town()
        with pytest.raises(NoReverseMatch):
            reverse("site:demo_login")
        assert "/demo/" not in text(client.get(reverse("account_login")))
        sign_in(client, official("site_admin"))
        assert "/desk/clock/" not in text(client.get(url("desk")))

    def test_the_rules_say_no_as_well(self, settings):
        settings.DEMO = False
        a_town()
        assert chrome.may_enter_as(actor_of(a_resident()), at=NOON).code == "demo_only"
        verdict = chrome.may_shift_clock(SYSTEM, at=NOON)
        assert verdict.code == "demo_only"
        assert "시범 동네에서만" in verdict.sentence

    def test_a_shift_left_from_a_demo_moves_nothing(self, settings):
        """The real time of an installation never depends on that row."""
        ClockShift.objects.create(seconds=10**8)
        settings.DEMO = False
        clock.forget_shift()
        token = clock._fixed.set(None)
        try:
            assert abs((clock.now() - timezone.now()).total_seconds()) < 3600
        finally:
            clock._fixed.reset(token)

    def test_settings_without_the_flag_have_no_demo(self):
        code = "import madang.site.settings as s; print(s.DEMO)"
        plain = {"PATH": "/usr/bin", "MADANG_DEBUG": "1"}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=plain)
        assert done.stdout.strip() == "False", done.stderr[-800:]


class TestSmallDoors:
    def test_view_settings_are_kept_in_the_browser_only(self, client):
        a_town()
        answer = client.post(url("view_settings"), {"size": "larger", "theme": "dark", "contrast": "more", "next": "/calendar/"})
        assert answer.url == "/calendar/"
        assert client.cookies["view_size"].value == "larger"
        assert client.cookies["view_theme"]["httponly"]
        assert 'value="larger" checked' in text(client.get("/"))
        client.post(url("view_settings"), {"size": "giant", "theme": "<script>"})
        assert client.cookies["view_size"].value == ""
        assert client.cookies["view_theme"].value == ""
        assert client.get(url("view_settings")).status_code == 405

    def test_a_cookie_somebody_made_up_draws_nothing(self, client):
        a_town()
        client.cookies["view_theme"] = '"><script>alert(1)</script>'
        assert "<script>alert" not in text(client.get("/"))

    def test_the_language_is_kept(self, client):
        a_town()
        assert client.post(url("language"), {"language": "en", "next": "/"}).status_code == 302
        assert '<html lang="en"' in text(client.get("/"))
        client.post(url("language"), {"language": "tlh", "next": "/"})
        assert '<html lang="en"' in text(client.get("/"))
        client.post(url("language"), {"language": "ko", "next": "https://example.org/"})
        assert '<html lang="ko"' in text(client.get("/"))

    def test_still_here_renews_the_session(self, client):
        sign_in(client, a_resident())
        assert client.post(url("extend"), headers={"x-requested-with": "fetch"}).status_code == 204
        assert client.post(url("extend"), {"next": "/my/"}).url == "/my/"
        assert client.get(url("extend")).status_code == 405

    def test_a_desk_warns_of_its_own_end_and_starts_anew_with_the_session(self, client):
        sign_in(client, an_official(a_town()))
        soon = NOON + timedelta(minutes=50)
        with clock.fixed(soon):
            assert 'data-seconds="600"' in text(client.get("/desk/"))
            client.post(url("extend"), headers={"x-requested-with": "fetch"})
            assert 'data-seconds="3600"' in text(client.get("/desk/"))

    def test_the_towns_colours(self, client):
        a_town(hue=210)
        answer = client.get(url("town_css"))
        assert answer["Content-Type"] == "text/css; charset=utf-8"
        assert "--town-hue:210" in text(answer)
        assert "public" in answer["Cache-Control"]

    def test_a_form_without_its_token_keeps_the_words(self):
        a_town()
        client = Client(enforce_csrf_checks=True)
        answer = client.post(url("view_settings"), {"size": "large", "words": "제가 적은 말"})
        assert answer.status_code == 403
        assert "제가 적은 말" in text(answer)
