"""A stored notice in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang.methods.korean import settle
from madang.notices.kinds import OF_THE_PERSON, messages
from madang.notices.models import Notice


@dataclass(frozen=True)
class Said:
    title: str
    body: str


def said(notice: Notice) -> Said:
    """Title and body with the facts put in; a kind nobody declares any more shows its bare name, a fact that is not there a dash."""
    words = messages().get(notice.kind)
    if words is None:
        return Said(notice.kind, "")
    facts = _Facts(notice.facts)
    return Said(settle(str(words.title) % facts), settle(str(words.body) % facts) if words.body else "")


def kind_words(kind: str) -> str:
    """What a kind of message tells, without anybody's facts: its title with … where they stand."""
    words = messages().get(kind)
    return str(words.title) % _Facts(gap="…") if words else kind


def matter(notice: Notice) -> str:
    """What it was about, as far as an officer may read it: the name of the thing told of, never what a person was told about themselves.

    Empty when it leads nowhere."""
    words = messages().get(notice.kind)
    if words is None or words.family in OF_THE_PERSON or not notice.url:
        return ""
    names = (notice.facts.get(key) for key in ("title", "wording", "step"))
    return next((str(name) for name in names if name), notice.url)


class _Facts(dict[str, Any]):
    """An old notice may lack what a newer sentence asks for; an inbox opens all the same."""

    def __init__(self, facts: Mapping[str, Any] | None = None, *, gap: str = "–") -> None:
        super().__init__(facts or {})
        self.gap = gap

    def __missing__(self, key: str) -> str:
        return self.gap
