"""Depositing records."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from madang.archive.finding import findable
from madang.archive.models import Record, RecordFile
from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.models import Place, StoredFile

LICENCES = range(5)  # 공공누리 제0유형 to 제4유형


@transaction.atomic
def deposit(
    *,
    place: Place,
    number: str,
    title: str,
    description: str,
    subject: str,
    made_on: date,
    files: Sequence[tuple[str, StoredFile]],
    retention: str,
    licence: int,
    is_public: bool,
    actor: Actor,
    at: datetime,
    replaces: Record | None = None,
) -> Record:
    """Puts a finished document into the archive with the checksum of each file. A deposited record is never changed.

    `licence` is the KOGL type (0–4), `retention` one of Record.Retention, `files` pairs of (label, stored file). Raises ValueError for
    another licence or class, and for files that are not as open as the record: a closed record's file must not open to whoever has its
    address, a public one's must open to everybody."""
    if licence not in LICENCES:
        raise ValueError(f"no KOGL type: {licence}")
    if any(f.is_public != is_public for _label, f in files):
        raise ValueError("a record and its files are open to the same people")
    retention = Record.Retention(retention)
    row = Record.objects.create(
        place=place, number=number, title=title, description=description, subject=subject, made_on=made_on, deposited_at=at,
        retention=retention, licence=licence, is_public=is_public, replaces=replaces,
    )  # fmt: skip
    RecordFile.objects.bulk_create([RecordFile(record=row, file=f, label=label, sha256=f.sha256) for label, f in files])
    if is_public:
        search.put(findable(row), at=at)
    record(
        "record.deposited", actor=actor, at=at, subject=row, place=place, trail=subject,
        facts={"number": number, "files": len(files), "retention": row.get_retention_display(), "sha256": [f.sha256 for _l, f in files]},
    )  # fmt: skip
    return row
