"""Pages: what one sees, what one may do, and that nothing picked or typed is lost."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madang.ballots import actions, onward
from madang.ballots.models import Ballot
from madang.ground import clock
from madang.ground.actor import SYSTEM, Proof
from madang.ground.models import Place
from madang.ground.town import forget_towns
from madang.methods.voting.election import Project
from madang.methods.voting.papers import count_papers
from madang.methods.voting.rules import Rule
from madang.proposals.onward_links import Link
from tests import NOON
from tests.ballots.makers import CLOSES, a_ballot, a_ballot_step, a_counted_ballot, voted
from tests.proposals.makers import a_shortlisted_proposal
from tests.residents.makers import a_paper_resident, a_resident, a_town, actor_of, an_official, open_desk_for, sign_in

pytestmark = pytest.mark.django_db
AFTER = CLOSES + timedelta(minutes=1)
ODD = ["1", "２", "1e3", "0x1", "", " 1", "1\u200b", "\u202e1"]


def at(name, *args):
    return reverse(f"ballots:{name}", args=args)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


class TestReading:
    def test_the_list_shows_what_is_open_first(self, client):
        a_ballot(title="열린 투표")
        a_ballot(title="준비 중 투표", noticed=False)
        a_counted_ballot(title="끝난 투표")
        shown = text(client.get(at("list")))
        assert shown.index("열린 투표") < shown.index("끝난 투표")
        assert "준비 중 투표" not in shown

    def test_an_empty_town(self, client):
        a_town()
        assert "지금 열린 투표가 없어요" in text(client.get(at("list")))

    def test_the_page_of_a_vote(self, client):
        ballot = a_ballot()
        voted(ballot, (1,), (2,))
        shown = text(client.get(at("detail", ballot.pk)))
        for words in (
            "비법정·정책참고",
            "2006년생까지",
            "18,000명",
            "독산2동",
            "골목 그늘막 세 곳",
            "3,000만원",
            "동주민센터 3층",
            "02-2627-0000",
        ):
            assert words in shown
        assert '<p class="figure-big">2' in shown

    def test_drafts_are_the_desks(self, client):
        ballot = a_ballot(noticed=False)
        for name in ("detail", "vote", "review", "check", "result", "notice"):
            assert client.get(at(name, ballot.pk)).status_code == 404
        sign_in(client, an_official())
        assert client.get(at("detail", ballot.pk)).status_code == 200

    def test_another_towns_votes_are_not_found(self, client):
        ballot = a_ballot()
        seoul = Place.objects.get(slug="seoul")
        Place.objects.create(parent=seoul, level="district", slug="gwanak", code="1162000000", name="관악구", hosts="testserver")
        forget_towns()
        for name in ("detail", "vote", "result"):
            assert client.get(at(name, ballot.pk)).status_code == 404

    def test_no_votes_before_the_count(self, client):
        ballot = a_ballot()
        voted(ballot, *[(1,)] * 7)
        for url in (at("detail", ballot.pk), at("result", ballot.pk), at("list")):
            assert "7표" not in text(client.get(url))
        assert client.get(at("papers", ballot.pk, "csv")).status_code == 403
        assert client.get(at("papers", ballot.pk, "json")).status_code == 403

    def test_a_step_leads_to_its_vote(self, client):
        ballot = a_ballot()
        assert client.get(at("of_step", ballot.step_id)).url == at("detail", ballot.pk)
        step = a_ballot_step()
        assert client.get(at("of_step", step.pk)).url.startswith(reverse("processes:detail", args=[step.process_id]))

    def test_the_notice_can_be_printed(self, client):
        ballot = a_ballot()
        shown = text(client.get(at("notice", ballot.pk)))
        for words in (ballot.seed_commitment, "30,000,000", "2021. 4. 6.", "비법정·정책참고"):
            assert words in shown


class TestPicking:
    def test_a_visitor_may_look_and_pick(self, client):
        ballot = a_ballot()
        answer = client.post(at("vote", ballot.pk), {"pick": ["1", "3"]})
        assert answer.url == at("review", ballot.pk)
        shown = text(client.get(answer.url))
        assert "학교 앞 바닥 조명" in shown
        assert reverse("account_login") in shown

    def test_the_basket_stays_through_a_filter_without_scripts(self, client):
        ballot = a_ballot(filled=False)
        proposals = [a_shortlisted_proposal(title=f"사업 {n}", category=c) for n, c in enumerate(["안전·교통", "환경·공원", "환경·공원"])]
        actions.fill(ballot=ballot, proposals=proposals, actor=SYSTEM, at=NOON)
        actions.announce(ballot=ballot, actor=SYSTEM, at=NOON)
        answer = client.post(at("vote", ballot.pk), {"pick": ["1"], "show": "환경·공원"}, follow=True)
        shown = text(answer)
        assert '<input type="hidden" name="keep" value="1">' in shown
        assert 'id="pick-1"' not in shown
        assert "<span data-picked>1</span>개</b> 골랐어요" in shown
        answer = client.post(at("vote", ballot.pk), {"keep": ["1"], "pick": ["2"], "review": "1"})
        assert client.session["baskets"][str(ballot.pk)] == [2, 1]

    def test_searching_finds_and_keeps(self, client):
        ballot = a_ballot()
        shown = text(client.post(at("vote", ballot.pk), {"pick": ["2"], "find": "1", "q": "그늘막"}, follow=True))
        assert 'id="pick-1"' in shown
        assert 'id="pick-3"' not in shown
        assert 'name="keep" value="2"' in shown

    def test_too_many_says_so_and_keeps_them(self, client):
        ballot = a_ballot()
        answer = client.post(at("vote", ballot.pk), {"pick": ["1", "2", "3", "4"]})
        assert answer.status_code == 422
        shown = text(answer)
        assert "3개까지 고를 수 있는데 4개를 골랐어요" in shown
        assert len(re.findall(r'id="pick-\d" checked', shown)) == 4

    def test_nothing_picked(self, client):
        assert client.post(at("vote", a_ballot().pk), {}).status_code == 422

    def test_a_tap_is_kept(self, client):
        ballot = a_ballot()
        assert client.post(at("basket", ballot.pk), {"pick": ["2", "99", "x"]}).status_code == 204
        assert 'value="2" id="pick-2" checked' in text(client.get(at("vote", ballot.pk)))
        assert client.post(at("basket", ballot.pk), {}).status_code == 204
        assert "baskets" not in client.session or not client.session["baskets"]

    def test_the_basket_survives_signing_in(self, client):
        ballot, voter = a_ballot(), a_resident()
        client.post(at("basket", ballot.pk), {"pick": ["2"]})
        client.post(reverse("account_login"), {"login": voter.account.username, "password": "madang-2021-test"})
        assert client.session["baskets"][str(ballot.pk)] == [2]

    def test_who_may_not_is_told_the_way(self, client):
        ballot = a_ballot()
        sign_in(client, a_resident(proof=Proof.CONTACT))
        for name in ("detail", "vote"):
            shown = text(client.get(at(name, ballot.pk)))
            assert "사는 곳을 확인해야 해요" in shown
            assert reverse("residents:proof") in shown

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        picks=st.lists(
            st.one_of(st.integers(-3, 9).map(str), st.text(max_size=8), st.sampled_from(["1", "２", "1e3", "0x1", "", " 1"])), max_size=9
        )
    )
    def test_whatever_is_sent(self, client, picks):
        ballot = Ballot.objects.select_related("step", "place").first() or a_ballot()
        answer = client.post(at("vote", ballot.pk), {"pick": picks})
        assert answer.status_code in (302, 422)
        assert client.get(at("vote", ballot.pk)).status_code == 200
        assert client.post(at("review", ballot.pk), {"pick": picks}).status_code in (302, 422)


class TestCasting:
    def test_from_basket_to_receipt(self, client):
        ballot, voter = a_ballot(), a_resident()
        sign_in(client, voter)
        client.post(at("vote", ballot.pk), {"pick": ["1", "4"]})
        answer = client.post(at("review", ballot.pk), {"pick": ["1", "4"]})
        assert answer.url == at("receipt", ballot.pk)
        paper = ballot.papers.get()
        shown = text(client.get(answer.url))
        assert paper.receipt in shown
        assert "작은도서관 밤 열기" in shown
        assert "남에게 알려 주지 마세요" in shown
        assert not client.session.get("baskets")

    def test_the_server_keeps_no_receipt_beside_a_name(self, client):
        ballot, voter = a_ballot(), a_resident()
        sign_in(client, voter)
        answer = client.post(at("review", ballot.pk), {"pick": ["1", "4"]})
        code = ballot.papers.get().receipt
        assert code not in answer.url
        assert code not in json.dumps(dict(client.session.items()))
        cookie = answer.cookies[f"vote-{ballot.pk}"]
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["max-age"], cookie["path"]) == ("Strict", 900, at("receipt", ballot.pk))
        assert client.get(at("receipt", ballot.pk))["Cache-Control"] == "no-store"

    def test_nobody_else_at_this_computer_sees_it(self, client):
        ballot, voter = a_ballot(), a_resident()
        sign_in(client, voter)
        client.post(at("review", ballot.pk), {"pick": ["1"]})
        sign_in(client, a_resident())
        assert client.get(at("receipt", ballot.pk)).url == at("check", ballot.pk)

    def test_a_forged_receipt_is_no_receipt(self, client):
        ballot = a_ballot()
        client.cookies[f"vote-{ballot.pk}"] = "eyJjb2RlIjoiQUFBQSJ9:1:abc"
        assert client.get(at("receipt", ballot.pk)).url == at("check", ballot.pk)

    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ({"dong": "gasan"}, "독산2동에 사는 사람만"),
            ({"proof": Proof.PERSON}, "사는 곳을 확인해야"),
            ({"birth_year": 2010}, "15세(2006년생)부터"),
            ({"birth_year": None}, "태어난 해를 적어"),
        ],
    )
    def test_a_refusal_stands_beside_the_picks(self, client, who, words):
        ballot = a_ballot()
        sign_in(client, a_resident(**who))
        answer = client.post(at("review", ballot.pk), {"pick": ["1", "2"]})
        assert answer.status_code == 422
        shown = text(answer)
        assert words in shown
        assert "골목 그늘막 세 곳" in shown
        assert not ballot.papers.exists()
        assert client.session["baskets"][str(ballot.pk)] == [1, 2]

    def test_a_visitor_is_asked_in_with_the_picks_kept(self, client):
        ballot = a_ballot()
        answer = client.post(at("review", ballot.pk), {"pick": ["1"]})
        assert answer.status_code == 422
        assert client.session["baskets"][str(ballot.pk)] == [1]

    def test_after_the_end(self, client):
        ballot = a_ballot()
        sign_in(client, a_resident())
        with clock.fixed(AFTER):
            for name in ("vote", "review"):
                answer = client.post(at(name, ballot.pk), {"pick": ["1"]}, follow=True)
                assert "끝났어요" in text(answer)
        assert not ballot.papers.exists()

    def test_once_where_it_cannot_be_changed(self, client):
        ballot = a_ballot(may_change=False)
        sign_in(client, a_resident())
        client.post(at("review", ballot.pk), {"pick": ["1"]})
        answer = client.post(at("review", ballot.pk), {"pick": ["2"]})
        assert answer.status_code == 422
        assert "이미 투표했어요" in text(answer)
        assert ballot.papers.get().picks == [1]

    def test_looking_as_on_another_day_changes_nothing(self, client):
        ballot = a_ballot()
        officer = an_official()
        a_resident(account=officer)
        sign_in(client, officer)
        session = client.session
        session["preview_on"] = "2021-04-08"
        session.save()
        assert client.post(at("review", ballot.pk), {"pick": ["1"]}).status_code == 403
        assert not ballot.papers.exists()


class TestCode:
    def test_in_the_box_and_nothing_more_before_the_count(self, client):
        ballot = a_ballot()
        (code,) = voted(ballot, (1, 3))
        shown = text(client.post(at("check", ballot.pk), {"code": code.replace("-", " ").lower()}))
        assert "투표함에 있어요" in shown
        assert "학교 앞 바닥 조명" not in shown

    def test_what_stands_on_it_after_the_count(self, client):
        ballot = a_counted_ballot()
        paper = ballot.papers.filter(picks=[1, 3]).get()
        shown = text(client.post(at("check", ballot.pk), {"code": paper.receipt}))
        assert "이 번호의 표를 셌어요" in shown
        assert "학교 앞 바닥 조명" in shown
        assert "이 번호의 표를 셌어요" in text(client.get(at("receipt", ballot.pk, paper.receipt)))

    @pytest.mark.parametrize("code", ["0000-0000-00", "x", "<script>", "확인", "9" * 39])
    def test_not_found(self, client, code):
        assert "찾지 못했어요" in text(client.post(at("check", a_ballot().pk), {"code": code}))

    def test_empty(self, client):
        assert client.post(at("check", a_ballot().pk), {"code": ""}).status_code == 422


class TestResult:
    def test_what_was_decided_and_why(self, client):
        ballot = a_counted_ballot()
        shown = text(client.get(at("result", ballot.pk)))
        for words in (
            "8명이 투표해 3개 사업",
            "하기로 한 사업 3개",
            "이번에 못 한 사업 1개",
            "더 필요했어요",
            "성립 기준을 넘었어요",
            "비법정·정책참고",
        ):
            assert words in shown

    def test_too_few_voters(self, client):
        assert "성립 기준에 못 미쳤어요" in text(client.get(at("result", a_counted_ballot(quorum=100).pk)))

    def test_winners_lead_on(self, client, monkeypatch):
        ballot = a_counted_ballot()
        first = ballot.items.get(number=2)
        monkeypatch.setattr(onward.ITEMS, "sources", [])
        onward.register(lambda ids: {first.pk: [Link("지금 모습 보기", "/projects/5/")]} if first.pk in ids else {})
        assert 'href="/projects/5/">지금 모습 보기' in text(client.get(at("result", ballot.pk)))

    def test_anybody_counts_again(self, client):
        ballot = a_counted_ballot()
        told = json.loads(client.get(at("papers", ballot.pk, "json")).content)
        rows = list(csv.reader(StringIO(client.get(at("papers", ballot.pk, "csv")).content.decode("utf-8-sig"))))
        papers = [picks.split() for _code, picks in rows[1:]]
        assert sorted(papers) == sorted([str(n) for n in p["picks"]] for p in told["papers"])
        rule = Rule.of(told["rule"])
        again, _tally = count_papers(
            [Project(str(i["number"]), i["cost_won"]) for i in told["items"]], papers, told["budget_won"], rule, seed=told["seed"],
            max_picks=told["picks_max"], min_picks=told["picks_min"],
        )  # fmt: skip
        assert [int(n) for n in again.funded] == told["funded"] == ballot.tally.funded
        assert again.input_sha256 == told["input_sha256"]

    def test_papers_tell_nobody_and_no_order(self, client):
        ballot = a_counted_ballot()
        rows = list(csv.reader(StringIO(client.get(at("papers", ballot.pk, "csv")).content.decode("utf-8-sig"))))
        assert all(len(row) == 2 for row in rows)
        assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])

    def test_no_other_kind_of_file(self, client):
        assert client.get(at("papers", a_counted_ballot().pk, "exe")).status_code == 404


DESK = ("desk_detail", "desk_rules", "desk_fill", "desk_announce", "desk_close", "desk_count", "desk_roll", "desk_box")
RULES = {
    "title": "2021 독산2동 투표", "budget_won": "6천만원", "picks_min": "1", "picks_max": "3", "may_change": "on", "skips_too_large": "on",
    "quorum": "90", "min_age": "15", "reference_on": "2021-04-01", "min_proof": "3", "electorate_size": "18000",
    "electorate_source": "주민등록 인구", "rule": "greedy_votes",
}  # fmt: skip


class TestDesk:
    @pytest.mark.parametrize("name", DESK)
    def test_strangers_stay_out(self, client, name):
        url = at(name, a_ballot(noticed=name in ("desk_close", "desk_roll", "desk_box")).pk)
        assert client.get(url).status_code in (302, 404)
        sign_in(client, a_resident())
        assert client.get(url).status_code in (403, 404)
        sign_in(client, an_official(role="department_officer"))
        assert client.get(url).status_code == (200 if name == "desk_detail" else 403)
        sign_in(client, an_official(desk=False))
        assert client.get(url).status_code in (302, 404)

    def test_from_step_to_announcement(self, client):
        step = a_ballot_step()
        proposals = [a_shortlisted_proposal(title=f"사업 {n}") for n in range(3)]
        sign_in(client, an_official())
        assert client.get(at("desk_of_step", step.pk)).url == at("desk_new", step.pk)
        assert step.process.title in text(client.get(at("desk_list")))
        answer = client.post(at("desk_new", step.pk), RULES)
        ballot = Ballot.objects.get(step=step)
        assert (answer.url, ballot.budget_won) == (at("desk_fill", ballot.pk), 60_000_000)
        client.post(at("desk_fill", ballot.pk), {"proposals": [p.pk for p in proposals]})
        item = ballot.items.get(number=3)
        client.post(at("desk_drop", item.pk))
        client.post(at("desk_cost", ballot.items.first().pk), {"cost_won": "2,500만"})
        assert list(ballot.items.values_list("cost_won", flat=True)) == [25_000_000, 30_000_000]
        assert "2021. 4. 1." in text(client.get(at("desk_announce", ballot.pk))) or "4. 1." in text(
            client.get(at("desk_announce", ballot.pk))
        )
        client.post(at("desk_announce", ballot.pk))
        ballot.refresh_from_db()
        assert ballot.state == "noticed"
        assert client.get(at("desk_of_step", step.pk)).url == at("desk_detail", ballot.pk)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"picks_min": "4"}, "가장 많이 고르는 수보다"),
            ({"budget_won": "많이"}, "읽지 못했어요"),
            ({"picks_max": "abc"}, "picks_max"),
            ({"electorate_source": "800101-1234567"}, "주민등록번호"),
            ({"title": ""}, "적어 주세요"),
        ],
    )
    def test_bad_rules_keep_what_was_typed(self, client, wrong, words):
        sign_in(client, an_official())
        answer = client.post(at("desk_new", a_ballot_step().pk), {**RULES, "title": "내가 적은 이름", **wrong})
        assert answer.status_code == 422
        assert words in text(answer)
        assert "title" in wrong or "내가 적은 이름" in text(answer)

    def test_what_is_missing_is_listed(self, client):
        ballot = a_ballot(noticed=False, electorate_size=0)
        sign_in(client, an_official())
        shown = text(client.get(at("desk_detail", ballot.pk)))
        assert "투표할 수 있는 사람 수와 그 출처" in shown
        assert 'aria-disabled="true"' in shown
        answer = client.post(at("desk_announce", ballot.pk))
        assert answer.status_code == 422
        assert "갖출 것이 있습니다" in text(answer)

    def test_a_frozen_vote_answers_on_the_page(self, client):
        ballot = a_ballot()
        sign_in(client, an_official())
        assert "바꿀 수 없습니다" in text(client.post(at("desk_rules", ballot.pk), RULES))
        assert "바꿀 수 없습니다" in text(client.post(at("desk_cost", ballot.items.first().pk), {"cost_won": "5"}))
        assert client.post(at("desk_drop", ballot.items.first().pk)).status_code == 422

    def test_closing_and_counting_by_hand(self, client):
        ballot = a_ballot()
        voted(ballot, (1,), (2,))
        officer = an_official()
        sign_in(client, officer)
        assert client.post(at("desk_close", ballot.pk)).status_code == 422
        with clock.fixed(AFTER):
            open_desk_for(officer, at=AFTER)
            client.post(at("desk_close", ballot.pk))
            client.post(at("desk_count", ballot.pk))
        ballot.refresh_from_db()
        assert ballot.state == "counted"
        with clock.fixed(AFTER):
            assert client.post(at("desk_count", ballot.pk)).status_code == 422

    def test_the_counter_and_the_box(self, client):
        ballot, person = a_ballot(), a_paper_resident(name="골목 이웃")
        sign_in(client, an_official(a_town(), "dong_officer", "doksan2"))
        shown = text(client.post(at("desk_roll", ballot.pk), {"q": "골목"}))
        assert at("desk_mark", ballot.pk, person.pk) in shown
        url = at("desk_mark", ballot.pk, person.pk)
        assert client.post(url, {"channel": "hall"}).status_code == 422
        assert client.post(url, {"channel": "hall", "checked": "on"}).status_code == 302
        again = client.post(url, {"channel": "hall", "checked": "on"})
        assert again.status_code == 422
        assert "먼저 낸 표를 셉니다" in text(again)
        answer = client.post(at("desk_box", ballot.pk), {"channel": "hall", "numbers": "1 2 3 4"})
        assert answer.status_code == 422
        assert 'value="1 2 3 4"' in text(answer)
        assert client.post(at("desk_box", ballot.pk), {"channel": "hall", "numbers": "1, 4번"}).status_code == 302
        assert ballot.papers.get().picks == [1, 4]
        assert client.post(at("desk_box", ballot.pk), {"channel": "hall", "numbers": "1"}).status_code == 422

    @pytest.mark.parametrize("numbers", ["하나", "１", "1-2", "99999999999", "", "1;DROP"])
    def test_numbers_that_are_none(self, client, numbers):
        sign_in(client, an_official())
        assert client.post(at("desk_box", a_ballot().pk), {"channel": "hall", "numbers": numbers}).status_code == 422

    def test_somebody_of_another_dong_is_refused_at_the_counter(self, client):
        ballot, person = a_ballot(), a_paper_resident(dong="gasan")
        sign_in(client, an_official())
        assert "독산2동에 사는 사람만" in text(client.get(at("desk_mark", ballot.pk, person.pk)))

    @pytest.mark.parametrize("what", ["items", "turnout"])
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_lists_leave_as_files(self, client, what, kind):
        ballot = a_counted_ballot()
        sign_in(client, an_official())
        answer = client.get(at("desk_detail", ballot.pk), {"format": kind, "what": what})
        assert answer.status_code == 200
        assert f".{kind}" in answer["Content-Disposition"]
        assert client.get(at("desk_list"), {"format": kind}).status_code == 200

    def test_small_cells_are_hidden_on_the_desk_too(self, client):
        ballot = a_ballot()
        voted(ballot, *[(1,)] * 6)
        actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="postal", actor=actor_of(an_official()), at=NOON)
        sign_in(client, an_official())
        answer = client.get(at("desk_detail", ballot.pk), {"format": "csv", "what": "turnout"}).content.decode("utf-8-sig")
        assert "우편,숨김" in answer
        assert "온라인,숨김" in answer  # else the other could be found by subtraction


@pytest.mark.parametrize("name", ["list", "detail", "vote", "result", "desk_list", "desk_detail"])
def test_queries(client, query_counts, name):
    ballot = a_counted_ballot() if name in ("result", "list") else a_ballot()
    voter = a_resident()
    sign_in(client, an_official() if name.startswith("desk") else voter)
    url = at(name) if name in ("list", "desk_list") else at(name, ballot.pk)
    assert query_counts.page(f"ballots:{name}", lambda: client.get(url)).status_code == 200
