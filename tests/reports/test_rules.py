"""Who may draw up, sign, publish, redraw and withdraw."""

import pytest

from madang.ground.actor import ANYONE, SYSTEM
from madang.reports import actions, rules
from tests.reports.makers import AFTER, a_paper, a_published_paper, a_signed_paper, acting, an_assembly, an_officer
from tests.residents.makers import a_resident, a_town, actor_of

pytestmark = pytest.mark.django_db


def test_drawing_up_is_for_the_coordinating_department_and_the_dongs_office():
    town = a_town()
    here, there = town.dong("doksan2"), town.dong("gasan")
    dong = acting(an_officer("dong_officer", "doksan2"))
    assert rules.may_draw_up(acting(an_officer()), here, at=AFTER)
    assert rules.may_draw_up(dong, here, at=AFTER)
    assert rules.may_draw_up(dong, there, at=AFTER).code == "paper_role_needed"
    assert rules.may_draw_up(dong, town.place, at=AFTER).code == "paper_role_needed"
    assert rules.may_draw_up(SYSTEM, town.place, at=AFTER)


@pytest.mark.parametrize("role", ["department_officer", "mayor_office", "moderator", "site_admin"])
def test_others_do_not_draft(role):
    assert rules.may_draft(acting(an_officer(role)), at=AFTER).code == "paper_role_needed"


def test_outsiders():
    resident = actor_of(a_resident(), at=AFTER)
    assert rules.may_draft(ANYONE, at=AFTER).code == "sign_in_first"
    assert rules.may_draft(resident, at=AFTER).code == "officials_only"


def test_nobody_signs_what_they_drafted():
    drafter = an_officer()
    paper = a_paper(drafter=drafter)
    assert rules.may_sign(acting(drafter), paper, at=AFTER).code == "paper_own"
    assert rules.may_sign(acting(an_officer()), paper, at=AFTER)
    assert rules.may_sign(acting(an_officer("mayor_office")), paper, at=AFTER)


def test_only_signers_sign():
    paper = a_paper()
    assert rules.may_sign(acting(an_officer("department_officer")), paper, at=AFTER).code == "paper_signer_needed"
    assert rules.may_sign(acting(an_officer("dong_officer", "gasan")), paper, at=AFTER).code == "paper_signer_needed"
    assert rules.may_sign(acting(an_officer("dong_officer", "doksan2")), paper, at=AFTER)


def test_a_person_signs_once():
    paper, dong = a_paper(), an_officer("dong_officer", "doksan2")
    actions.sign(paper=paper, actor=acting(dong), at=AFTER)
    assert rules.may_sign(acting(dong), paper, at=AFTER).code == "paper_signed_already"


def test_publishing_needs_the_signature():
    ballot = an_assembly()
    paper, officer = a_paper(ballot), acting(an_officer())
    assert rules.may_publish(officer, paper, at=AFTER).code == "paper_not_signed"
    actions.sign(paper=paper, actor=acting(an_officer("mayor_office")), at=AFTER)
    assert rules.may_publish(officer, paper, at=AFTER)
    assert rules.may_publish(acting(an_officer("mayor_office")), paper, at=AFTER).code == "paper_role_needed"


def test_withdrawing_and_redrawing():
    paper, officer = a_published_paper(), acting(an_officer())
    assert rules.may_withdraw(officer, paper, at=AFTER).code == "paper_is_published"
    assert rules.may_redraw(officer, paper, at=AFTER)
    assert rules.may_sign(acting(an_officer("mayor_office")), paper, at=AFTER).code == "no_such_move"


def test_a_withdrawn_paper_rests():
    paper, officer = a_signed_paper(), acting(an_officer())
    actions.withdraw(paper=paper, why="잘못 고름", actor=officer, at=AFTER)
    for rule in (rules.may_sign, rules.may_publish, rules.may_redraw, rules.may_withdraw):
        assert rule(officer, paper, at=AFTER).code == "paper_is_withdrawn"
