"""Verbs of this area, by noun: people, proofs, codes, rolls, desks, offices, erasing."""

from madang.residents.actions.codes import CONTACT_LIVES, Letter, ask_letter, drop_old_codes, make_code, print_letters, try_code
from madang.residents.actions.desks import close_desk, end_overdue_desks, extend_desk, open_desk
from madang.residents.actions.erasing import Erasure, erase_resident
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
from madang.residents.actions.people import (
    MOST_FOUND,
    change_profile,
    enter_person,
    give_consent,
    join,
    link_account,
    look_up,
    withdraw_consent,
)
from madang.residents.actions.proving import prove, revoke_proof
from madang.residents.actions.rolls import confirm_roll, preview_roll

__all__ = [
    "CONTACT_LIVES",
    "MOST_FOUND",
    "Erasure",
    "Letter",
    "appoint",
    "ask_letter",
    "change_profile",
    "close_desk",
    "confirm_roll",
    "drop_old_codes",
    "end_overdue_desks",
    "end_post",
    "end_seat",
    "enter_person",
    "erase_resident",
    "extend_desk",
    "give_consent",
    "join",
    "link_account",
    "look_up",
    "make_code",
    "make_department",
    "make_organisation",
    "make_post",
    "open_desk",
    "preview_roll",
    "print_letters",
    "prove",
    "put_names_in_force",
    "rename_department",
    "revoke_proof",
    "seat",
    "try_code",
    "withdraw_consent",
]
