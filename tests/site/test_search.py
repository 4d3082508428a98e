"""Search for everybody: Korean words of two letters, odd signs, and nothing that is not public."""

import re
import unicodedata
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from madang.ballots import actions as ballots
from madang.deliberation import actions as questions
from madang.ground import clock, search
from madang.ground.actor import SYSTEM
from madang.ground.models import Place, SearchText
from madang.processes import actions as processes
from madang.proposals import actions as proposals
from madang.reports import actions as reports
from madang.site.finding import KINDS
from tests import NOON
from tests.ballots.makers import a_ballot
from tests.comments.makers import a_comment
from tests.deliberation.makers import BEFORE, a_question, a_question_step
from tests.projects.makers import a_running_project
from tests.proposals.makers import a_proposal, a_proposal_step
from tests.reports.makers import AFTER, a_published_paper, a_signed_paper, acting, an_officer
from tests.residents.makers import a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db
SEARCH = reverse("site:search")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def hits(client, q, **more):
    """The titles found."""
    answer = client.get(SEARCH, {"q": q, **more})
    assert answer.status_code == 200
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', text(answer))


class TestFinding:
    @pytest.mark.parametrize(
        "q",
        [
            "그늘",
            "늘막",
            "골목 그늘",
            "그늘막을",
            "막",
            "  그늘  ",
            "그늘, 골목!",
            "그늘\u200b막",
            "\u202e그늘\u202c",
            "그\u00ad늘",
            "그늘\x00",
        ],
    )
    def test_two_letters_anywhere_in_a_word(self, client, q):
        a_proposal(title="골목 그늘막을 놓아 주세요", body="여름에 덥습니다. 앉을 자리도 없습니다.")
        assert hits(client, q) == ["골목 그늘막을 놓아 주세요"]

    @pytest.mark.parametrize("q", ["없는말", "그늘 도서관", "늘그", "골목그늘"])
    def test_every_word_must_be_there(self, client, q):
        a_proposal(title="골목 그늘막을 놓아 주세요", body="여름에 덥습니다. 앉을 자리도 없습니다.")
        assert hits(client, q) == []
        assert "찾는 말이 들어 있는 것이 없어요" in text(client.get(SEARCH, {"q": q}))

    def test_letters_taken_apart_are_the_same_word(self, client):
        """A Mac types 그늘 as six letters."""
        a_proposal(title="골목 그늘막")
        assert hits(client, unicodedata.normalize("NFD", "그늘")) == ["골목 그늘막"]

    def test_latin_words_whatever_their_case_and_width(self, client):
        a_proposal(title="골목 LED 보안등")
        for q in ("led", "LED", "ＬＥＤ", "le"):
            assert hits(client, q) == ["골목 LED 보안등"], q

    def test_the_newest_first_and_by_kind(self, client):
        a_proposal(title="그늘 하나")
        a_question(wording="그늘을 어디에 놓을까요?")
        a_proposal(title="그늘 둘")
        assert hits(client, "그늘") == ["그늘 둘", "그늘을 어디에 놓을까요?", "그늘 하나"]
        assert hits(client, "그늘", kind="question") == ["그늘을 어디에 놓을까요?"]
        assert hits(client, "그늘", kind="ballot") == []
        assert len(hits(client, "그늘", kind="%%")) == 3

    def test_every_hit_leads_to_a_page_that_opens(self, client):
        a_proposal(title="그늘 제안")
        a_question(wording="그늘 물음일까요?")
        a_ballot(title="그늘 투표")
        a_running_project()
        with clock.fixed(AFTER):
            a_published_paper()
        rows = SearchText.objects.all()
        assert {"proposal", "question", "ballot", "project", "paper", "record"} <= {r.kind for r in rows} <= set(KINDS)
        for row in rows:
            assert client.get(row.url.split("#")[0]).status_code == 200, row.url

    def test_pages_of_many(self, client):
        town = a_town()
        for n in range(45):
            search.index(kind="proposal", subject_id=n + 1, place_id=town.pk, title=f"그늘 {n}", body="", url="/glossary/", at=NOON)
        assert len(hits(client, "그늘")) == 20
        assert hits(client, "그늘", page="3") == [f"그늘 {n}" for n in range(4, -1, -1)]
        for odd in ("x", "-1", "99999999999999999999", "²"):
            assert client.get(SEARCH, {"q": "그늘", "page": odd}).status_code == 200
        assert "‘그늘’ 45건" in text(client.get(SEARCH, {"q": "그늘"}))


class TestOddQuestions:
    def test_nothing_asked(self, client):
        a_proposal()
        for q in ("", " ", "\u3000", "\u200b", "\x00"):
            answer = client.get(SEARCH, {"q": q})
            assert answer.status_code == 200
            assert "card--link" not in text(answer)
        assert client.get(SEARCH).status_code == 200

    @pytest.mark.parametrize(
        "q",
        [
            "'", '"', "\\", "%", "_", "*", "그늘*", '"그늘', "그늘' OR 1=1 --", "AND", "OR NOT", "NEAR(그늘)", "그늘 & !막", "그늘:*",
            "(", ")", "-그늘", "<script>alert(1)</script>", "🌳", "🌳그늘", "👨‍👩‍👧", "\u202e\u200f\u200e", "\ufeff", "\u0000그늘\u0000",
            "\ud7a3", "ㄱ", "ㅏㅏ", "\U000e0041", "%00", "%2500", "a" * 80, "가" * 80,
        ],
    )  # fmt: skip
    def test_are_answered(self, client, q):
        a_proposal(title="골목 그늘막")
        answer = client.get(SEARCH, {"q": q})
        assert answer.status_code == 200
        assert "<script>alert" not in text(answer)

    def test_ten_million_letters(self, client):
        """Only the first eighty are looked for, and the page carries no more of them."""
        a_proposal(title="골목 그늘막")
        answer = client.get(SEARCH, {"q": "a" * 10_000_000})
        assert answer.status_code == 302
        assert len(answer.url) < 120
        assert client.get(answer.url).status_code == 200

    def test_ten_megabytes_sent_as_a_form_change_nothing(self, client):
        a_proposal(title="골목 그늘막")
        assert client.post(SEARCH, {"q": "a" * 10_000_000}).status_code < 500

    @pytest.mark.parametrize("raw", ["q=%FF%FE", "q=%ED%A0%80", "q=%C0%80", "%00=%00", "q=%E2%80%8B", "q", "&&&", "q=1&q=2", "q[]=그늘"])
    def test_broken_addresses(self, client, raw):
        a_proposal(title="골목 그늘막")
        assert client.get(f"{SEARCH}?{raw}").status_code == 200


class TestNothingPrivate:
    def test_what_is_not_opened_or_was_taken_back(self, client):
        a_proposal(is_open=False, title="비밀나무 살피는 중")
        hidden = a_proposal(title="비밀나무 가린 것")
        proposals.hide(proposal=hidden, why="광고", actor=SYSTEM, at=NOON)
        author = a_resident()
        taken_back = a_proposal(author=author, title="비밀나무 거둔 것")
        proposals.withdraw(proposal=taken_back, actor=actor_of(author), at=NOON)
        step = a_proposal_step()
        proposals.save_draft(place=step.process.place, step=step, data={"title": "비밀나무 적는 중"}, actor=actor_of(author), at=NOON)
        a_question(published=False, wording="비밀나무 물음일까요?")
        a_ballot(noticed=False, title="비밀나무 투표")
        found = hits(client, "비밀나무")
        assert set(found) <= {"비밀나무 거둔 것"}
        sign_in(client, an_official())
        assert hits(client, "비밀나무") == found  # the public search is the same for everybody

    def test_a_question_published_in_a_process_that_is_still_a_draft(self, client):
        step = a_question_step(opened=False)
        question = questions.draft_question(
            step=step,
            wording="비밀나무를 심을까요?",
            background="아직 알리지 않았습니다.",
            options=["네", "아니요"],
            actor=SYSTEM,
            at=BEFORE,
        )
        questions.publish(question=question, wording_checked=True, actor=SYSTEM, at=BEFORE)
        assert hits(client, "비밀나무") == []
        processes.open_process(process=step.process, actor=SYSTEM, at=BEFORE)
        assert hits(client, "비밀나무") == ["비밀나무를 심을까요?"]

    def test_papers_before_they_are_published(self, client):
        with clock.fixed(AFTER):
            paper = a_signed_paper()
            assert paper.title not in hits(client, "주민총회")
            reports.publish(paper=paper, actor=acting(an_officer()), at=AFTER)
            assert paper.title in hits(client, "주민총회")

    def test_people_and_what_they_say_are_not_searched(self, client):
        author = a_resident(name="비밀나무")
        a_proposal(author=author, title="골목 그늘막")
        a_comment(author=author, body="비밀나무 아래에서 만나요.")
        assert hits(client, "비밀나무") == []
        assert hits(client, author.account.email) == []
        assert hits(client, author.account.username) == []

    def test_who_voted_what_is_nowhere(self, client):
        ballot = a_ballot(title="그늘 투표")
        voter = a_resident(name="비밀나무")
        receipt = ballots.cast(ballot=ballot, picks=[1], actor=actor_of(voter), at=NOON)
        assert hits(client, receipt) == []
        assert hits(client, "비밀나무") == []

    def test_another_towns_things_stay_there(self, client):
        a_town()
        other = Place.objects.create(code="1153000000", level="district", slug="guro", name="구로구", name_en="Guro-gu")
        search.index(kind="proposal", subject_id=9, place_id=other.pk, title="비밀나무", body="", url="/glossary/", at=NOON)
        assert hits(client, "비밀나무") == []


class TestWhatStands:
    def test_a_dongs_page(self, client):
        a_proposal(title="독산2동 놀이터")
        assert hits(client, "독산2동") == ["독산2동", "독산2동 놀이터"]
        assert hits(client, "독산2동", kind="dong") == ["독산2동"]
        assert hits(client, "독산2동", kind="proposal") == ["독산2동 놀이터"]
        for place in a_town().dongs:
            assert place.name in hits(client, place.name, kind="dong")
            assert client.get(reverse("site:dong", args=[place.slug])).status_code == 200

    def test_a_hard_word_leads_to_its_place_in_the_glossary(self, client):
        a_town()
        shown = text(client.get(SEARCH, {"q": "예산현액"}))
        assert f'<a href="{reverse("site:glossary")}#예산현액">' in shown
        assert 'id="예산현액"' in text(client.get(reverse("site:glossary")))
        assert "예산현액" in hits(client, "넘어온", kind="word")

    def test_no_line_is_lost_or_doubled_between_pages(self, client):
        town = a_town()
        for n in range(25):
            search.index(kind="proposal", subject_id=n + 1, place_id=town.pk, title=f"의제 {n}", body="", url="/glossary/", at=NOON)
        standing = hits(client, "의제", kind="word")
        seen = [*hits(client, "의제"), *hits(client, "의제", page="2")]
        assert seen == [*standing, *(f"의제 {n}" for n in range(24, -1, -1))]
        assert f"‘의제’ {len(seen)}건" in text(client.get(SEARCH, {"q": "의제"}))


class TestMakingTheIndexAnew:
    def test_every_kind_comes_back_as_it_was(self, client):
        proposal = a_proposal(title="그늘 제안")
        proposals.answer_interim(proposal=proposal, body="가로수를 살펴봅니다.", signed_as="과장", actor=SYSTEM, at=NOON)
        a_question(wording="그늘 물음일까요?")
        a_running_project()
        with clock.fixed(AFTER):
            a_published_paper()
        columns = ("kind", "subject_id", "place_id", "title", "summary", "url", "tokens")
        before = set(SearchText.objects.values_list(*columns))
        days = dict(SearchText.objects.values_list("pk", "at"))
        assert {row[0] for row in before} >= {"proposal", "question", "ballot", "project", "paper", "record", "process"}
        call_command("reindex", stdout=StringIO())
        assert days.items() <= dict(SearchText.objects.values_list("pk", "at")).items(), "rows that stand keep their place and their day"
        SearchText.objects.all().delete()
        told = StringIO()
        call_command("reindex", stdout=told)
        made = set(SearchText.objects.values_list(*columns))
        assert before <= made
        # Processes the tests made as rows, not through the verb, are found now too.
        assert {row[0] for row in made - before} <= {"process"}
        assert "proposal " in told.getvalue()

    def test_what_is_public_no_more_goes(self):
        proposal = a_proposal(title="그늘 제안")
        row = SearchText.objects.get(kind="proposal")
        proposals.hide(proposal=proposal, why="광고", actor=SYSTEM, at=NOON)
        row.save(force_insert=True)
        call_command("reindex", stdout=StringIO())
        assert not SearchText.objects.filter(kind="proposal").exists()


def test_the_same_number_of_queries_with_few_and_many(client, query_counts):
    a_proposal(title="그늘 하나")
    query_counts.page("site:search", lambda: client.get(SEARCH, {"q": "그늘"}))
    for n in range(25):
        search.index(kind="question", subject_id=n + 1, place_id=a_town().pk, title=f"그늘 {n}", body="", url="/glossary/", at=NOON)
    query_counts.page("site:search", lambda: client.get(SEARCH, {"q": "그늘"}))
