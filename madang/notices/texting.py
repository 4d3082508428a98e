"""The port for text messages. A town's contract decides the adapter; the demo writes to a file."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from madang.ground import clock


class TextBackend(Protocol):
    """What an adapter must do: hand one message to the carrier, or raise."""

    def send(self, number: str, text: str) -> None: ...


class FileBackend:
    """Appends each message to a file a day, for demo and development."""

    def send(self, number: str, text: str) -> None:
        moment: datetime = clock.now().astimezone(clock.KST)
        folder = Path(settings.TEXT_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{moment:%Y-%m-%d}.txt").open("a", encoding="utf-8") as out:
            out.write(f"{moment:%H:%M:%S}\t{number}\t{text}\n")


class MemoryBackend:
    """Keeps messages in a list, for tests."""

    outbox: list[tuple[str, str]] = []

    def send(self, number: str, text: str) -> None:
        self.outbox.append((number, text))


def backend() -> TextBackend:
    """The adapter named by the setting TEXT_MESSAGE_BACKEND."""
    return import_string(settings.TEXT_MESSAGE_BACKEND)()
