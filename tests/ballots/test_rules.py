"""Who may vote, and every refusal with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ballots import rules
from madang.ballots.models import Ballot
from madang.ground.actor import Actor, Proof
from tests import NOON
from tests.ballots.makers import CLOSES, OPENS, a_ballot, voted
from tests.residents.makers import a_paper_resident, a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


def why(verdict):
    return verdict.code or "yes"


class TestVoting:
    def test_a_proved_resident_may(self, noon):
        assert rules.may_vote(actor_of(a_resident()), a_ballot(), at=noon)

    @pytest.mark.parametrize(
        ("who", "code"),
        [
            ({"dong": "gasan"}, "voter_lives_elsewhere"),
            ({"proof": Proof.PERSON}, "voter_not_proved"),
            ({"birth_year": None}, "voter_age_unknown"),
            ({"birth_year": 2007}, "voter_too_young"),
        ],
    )
    def test_others_are_told_why_not(self, noon, who, code):
        assert why(rules.may_vote(actor_of(a_resident(**who)), a_ballot(), at=noon)) == code

    def test_of_age_in_the_year_of_the_reference_date(self, noon):
        assert rules.may_vote(actor_of(a_resident(birth_year=2006)), a_ballot(), at=noon)

    def test_strangers(self, noon):
        ballot = a_ballot()
        assert why(rules.may_vote(Actor(town_id=ballot.place.town_id), ballot, at=noon)) == "sign_in_first"
        assert why(rules.may_vote(Actor(account_id=1, town_id=ballot.place.town_id), ballot, at=noon)) == "voter_unknown"

    def test_the_town_votes_as_a_whole(self, noon):
        ballot = a_ballot(dong=None, title="나풀나풀")
        assert rules.may_vote(actor_of(a_resident(dong="gasan")), ballot, at=noon)
        elsewhere = replace(actor_of(a_resident(dong="gasan")), town_id=0)
        assert why(rules.may_vote(elsewhere, ballot, at=noon)) == "voter_lives_elsewhere"

    @pytest.mark.parametrize(
        ("at", "code"),
        [
            (OPENS - timedelta(seconds=1), "ballot_not_open_yet"),
            (OPENS, "yes"),
            (CLOSES - timedelta(seconds=1), "yes"),
            (CLOSES, "ballot_closed"),
        ],
    )
    def test_within_its_dates(self, at, code):
        assert why(rules.is_open(a_ballot(), at=at)) == code

    def test_not_before_the_announcement(self, noon):
        assert why(rules.is_open(a_ballot(noticed=False), at=noon)) == "ballot_not_noticed"

    def test_once_or_again_as_the_rule_says(self, noon):
        for may_change, code in ((True, "yes"), (False, "already_voted")):
            ballot = a_ballot(may_change=may_change, title=f"투표 {may_change}")
            voted(ballot, (1,))
            voter = ballot.marks.get().resident
            assert why(rules.may_vote(actor_of(voter), ballot, at=noon)) == code

    def test_every_refusal_says_a_sentence(self, noon):
        ballot = a_ballot()
        for actor in (actor_of(a_resident(dong="gasan")), actor_of(a_resident(birth_year=2010)), Actor(account_id=1)):
            verdict = rules.may_vote(actor, ballot, at=noon)
            assert not verdict
            assert "%(" not in verdict.sentence


LISTED = {1, 2, 3, 4}


class TestPicks:
    @pytest.mark.parametrize(
        ("picks", "code"),
        [
            ([1], "yes"),
            ([1, 2, 3], "yes"),
            ([], "too_few_picks"),
            ([1, 2, 3, 4], "too_many_picks"),
            ([1, 1], "unknown_pick"),
            ([5], "unknown_pick"),
            ([0], "unknown_pick"),
            ([True], "unknown_pick"),
            (["1"], "unknown_pick"),
            ([[1]], "unknown_pick"),
        ],
    )
    def test_whole_or_not_at_all(self, picks, code):
        assert why(rules.may_pick(Ballot(picks_max=3, picks_min=1), picks, LISTED)) == code

    @given(st.lists(st.one_of(st.integers(), st.text(max_size=3), st.none(), st.booleans(), st.floats(allow_nan=True)), max_size=8))
    def test_whatever_is_sent_is_judged(self, picks):
        verdict = rules.may_pick(Ballot(picks_max=3, picks_min=1), picks, LISTED)
        good = all(type(p) is int and p in LISTED for p in picks) and len(set(picks)) == len(picks) and 1 <= len(picks) <= 3
        assert bool(verdict) == good
        assert verdict or "%(" not in verdict.sentence


class TestRunning:
    @pytest.mark.parametrize(
        ("role", "dong", "code"),
        [
            ("coordinating_officer", None, "yes"),
            ("site_admin", None, "yes"),
            ("dong_officer", "doksan2", "yes"),
            ("dong_officer", "gasan", "ballot_role_needed"),
            ("department_officer", None, "ballot_role_needed"),
            ("moderator", None, "ballot_role_needed"),
        ],
    )
    def test_who_runs_a_dongs_vote(self, noon, role, dong, code):
        ballot = a_ballot()
        assert why(rules.may_run_ballot(actor_of(an_official(a_town(), role, dong)), ballot, at=noon)) == code

    def test_not_with_a_closed_desk(self, noon):
        assert why(rules.may_run_ballot(actor_of(an_official(desk=False)), a_ballot(), at=noon)) == "desk_closed"

    def test_every_dong_works_the_boxes_of_the_towns_vote(self, noon):
        gasan = actor_of(an_official(a_town(), "dong_officer", "gasan"))
        assert rules.may_work_the_box(gasan, a_ballot(dong=None, title="구 투표"), at=noon)
        assert why(rules.may_work_the_box(gasan, a_ballot(), at=noon)) == "ballot_role_needed"


class TestAtTheCounter:
    def ask(self, resident, channel="hall", at=NOON, ballot=None):
        return why(rules.may_mark(actor_of(an_official(), at=at), ballot or a_ballot(), resident, channel=channel, at=at))

    def test_somebody_without_an_account(self):
        assert self.ask(a_paper_resident()) == "yes"

    def test_of_another_dong(self):
        assert self.ask(a_paper_resident(dong="gasan")) == "voter_lives_elsewhere"

    def test_too_young_when_the_year_is_known(self):
        assert self.ask(a_resident(birth_year=2012)) == "voter_too_young"

    def test_online_is_nobody_elses_deed(self):
        assert self.ask(a_paper_resident(), channel="online") == "desk_channel_only"

    def test_who_voted_online_is_told_so(self):
        ballot = a_ballot()
        voted(ballot, (1,))
        assert self.ask(ballot.marks.get().resident, ballot=ballot) == "already_voted_elsewhere"

    def test_never_oneself(self, noon):
        officer = an_official()
        own = a_resident(account=officer)
        assert why(rules.may_mark(actor_of(officer), a_ballot(), own, channel="hall", at=noon)) == "own_paper"
