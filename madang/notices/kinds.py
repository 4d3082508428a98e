"""The register of messages: an area declares what it may tell people; the sentence is made when it is read, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

FAMILIES: dict[str, Any] = {
    "proposals": _("내 제안과 공감한 제안"),
    "ballots": _("투표"),
    "projects": _("사업 소식"),
    "comments": _("이야기와 답글"),
    "processes": _("과정과 일정"),
    "account": _("내 정보와 확인"),
}
# Families whose matter is the person: nobody else learns what it was.
OF_THE_PERSON = frozenset({"account"})


@dataclass(frozen=True)
class Message:
    """One kind of message. `body` may be empty; `is_service` ones reach people whatever they chose (a receipt, a code)."""

    kind: str
    family: str
    title: Any
    body: Any = ""
    is_service: bool = False


_messages: dict[str, Message] = {}


def message(kind: str, *, family: str, title: Any, body: Any = "", is_service: bool = False) -> None:
    """Declares a kind of message. Raises KeyError for an unknown family."""
    FAMILIES[family]
    _messages[kind] = Message(kind, family, title, body, is_service)


def messages() -> Mapping[str, Message]:
    """All declared kinds."""
    return _messages


def message_of(kind: str) -> Message:
    """The declared message. Raises KeyError when nothing declares it."""
    return _messages[kind]
