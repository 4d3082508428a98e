"""Files people hand in: the kind is sniffed from the bytes, the size bounded, pictures drawn again without their position data."""

import hashlib
import lzma
import secrets
import struct
import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.door import Request, anyone, door
from madang.ground.models import Place, StoredFile
from madang.ground.verdict import YES, Refused, Verdict, no
from madang.methods.papers import numbered_lines, read_text
from madang.methods.text import find_resident_numbers

MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE
LONGEST_SIDE = 2048  # pixels
KEPT_AND_ASKED = "public, no-cache"
MOST_PIXELS = 50_000_000  # a picture bomb is refused before it is drawn
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
MOST_WORDS = 20_000_000  # bytes of text taken out of one zipped paper: a zip bomb is given up
MOST_PARTS = 2_000

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-hwp"),
)
_ZIPPED = {
    "mimetype": (b"application/hwp+zip", "application/hwp+zip"),
    "xl/": (b"", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "word/": (b"", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
ZIPPED_PAPERS = frozenset(mime for _begins, mime in _ZIPPED.values())
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
PAPERS = frozenset({"application/pdf", "application/x-hwp", "text/plain", *ZIPPED_PAPERS})
KIND_NAMES = {PICTURES: "JPG, PNG, WebP", PAPERS | PICTURES: "JPG, PNG, PDF, HWP, HWPX, XLSX, DOCX, TXT"}


def sniff(data: bytes) -> str:
    """The kind of a file by its bytes; "" when it is none we take. The name a browser sends counts for nothing."""
    for start, mime in _SIGNATURES:
        if data.startswith(start):
            return mime
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        for name, (content, mime) in _ZIPPED.items():
            if name.encode() in data[:4096] and content in data[:200]:
                return mime
        return ""
    text = read_text(data)
    return "" if text is None or "\x00" in text or "<" in text[:200] else "text/plain"


def may_take(data: bytes, kinds: frozenset[str], name: str = "") -> Verdict:
    """Whether these bytes may be stored as one of the kinds, under this name.

    Looked through for resident registration numbers are the name, plain text and zipped papers; what is inside a PDF, an older Hangul
    file or a picture is not."""
    if not data:
        return no("file_empty")
    if len(data) > LIMIT:
        return no("file_too_large", limit=f"{LIMIT // MEGABYTE}MB")
    mime = sniff(data)
    if mime not in kinds:
        return no("file_kind", kinds=KIND_NAMES.get(kinds, "PDF"))
    if _names_a_person(name):
        return no("file_name_resident_number")
    try:
        lines = _words_inside(data) if mime in ZIPPED_PAPERS else [read_text(data) or ""] if mime == "text/plain" else []
    except ValueError:
        return no("file_unreadable")
    return no("file_resident_number") if any(map(find_resident_numbers, lines)) else YES


def _words_inside(data: bytes) -> list[str]:
    """The lines of a zipped paper that may hold a number. Raises ValueError for what cannot be opened, is locked or holds too much: it has
    not been looked through."""
    found: list[str] = []
    left = MOST_WORDS
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = [part for part in packed.infolist() if part.filename.lower().endswith((".xml", ".rels", ".txt"))]
            if len(parts) > MOST_PARTS:
                raise ValueError("too many parts")
            for part in parts:
                with packed.open(part) as stream:
                    raw = stream.read(left + 1)
                left -= len(raw)
                if left < 0:
                    raise ValueError("too much text")
                found += numbered_lines(raw)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError,
            EOFError, OSError) as fault:  # fmt: skip
        raise ValueError("cannot be opened") from fault
    return found


def _names_a_person(name: str) -> bool:
    # An underscore reads as a dash within a number; between a number and the rest of a name it is a gap.
    return any(find_resident_numbers(way) for way in (name, name.replace("_", " ")))


def redraw(data: bytes) -> tuple[bytes, str, int, int]:
    """The picture drawn again: turned upright, at most LONGEST_SIDE, without EXIF. Returns bytes, kind, width, height.

    Raises Refused(file_broken) for what is not a picture."""
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:  # Pillow itself only warns up to twice as many
                raise Refused(no("file_broken"))
            picture: Image.Image = ImageOps.exif_transpose(opened)
            # Comments and XMP would be written again; colours and see-through pixels need theirs.
            picture.info = {k: v for k, v in picture.info.items() if k in ("icc_profile", "transparency")}
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = picture.mode in ("RGB", "L")
            out = BytesIO()
            (picture if flat else picture.convert("RGBA")).save(out, "JPEG" if flat else "PNG", quality=85, optimize=True)
            return out.getvalue(), "image/jpeg" if flat else "image/png", picture.width, picture.height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError):
        raise Refused(no("file_broken")) from None


@transaction.atomic
def take(
    upload: IO[bytes], *, name: str, place: Place, actor: Actor, at: datetime,
    kinds: frozenset[str] = PICTURES, is_public: bool = True,
) -> StoredFile:  # fmt: skip
    """Takes a file in. Raises Refused with the reason when it is too large, of another kind, broken, or it or its name carries a resident
    number."""
    data = upload.read(LIMIT + 1)
    may_take(data, kinds, name).or_raise()
    mime, width, height = sniff(data), None, None
    if mime in PICTURES:
        data, mime, width, height = redraw(data)
        name = Path(name).stem + (".jpg" if mime == "image/jpeg" else ".png")
    return keep(data, name=name, mime=mime, place=place, actor=actor, at=at, is_public=is_public, width=width, height=height)


@transaction.atomic
def keep(
    data: bytes, *, name: str, mime: str, place: Place, actor: Actor, at: datetime,
    is_public: bool = True, width: int | None = None, height: int | None = None,
) -> StoredFile:  # fmt: skip
    """Stores bytes the system itself made or has already checked."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{secrets.token_hex(4)}")
        part.write_bytes(data)
        part.rename(path)
    safe = "".join(c if c.isalnum() or c in "._-() " else "_" for c in Path(name).name)[-120:].strip(". ") or "file"
    stored = StoredFile.objects.create(
        token=secrets.token_urlsafe(18), place=place, uploaded_by_id=actor.account_id, at=at, name=safe,
        mime=mime, size=len(data), sha256=digest, width=width, height=height, is_public=is_public,
    )  # fmt: skip
    record("file.stored", actor=actor, at=at, subject=stored, place=place, facts={"mime": mime, "size": len(data)})
    return stored


def open_to_all(pks: Iterable[int], *, is_public: bool) -> None:
    """Opens files to everybody, or closes them: they share the fate of what they were put to. Part of the verb that shows or hides it."""
    StoredFile.objects.filter(pk__in=list(pks)).update(is_public=is_public)


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError when it was erased."""
    return _path(stored.sha256).read_bytes()


def erase(stored: StoredFile) -> None:
    """Removes the bytes unless another row holds the same ones; the row stays and says so."""
    StoredFile.objects.filter(pk=stored.pk).update(is_erased=True, name="erased")
    if not StoredFile.objects.filter(sha256=stored.sha256, is_erased=False).exists():
        _path(stored.sha256).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:]


@door(anyone)
def serve(request: Request, token: str, name: str) -> HttpResponse:
    """Serves one file by its token. Only pictures and PDF open in the browser, everything else is saved; nothing in it may run.

    Any public file may be closed one day with what it was put to: a copy is kept, but asked about each time before it is shown."""
    stored = StoredFile.objects.filter(token=token, is_erased=False).first()
    if stored is None or not (stored.is_public or _is_theirs(request, stored) or _is_for_this_desk(request, stored)):
        raise Http404
    path = _path(stored.sha256)
    if not path.exists():
        raise Http404
    etag = quote_etag(stored.sha256)
    same = get_conditional_response(request, etag=etag) if stored.is_public else None
    if same is not None:
        same["Cache-Control"] = KEPT_AND_ASKED
        return same
    opens_here = stored.is_image or stored.mime == "application/pdf"
    response = FileResponse(path.open("rb"), content_type=stored.mime, as_attachment=not opens_here, filename=stored.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = KEPT_AND_ASKED if stored.is_public else "private, no-store"
    if stored.is_public:
        response["ETag"] = etag
    return response  # type: ignore[return-value]  # a file is streamed


def _is_theirs(request: Request, stored: StoredFile) -> bool:
    """Who handed it in still sees it; an official, who handed it in for the office, only at an open desk."""
    return stored.uploaded_by_id is not None and stored.uploaded_by_id == request.actor.account_id and not request.actor.is_official


def _is_for_this_desk(request: Request, stored: StoredFile) -> bool:
    return request.actor.desk_open and request.town.place_of(stored.place_id) is not None


def size_words(stored: StoredFile) -> str:
    """`2.1MB`, `340KB`."""
    return (
        _("%(n)sMB") % {"n": round(stored.size / MEGABYTE, 1)}
        if stored.size >= MEGABYTE
        else _("%(n)sKB") % {"n": max(1, stored.size // 1024)}
    )
