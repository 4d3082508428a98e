"""A stored notice in the reader's language."""

from dataclasses import dataclass

from madang.notices.kinds import messages
from madang.notices.models import Notice


@dataclass(frozen=True)
class Said:
    title: str
    body: str


def said(notice: Notice) -> Said:
    """Title and body with the facts put in; a kind nobody declares any more shows its bare name."""
    words = messages().get(notice.kind)
    if words is None:
        return Said(notice.kind, "")
    return Said(str(words.title) % notice.facts, str(words.body) % notice.facts if words.body else "")
