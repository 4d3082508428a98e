"""Verbs of this area, by noun: people, proofs, codes, rolls, desks, offices, erasing."""

from madang.residents.actions.desks import close_desk, end_overdue_desks, extend_desk, open_desk
from madang.residents.actions.offices import (
    appoint,
    end_post,
    end_seat,
    make_department,
    make_organisation,
    make_post,
    put_names_in_force,
    rename_department,
    seat,
)
from madang.residents.actions.people import change_profile, enter_person, give_consent, join, link_account, withdraw_consent
from madang.residents.actions.proving import prove, revoke_proof

__all__ = [
    "appoint",
    "change_profile",
    "close_desk",
    "end_overdue_desks",
    "end_post",
    "end_seat",
    "enter_person",
    "extend_desk",
    "give_consent",
    "join",
    "link_account",
    "make_department",
    "make_organisation",
    "make_post",
    "open_desk",
    "prove",
    "put_names_in_force",
    "rename_department",
    "revoke_proof",
    "seat",
    "withdraw_consent",
]
