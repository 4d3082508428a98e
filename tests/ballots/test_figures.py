"""Numbers of a vote."""

from datetime import timedelta

import pytest
from django.utils import translation

from madang.ballots import actions, figures
from madang.ballots.figures import Share, _shares
from madang.ground.actor import SYSTEM
from madang.proposals.onward_links import links_of
from tests import NOON
from tests.ballots.makers import a_ballot, a_counted_ballot, voted
from tests.residents.makers import a_paper_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


class TestTurnout:
    def test_while_it_runs(self):
        ballot = a_ballot(electorate_size=200)
        voted(ballot, *[(1,)] * 6)
        told = figures.turnout(ballot.pk)
        assert (told.voters, told.electorate, told.percent) == (6, 200, 3.0)
        assert told.by_channel == (Share("온라인", 6),)
        assert told.by_age == (Share("40대", 6),)

    def test_no_percentage_without_an_electorate(self):
        assert figures.turnout(a_ballot(noticed=False, electorate_size=0).pk).percent is None

    @pytest.mark.parametrize(
        ("counts", "shown"),
        [
            ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
            ({"a": 4, "b": 9, "c": 20}, {"a": None, "b": None, "c": 20}),  # one hidden cell could be found by subtraction
            ({"a": 1, "b": 2, "c": 20}, {"a": None, "b": None, "c": 20}),
            ({"a": 3}, {"a": None}),
            ({}, {}),
        ],
    )
    def test_small_cells_are_hidden(self, counts, shown):
        assert {s.label: s.people for s in _shares(counts, {k: k for k in counts})} == shown

    def test_by_day(self):
        ballot = a_ballot()
        voted(ballot, (1,), (2,))
        voted(ballot, (1,), at=NOON + timedelta(days=1))
        assert [(d.people, d.so_far) for d in figures.days(ballot.pk)] == [(2, 2), (1, 3)]

    def test_papers_still_out(self):
        ballot, officer = a_ballot(), actor_of(an_official())
        for _n in range(2):
            actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="hall", actor=officer, at=NOON)
        actions.enter_paper(ballot=ballot, picks=[1], channel="hall", actor=officer, at=NOON)
        assert figures.open_papers(ballot) == {"hall": 1}


class TestResult:
    def test_none_before_the_count(self):
        assert figures.result(a_ballot().pk) is None

    def test_funded_and_not(self):
        r = figures.result(a_counted_ballot().pk)
        assert [(i.number, i.votes, i.rank, i.is_funded) for i in r.items] == [
            (4, 4, 1, True),
            (2, 4, 1, True),
            (1, 4, 1, True),
            (3, 2, 4, False),
        ]
        assert (r.spent_won, r.left_won, r.papers, r.is_quorate) == (60_000_000, 0, 8, True)
        assert [i.number for i in r.not_funded] == [3]

    def test_how_many_more_votes_it_needed(self):
        """Item 3 costs 45 of 60 million: it needed to come before any of the three that won with four votes."""
        r = figures.result(a_counted_ballot().pk)
        (loser,) = r.not_funded
        # Before the second of the winners 50 million were left, which is enough: one vote more than four, of which it had two.
        assert loser.votes_short == 3

    def test_the_number_is_true(self):
        """Giving a loser exactly that many further votes funds it; one fewer does not (ties aside)."""
        short = figures.result(a_counted_ballot(picks_max=4).pk).not_funded[0].votes_short
        papers = ((1, 2), (1, 2, 4), (1, 3), (1,), (2, 4), (2,), (4,), (3, 4))
        more = a_counted_ballot(papers=(*papers, *[(3,)] * short), title="한 번 더")
        assert 3 in more.tally.funded
        fewer = a_counted_ballot(papers=(*papers, *[(3,)] * (short - 2)), title="모자란 것")
        assert 3 not in fewer.tally.funded

    def test_too_dear_for_any_number_of_votes(self):
        ballot = a_counted_ballot(costs=(90_000_000, 10_000_000), items=2, papers=[(1,), (1,), (2,)])
        r = figures.result(ballot.pk)
        assert [(i.number, i.votes_short) for i in r.not_funded] == [(1, None)]

    def test_stopping_instead_of_skipping(self):
        ballot = a_counted_ballot(skips_too_large=False, papers=[(3,), (3,), (3,), (1,), (1,), (4,)])
        r = figures.result(ballot.pk)
        assert [i.number for i in r.funded] == [3]
        # It must come before item 1, at which the count stopped: with as many votes it does, being cheaper.
        assert {i.number: i.votes_short for i in r.not_funded}[4] == 1
        more = a_counted_ballot(skips_too_large=False, papers=[(3,), (3,), (3,), (1,), (1,), (4,), (4,)], title="한 표 더")
        assert 4 in more.tally.funded

    def test_what_nobody_picked_is_not_done(self):
        ballot = a_counted_ballot(papers=[(1,)])
        assert ballot.tally.funded == [1]

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_the_story_is_told_in_the_readers_language(self, language):
        ballot = a_counted_ballot()
        with translation.override(language):
            story = figures.result(ballot.pk).story
        assert len(story) >= 6
        assert not any("%(" in line for line in story)

    def test_the_electorate_goes_with_the_result(self):
        r = figures.result(a_counted_ballot().pk)
        assert any("2006년생" in str(f.value) for f in r.who)
        assert r.electorate_source == "2021년 3월 말 주민등록 인구"

    def test_of_a_town_in_one_go(self, django_assert_num_queries):
        town = a_town()
        for n in range(3):
            a_counted_ballot(title=f"투표 {n}")
        with django_assert_num_queries(4):
            results = figures.results_of_town(town.pk, 2021)
        assert [r.title for r in results] == ["투표 2", "투표 1", "투표 0"]
        assert figures.results_of_town(town.pk, 2020) == ()


def test_what_a_person_took_part_in():
    ballot = a_ballot()
    voted(ballot, (1,))
    (one,) = figures.participation_of(ballot.marks.get().resident_id)
    assert (one.ballot_id, one.channel, one.is_counted) == (ballot.pk, "온라인", False)


def test_a_proposal_knows_its_vote():
    ballot = a_ballot()
    item = ballot.items.get(number=1)
    (link,) = links_of([item.proposal_id])[item.proposal_id]
    assert link.url == f"/ballots/{ballot.pk}/#item-1"
    over = ballot.step.closes_at + timedelta(minutes=1)
    voted(ballot, (1,))
    actions.close(ballot=ballot, actor=SYSTEM, at=over)
    actions.count(ballot=ballot, actor=SYSTEM, at=over)
    (link,) = links_of([item.proposal_id])[item.proposal_id]
    assert (link.url, str(link.state)) == (f"/ballots/{ballot.pk}/result/", "하기로 함")
