"""Keyed one-way hashes: the same person or contact is seen again, and nobody who reads the database can find one by guessing.

HMAC-SHA-256 with settings.HASH_KEY. A plain hash of a name and a birth date could be undone by trying all of them; with a key that is
not in the database it cannot. Changing the key makes every older hash meaningless, so it is kept apart from SECRET_KEY."""

import hashlib
import hmac
import re
from datetime import date
from unicodedata import normalize

from django.conf import settings

_NOT_NAME = re.compile(r"[\s.,·'’\-()]+")
_NOT_ADDRESS = re.compile(r"[\s.,·'’()]+")


def keyed(kind: str, *parts: object) -> str:
    """64 hex digits for `parts` within `kind`; kinds never meet."""
    text = "\x1f".join([kind, *(str(part) for part in parts)])
    return hmac.new(settings.HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def plain_name(name: str) -> str:
    """A name as compared: composed, without spaces and points, lower case."""
    return _NOT_NAME.sub("", normalize("NFKC", name)).casefold()


def person_key(name: str, birth: date, dong_code: str, namesake: int = 1) -> str:
    """Who a roll line or a counter check means. `namesake` counts people whom name, birth date and dong do not tell apart."""
    return keyed("person", plain_name(name), birth.isoformat(), dong_code, *([namesake] if namesake > 1 else []))


def linkage_key(name: str, birth: date) -> str:
    """What the mock identity provider answers with; a real one sends its own linkage value, hashed by `keyed("national", value)`."""
    return keyed("national", plain_name(name), birth.isoformat())


def contact_key(kind: str, contact: str) -> str:
    """A mail address or phone number."""
    plain = contact.strip().casefold() if kind == "mail" else re.sub(r"\D", "", contact)
    return keyed(f"contact-{kind}", plain)


def letter_key(name: str, address: str) -> str:
    """Somebody at an address."""
    return keyed("letter", plain_name(name), _NOT_ADDRESS.sub("", normalize("NFKC", address)).casefold())
