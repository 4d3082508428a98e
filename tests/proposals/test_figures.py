"""Numbers for others, each compared with rows counted by hand."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.ground.actor import SYSTEM
from madang.methods.similarity import Match
from madang.proposals import actions, figures, onward_links
from madang.proposals.maps import map_of
from madang.proposals.models import ClockPause, Proposal
from madang.proposals.wording import look_of, side_of, summary_of
from tests import NOON
from tests.proposals.makers import a_proposal, a_proposal_step, a_shortlisted_proposal, a_stored_picture, endorsed_by
from tests.residents.makers import a_resident, a_town, actor_of

pytestmark = pytest.mark.django_db


class TestFunnel:
    def test_every_number_opens_as_many_rows(self, client):
        town = a_town()
        for _ in range(2):
            a_proposal(dong="gasan")
        a_proposal(is_open=False)
        a_shortlisted_proposal()
        done = a_shortlisted_proposal()
        actions.start_implementing(proposal=done, actor=SYSTEM, at=NOON)
        actions.finish_implementing(proposal=done, actor=SYSTEM, at=NOON)
        endorsed_by(a_proposal(), 3)
        funnel = figures.funnel(town.pk, 2021)
        assert (funnel.submitted, funnel.reviewed, funnel.shortlisted, funnel.adopted, funnel.rejected, funnel.done) == (5, 2, 2, 1, 0, 1)
        from madang.ground import clock

        with clock.fixed(NOON):
            for stage in funnel.stages:
                assert client.get(stage.url).context["rows"].paginator.count == stage.count, stage.name
        assert figures.funnel(town.pk, 2021, town.dong("gasan").pk).submitted == 2
        assert figures.funnel(town.pk, 2020).submitted == 0

    def test_an_unknown_stage_is_empty(self):
        a_proposal()
        assert not Proposal.objects.stage("nonsense").exists()


class TestDue:
    def test_by_day(self):
        town = a_town()
        for received in (0, 30, 60):
            a_proposal(at=NOON - timedelta(days=received), step=a_proposal_step(town, opens_at=NOON - timedelta(days=90)))
        found = figures.due(town.pk, date(2021, 4, 7))
        assert (found.waiting, found.overdue, found.no_department) == (3, 1, 3)

    def test_a_pause_moves_the_day(self):
        proposal = a_proposal()
        ClockPause.objects.create(proposal=proposal, reason="supplement", request="더", from_on=date(2021, 4, 9), to_on=date(2021, 4, 14))
        read = figures.clock_of(proposal, on=date(2021, 4, 20))
        assert (read.due_on, read.paused_days) == (date(2021, 5, 12), 5)
        assert figures.due_on(proposal, on=date(2021, 4, 20), pauses=()) == date(2021, 5, 7)

    def test_stage_times(self):
        town, proposal = a_town(), a_shortlisted_proposal()
        actions.start_implementing(proposal=proposal, actor=SYSTEM, at=NOON + timedelta(days=10))
        times = figures.stage_times(town.pk, 2021)
        assert (times.answered, times.on_time, times.late, times.median_days) == (1, 1, 0, 10)


class TestCards:
    def test_two_queries_for_any_number(self, django_assert_num_queries):
        for _ in range(5):
            a_proposal(files=[(a_stored_picture(), "그림")])
        rows = list(Proposal.objects.all())
        figures.cards(rows, at=NOON)
        with django_assert_num_queries(2):
            made = figures.cards(rows, at=NOON, photos=True)
        assert all(card.photo and card.dong == "독산2동" and card.side == "20일 남음" for card in made)

    def test_of_resident(self):
        author, other = a_resident(), a_proposal()
        own = a_proposal(author=author)
        actions.endorse(proposal=other, actor=actor_of(author), at=NOON)
        mine = figures.of_resident(author.pk, at=NOON)
        assert ([c.pk for c in mine.own], [c.pk for c in mine.endorsed]) == ([own.pk], [other.pk])
        assert set(figures.audience(other.pk)) == {author.account_id, other.author.account_id}
        assert set(figures.touched(own.step)) >= {author.account_id, other.author.account_id}

    @pytest.mark.parametrize(("body", "summary"), [("", ""), ("## 머리\n\n- 하나\n- 둘", "머리 하나 둘"), ("가나다라 " * 40, None)])
    def test_summary(self, body, summary):
        assert summary_of(body) == summary if summary is not None else len(summary_of(body)) <= 81

    def test_once_endorsing_is_over_it_waits_for_its_answer(self):
        proposal = a_proposal()
        later = proposal.endorse_until
        assert str(look_of(proposal, at=later)[1]) == "답변 기다리는 중"
        assert side_of(proposal, at=later) == "답변까지 9일"
        assert side_of(proposal, at=later + timedelta(days=30)).startswith("답변이")


class TestSimilar:
    def test_common_endings_say_nothing(self):
        a_proposal(title="놀이터에 시계를 달아 주세요", body="시간을 알 수 없어요.")
        assert figures.similar_to("버스 정류장에 의자를 놓아 주세요", town_id=a_town().pk) == []

    def test_the_same_thing_is_found(self):
        proposal = a_proposal(title="안양천 산책로에 그늘 쉼터를", body="뜨거워요.")
        found = figures.similar_to("안양천 산책로 그늘 쉼터", town_id=a_town().pk)
        assert [type(m) for m in found] == [Match]
        assert found[0].key == proposal.pk
        assert figures.similar_to("안양천 산책로 그늘 쉼터", town_id=a_town().pk, but=proposal.pk) == []


def test_links_of_areas_above(client):
    proposal = a_proposal()

    def source(ids):
        return {pk: [onward_links.Link("2021 독산2동 주민투표", "/ballots/1/", "1등")] for pk in ids}

    onward_links.register(source)
    try:
        from madang.ground import clock

        with clock.fixed(NOON):
            html = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
        assert "2021 독산2동 주민투표" in html
        assert onward_links.links_of([]) == {}
    finally:
        onward_links.PROPOSALS.sources.remove(source)


def test_every_dong_has_a_map_and_other_towns_have_none():
    town = a_town()
    for dong in town.dongs:
        drawn = map_of("geumcheon", dong.slug)
        assert drawn is not None
        assert drawn.is_cut, dong.slug
        assert 0 < drawn.side < 1000
    assert map_of("geumcheon", "nowhere").side == 1000
    assert map_of("elsewhere") is None


@pytest.mark.parametrize(
    "over",
    [
        {},
        {"photo": "/files/x/y.png"},
        {"comments": None, "side": "", "summary": "", "category": ""},
        {"endorsements": 1234, "title": "<b>&'\""},
    ],
)
def test_the_fast_card_is_the_part(over):
    """What the list draws in one go is what parts/card_proposal.html draws."""
    from dataclasses import replace

    from django.template.loader import render_to_string
    from django.test.html import parse_html

    from madang.proposals.templatetags.proposal_cards import proposal_card

    card = replace(figures.cards([a_proposal()], at=NOON)[0], **over)
    for today in (date(2021, 4, 7), None):
        part = render_to_string("parts/card_proposal.html", {"card": card, "today": today})
        assert parse_html(proposal_card(card, today)) == parse_html(part)
