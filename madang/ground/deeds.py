"""How deeds are told: every verb declares its sentence once, and a row of the trail says it with the facts that are left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from madang.methods.korean import settle

_verbs: dict[str, "VerbWords"] = {}


@dataclass(frozen=True)
class VerbWords:
    """How a verb is told: a sentence with named placeholders, the facts that may stay after erasure, whether the public sees it."""

    name: str
    says: Any
    keeps: frozenset[str] = frozenset()
    public: bool = False
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def verb(
    name: str, *, says: Any, keeps: set[str] | frozenset[str] = frozenset(), public: bool = False, words: Mapping | None = None
) -> None:
    """Declares a verb's sentence. `words` translates coded facts: {"to": {"rejected": _("하지 않음")}}."""
    _verbs[name] = VerbWords(name, says, frozenset(keeps), public, words or {})


def verbs() -> Mapping[str, VerbWords]:
    """Every declared verb."""
    return _verbs


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
