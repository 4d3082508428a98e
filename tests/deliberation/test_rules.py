"""Who may answer, who may ask: each no with its reason."""

from datetime import timedelta

import pytest

from madang.deliberation import rules
from madang.deliberation.models import Question
from madang.ground.actor import ANYONE, Proof
from tests import NOON
from tests.deliberation.makers import CLOSES, OPENS, OVER, a_closed_question, a_question, a_question_step
from tests.residents.makers import a_resident, actor_of, an_account, an_official, elsewhere

pytestmark = pytest.mark.django_db


class TestReplying:
    def test_a_resident_with_a_proved_address(self):
        assert rules.may_reply(actor_of(a_resident(proof=Proof.CONTACT)), a_question(), at=NOON)

    @pytest.mark.parametrize(
        ("at", "code"),
        [(OPENS - timedelta(seconds=1), "not_yet_open"), (OPENS, ""), (CLOSES - timedelta(seconds=1), ""), (CLOSES, "already_over")],
    )
    def test_from_the_first_moment_to_the_last(self, at, code):
        assert rules.may_reply(actor_of(a_resident()), a_question(), at=at).code == code

    def test_those_nobody_knows(self):
        question = a_question()
        assert rules.may_reply(ANYONE, question, at=NOON).code == "sign_in_first"
        assert rules.may_reply(actor_of(an_account()), question, at=NOON).code == "replier_unknown"
        assert rules.may_reply(actor_of(a_resident(proof=Proof.VISITOR)), question, at=NOON).code == "reply_contact_needed"
        assert rules.may_reply(elsewhere(actor_of(a_resident())), question, at=NOON).code == "replier_unknown"

    def test_a_step_may_ask_for_more_proof(self):
        question = a_question(settings={"proof": int(Proof.RESIDENCE)})
        assert rules.may_reply(actor_of(a_resident(proof=Proof.PERSON)), question, at=NOON).code == "reply_proof_needed"
        assert rules.may_reply(actor_of(a_resident()), question, at=NOON)

    def test_a_dong_may_ask_only_its_own(self):
        asked, open_to_all = a_question(dong="doksan2", settings={"only_here": True}), a_question(dong="doksan2")
        neighbour = actor_of(a_resident(dong="gasan"))
        assert rules.may_reply(neighbour, asked, at=NOON).code == "replier_elsewhere"
        assert "독산" in rules.may_reply(neighbour, asked, at=NOON).sentence
        assert rules.may_reply(neighbour, open_to_all, at=NOON)
        assert rules.may_reply(actor_of(a_resident(dong="doksan2")), asked, at=NOON)

    def test_a_draft_and_an_ended_one(self):
        someone = actor_of(a_resident())
        assert rules.may_reply(someone, a_question(published=False), at=NOON).code == "question_not_published"
        assert rules.may_reply(someone, a_closed_question(0), at=OVER).code == "question_over"


class TestAsking:
    def test_a_dong_officer_asks_in_their_own_dong(self):
        officer = actor_of(an_official(role="dong_officer", dong="doksan2"))
        assert rules.may_draft(officer, a_question_step(dong="doksan2"), at=NOON)
        assert rules.may_draft(officer, a_question_step(dong="gasan"), at=NOON).code == "process_not_yours"
        assert rules.may_draft(officer, a_question_step(), at=NOON).code == "process_not_yours"

    def test_with_the_desk_open(self):
        officer = actor_of(an_official(role="coordinating_officer", desk=False))
        assert rules.may_draft(officer, a_question_step(), at=NOON).code == "desk_closed"
        assert rules.may_change(actor_of(a_resident()), a_question(published=False), at=NOON).code == "officials_only"

    def test_results_are_sealed_for_everybody(self):
        officer = actor_of(an_official(role="site_admin"))
        assert rules.may_see_replies(officer, a_question(), at=NOON).code == "replies_are_sealed"
        assert rules.may_see_replies(ANYONE, a_closed_question(0), at=OVER)


def test_every_no_has_a_sentence():
    question = a_question()
    for verdict in (
        rules.may_change(actor_of(an_official()), question, at=NOON),
        rules.may_close(actor_of(an_official()), question, at=NOON),
        rules.may_tell_use(actor_of(an_official()), question, at=NOON),
        rules.text_holds("", "", []),
        rules.text_holds("물음", "", ["하나"]),
    ):
        assert not verdict
        assert verdict.sentence


def test_who_sees_what():
    draft, asked = a_question(published=False), a_question(wording="물은 것인가요?")
    hidden = a_question(wording="열리지 않은 과정인가요?", opened=False)
    resident, officer = actor_of(a_resident()), actor_of(an_official())
    assert set(Question.objects.visible_to(resident)) == {asked}
    assert set(Question.objects.visible_to(officer)) == {draft, asked, hidden}
    assert not Question.objects.visible_to(elsewhere(officer)).exists()
