"""Verbs about people: joining a town, being entered by an officer, changing what one has said, agreeing."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.models import Account, Place
from madang.ground.verdict import Refused, no
from madang.residents import rules
from madang.residents.models import Consent, Resident
from madang.residents.words import CONSENT_VERSION, CONSENTS

NEEDED = tuple(code for code, (_label, _why, needed) in CONSENTS.items() if needed)


@transaction.atomic
def join(
    *,
    account: Account,
    town: Place,
    public_name: str,
    home: Place | None,
    birth_year: int | None,
    actor: Actor,
    at: datetime,
    consents: tuple[str, ...] = (),
) -> Resident:
    """An account becomes a resident of a town under a public name it chose. The needed consents come with it, optional ones as given.

    Raises Refused: already_joined, name_taken, not_in_town."""
    rules.may_join(actor, at=at).or_raise()
    if Resident.objects.filter(account=account).exists():
        raise Refused(no("already_joined"))
    _check(town, public_name, home)
    resident = Resident.objects.create(place=town, account=account, home=home, public_name=public_name, birth_year=birth_year, joined_at=at)
    for purpose in dict.fromkeys((*NEEDED, *(c for c in consents if c in CONSENTS))):
        Consent.objects.create(resident=resident, purpose=purpose, version=CONSENT_VERSION, given_at=at)
    record("resident.joined", actor=actor, at=at, subject=resident, place=home or town, facts={"home": home.pk if home else None})
    return resident


@transaction.atomic
def enter_person(
    *, town: Place, public_name: str, home: Place | None, birth_year: int | None = None, actor: Actor, at: datetime
) -> Resident:
    """An officer enters a person who takes part on paper or by phone and has no account. Raises Refused as join does, and role_needed."""
    rules.may_enter_person(actor, home or town, at=at).or_raise()
    _check(town, public_name, home)
    resident = Resident.objects.create(place=town, home=home, public_name=public_name, birth_year=birth_year, joined_at=at)
    record(
        "resident.entered", actor=actor.for_resident(resident.pk), at=at, subject=resident, place=home or town,
        facts={"home": home.pk if home else None},
    )  # fmt: skip
    return resident


@transaction.atomic
def change_profile(
    *, resident: Resident, public_name: str, home: Place | None, birth_year: int | None, actor: Actor, at: datetime
) -> Resident:
    """Changes public name, declared home or birth year. A proved dong stays what the proof says."""
    rules.may_change_self(actor, resident, at=at).or_raise()
    _check(resident.place, public_name, home, but=resident.pk)
    new = {"public_name": public_name, "home": home, "birth_year": birth_year}
    changed = [name for name, value in new.items() if getattr(resident, name) != value]
    if not changed:
        return resident
    for name in changed:
        setattr(resident, name, new[name])
    resident.save(update_fields=changed)
    record("resident.changed", actor=actor, at=at, subject=resident, place=home or resident.place, facts={"fields": changed})
    return resident


@transaction.atomic
def link_account(*, resident: Resident, account: Account, actor: Actor, at: datetime) -> Resident:
    """Ties an account to a person an officer entered earlier, so that both are one. Raises Refused already_joined."""
    rules.may_check_person(actor, resident, at=at).or_raise()
    if resident.account_id or Resident.objects.filter(account=account).exists():
        raise Refused(no("already_joined"))
    resident.account = account
    resident.save(update_fields=["account"])
    record("resident.account_linked", actor=actor.for_resident(resident.pk), at=at, subject=resident)
    return resident


@transaction.atomic
def give_consent(*, resident: Resident, purpose: str, actor: Actor, at: datetime) -> Consent:
    """Agreement to one purpose; asking twice changes nothing. Raises Refused consent_unknown."""
    rules.may_change_self(actor, resident, at=at).or_raise()
    if purpose not in CONSENTS:
        raise Refused(no("consent_unknown"))
    row, made = Consent.objects.get_or_create(
        resident=resident, purpose=purpose, withdrawn_at=None, defaults={"version": CONSENT_VERSION, "given_at": at}
    )
    if made:
        record("consent.given", actor=actor, at=at, subject=resident, facts={"purpose": purpose, "version": row.version})
    return row


@transaction.atomic
def withdraw_consent(*, resident: Resident, purpose: str, actor: Actor, at: datetime) -> None:
    """Takes an agreement back. The needed ones are withdrawn by leaving (erase_resident), not here. Raises Refused consent_unknown."""
    rules.may_change_self(actor, resident, at=at).or_raise()
    if purpose not in CONSENTS or purpose in NEEDED:
        raise Refused(no("consent_unknown"))
    if Consent.objects.filter(resident=resident, purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=at):
        record("consent.withdrawn", actor=actor, at=at, subject=resident, facts={"purpose": purpose, "version": CONSENT_VERSION})


MOST_FOUND = 20


@transaction.atomic
def look_up(*, town: Place, query: str, actor: Actor, at: datetime) -> list[Resident]:
    """People whose public name begins with, or whose mail address or sign-in word is, the query; MOST_FOUND at most.

    Looking somebody up is itself recorded (개인정보의 안전성 확보조치 기준 §8: records of access), without what was searched for."""
    rules.may_enter_person(actor, town, at=at).or_raise()
    wanted = Q(public_name__istartswith=query) | Q(account__email__iexact=query) | Q(account__username__iexact=query)
    rows = list(
        Resident.objects.living().filter(wanted, place=town).select_related("home", "account").order_by("public_name", "pk")[:MOST_FOUND]
    )
    record("desk.looked_up", actor=actor, at=at, place=town, facts={"found": len(rows)})
    return rows


def _check(town: Place, public_name: str, home: Place | None, but: int | None = None) -> None:
    if home is not None and home.parent_id != town.pk:
        raise Refused(no("not_in_town"))
    if Resident.objects.living().filter(place=town, public_name=public_name).exclude(pk=but or 0).exists():
        raise Refused(no("name_taken"))
