"""Verbs about codes: made, sent by letter, tried, used up, forgotten. Only hashes are stored; a few wrong tries kill a code."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.verdict import Refused, no
from madang.residents import rules
from madang.residents.hashes import contact_key, keyed
from madang.residents.models import Resident, ResidentProof, RollImport, VerificationCode

MOST_TRIES = 5
CONTACT_LIVES = timedelta(minutes=10)
LETTER_LIVES = timedelta(days=60)
IMPORT_LIVES = timedelta(days=1)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read from paper
# A household may share a telephone; a mail address is one person's.
MOST_PER_CONTACT = {VerificationCode.Kind.MAIL: 1, VerificationCode.Kind.TEXT: 3}


@transaction.atomic
def make_code(*, resident: Resident, kind: str, contact: str, actor: Actor, at: datetime) -> tuple[VerificationCode, str]:
    """A code for a mail address or phone number; older ones of the resident die. Returns the row and the code, which is kept nowhere.

    Raises Refused contact_known when other residents already stand behind the contact."""
    rules.may_change_self(actor, resident, at=at).or_raise()
    known = ResidentProof.objects.filter(key_hash=contact_key(kind, contact), level=1, revoked_at__isnull=True)
    if known.exclude(resident=resident).values("resident").distinct().count() >= MOST_PER_CONTACT[VerificationCode.Kind(kind)]:
        raise Refused(no("contact_known"))
    VerificationCode.objects.alive(at).filter(resident=resident, kind__in=["mail", "text"]).update(used_at=at, contact="")
    row = VerificationCode.objects.create(
        resident=resident, kind=kind, contact=contact, made_at=at, expires_at=at + CONTACT_LIVES, code_hash=""
    )
    code = "".join(secrets.choice("0123456789") for _i in range(6))
    _keep_hash(row, code)
    record("code.sent", actor=actor, at=at, subject=resident, facts={"kind": str(kind)})
    return row, code


def try_code(*, resident: Resident, kinds: Sequence[str], typed: str, at: datetime) -> VerificationCode:
    """The code that was typed. A wrong one is counted for good, whatever happens after.

    Raises Refused: code_none, code_dead, code_wrong (with how many tries are left)."""
    row = (
        VerificationCode.objects.filter(resident=resident, kind__in=kinds, used_at__isnull=True)
        .exclude(code_hash="")
        .order_by("-pk")
        .first()
    )
    if row is None:
        raise Refused(no("code_none"))
    if row.expires_at <= at or row.tries >= MOST_TRIES:
        raise Refused(no("code_dead"))
    # Counted before comparing, with the limit in the condition: two tries at once cannot both slip through.
    if not VerificationCode.objects.filter(pk=row.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise Refused(no("code_dead"))
    if not secrets.compare_digest(row.code_hash, _hash(row, typed)):
        left = MOST_TRIES - row.tries - 1
        raise Refused(no("code_wrong", left=left) if left else no("code_dead"))
    return row


@transaction.atomic
def ask_letter(*, resident: Resident, name: str, address: str, dong: Place, actor: Actor, at: datetime) -> VerificationCode:
    """A letter to an address in a dong. The code comes into being when it is printed. Raises Refused: contact_first, letter_on_its_way."""
    rules.may_ask_letter(actor, resident, at=at).or_raise()
    if dong.parent_id != resident.place_id:
        raise Refused(no("not_in_town"))
    VerificationCode.objects.alive(at).filter(resident=resident, kind="letter").update(used_at=at, contact="")
    row = VerificationCode.objects.create(
        resident=resident, kind="letter", contact=f"{name}\n{address}", dong=dong, made_at=at, expires_at=at + LETTER_LIVES, code_hash=""
    )
    record("letter.asked", actor=actor, at=at, subject=resident, place=dong, facts={"dong": dong.pk})
    return row


@dataclass(frozen=True)
class Letter:
    """What is printed, once."""

    pk: int
    name: str
    address: str
    dong: str
    code: str
    until: date


@transaction.atomic
def print_letters(*, town_id: int, ids: Sequence[int], actor: Actor, at: datetime) -> list[Letter]:
    """Makes a fresh code for each chosen letter that is still alive, for printing; an earlier print of the same stops counting."""
    rules.may_print_letters(actor, at=at).or_raise()
    rows = (
        VerificationCode.objects.alive(at)
        .filter(kind="letter", resident__place_id=town_id, pk__in=ids)
        .select_related("dong")
        .order_by("pk")
    )
    letters = []
    for row in rows:
        code = "".join(secrets.choice(ALPHABET) for _i in range(8))
        row.printed_at, row.tries = at, 0
        row.save(update_fields=["printed_at", "tries"])
        _keep_hash(row, code)
        name, _newline, address = row.contact.partition("\n")
        letters.append(Letter(row.pk, name, address, row.dong.name if row.dong else "", f"{code[:4]}-{code[4:]}", today(row.expires_at)))
    if letters:
        record("letters.printed", actor=actor, at=at, place=town_id, facts={"count": len(letters)})
    return letters


@transaction.atomic
def drop_old_codes(*, actor: Actor, at: datetime) -> int:
    """Forgets codes that ran out or were used a day ago, and list previews nobody confirmed. Returns how many rows went."""
    gone = VerificationCode.objects.filter(Q(expires_at__lte=at) | Q(used_at__lte=at - timedelta(days=1))).delete()[0]
    gone += RollImport.objects.filter(at__lte=at - IMPORT_LIVES).delete()[0]
    if gone:
        record("codes.dropped", actor=actor, at=at, facts={"count": gone})
    return gone


def _keep_hash(row: VerificationCode, code: str) -> None:
    row.code_hash = _hash(row, code)
    row.save(update_fields=["code_hash"])


def _hash(row: VerificationCode, typed: str) -> str:
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return keyed("code", row.pk, plain)
