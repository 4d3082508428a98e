"""The record of every deed: record() writes a row, seal() binds rows so that no change goes unseen.

Writers never wait for one another: a row carries no link to the row before. A job seals what has no seal yet, in batches."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from madang.ground.actor import Actor
from madang.ground.deeds import verbs
from madang.ground.models import AuditEntry, AuditSeal, Place
from madang.methods.chain import canonical, root

GENESIS = "0" * 64


def thing(subject: models.Model) -> str:
    """The name of a row in the audit trail: `proposal/7`."""
    return f"{subject._meta.model_name}/{subject.pk}"


def record(
    name: str,
    *,
    actor: Actor,
    at: datetime,
    subject: models.Model | None = None,
    place: Place | int | None = None,
    trail: models.Model | str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Writes the audit row of one deed, inside the transaction that did it.

    `trail` is the thing whose public timeline tells the deed (the subject when not given). Facts named in the verb's `keeps` stay for
    ever; all others are personal and go when the matter is erased. Raises KeyError for an undeclared verb and TypeError for a fact that
    no seal could bind (a float, a date)."""
    words = verbs()[name]
    facts = dict(facts or {})
    kept = {k: v for k, v in facts.items() if k in words.keeps}
    personal = {k: v for k, v in facts.items() if k not in words.keeps} or None
    salt = secrets.token_hex(16) if personal else None
    canonical(kept)  # said now, in the verb, and not by the sealer long after
    return AuditEntry.objects.create(
        verb=name,
        at=at,
        place_id=place.pk if isinstance(place, Place) else place or getattr(subject, "place_id", None) or actor.town_id,
        account_id=actor.account_id,
        resident_id=actor.resident_id,
        on_behalf_of_id=actor.on_behalf_of_id,
        desk_id=actor.desk_id,
        role=actor.posts[0].title if actor.desk_open and actor.posts else "",
        subject=thing(subject) if subject is not None else "",
        trail=trail if isinstance(trail, str) else thing(trail) if trail is not None else thing(subject) if subject is not None else "",
        is_public=words.public,
        kept=kept,
        personal=personal,
        salt=salt,
        personal_digest=personal_digest(salt, personal) if personal else "",
    )


def personal_digest(salt: str | None, personal: Mapping | None) -> str:
    """A commitment to the erasable part: once salt and text are gone nobody can test a guess against it."""
    return hashlib.sha256(canonical([salt, personal])).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf(entry: AuditEntry) -> bytes:
    """What a seal binds of an entry: everything but the erasable text, of which only the commitment counts."""
    return canonical(
        [
            entry.pk,
            entry.verb,
            _moment(entry.at),
            entry.place_id,
            entry.account_id,
            entry.resident_id,
            entry.on_behalf_of_id,
            entry.desk_id,
            entry.role,
            entry.subject,
            entry.trail,
            entry.is_public,
            entry.kept,
            entry.personal_digest,
        ]
    )


def seal_digest(number: int, sealed_at: datetime, count: int, batch_root: str, previous: str) -> str:
    """The digest that the next seal chains to."""
    moment = sealed_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return hashlib.sha256(canonical([number, moment, count, batch_root, previous])).hexdigest()


@transaction.atomic
def seal(*, at: datetime, most: int = 5000) -> AuditSeal | None:
    """Binds up to `most` entries that have no seal yet; None when there are none.

    One sealer works at a time: the seal's number is unique."""
    entries = list(AuditEntry.objects.filter(seal__isnull=True).order_by("pk")[:most])
    if not entries:
        return None
    last = AuditSeal.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    batch_root = root([leaf(e) for e in entries]).hex()
    row = AuditSeal.objects.create(
        number=number,
        sealed_at=at,
        count=len(entries),
        root=batch_root,
        previous=previous,
        digest=seal_digest(number, at, len(entries), batch_root, previous),
    )
    AuditEntry.objects.filter(pk__in=[e.pk for e in entries]).update(seal=row)
    return row


@dataclass(frozen=True)
class Fault:
    """One thing found wrong in the trail."""

    seal: int
    what: str


def verify() -> Iterator[Fault]:
    """Recomputes every seal from its rows and yields what does not hold.

    Found are: a changed, added or missing row, a broken chain, altered erasable text."""
    previous, expected = GENESIS, 1
    for row in AuditSeal.objects.order_by("number").iterator():
        if row.number != expected or row.previous != previous:
            yield Fault(row.number, "chain")
        entries = list(AuditEntry.objects.filter(seal=row).order_by("pk"))
        if len(entries) != row.count:
            yield Fault(row.number, "count")
        elif root([leaf(e) for e in entries]).hex() != row.root:
            yield Fault(row.number, "root")
        if seal_digest(row.number, row.sealed_at, row.count, row.root, row.previous) != row.digest:
            yield Fault(row.number, "digest")
        for entry in entries:
            if entry.personal is not None and personal_digest(entry.salt, entry.personal) != entry.personal_digest:
                yield Fault(row.number, f"personal of {entry.pk}")
        previous, expected = row.digest, row.number + 1


def erase_personal(entries: models.QuerySet) -> int:
    """Drops the erasable facts of these entries; the seals still hold. Returns how many rows lost something."""
    return entries.filter(personal__isnull=False).update(personal=None, salt=None)
