"""A process's dates as a calendar file (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Event:
    """One entry. With `day` and `last_day` it takes whole days, else it runs from `begins` to `ends`."""

    uid: str
    title: str
    about: str = ""
    where: str = ""
    url: str = ""
    day: date | None = None
    last_day: date | None = None
    begins: datetime | None = None
    ends: datetime | None = None


def calendar_file(name: str, events: Iterable[Event], *, at: datetime) -> bytes:
    """The file's bytes: CRLF lines of at most 75 octets, UTF-8. `at` is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Madang//processes//KO", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, at)
    lines.append("END:VCALENDAR")
    return b"".join(folded for line in lines for folded in _fold(line))


def _event(event: Event, at: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(at)}"]
    if event.day:
        lines += [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{(event.last_day or event.day) + timedelta(days=1):%Y%m%d}"]
    elif event.begins:
        lines += [f"DTSTART:{_utc(event.begins)}", *([f"DTEND:{_utc(event.ends)}"] if event.ends else [])]
    lines.append(f"SUMMARY:{_text(event.title)}")
    for name, value in (("DESCRIPTION", event.about), ("LOCATION", event.where)):
        if value:
            lines.append(f"{name}:{_text(value)}")
    return [*lines, *([f"URL:{event.url}"] if event.url else []), "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "")):
        value = value.replace(plain, safe)
    return value


def _fold(line: str) -> Iterator[bytes]:
    """RFC 5545 §3.1: no line longer than 75 octets, never cut inside a letter."""
    piece, room = "", 75
    for letter in line:
        if len((piece + letter).encode()) > room:
            yield piece.encode() + b"\r\n "
            piece, room = "", 74
        piece += letter
    yield piece.encode() + b"\r\n"
