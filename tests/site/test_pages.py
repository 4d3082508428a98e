"""Pages that hardly change, what goes wrong in words, and the watchman's page."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from madang.ground.models import Place, PlaceSettings
from madang.ground.templatetags.look_words import GLOSS
from madang.ground.town import forget_towns
from madang.site import errors
from madang.site.about import ABOUT
from tests.residents.makers import SINCE, a_resident, a_town, an_official, sign_in

pytestmark = pytest.mark.django_db
LANGUAGES = {"ko": "[가-힣]", "en": "[A-Za-z]"}


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def said(client, address, language="ko", **more):
    return client.get(address, headers={"accept-language": language}, **more)


def heading(answer):
    return re.search(r"<h1[^>]*>(.*?)</h1>", text(answer))[1]


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "id"]


class TestAbout:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("slug", ABOUT)
    def test_a_page_with_the_towns_own_name(self, client, slug, language):
        a_town()
        answer = said(client, reverse("site:page", args=[slug]), language)
        assert answer.status_code == 200
        html = text(answer)
        assert f'<html lang="{language}"' in html
        assert "%(" not in html
        if language == "en":
            main = re.sub("<[^>]+>", " ", html.split("<main")[1].split("</main>")[0])
            assert re.findall("[가-힣]+", main) == []

    @pytest.mark.parametrize("slug", ABOUT)
    def test_each_leads_to_the_others(self, client, slug):
        a_town()
        html = text(client.get(reverse("site:page", args=[slug])))
        for other in ABOUT:
            assert reverse("site:page", args=[other]) in html

    def test_open_data_can_be_had(self, client):
        a_town()
        html = text(client.get(reverse("site:page", args=["opendata"])))
        for address in re.findall(r'href="(/[^"]*format=(?:csv|xlsx))"', html):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address

    @pytest.mark.parametrize("slug", ["nothing", "admin", "privacy2"])
    def test_no_such_page(self, client, slug):
        a_town()
        assert client.get(f"/about/{slug}/").status_code == 404

    def test_a_town_that_told_nothing_of_itself(self, client):
        a_town(organ="", phone="")
        assert client.get(reverse("site:page", args=["privacy"])).status_code == 200


class TestGlossaryAndParts:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_hard_word_has_a_place_of_its_own(self, client, language):
        a_town()
        answer = said(client, reverse("site:glossary"), language)
        html = text(answer)
        for word in GLOSS:
            assert word in html
        ids = Ids()
        ids.feed(html)
        assert len(ids.found) == len(set(ids.found))

    @pytest.mark.parametrize("person", [None, "resident", "officer"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_part_of_the_look_is_drawn_for_everybody(self, client, person, language):
        a_town()
        if person:
            sign_in(client, a_resident() if person == "resident" else an_official())
        answer = said(client, reverse("site:parts"), language)
        assert answer.status_code == 200
        ids = Ids()
        ids.feed(answer.content.decode())
        assert len(ids.found) == len(set(ids.found))

    def test_they_ask_the_database_nothing_that_grows(self, client):
        a_town()
        for name in ("site:glossary", "site:parts"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name))
            assert len(asked) == 0, name


class TestHealth:
    def test_it_answers_when_the_database_does(self, client):
        a_town()
        answer = client.get(reverse("site:health"))
        assert (answer.status_code, answer.content) == (200, b"ok")
        assert answer["Content-Type"] == "text/plain"

    def test_a_database_without_a_town_is_no_healthy_site(self, client):
        forget_towns()
        Place.objects.all().delete()
        assert client.get(reverse("site:health")).status_code == 503


class TestWithoutATown:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_site_without_a_town_says_what_to_do(self, client, language):
        forget_towns()
        answer = said(client, "/", language)
        assert answer.status_code == 503
        assert re.search(LANGUAGES[language], heading(answer))


class TestErrors:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_404_has_a_search_and_the_way_home(self, client, language):
        a_town()
        answer = said(client, "/nowhere/at/all/", language)
        assert answer.status_code == 404
        html = text(answer)
        assert f'<html lang="{language}"' in html
        assert bool(re.search("[가-힣]", heading(answer))) is (language == "ko")
        assert f'action="{reverse("site:search")}"' in html
        assert "Traceback" not in html
        assert "urlconf" not in html.lower()

    @pytest.mark.parametrize(
        "address", ["/\ufeff/", "/🌳/", "/%E0%A4%A/", "/proposals/999999999999999999999/", "/proposals/0/", "/..//..//etc/passwd"]
    )
    def test_odd_addresses_are_not_found(self, client, address):
        a_town()
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_400_for_what_nobody_can_read(self, client, language):
        a_town()
        answer = said(client, "/%00/", language)
        assert answer.status_code == 400
        assert bool(re.search("[가-힣]", heading(answer))) is (language == "ko")

    def test_400_for_too_many_fields(self, client):
        a_town()
        answer = client.post("/view-settings/", {f"f{n}": "x" for n in range(3001)})
        assert answer.status_code == 400
        assert "보내 주신 것을 읽지 못했어요" in text(answer)

    def test_too_much_text_in_a_form(self, client):
        a_town()
        answer = client.post("/view-settings/", "a=" + "가" * 13_000_000, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (400, 413)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_403_of_the_framework(self, client, language):
        a_town()
        request = said(client, "/", language).wsgi_request
        answer = errors.forbidden(request)
        assert answer.status_code == 403
        assert heading(answer)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_403_of_a_rule_says_why(self, client, language):
        sign_in(client, a_resident())
        answer = said(client, "/desk/", language)
        assert answer.status_code == 403
        assert bool(re.search("[가-힣]", heading(answer))) is (language == "ko")
        assert "02-2627-0000" in text(answer)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_403_for_a_form_that_is_too_old(self, language):
        a_town()
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/view-settings/", {"words": "제가 적은 말", "password": "비밀"}, headers={"accept-language": language})
        assert answer.status_code == 403
        assert bool(re.search("[가-힣]", heading(answer))) is (language == "ko")
        assert "제가 적은 말" in text(answer)
        assert "비밀" not in text(answer)

    def test_500_speaks_both_languages_and_needs_nothing(self):
        answer = errors.server_error(RequestFactory().get("/"))
        assert answer.status_code == 500
        assert "우리 쪽에서 생긴 문제예요" in text(answer)
        assert 'lang="en">Something went wrong on our side' in text(answer)

    def test_500_even_when_the_frame_is_what_fails(self):
        """Settings somebody wrote past the verbs, that do not hold: every page would draw its frame from them."""
        town = a_town()
        PlaceSettings.objects.create(place=town.place, from_on=SINCE.replace(month=2), data={"hue": 9999}, reason="손으로")
        forget_towns()
        client = Client(raise_request_exception=False)
        for address in ("/", "/search/?q=그늘", "/town.css"):
            answer = client.get(address)
            assert answer.status_code == 500, address
            assert "잠깐 멈췄어요" in text(answer)
            assert "ValidationError" not in text(answer)
        assert client.get("/nowhere/").status_code in (404, 500)

    def test_the_handlers_are_the_sites(self):
        resolver = get_resolver()
        for code, view in ((400, "bad_request"), (403, "forbidden"), (404, "not_found"), (500, "server_error")):
            assert resolver.resolve_error_handler(code) is getattr(errors, view)
