"""Doors and verdicts: who is sent where, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from madang.ground.actor import ANYONE, SYSTEM, Actor, PostRef
from madang.ground.door import anyone, door, found, holding, official, safe_next, signed_in, way_back
from madang.ground.models import Place
from madang.ground.verdict import YES, Refused, Verdict, first_no, no, refusal_codes, refusals
from tests import NOON
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db
RESIDENT = Actor(account_id=1, resident_id=2)
OFFICER = Actor(account_id=1, posts=(PostRef("moderator", 5),))
REAL = NOON - timedelta(days=1)
AT_DESK = Actor(account_id=1, posts=(PostRef("moderator", 5),), desk_id=9)


def ask(view, actor=ANYONE, *, post=None, preview=None, path="/x/?a=1&b=2", **kwargs):
    make = RequestFactory()
    request = make.get(path) if post is None else make.post(path, post)
    request.actor, request.at, request.town, request.preview_on = actor, NOON, a_town(), preview
    request.real_at = REAL
    return view(request, **kwargs)


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "actor", "code"),
        [(anyone, ANYONE, ""), (signed_in, ANYONE, "sign_in_first"), (signed_in, RESIDENT, ""), (official, ANYONE, "sign_in_first"),
         (official, RESIDENT, "officials_only"), (official, OFFICER, "desk_closed"), (official, AT_DESK, ""),
         (holding("moderator"), AT_DESK, ""), (holding("site_admin"), AT_DESK, "role_needed"),
         (holding("moderator"), OFFICER, "desk_closed")],
    )  # fmt: skip
    def test_the_ready_made_ones(self, rule, actor, code):
        assert rule(actor, at=NOON).code == code

    def test_the_system_holds_every_role_and_posts_only_count_at_the_desk(self):
        assert SYSTEM.holds("site_admin")
        assert not OFFICER.holds("moderator")
        assert AT_DESK.holds("moderator", place_ids=(5,))
        assert not AT_DESK.holds("moderator", place_ids=(6,))
        assert AT_DESK.for_resident(77).person_id == 77
        assert RESIDENT.person_id == 2
        assert RESIDENT.for_the_town().account_id == 1


class TestVerdicts:
    def test_yes_says_nothing_and_raises_nothing(self):
        YES.or_raise()
        assert YES.sentence == ""
        assert bool(YES)

    def test_no_raises_with_its_sentence(self):
        with pytest.raises(Refused) as refused:
            no("too_often", minutes=3).or_raise()
        assert "3분" in str(refused.value)
        assert not Verdict(False, "too_often")

    def test_the_first_no_counts(self):
        assert first_no(YES, no("role_needed"), no("desk_closed")).code == "role_needed"
        assert first_no(YES, YES) is YES

    def test_a_code_has_one_sentence(self):
        refusals({"role_needed": "이 일을 맡은 사람만 할 수 있습니다."})
        with pytest.raises(ValueError):
            refusals({"role_needed": "다른 말"})
        assert "moved_meanwhile" in refusal_codes()


class TestAnswers:
    def test_a_visitor_goes_to_the_login_and_back(self):
        answer = ask(door(signed_in)(lambda request: HttpResponse("in")))
        assert answer.status_code == 302
        assert "next=/x/%3Fa%3D1%26b%3D2" in answer.url

    def test_an_official_goes_to_the_desks_door_and_back_with_all_of_the_question(self):
        answer = ask(door(official)(lambda request: HttpResponse("in")), OFFICER)
        assert answer.status_code == 302
        assert answer.url.endswith("next=/x/%3Fa%3D1%26b%3D2")

    def test_the_wrong_person_reads_why_and_keeps_what_was_typed(self):
        view = door(official)(lambda request: HttpResponse("in"))
        answer = ask(
            view,
            RESIDENT,
            post={"body": "긴 글을 썼어요", "password1": "비밀입니다", "login_code": "123456", "csrfmiddlewaretoken": "토큰값"},
        )
        html = answer.content.decode()
        assert answer.status_code == 403
        assert "담당 공무원만" in html
        assert "긴 글을 썼어요" in html
        for secret in ("비밀입니다", "123456", "토큰값"):
            assert secret not in html

    @pytest.mark.parametrize(("rule", "actor", "way"), [(signed_in, ANYONE, "login"), (official, OFFICER, "desk/open")])
    def test_sentences_stay_when_the_login_or_the_desk_has_run_out(self, rule, actor, way):
        view = door(rule)(lambda request: HttpResponse("in"))
        pressed = ask(view, actor, post={"do": "undo", "next": "/a b/"})
        assert pressed.status_code == 302
        written = ask(view, actor, post={"answer": "하기로 했습니다. 4월에 답합니다."})
        html = written.content.decode()
        assert written.status_code == 403
        assert "하기로 했습니다. 4월에 답합니다." in html
        assert f"{way}/?next=/" in html

    def test_a_refusal_inside_is_answered_the_same_way(self):
        def view(request):
            no("moved_meanwhile", now="가림").or_raise()

        answer = ask(door(anyone)(view), post={"body": "적던 글"})
        assert answer.status_code == 409
        assert "적던 글" in answer.content.decode()

    def test_the_thing_is_found_before_the_rule_is_asked(self):
        def load(request, pk):
            if pk != 7:
                raise Http404
            return pk

        asked = []

        def rule(actor, thing, *, at):
            asked.append(thing)
            return YES

        view = door(rule, load=load)(lambda request, thing: HttpResponse(str(thing)))
        assert ask(view, pk=7).content == b"7"
        with pytest.raises(Http404):
            ask(view, pk=8)
        assert asked == [7]

    def test_nothing_changes_while_another_date_is_looked_at(self):
        done = []
        view = door(anyone)(lambda request: done.append(1) or HttpResponse("ok"))
        assert ask(view, AT_DESK, preview=date(2021, 6, 1)).status_code == 200
        answer = ask(view, AT_DESK, post={"a": "글이에요"}, preview=date(2021, 6, 1))
        assert answer.status_code == 403
        assert "다른 날짜로 보는 중" in answer.content.decode()
        assert done == [1]


@pytest.mark.parametrize("pk", [0, -1, 10**30, "x", None])
def test_numbers_nobody_has_are_not_found(pk):
    a_town()
    with pytest.raises(Http404):
        found(Place.objects.all(), pk=pk)


class TestTheWayOn:
    @pytest.mark.parametrize("path", ["/", "/my/?a=1&b=2#c", "/proposals/write/", "/길/", "/a:b/"])
    def test_a_path_of_ours_is_followed(self, path):
        assert safe_next(RequestFactory().post("/x/", {"next": path}), "/my/") == path
        assert safe_next(RequestFactory().get("/x/", {"next": path}), "/my/") == path

    @pytest.mark.parametrize(
        "word",
        ["", "x", "site:home", "my/", "..", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example", "http:///x",
         "?a=1", "https://evil.example/", "http://testserver/my/", "javascript:alert(1)", " /my/", "\x00/my/", "²", "/" + "a" * 3000],
    )  # fmt: skip
    def test_anything_else_leads_where_the_page_leads_by_itself(self, word):
        assert safe_next(RequestFactory().post("/x/", {"next": word}), "/my/") == "/my/"

    @pytest.mark.parametrize(
        ("referer", "back"),
        [("http://testserver/a/?b=1", "/a/?b=1"), ("/a/", "/a/"), ("", "/"), ("http://evil.example/a/", "/"), ("x", "/"),
         ("http://testserver//evil.example/", "/"), ("http://testserver", "/")],
    )  # fmt: skip
    def test_the_way_back_of_a_form_is_a_path_too(self, referer, back):
        assert way_back(RequestFactory().post("/x/", HTTP_REFERER=referer)) == back


class TestLookingAtAnotherDate:
    def test_a_form_is_refused_unless_it_changes_nothing_of_the_town(self):
        assert ask(door(anyone)(lambda request: HttpResponse("in")), post={}, preview=date(2021, 5, 1)).status_code == 403
        assert ask(door(anyone, in_preview=True)(lambda request: HttpResponse("in")), post={}, preview=date(2021, 5, 1)).status_code == 200

    def test_what_goes_on_goes_by_the_real_time(self):
        seen = []

        def rule(actor, *, at):
            seen.append(at)
            return YES

        ask(door(rule, in_preview=True)(lambda request: HttpResponse("in")), post={}, preview=date(2021, 5, 1))
        ask(door(rule)(lambda request: HttpResponse("in")), preview=date(2021, 5, 1))
        assert seen == [REAL, NOON]
