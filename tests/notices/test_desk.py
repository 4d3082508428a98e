"""The desk of notices: what was told and how far it came, what failed and why, for whom it opens, and that it names nobody."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.ground import clock
from madang.ground.clock import kst
from madang.ground.models import AuditEntry, Place
from madang.notices.kinds import Message, _messages, messages
from madang.notices.models import Delivery, Notice
from madang.notices.sentences import kind_words, matter
from tests import NOON
from tests.notices.makers import a_notice, not_sent, prefers, states, told, with_a_phone
from tests.residents.makers import a_resident, a_town, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db
DESK = reverse("notices:desk_list")
FAILURES = reverse("notices:desk_failures")
ONE_GROUP = {"channel": "mail", "problem": "unreachable"}


def detail(notice):
    return reverse("notices:desk_detail", args=[notice.pk])


def main(answer):
    shown = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


@pytest.fixture
def officer(client):
    return sign_in(client, an_official(a_town(), "coordinating_officer"))


def told_row(answer, n=0):
    return answer.context["rows"][n]


class TestList:
    def test_one_row_for_what_one_deed_told(self, client, officer):
        people = [an_account() for _n in range(4)]
        told(*people, key="shade", title="골목 그늘막", url="/proposals/7/")
        told(people[0], key="vote", kind="ballot.counted", url="/ballots/1/result/", at=NOON + timedelta(minutes=1), voters=3, funded=1)
        Delivery.objects.filter(notice__account=people[0], notice__kind="proposal.adopted").update(state="sent")
        Delivery.objects.filter(notice__account=people[1]).update(state="failed", problem="busy")
        Notice.objects.filter(account=people[2]).update(read_at=NOON)
        answer = client.get(DESK)
        assert [(r.kind, r.about, r.people) for r in answer.context["rows"]] == [
            ("‘…’ 결과가 나왔어요", "골목 그늘막", 1), ("제안을 하기로 했어요", "골목 그늘막", 4),
        ]  # fmt: skip
        row = told_row(answer, 1)
        assert (row.read, row.mail.sent, row.mail.waiting, row.mail.failed) == (1, 1, 2, 1)
        assert (row.text.sent, row.text.waiting, row.text.failed) == (0, 0, 0)
        assert "실패 1" in main(answer)
        assert 'href="/proposals/7/"' in answer.content.decode()
        assert [(c.figure, str(c.label)) for c in answer.context["cells"]] == [
            (5, "알림함에 넣음"), (1, "알림함에서 읽음"), (1, "보냄"), (3, "기다림"), (1, "실패"),
        ]  # fmt: skip

    def test_gathered_and_on_the_way_count_as_waiting(self, client, officer):
        daily = an_account()
        prefers(daily, "digest")
        told(daily, an_account())
        Delivery.objects.filter(state="waiting").update(state="sending")
        assert told_row(client.get(DESK)).mail.waiting == 2

    def test_the_same_thing_at_another_moment_is_another_row(self, client, officer):
        told(an_account(), key="one")
        told(an_account(), key="two", at=NOON + timedelta(seconds=1))
        assert len(client.get(DESK).context["rows"]) == 2

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"state": "failed"}, ["failed"]),
            ({"state": "sent"}, ["sent"]),
            ({"state": "waiting"}, ["texted", "waiting"]),
            ({"channel": "text"}, ["texted"]),
            ({"channel": "text", "state": "failed"}, []),
            ({"kind": "ballot.counted"}, ["sent"]),
            ({"kind": "ballot.counted", "state": "failed"}, []),
            ({"since": "2021-04-08"}, ["texted"]),
            ({"until": "2021-04-07"}, ["failed", "sent", "waiting"]),
            ({"since": "2021. 4. 8.", "until": "2021-04-08"}, ["texted"]),
            ({"since": "2021-05-01", "until": "2021-04-01"}, []),
        ],
    )
    def test_filters(self, client, officer, asked, found):
        texting = with_a_phone(an_account())
        prefers(texting, "inbox", "now")
        not_sent(an_account(), key="failed", title="failed")
        told(an_account(), key="sent", title="sent", kind="ballot.counted", voters=1, funded=1)
        Delivery.objects.filter(state="waiting").update(state="sent")
        told(an_account(), key="waiting", title="waiting", url="/proposals/9/")
        told(texting, key="texted", title="texted", at=NOON + timedelta(days=1))
        assert sorted(r.about for r in client.get(DESK, asked).context["rows"]) == found
        assert (
            len(list(csv.reader(io.StringIO(client.get(DESK, {**asked, "format": "csv"}).content.decode("utf-8-sig"))))) == len(found) + 1
        )

    def test_ninety_days_unless_asked_for_more(self, client, officer):
        told(an_account(), key="old", title="오래된 것", at=kst(2020, 6, 1))
        told(an_account(), key="new", title="새것")
        answer = client.get(DESK)
        assert [r.about for r in answer.context["rows"]] == ["새것"]
        assert answer.context["form"]["since"].value() == "2021-01-07"
        assert len(client.get(DESK, {"since": ""}).context["rows"]) == 2

    @pytest.mark.parametrize("wrong", ["어제", "2021-02-30", "0001-01-01", "9999-12-31", "1" * 400])
    @pytest.mark.parametrize("page", [DESK, FAILURES])
    def test_a_date_that_is_none_is_told_and_left_out(self, client, officer, wrong, page):
        not_sent(an_account())
        for name in ("since", "until"):
            answer = client.get(page, {name: wrong})
            assert answer.status_code == 200
            assert answer.context["form"].errors.keys() == {name}
            assert answer.context.get("rows") or answer.context["troubles"]

    @pytest.mark.parametrize(
        "odd",
        [
            {"state": "lost"},
            {"channel": "pigeon"},
            {"kind": "gone.long_ago"},
            {"kind": "'\x00"},
            {"page": "²"},
            {"page": "9" * 30},
            {"format": "pdf"},
        ],
    )
    def test_other_odd_questions_are_left_out(self, client, officer, odd):
        told(an_account())
        answer = client.get(DESK, odd)
        assert answer.status_code == 200
        assert len(answer.context["rows"]) == 1

    def test_fifty_a_page(self, client, officer):
        for n in range(51):
            told(an_account(), key=f"m{n}", at=NOON - timedelta(minutes=n), title=f"일 {n}")
        answer = client.get(DESK)
        assert len(answer.context["rows"]) == 50
        assert [r.about for r in client.get(DESK, {"page": 2}).context["rows"]] == ["일 50"]

    def test_empty(self, client, officer):
        assert "이 조건에 맞는 알림이 없습니다" in main(client.get(DESK))

    def test_a_kind_of_long_ago(self, client, officer):
        told(an_account())
        Notice.objects.update(kind="gone.long_ago", facts={})
        assert (told_row(client.get(DESK)).kind, told_row(client.get(DESK)).about) == ("gone.long_ago", "")
        assert client.get(detail(Notice.objects.get())).status_code == 200

    def test_in_english(self, client, officer):
        not_sent(an_account(), title="Shade")
        client.cookies["django_language"] = "en"
        for page in (DESK, FAILURES, f"{FAILURES}?channel=mail&problem=unreachable", detail(Notice.objects.get())):
            assert not re.findall("[가-힣]+", main(client.get(page))), page

    def test_the_menu_leads_here(self, client, officer):
        assert f'href="{DESK}" aria-current="page"' in client.get(DESK).content.decode()


class TestExport:
    def test_as_it_is_seen(self, client, officer):
        told(an_account(), an_account(), title="=SUM(A1)", url="/proposals/7/")
        Delivery.objects.update(state="sent")
        answer = client.get(DESK, {"format": "csv"})
        head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert head[:3] == ["때", "알린 것", "대상"]
        assert row == [
            "2021-04-07 12:00", "제안을 하기로 했어요", "'=SUM(A1)", "/proposals/7/", "금천구", "2", "0", "2", "0", "0", "0", "0", "0",
        ]  # fmt: skip
        assert "20210407.csv" in answer["Content-Disposition"]

    def test_as_a_sheet(self, client, officer):
        told(an_account())
        sheet = client.get(DESK, {"format": "xlsx"}).content
        assert "제안을 하기로 했어요" in zipfile.ZipFile(io.BytesIO(sheet)).read("xl/sharedStrings.xml").decode()

    def test_empty(self, client, officer):
        assert len(list(csv.reader(io.StringIO(client.get(DESK, {"format": "csv"}).content.decode("utf-8-sig"))))) == 1


class TestPrivacy:
    def test_nobody_is_named_and_no_address_shown(self, client, officer):
        person = with_a_phone(a_resident(name="복숭아").account, "010-7777-1234")
        prefers(person, "now", "now")
        notice = not_sent(person, an_account("secretname"), kind="comment.hidden", key="hidden", title="평상", why="심한 말")
        Delivery.objects.update(state="failed", problem=f"550 {person.email} unknown")
        pages = [DESK, FAILURES, f"{FAILURES}?channel=mail&problem=other", detail(notice), f"{DESK}?format=csv"]
        for page in pages:
            shown = client.get(page).content.decode()
            for private in ("복숭아", "secretname", person.username, person.email, "010-7777", "심한 말", "550"):
                assert private not in shown, f"{private} on {page}"
        assert "평상" in main(client.get(DESK))

    def test_what_is_about_the_person_has_no_matter(self, client, officer):
        _messages["account.tested"] = Message("account.tested", "account", "확인: %(title)s", "본문")
        try:
            notice = a_notice(kind="account.tested", title="비밀", url="/account/")
            assert matter(notice) == ""
            shown = main(client.get(DESK)) + main(client.get(detail(notice)))
            assert "확인: …" in shown
            assert "비밀" not in shown
        finally:
            del _messages["account.tested"]

    def test_every_kind_is_said_without_facts(self):
        assert all("%(" not in kind_words(kind) and "–" not in kind_words(kind) for kind in messages())


class TestDetail:
    def test_how_far_it_came(self, client, officer):
        people = [with_a_phone(an_account()) for _n in range(3)]
        prefers(people[0], "now", "now")
        prefers(people[1], "digest")
        told(*people, an_account(email=""))
        Delivery.objects.filter(state="waiting", channel="mail").update(state="sent", sent_at=NOON)
        Delivery.objects.filter(channel="text").update(state="failed", problem="interrupted")
        for notice in Notice.objects.all():
            page = client.get(detail(notice)).context
            assert (page["told"].people, page["only_inbox"]) == (4, 1)
            assert [(w.channel, dict(w.states), w.first) for w in page["ways"]] == [
                ("mail", {"digest": 1, "sent": 2}, NOON), ("text", {"failed": 1}, None),
            ]  # fmt: skip
            assert [(t.channel, t.problem, t.count) for t in page["troubles"]] == [("text", "interrupted", 1)]

    def test_leads_to_its_own_failures(self, client, officer):
        notice = not_sent(an_account(), an_account(), key="mine")
        not_sent(an_account(), key="other", at=NOON + timedelta(minutes=1))
        link = f"{FAILURES}?channel=mail&amp;problem=unreachable&amp;notice={notice.pk}"
        assert link in client.get(detail(notice)).content.decode()
        page = client.get(FAILURES, {**ONE_GROUP, "notice": notice.pk})
        assert page.context["trouble"].count == 2
        answer = client.post(f"{FAILURES}?channel=mail&problem=unreachable&notice={Notice.objects.order_by('-pk')[1].pk}")
        assert answer.url == detail(notice)
        assert states() == [("mail", "waiting"), ("mail", "waiting"), ("mail", "failed")]
        assert "다시 보내게 했습니다" in main(client.get(detail(notice)))

    def test_what_is_not_there(self, client, officer):
        for pk in (0, 10**18, 10**30):
            assert client.get(f"{DESK}{pk}/").status_code == 404
            assert client.get(FAILURES, {**ONE_GROUP, "notice": pk}).status_code == 404


class TestFailures:
    def test_by_channel_and_reason(self, client, officer):
        not_sent(an_account(), an_account(), key="one")
        not_sent(an_account(), key="two", problem="interrupted", at=NOON + timedelta(hours=1))
        not_sent(an_account(), key="three", problem="a word of old")
        not_sent(an_account(), key="four", problem="another word of old")
        found = client.get(FAILURES).context["troubles"]
        assert [(t.problem, t.count, t.people) for t in found] == [("unreachable", 2, 2), ("interrupted", 1, 1), ("other", 2, 2)]
        assert client.get(FAILURES, {"kind": "ballot.counted"}).context["troubles"] == []

    def test_one_group(self, client, officer):
        not_sent(an_account(), an_account(email=""), an_account(), key="one")
        answer = client.get(FAILURES, ONE_GROUP)
        assert (answer.context["trouble"].count, answer.context["retryable"]) == (2, 2)
        assert [r.people for r in answer.context["rows"]] == [3]
        assert "보내는 서버와 이어지지 않음" in main(answer)
        assert "두 번 받는 사람" not in main(answer)

    @pytest.mark.parametrize("odd", [{"channel": "pigeon", "problem": "busy"}, {"channel": "mail", "problem": "x"}, {"problem": "busy"}])
    def test_a_group_there_is_not_is_all_of_them(self, client, officer, odd):
        not_sent(an_account())
        assert len(client.get(FAILURES, odd).context["troubles"]) == 1
        assert client.post(f"{FAILURES}?channel=pigeon&problem=busy").status_code == 200
        assert states() == [("mail", "failed")]

    @pytest.mark.parametrize("notice", ["x", "-1", "²", ""])
    def test_an_odd_deed_is_none(self, client, officer, notice):
        not_sent(an_account())
        assert client.get(FAILURES, {**ONE_GROUP, "notice": notice}).context["trouble"].count == 1

    def test_empty(self, client, officer):
        assert "보내지 못한 알림이 없습니다" in main(client.get(FAILURES))
        assert "이 까닭으로 보내지 못한 알림이 없습니다" in main(client.get(FAILURES, ONE_GROUP))


class TestRetrying:
    def test_again(self, client, officer):
        not_sent(an_account(), an_account())
        answer = client.post(f"{FAILURES}?channel=mail&problem=unreachable", follow=True)
        assert "2건을 다시 보냅니다" in main(answer)
        assert set(states()) == {("mail", "waiting")}
        assert AuditEntry.objects.get(verb="notice.retried").account_id == officer.pk

    def test_twice_is_once(self, client, officer):
        not_sent(an_account())
        address = f"{FAILURES}?channel=mail&problem=unreachable"
        assert client.post(address).status_code == 302
        again = client.post(address)
        assert again.status_code == 403
        assert "다시 보낼 알림이 없습니다" in again.content.decode()
        assert AuditEntry.objects.filter(verb="notice.retried").count() == 1

    def test_what_was_interrupted_only_knowingly(self, client, officer):
        not_sent(an_account(), problem="interrupted")
        address = f"{FAILURES}?channel=mail&problem=interrupted"
        answer = client.post(address)
        assert answer.status_code == 422
        assert "두 번 갈 수 있다는 것을 안다고 표시해 주십시오" in main(answer)
        assert states() == [("mail", "failed")]
        assert client.post(address, {"knowingly": "on"}).status_code == 302
        assert states() == [("mail", "waiting")]

    def test_only_the_days_on_the_page(self, client, officer):
        not_sent(an_account(), key="old", at=kst(2020, 6, 1))
        not_sent(an_account(), key="new")
        client.post(f"{FAILURES}?channel=mail&problem=unreachable")
        assert states() == [("mail", "failed"), ("mail", "waiting")]
        client.post(f"{FAILURES}?channel=mail&problem=unreachable&since=2020-01-01")
        assert states() == [("mail", "waiting"), ("mail", "waiting")]

    def test_looking_at_another_date_sends_nothing(self, client, officer):
        not_sent(an_account())
        session = client.session
        session["preview_on"] = date(2021, 5, 1).isoformat()
        session.save()
        assert client.post(f"{FAILURES}?channel=mail&problem=unreachable").status_code == 403
        assert states() == [("mail", "failed")]


class TestWrongPerson:
    @pytest.fixture
    def pages(self):
        notice = not_sent(an_account(), title="골목 그늘막")
        return [DESK, f"{DESK}?format=csv", detail(notice), FAILURES, f"{FAILURES}?channel=mail&problem=unreachable"]

    def test_a_visitor_signs_in_first(self, client, pages):
        for page in pages:
            assert "/account/login/" in client.get(page).url
            assert "/account/login/" in client.post(page).url
        assert states() == [("mail", "failed")]

    @pytest.mark.parametrize("role", [None, "department_officer", "dong_officer"])
    def test_others_are_told_why(self, client, pages, role):
        sign_in(client, an_official(a_town(), role) if role else a_resident())
        for page in pages:
            for answer in (client.get(page), client.post(page)):
                assert answer.status_code == 403
                assert "골목 그늘막" not in answer.content.decode()
        assert states() == [("mail", "failed")]

    def test_a_closed_desk_is_opened_first(self, client, pages):
        sign_in(client, an_official(a_town(), desk=False))
        for page in pages:
            assert reverse("residents:open_desk") in client.get(page).url
            client.post(page)
        assert states() == [("mail", "failed")]

    @pytest.mark.parametrize("role", ["moderator", "mayor_office"])
    def test_readers_read_and_do_not_send(self, client, pages, role):
        sign_in(client, an_official(a_town(), role))
        assert {client.get(page).status_code for page in pages} == {200}
        assert "csrfmiddlewaretoken" not in main_markup(client.get(pages[-1]))
        assert client.post(pages[-1]).status_code == 403
        assert states() == [("mail", "failed")]

    def test_another_towns_notices_are_not_there(self, client, pages):
        seoul = a_town().place.parent
        other = Place.objects.create(
            parent=seoul, level="district", code="1100000001", slug="other", name="다른구", name_en="Other-gu", order=9
        )
        Notice.objects.update(place=other)
        sign_in(client, an_official(a_town(), "site_admin"))
        assert not client.get(DESK).context["rows"]
        assert not client.get(FAILURES).context["troubles"]
        assert client.get(pages[2]).status_code == 404
        assert client.get(FAILURES, {**ONE_GROUP, "notice": Notice.objects.get().pk}).status_code == 404
        assert client.post(pages[-1]).status_code == 403
        assert states() == [("mail", "failed")]


def main_markup(answer):
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


def test_queries(client, query_counts):
    a_town()
    sign_in(client, an_official(a_town(), "coordinating_officer"))
    first, *_rest = [not_sent(an_account(), an_account(), key=f"few{n}", at=NOON - timedelta(minutes=n)) for n in range(3)]
    pages = {
        "notices:desk_list": DESK,
        "notices:desk_detail": detail(first),
        "notices:desk_failures": FAILURES,
        "notices:desk_failures#one": f"{FAILURES}?channel=mail&problem=unreachable",
    }
    for name, address in pages.items():
        query_counts.page(name, lambda address=address: client.get(address))
    reasons = ("unreachable", "busy", "interrupted", "other")
    for n in range(37):
        not_sent(an_account(), key=f"many{n}", kind=("project.finished", "comment.replied")[n % 2], name="옆집", problem=reasons[n % 4])
    with clock.fixed(kst(2021, 4, 7, 12, 1)):
        for name, address in pages.items():
            query_counts.page(name, lambda address=address: client.get(address))
