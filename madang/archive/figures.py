"""Records for other areas and for pages."""

import hashlib
from dataclasses import dataclass

from madang.archive.models import Record, RecordFile
from madang.ground import files


@dataclass(frozen=True)
class Checked:
    """A file of a record and whether its bytes are still those that were deposited."""

    file: RecordFile
    is_whole: bool


def checked_files(record: Record) -> tuple[Checked, ...]:
    """Every file with its checksum computed anew from the stored bytes."""
    rows = []
    for row in record.files.select_related("file").order_by("pk"):
        try:
            digest = hashlib.sha256(files.read(row.file)).hexdigest()
        except FileNotFoundError:
            digest = ""
        rows.append(Checked(row, digest == row.sha256))
    return tuple(rows)
