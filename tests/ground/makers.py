"""Small things of the ground floor for tests."""

from io import BytesIO
from typing import Any

from PIL import Image

from madang.ground import files
from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import record
from madang.ground.models import AuditEntry, Place, StoredFile
from tests import NOON
from tests.residents.makers import a_town


def a_deed(
    verb: str = "place.settings_changed", /, *, actor: Actor = SYSTEM, at: Any = NOON, place: Place | None = None, **facts: Any
) -> AuditEntry:
    """One row of the trail: kept facts from_on, reason and fields; every other fact is personal."""
    return record(verb, actor=actor, at=at, place=place or a_town().place, facts={"reason": "시험", **facts})


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """The bytes of a picture."""
    out = BytesIO()
    Image.new(mode, size, "white" if mode != "RGBA" else (0, 80, 0, 128)).save(out, kind, **options)
    return out.getvalue()


def took(data: bytes, name: str = "그림.jpg", **over: Any) -> StoredFile:
    """These bytes taken in for the town."""
    return files.take(BytesIO(data), name=name, place=a_town().place, actor=over.pop("actor", SYSTEM), at=NOON, **over)
