"""The audit log with its filters and files, and what a town decides about itself from a date on."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.html import escape
from openpyxl import load_workbook

from madang.ground import clock
from madang.ground.audit import seal
from madang.ground.clock import kst
from madang.ground.models import AuditEntry, Place, PlaceSettings
from madang.ground.town import forget_towns, town_of
from madang.site.desk import LABELS
from tests import NOON
from tests.ground.makers import a_deed
from tests.proposals.makers import a_proposal
from tests.residents.makers import a_resident, a_town, actor_of, an_official, open_desk_for, sign_in

pytestmark = pytest.mark.django_db
AUDIT, SETTINGS, HOME = (reverse(n) for n in ("site:audit", "site:desk_settings", "site:home"))


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def admin(client):
    account = an_official(role="site_admin")
    sign_in(client, account)
    return account


def count(client, **asked):
    """How many entries the log says it found."""
    return int(re.search(r'감사 기록 <span class="tint">([\d,]+)', text(client.get(AUDIT, asked)))[1].replace(",", ""))


class TestAudit:
    def test_who_did_what_when_in_words(self, client, admin):
        proposal = a_proposal(author=a_resident(name="복숭아"))
        html = text(client.get(AUDIT, {"subject": f"proposal/{proposal.pk}"}))
        assert "제안을 접수했습니다" in html or "proposal.submitted" in html
        assert f"proposal/{proposal.pk}" in html
        assert "주민 #" in html
        assert "복숭아" not in html  # numbers, never names

    def test_by_verb_matter_account_and_day(self, client, admin):
        first, second = a_proposal(), a_proposal()
        a_deed(at=kst(2021, 3, 31, 23, 59))
        a_deed(at=kst(2021, 4, 1, 0, 1))
        everything = count(client)
        assert everything == AuditEntry.objects.count()
        assert count(client, verb="proposal.submitted") == 2
        assert count(client, subject=f"proposal/{first.pk}") < everything
        assert count(client, subject=f"proposal/{first.pk}", verb="proposal.submitted") == 1
        author = AuditEntry.objects.get(verb="proposal.submitted", subject=f"proposal/{second.pk}").account_id
        assert count(client, account=str(author), verb="proposal.submitted") == 1
        assert count(client, until="2021-03-31") == 1  # the day of Seoul, not of Greenwich
        assert count(client, since="2021-04-01", until="2021-04-01") == 1
        assert count(client, since="2021-04-02", until="2021-04-01") == 0

    @pytest.mark.parametrize(
        "asked",
        [
            {"verb": "no.such"},
            {"subject": "\x00"},
            {"subject": "'; DROP TABLE"},
            {"account": "9" * 30},
            {"account": "-1"},
            {"account": "²"},
            {"account": "٣"},
            {"since": "0001-01-01"},
            {"until": "9999-12-31"},
            {"page": "x"},
            {"page": "-5"},
            {"page": "9" * 40},
            {"subject": "가" * 5000},
            {"verb": "🌳"},
        ],
    )
    def test_odd_questions(self, client, admin, asked):
        assert client.get(AUDIT, asked).status_code == 200
        assert client.get(AUDIT, {**asked, "format": "csv"}).status_code == 200

    @pytest.mark.parametrize("day", ["어제", "2021-13-01", "2021-02-30", "1" * 5000])
    def test_a_day_nobody_can_read_is_said(self, client, admin, day):
        html = text(client.get(AUDIT, {"since": day}))
        assert "날짜는 2021-05-01처럼 적어 주십시오" in html

    def test_what_was_asked_stays_in_the_fields_and_the_files(self, client, admin):
        a_proposal()
        html = text(client.get(AUDIT, {"verb": "proposal.submitted", "since": "2021-04-01"}))
        assert "<option selected>proposal.submitted</option>" in html
        assert 'value="2021-04-01"' in html
        assert escape("?verb=proposal.submitted&since=2021-04-01&format=csv") in html

    def test_another_towns_deeds_are_not_here(self, client, admin):
        other = Place.objects.create(code="1153000000", level="district", slug="guro", name="구로구", name_en="Guro-gu")
        dong = Place.objects.create(
            parent=other, code="1153010100", level="dong", slug="sindorim", name="신도림동", name_en="Sindorim-dong"
        )
        before = count(client)
        a_deed(place=other)
        a_deed(place=dong)
        assert count(client) == before
        a_deed(place=a_town().dong("doksan2"))
        assert count(client) == before + 1

    def test_seals_are_counted(self, client, admin):
        a_deed()
        assert "봉인 0개" in text(client.get(AUDIT))
        made = seal(at=NOON)
        html = text(client.get(AUDIT))
        assert "봉인 1개, 아직 봉인하지 않은 기록 0건" in html
        assert made.digest[:16] in html

    def test_as_a_file(self, client, admin):
        proposal = a_proposal()
        asked = {"verb": "proposal.submitted"}
        answer = client.get(AUDIT, {**asked, "format": "csv"})
        assert answer["Content-Type"].startswith("text/csv")
        assert "20210407.csv" in answer["Content-Disposition"]
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert f"proposal/{proposal.pk}" in lines[1]
        assert "2021-04-07 12:00" in lines[1]
        sheet = load_workbook(BytesIO(client.get(AUDIT, {**asked, "format": "xlsx"}).content)).active
        assert sheet.max_row == 2
        assert sheet["C2"].value == "proposal.submitted"
        whole = client.get(AUDIT, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
        assert len(whole) == AuditEntry.objects.count() + 1

    def test_more_than_a_page(self, client, admin):
        for n in range(60):
            a_deed(fields=[str(n)])
        total = count(client)
        first, second = (text(client.get(AUDIT, {"page": p})).count("<tr>") - 1 for p in (1, 2))
        assert (first, second) == (50, total - 50)

    def test_in_english_every_sentence_is(self, client, admin):
        a_proposal()
        html = text(client.get(AUDIT, headers={"accept-language": "en"}))
        table = html.split("<tbody>")[1].split("</tbody>")[0]
        sentences = re.findall(r'<td data-th="[^"]*">([^<]*) <small', table)
        assert sentences
        for sentence in sentences:
            assert re.match("[A-Z0-9]", sentence), sentence

    def test_the_same_number_of_queries_with_few_and_many(self, client, admin, query_counts):
        a_proposal()
        seal(at=NOON)
        query_counts.page("site:audit", lambda: client.get(AUDIT))
        for n in range(60):
            a_deed(fields=[str(n)])
        a_proposal()
        query_counts.page("site:audit", lambda: client.get(AUDIT))


def given(client, **changes):
    """The form as the page shows it, with changes."""
    form = client.get(SETTINGS).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {**{k: "" if v is None else str(v) for k, v in shown.items()}, "from_on": "2021-04-07", "reason": "의회에서 정함", **changes}


def errors(answer):
    """Sentences by the field they stand beside."""
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


class TestSettings:
    def test_each_setting_has_its_words(self, client, admin):
        html = text(client.get(SETTINGS))
        for label in LABELS.values():
            assert escape(str(label)) in html, label

    def test_from_today_on(self, client, admin, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(SETTINGS, given(client, phone="02-111-2222", endorsement_threshold="30"))
        assert answer.status_code == 302
        row = PlaceSettings.objects.get(from_on=date(2021, 4, 7))
        assert row.data == {"phone": "02-111-2222", "endorsement_threshold": 30}  # only what differs
        assert "02-111-2222" in text(client.get(HOME))
        html = text(client.get(SETTINGS))
        assert "의회에서 정함" in html
        entry = AuditEntry.objects.filter(verb="place.settings_changed").latest("pk")
        assert entry.account_id == admin.pk
        assert entry.kept["fields"] == ["endorsement_threshold", "phone"]

    def test_from_a_day_to_come_and_not_before(self, client, admin):
        client.post(SETTINGS, given(client, from_on="2021-05-01", phone="02-333-4444"))
        forget_towns()
        assert "02-333-4444" not in text(client.get(HOME))
        with clock.fixed(kst(2021, 4, 30, 23, 59)):
            forget_towns()
            assert "02-333-4444" not in text(client.get(HOME))
        with clock.fixed(kst(2021, 5, 1, 0, 0)):
            forget_towns()
            assert "02-333-4444" in text(client.get(HOME))

    def test_the_past_keeps_its_own(self, client, admin):
        client.post(SETTINGS, given(client, endorsement_threshold="50"))
        forget_towns()
        town = town_of(a_town().pk)
        assert town.settings(date(2021, 4, 6)).endorsement_threshold == 20
        assert town.settings(date(2021, 4, 7)).endorsement_threshold == 50

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("hue", "361", "360"),
            ("hue", "열", ""),
            ("hue", "1.5", ""),
            ("chroma", "0.5", "0.13"),
            ("chroma", "nan", ""),
            ("chroma", "inf", ""),
            ("round", "-1", "0"),
            ("endorsement_threshold", "0", "1"),
            ("endorsement_threshold", "9" * 30, "100000"),
            ("desk_minutes", "1", "5"),
            ("proof_months", "121", "120"),
            ("site_name", "가" * 401, "400"),
            ("phone", "800101-1234567", "주민등록번호"),
            ("from_on", "", ""),
            ("from_on", "내일", ""),
            ("from_on", "2021-02-30", ""),
            ("reason", "", ""),
            ("reason", "가" * 201, "200"),
            ("hue", "50", "40도"),
            ("time_hue", "90", "40도"),
            ("extra_holidays", "2021-05-01, 내일", "2021-05-01처럼"),
            ("extra_holidays", "2021-02-30", "2021-05-01처럼"),
            ("categories", "", "하나 이상"),
            ("categories", "공원, 공원", "서로 달라야"),
        ],
    )
    def test_a_value_that_does_not_hold_is_answered_beside_its_field(self, client, admin, field, value, words):
        if field == "time_hue":
            a_town(hue=120)
        rows = PlaceSettings.objects.count()
        sent = given(client, phone="02-555-6666") | {field: value}
        answer = client.post(SETTINGS, sent)
        assert answer.status_code == 422
        assert set(errors(answer)) == {field}
        assert words in str(errors(answer)[field]).replace(",", "") or words in str(errors(answer)[field])
        html = text(answer)
        assert f'id="id_{field}_error"' in html
        assert f'href="#id_{field}"' in html
        if field != "phone":
            assert "02-555-6666" in html  # nothing typed is lost
        assert PlaceSettings.objects.count() == rows

    def test_two_colours_that_hold_alone_and_not_together(self, client, admin):
        answer = client.post(SETTINGS, given(client, hue="125", time_hue="86"))
        assert answer.status_code == 422
        assert "40도" in str(errors(answer)["__all__"])

    def test_two_colours_that_hold_together_and_not_alone(self, client, admin):
        a_town(hue=100, time_hue=42)
        answer = client.post(SETTINGS, given(client, hue="45", time_hue="90"))
        assert answer.status_code == 302

    def test_what_would_not_hold_later_is_refused_now(self, client, admin):
        """A change already planned for May would meet this one."""
        assert client.post(SETTINGS, given(client, from_on="2021-05-01", time_hue="90")).status_code == 302
        forget_towns()
        rows = PlaceSettings.objects.count()
        answer = client.post(SETTINGS, given(client, hue="100"))
        assert answer.status_code == 422
        assert "40도" in str(errors(answer)["__all__"])
        assert PlaceSettings.objects.count() == rows
        forget_towns()
        assert client.get(HOME).status_code == 200

    def test_nothing_changed_is_said(self, client, admin):
        answer = client.post(SETTINGS, given(client))
        assert answer.status_code == 422
        assert "바뀐 것이 없습니다" in text(answer)
        assert client.post(SETTINGS, {}).status_code == 422

    def test_lists_are_read_by_their_commas(self, client, admin):
        client.post(SETTINGS, given(client, categories=" 공원 ,안전,, 교육 ", extra_holidays="2021-05-01,2021-06-04"))
        forget_towns()
        now = town_of(a_town().pk).settings(date(2021, 4, 7))
        assert now.categories == ("공원", "안전", "교육")
        assert now.extra_holidays == ("2021-05-01", "2021-06-04")

    def test_twice_on_one_day_is_one_row_with_both(self, client, admin):
        client.post(SETTINGS, given(client, phone="02-1"))
        forget_towns()
        client.post(SETTINGS, given(client, department="자치행정과"))
        assert PlaceSettings.objects.get(from_on=date(2021, 4, 7)).data == {"phone": "02-1", "department": "자치행정과"}

    def test_letters_that_would_break_a_page_do_not(self, client, admin):
        client.post(SETTINGS, given(client, site_name="<b>마당</b>{{ x }}", address="\u202e금천\u0000구 {% y %}"))
        forget_towns()
        html = text(client.get(HOME))
        assert "&lt;b&gt;마당&lt;/b&gt;" in html
        assert "\u202e" not in html

    def test_a_percent_sign_does_not_break_the_pages_that_name_the_town(self, client, admin):
        client.post(SETTINGS, given(client, organ="100% 금천 %(x)s", organ_en="100%", site_name="%s"))
        forget_towns()
        for address in (HOME, reverse("site:page", args=["privacy"]), reverse("site:page", args=["copyright"])):
            assert client.get(address).status_code == 200
            assert client.get(address, headers={"accept-language": "en"}).status_code == 200

    def test_the_desk_may_stay_open_as_long_as_the_town_says(self, client, admin):
        client.post(SETTINGS, given(client, desk_minutes="600"))
        forget_towns()
        account = an_official(role="moderator", desk=False)
        open_desk_for(account)
        assert actor_of(account, at=NOON + timedelta(minutes=590)).desk_open

    def test_queries(self, client, admin, query_counts):
        query_counts.page("site:desk_settings", lambda: client.get(SETTINGS))
        for n in range(5):
            client.post(SETTINGS, given(client, from_on=f"2021-05-0{n + 1}", phone=f"02-{n}"))
        forget_towns()
        query_counts.page("site:desk_settings", lambda: client.get(SETTINGS))
