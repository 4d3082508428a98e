"""Verbs about the town's list of residents: read for a preview, taken in, a line used. Names and birth dates pass through and are gone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.town import Town
from madang.ground.verdict import Refused, no
from madang.methods.tables import TableError
from madang.residents import rules
from madang.residents.models import RollEntry, RollImport
from madang.residents.roll_reading import Reading, read_roll


@dataclass(frozen=True)
class Taken:
    """What a confirmed list changed."""

    added: int
    kept: int
    removed: int


@transaction.atomic
def preview_roll(
    *, town: Town, data: bytes, as_of: date, replaces: bool, actor: Actor, at: datetime
) -> tuple[RollImport | None, Reading] | TableError:
    """Reads an uploaded list and keeps the keyed hashes of its good lines for confirmation (None when there is not one).

    Answers a TableError when the file as a whole cannot be read or holds a resident registration number."""
    rules.may_import_roll(actor, at=at).or_raise()
    reading = read_roll(data, dongs=town.dongs, on=as_of)
    if isinstance(reading, TableError):
        return reading
    RollImport.objects.filter(account_id=actor.account_id or 0).delete()
    row = None
    if reading.lines:
        row = RollImport.objects.create(
            place=town.place, account_id=actor.account_id, at=at, as_of=as_of, lines=reading.lines, replaces=replaces
        )
    record(
        "roll.read", actor=actor, at=at, place=town.place,
        facts={"good": len(reading.lines), "bad": len(reading.bad), "as_of": as_of.isoformat()},
    )  # fmt: skip
    return row, reading


@transaction.atomic
def confirm_roll(*, roll_import: RollImport, actor: Actor, at: datetime) -> Taken:
    """Takes a previewed list in; with `replaces`, lines of its dong that are not in it and that nobody used go."""
    rules.may_import_roll(actor, at=at).or_raise()
    if not RollImport.objects.filter(pk=roll_import.pk, account_id=actor.account_id or 0).exists():
        raise Refused(no("import_gone"))
    place_id, lines = roll_import.place_id, {key: dong for dong, key in roll_import.lines}
    kept_keys = RollEntry.objects.filter(place_id=place_id).values_list("key_hash", flat=True)
    known = lines.keys() & set(kept_keys)
    new = [
        RollEntry(place_id=place_id, dong_id=dong, key_hash=key, as_of=roll_import.as_of) for key, dong in lines.items() if key not in known
    ]
    RollEntry.objects.bulk_create(new, batch_size=500)
    for some in _slices(sorted(known)):
        RollEntry.objects.filter(place_id=place_id, key_hash__in=some).update(as_of=roll_import.as_of)
    removed = 0
    if roll_import.replaces:
        old = RollEntry.objects.filter(place_id=place_id, dong_id__in=set(lines.values()), used_by__isnull=True)
        gone = [pk for pk, key in old.values_list("pk", "key_hash") if key not in lines]
        for some in _slices(gone):
            removed += RollEntry.objects.filter(pk__in=some).delete()[0]
    taken = Taken(len(new), len(known), removed)
    record(
        "roll.imported", actor=actor, at=at, place=place_id,
        facts={"as_of": roll_import.as_of.isoformat(), "added": taken.added, "kept": taken.kept, "removed": taken.removed},
    )  # fmt: skip
    roll_import.delete()
    return taken


def _slices(things: list, size: int = 500) -> list[list]:
    return [things[i : i + size] for i in range(0, len(things), size)]
