"""How deeds are told: every verb declares its sentence once, and a row of the trail says it with the facts that are left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from madang.methods.korean import settle

_verbs: dict[str, "VerbWords"] = {}


@dataclass(frozen=True)
class VerbWords:
    """How a verb is told: a sentence with named placeholders, the facts that may stay after erasure, whether the public sees it, and
    whether it hides something people wrote or shows it again."""

    name: str
    says: Any
    keeps: frozenset[str] = frozenset()
    public: bool = False
    moderates: bool = False
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def verb(
    name: str, *, says: Any, keeps: set[str] | frozenset[str] = frozenset(), public: bool = False, moderates: bool = False,
    words: Mapping | None = None,
) -> None:  # fmt: skip
    """Declares a verb's sentence. `words` translates coded facts: {"to": {"rejected": _("하지 않음")}}.

    `moderates`: it hides what people wrote, or shows it again, and stands in the public log of that. Such a deed is always public; its
    kept facts say why and, where there is one, the `number`, never a title or a word of what is hidden."""
    _verbs[name] = VerbWords(name, says, frozenset(keeps), public or moderates, moderates, words or {})


def verbs() -> Mapping[str, VerbWords]:
    """Every declared verb."""
    return _verbs


def moderating() -> list[str]:
    """The names of all verbs that hide or show again."""
    return [name for name, words in _verbs.items() if words.moderates]


def tell(name: str, facts: Mapping[str, Any]) -> str:
    """The declared sentence filled with facts, a missing one read as a dash; the bare name of a verb nobody declares any more."""
    words = _verbs.get(name)
    if words is None:
        return name
    said = _Facts(facts)
    for key, names in words.words.items():
        if said.get(key) in names:
            said[key] = names[said[key]]
    return settle(str(words.says) % said)


class _Facts(dict):
    def __missing__(self, key: str) -> str:
        return "–"
