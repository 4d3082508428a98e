"""Who may do what with a proposal, asked without pages."""

from datetime import date, timedelta

import pytest

from madang.ground.actor import ANYONE, SYSTEM, Proof
from madang.proposals import rules
from madang.proposals.models import Draft, Proposal
from tests import NOON
from tests.proposals.makers import a_proposal, a_proposal_step
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_account, an_official

pytestmark = pytest.mark.django_db


class TestPropose:
    def test_by_proof(self):
        step = a_proposal_step()
        assert rules.may_propose(actor_of(a_resident(proof=Proof.CONTACT)), step, at=NOON)
        assert rules.may_propose(actor_of(a_resident(proof=Proof.VISITOR)), step, at=NOON).code == "contact_needed"
        assert rules.may_propose(actor_of(an_account()), step, at=NOON).code == "join_first"
        assert rules.may_propose(ANYONE, step, at=NOON).code == "sign_in_first"

    @pytest.mark.parametrize(("asked", "code"), [(Proof.PERSON, "person_needed"), (Proof.RESIDENCE, "residence_needed")])
    def test_a_step_may_ask_for_more(self, asked, code):
        step = a_proposal_step(propose_proof=int(asked))
        assert rules.may_propose(actor_of(a_resident(proof=Proof.CONTACT)), step, at=NOON).code == code
        assert rules.may_propose(actor_of(a_resident(proof=asked)), step, at=NOON)

    def test_only_while_the_step_is_open(self):
        step = a_proposal_step(closes_at=NOON)
        who = actor_of(a_resident())
        assert rules.may_propose(who, step, at=NOON).code == "proposals_closed"
        assert rules.may_propose(who, step, at=NOON - timedelta(seconds=1))
        assert rules.may_propose(who, step, at=NOON - timedelta(days=31)).code == "proposals_closed"

    def test_a_dong_may_keep_it_to_itself(self):
        step = a_proposal_step(a_town(), "gasan", only_here=True)
        assert rules.may_propose(actor_of(a_resident(dong="gasan")), step, at=NOON)
        refused = rules.may_propose(actor_of(a_resident(dong="doksan2")), step, at=NOON)
        assert refused.code == "lives_elsewhere_for_proposals"
        assert "가산동" in refused.sentence


class TestEndorse:
    def test_never_own_never_late_never_hidden(self):
        author = a_resident()
        proposal = a_proposal(author=author)
        other = actor_of(a_resident())
        assert rules.may_endorse(other, proposal, at=NOON)
        assert rules.may_endorse(actor_of(author), proposal, at=NOON).code == "own_proposal"
        assert rules.may_endorse(other, proposal, at=proposal.endorse_until).code == "endorsing_over"
        assert rules.may_endorse(other, proposal, at=proposal.endorse_until - timedelta(seconds=1))
        assert rules.may_endorse(other, a_proposal(is_open=False), at=NOON).code == "endorsing_over"

    @pytest.mark.parametrize("state", [s for s in Proposal.State.values if s not in Proposal.ENDORSABLE])
    def test_not_in_any_other_state(self, state):
        proposal = a_proposal()
        proposal.state = state
        assert rules.may_endorse(actor_of(a_resident()), proposal, at=NOON).code == "endorsing_over"


class TestAuthor:
    @pytest.mark.parametrize("state", Proposal.State.values)
    def test_withdraws_until_it_is_shortlisted_or_decided(self, state):
        author = a_resident()
        proposal = a_proposal(author=author)
        proposal.state = state
        assert bool(rules.may_withdraw(actor_of(author), proposal, at=NOON)) == (state in Proposal.WITHDRAWABLE)
        assert rules.may_withdraw(actor_of(a_resident()), proposal, at=NOON).code == "author_only"

    def test_asks_again_within_fifteen_days(self):
        author = a_resident()
        proposal = a_proposal(author=author)
        proposal.state, proposal.decided_at = "rejected", NOON
        who = actor_of(author)
        assert rules.reconsideration_until(proposal) == date(2021, 4, 22)
        assert rules.may_ask_reconsideration(who, proposal, at=NOON + timedelta(days=15))
        assert rules.may_ask_reconsideration(who, proposal, at=NOON + timedelta(days=16)).code == "reconsideration_over"
        proposal.state = "adopted"
        assert rules.may_ask_reconsideration(who, proposal, at=NOON).code == "not_rejected"


class TestOfficials:
    def test_intake_belongs_to_the_dong_or_the_town(self):
        town = a_town()
        here, there = town.dong("doksan2").pk, town.dong("gasan").pk
        dong = actor_of(an_official(town, "dong_officer", "doksan2"))
        assert rules.may_intake(dong, here, at=NOON)
        assert rules.may_intake(dong, there, at=NOON).code == "role_needed"
        assert rules.may_intake(actor_of(an_official(town, "coordinating_officer")), there, at=NOON)
        assert rules.may_intake(actor_of(an_official(town, "dong_officer", "doksan2", desk=False)), here, at=NOON).code == "desk_closed"
        assert rules.may_intake(actor_of(a_resident()), here, at=NOON).code == "officials_only"
        assert rules.may_intake(ANYONE, here, at=NOON).code == "sign_in_first"
        assert rules.may_intake(SYSTEM, here, at=NOON)

    def test_a_department_handles_its_own(self):
        town, proposal = a_town(), a_proposal()
        mine, other = a_department(town, "공원녹지과"), a_department(town, "교통과")
        proposal.department = mine
        assert rules.may_handle(actor_of(an_official(town, "department_officer", department=mine)), proposal, at=NOON)
        assert (
            rules.may_handle(actor_of(an_official(town, "department_officer", department=other)), proposal, at=NOON).code == "role_needed"
        )

    @pytest.mark.parametrize(("day", "code"), [(date(2021, 4, 8), "received_in_future"), (date(2020, 4, 6), "received_too_long_ago")])
    def test_the_day_on_the_paper(self, day, code):
        assert rules.may_take_in_on(day, at=NOON).code == code
        assert rules.may_take_in_on(date(2021, 4, 7), at=NOON)


@pytest.mark.parametrize("text", ["010-1234-5678", "０１０ １２３４ ５６７８", "+82 10 1234 5678", "4111 1111 1111 1111", "800101-1234567"])
def test_private_numbers_are_refused(text):
    assert rules.may_say("앞", f"여기 {text} 로").code == "personal_numbers"


@pytest.mark.parametrize("text", ["02-2627-2114", "2021-04-07", "1,200,000원", "600m", "080"])
def test_other_numbers_pass(text):
    assert rules.may_say(text)


def test_a_draft_belongs_to_its_account():
    draft = Draft(account_id=7)
    assert rules.may_use_draft(ANYONE, draft, at=NOON).code == "not_your_draft"
    assert rules.may_use_draft(ANYONE, Draft(), at=NOON)


def test_every_move_leads_to_a_state_and_every_state_has_moves():
    assert set(Proposal.MOVES) == set(Proposal.State.values)
    assert {to for ways in Proposal.MOVES.values() for to in ways} <= set(Proposal.State.values)
    assert set(Proposal.WAITING) | set(Proposal.ENDORSABLE) | set(Proposal.WITHDRAWABLE) <= set(Proposal.State.values)
