"""A stored notice in the reader's language."""

from dataclasses import dataclass
from typing import Any

from madang.notices.kinds import messages
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
    return Said(str(words.title) % facts, str(words.body) % facts if words.body else "")


class _Facts(dict[str, Any]):
    """An old notice may lack what a newer sentence asks for; an inbox opens all the same."""

    def __missing__(self, key: str) -> str:
        return "–"
