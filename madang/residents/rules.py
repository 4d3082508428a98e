"""Who may do what with people, posts and proofs. Reads only; the moment is handed in."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from madang.ground.actor import Actor, Proof, Role
from madang.ground.door import official, signed_in
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, first_no, no
from madang.residents.models import DeskSession, Resident, VerificationCode

INTAKE_ROLES = (Role.DONG_OFFICER, Role.COORDINATING_OFFICER, Role.SITE_ADMIN)
LETTER_PATIENCE = timedelta(days=7)  # a second letter may be asked for after this


def resident_only(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """Signed in and joined the town."""
    return first_no(signed_in(actor, at=at), YES if actor.resident_id else no("join_town_first"))


def may_join(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """An account joins a town once."""
    if not actor.is_signed_in and not actor.is_system:
        return no("sign_in_first")
    return no("already_joined") if actor.resident_id else YES


def may_change_self(actor: Actor, resident: Resident, *, at: datetime) -> Verdict:
    """Only the person themself, or an official entering for them."""
    if actor.is_system or actor.resident_id == resident.pk:
        return YES
    return may_enter_person(actor, resident.home or resident.place, at=at)


def may_enter_person(actor: Actor, place: Place | None = None, *, at: datetime) -> Verdict:
    """Officers at a counter may enter somebody without an account: the dong's own, the coordinating office for the whole town."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if not verdict:
        return verdict
    if actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return YES
    if actor.holds(Role.DONG_OFFICER):
        return YES  # people may be served in any dong of their town; the record names the post
    return no("role_needed")


def may_check_person(actor: Actor, resident: Resident, *, at: datetime) -> Verdict:
    """A counter check of a person: as entering one, within the town, never oneself."""
    verdict = may_enter_person(actor, resident.place, at=at)
    if not verdict:
        return verdict
    if actor.town_id and resident.place_id != actor.town_id:
        return no("not_in_town")
    return no("role_needed") if actor.resident_id == resident.pk else YES


def may_import_roll(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """The roll is the coordinating office's (or the site administrator's) work."""
    return _holding(actor, Role.COORDINATING_OFFICER, Role.SITE_ADMIN, at=at)


def may_print_letters(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """Letters are printed where the post goes out."""
    return _holding(actor, Role.COORDINATING_OFFICER, Role.DONG_OFFICER, Role.SITE_ADMIN, at=at)


def may_organise(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """Departments, posts, appointments, bodies: the site administrator."""
    return _holding(actor, Role.SITE_ADMIN, at=at)


def may_erase(actor: Actor, resident: Resident, *, at: datetime) -> Verdict:
    """Oneself, or the site administrator on a request made on paper; once."""
    if resident.is_erased:
        return no("already_erased")
    if actor.is_system or actor.resident_id == resident.pk:
        return YES
    return may_organise(actor, at=at)


def may_ask_letter(actor: Actor, resident: Resident, *, at: datetime) -> Verdict:
    """One letter at a time; a contact first, so that nobody sends post to strangers in bulk."""
    if not actor.is_system and actor.resident_id != resident.pk:
        return may_enter_person(actor, at=at)
    if not actor.is_system and actor.proof < Proof.CONTACT:
        return no("contact_first")
    last = VerificationCode.objects.alive(at).filter(resident=resident, kind="letter").order_by("-pk").first()
    if last and last.made_at + LETTER_PATIENCE > at:
        until = (last.made_at + LETTER_PATIENCE).astimezone().date()
        return no("letter_on_its_way", until=f"{until.month}. {until.day}.")
    return YES


def needs_second_factor() -> bool:
    """Whether an official without passkey or authenticator app is turned away at the desk. A demo only advises."""
    return bool(getattr(settings, "DESK_NEEDS_SECOND_FACTOR", not settings.DEMO))


def has_second_factor(account_id: int | None) -> bool:
    """A passkey or an authenticator app is registered."""
    from allauth.mfa.models import Authenticator

    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(account_id) and Authenticator.objects.filter(user_id=account_id, type__in=kinds).exists()


def may_come_to_desk(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """Holds a post today; the page itself says what is still missing."""
    return first_no(signed_in(actor, at=at), YES if actor.is_official else no("no_post"))


def may_open_desk(actor: Actor, *_: Any, at: datetime) -> Verdict:
    """Holds a post today and has a second factor where that is required."""
    verdict = may_come_to_desk(actor, at=at)
    if verdict and needs_second_factor() and not has_second_factor(actor.account_id):
        return no("factor_needed")
    return verdict


def may_keep_desk(actor: Actor, session: DeskSession, *, at: datetime) -> Verdict:
    """Only one's own session, and only while it is open."""
    if not actor.is_system and session.account_id != actor.account_id:
        return no("desk_not_yours")
    return YES if session.closed_at is None and session.expires_at > at else no("desk_over")


def _holding(actor: Actor, *roles: Role, at: datetime) -> Verdict:
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if verdict and not actor.holds(*roles):
        return no("role_needed")
    return verdict
