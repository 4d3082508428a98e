"""A Verdict answers "may someone?" and carries its reason: it greys out the button, answers the citizen and is tested without HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from madang.methods.korean import settle

_sentences: dict[str, Any] = {}


def refusals(sentences: Mapping[str, Any]) -> None:
    """Registers the sentence of each refusal code. A code belongs to one area and is named once.

    Raises ValueError when a code is registered twice with different words."""
    for code, sentence in sentences.items():
        if code in _sentences and str(_sentences[code]) != str(sentence):
            raise ValueError(f"refusal code {code!r} is registered twice")
        _sentences[code] = sentence


def refusal_codes() -> frozenset[str]:
    """Every registered refusal code."""
    return frozenset(_sentences)


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a code, its parameters and (through the register) a sentence a person can read."""

    allowed: bool
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def sentence(self) -> str:
        """The refusal in the reader's language; empty for a yes."""
        if self.allowed:
            return ""
        return settle(str(_sentences[self.code]) % dict(self.params))

    def or_raise(self) -> None:
        """Raises Refused when the answer is no."""
        if not self.allowed:
            raise Refused(self)


class Refused(Exception):
    """A verb was asked for what its rule does not allow."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.code)

    def __str__(self) -> str:
        return self.verdict.sentence


YES = Verdict(True)


def no(code: str, **params: Any) -> Verdict:
    """A refusal; `code` is registered in some words.py."""
    return Verdict(False, code, params)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first refusal among several answers, or YES."""
    return next((v for v in verdicts if not v), YES)
