"""The verb every verifier ends in: a proof is written once, whoever found it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from madang.ground.actor import Actor, Proof
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.town import town_of
from madang.ground.verdict import Refused, no
from madang.residents import rules
from madang.residents.models import Resident, ResidentProof, RollEntry, VerificationCode


@transaction.atomic
def prove(
    *,
    resident: Resident,
    level: Proof,
    method: str,
    dong: Place | None,
    key_hash: str = "",
    document: str = "",
    expires_on: date | None = None,
    birth_year: int | None = None,
    spends: VerificationCode | RollEntry | None = None,
    actor: Actor,
    at: datetime,
) -> ResidentProof:
    """Writes one proof. `key_hash` is the keyed one-way hash that the database keeps unique for levels person and residence, so that one
    person stands behind one resident. A residence ends after the town's `proof_months` unless `expires_on` (first day it no longer counts).
    `document` is the kind of paper seen at a counter, never its number. A verified `birth_year` replaces what the person had said.
    `spends` is used up in the same transaction: a code (its contact is forgotten) or a line of the roll.

    Raises Refused: person_known, not_in_town, and the rule's own when an official proves somebody."""
    if actor.resident_id != resident.pk or method == ResidentProof.Method.DESK:
        rules.may_check_person(actor, resident, at=at).or_raise()
    if dong is not None and dong.parent_id != resident.place_id:
        raise Refused(no("not_in_town"))
    if level == Proof.RESIDENCE and expires_on is None:
        expires_on = months_later(today(at), town_of(resident.place_id).settings(today(at)).proof_months)
    # The new one stands in for what it repeats, and for a residence in another dong: people live in one place.
    replaced = Q(level=level, method=method) | (Q(level=level) & ~Q(dong=dong) if dong else Q(pk=None))
    if key_hash:
        replaced |= Q(key_hash=key_hash)
    ResidentProof.objects.filter(replaced, resident=resident, revoked_at__isnull=True).update(revoked_at=at)
    try:
        with transaction.atomic():
            row = ResidentProof.objects.create(
                resident=resident, level=level, method=method, dong=dong, key_hash=key_hash, at=at, expires_on=expires_on
            )
    except IntegrityError:
        raise Refused(no("person_known")) from None
    _use_up(spends, resident, at)
    resident.home = dong or resident.home
    resident.birth_year = birth_year or resident.birth_year
    resident.save(update_fields=["home", "birth_year"])
    record(
        "proof.given",
        actor=actor if actor.resident_id == resident.pk or actor.is_system else actor.for_resident(resident.pk),
        at=at,
        subject=resident,
        place=dong or resident.place,
        facts={
            "level": int(level),
            "method": str(method),
            "dong": dong.pk if dong else None,
            "until": expires_on.isoformat() if expires_on else None,
            **({"document": document} if document else {}),
        },
    )
    return row


@transaction.atomic
def revoke_proof(*, proof: ResidentProof, reason: str, actor: Actor, at: datetime) -> ResidentProof:
    """An officer takes a proof back that turned out wrong (or the person moved away)."""
    rules.may_check_person(actor, proof.resident, at=at).or_raise()
    if proof.revoked_at is None:
        proof.revoked_at = at
        proof.save(update_fields=["revoked_at"])
        record(
            "proof.revoked", actor=actor.for_resident(proof.resident_id), at=at, subject=proof.resident,
            facts={"level": proof.level, "method": proof.method, "reason": reason},
        )  # fmt: skip
    return proof


def _use_up(thing: VerificationCode | RollEntry | None, resident: Resident, at: datetime) -> None:
    """Conditions stand in the update: of two at once only one gets through."""
    if isinstance(thing, VerificationCode):
        done = VerificationCode.objects.filter(pk=thing.pk, used_at__isnull=True).update(used_at=at, contact="")
        why = "code_dead"
    elif thing is not None and thing.used_by_id != resident.pk:
        done = RollEntry.objects.filter(pk=thing.pk, used_by__isnull=True).update(used_by=resident)
        why = "person_known"
    else:
        return
    if not done:
        raise Refused(no(why))


def months_later(day: date, months: int) -> date:
    """The same day `months` later; the last day of a shorter month."""
    years, month0 = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month0 + 1, last)
        except ValueError:
            continue
    raise AssertionError("a month has 28 days")
