"""Records for tests, made through the verb."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings

from madang.archive.actions import deposit
from madang.archive.models import Record
from madang.ground import files
from madang.ground.actor import SYSTEM
from madang.ground.models import Place, StoredFile
from tests import NOON
from tests.residents.makers import a_town

_numbers = count(1)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"
WORDS = "의제 셋을 골랐습니다.".encode()


def a_file(data: bytes = PDF, name: str = "결과.pdf", mime: str = "application/pdf", *, is_public: bool = True) -> StoredFile:
    """Bytes the system itself made, kept for the town."""
    return files.keep(data, name=name, mime=mime, place=a_town().place, actor=SYSTEM, at=NOON, is_public=is_public)


def a_record(*, place: Place | None = None, is_public: bool = True, **over: Any) -> Record:
    """A result report of this spring with two files, deposited at noon."""
    given = {
        "number": f"마을자치과-2021-{next(_numbers)}", "title": "2021년 독산2동 주민총회 결과 보고", "description": "주민이 고른 일 셋",
        "subject": "ballot/1", "made_on": date(2021, 4, 1), "retention": "permanent", "licence": 1, "actor": SYSTEM, "at": NOON, **over,
    }  # fmt: skip
    if "files" not in given:
        given["files"] = [
            ("PDF", a_file(is_public=is_public)),
            ("TXT", a_file(WORDS, "결과.txt", "text/plain", is_public=is_public)),
        ]
    return deposit(place=place or a_town().dong("doksan2"), is_public=is_public, **given)


def path_of(stored: StoredFile) -> Path:
    """Where the bytes lie on the disk, for somebody with a hand on the server."""
    return Path(settings.MEDIA_ROOT) / stored.sha256[:2] / stored.sha256[2:]


def elsewhere() -> Place:
    """A district that is not this town."""
    a_town()
    found, _made = Place.objects.get_or_create(
        code="1174000000", defaults={"level": "district", "slug": "gangdong", "name": "강동구", "name_en": "Gangdong-gu"}
    )
    return found
