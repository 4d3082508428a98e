"""Ways to show who one is. Each is a small plug-in behind one interface; all end in the same verb (`actions.prove`).

A verifier answers one question: given what the person (or the officer) brought, what has been found? It writes nothing but its own
tries. A new one is a file here with a class and one `register(...)`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from madang.ground.actor import Actor, Proof
from madang.ground.models import Place
from madang.ground.town import Town
from madang.ground.verdict import Refused, no
from madang.residents.actions import prove
from madang.residents.models import Resident, ResidentProof, RollEntry, VerificationCode


@dataclass(frozen=True)
class Finding:
    """What a verifier found out: the level it shows, where the person lives, a keyed hash, perhaps a verified birth year."""

    level: Proof
    method: str
    dong: Place | None = None
    key_hash: str = ""
    birth_year: int | None = None
    document: str = ""
    spent: VerificationCode | RollEntry | None = None  # what this proof uses up


class Verifier:
    """The interface. Subclasses set the words and answer `find`."""

    slug: str = ""
    level: Proof = Proof.CONTACT
    label: Any = ""
    how: Any = ""  # what the person does, in plain words
    url_name: str = ""  # the page where a resident uses it; empty: only officials do
    act: Any = ""  # the link's verb
    is_demo: bool = False

    def is_ready(self, town: Town) -> bool:
        """Whether it can be used here and now (configured, a roll is there …)."""
        return True

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        """What is found from `answer`. Raises Refused with a sentence for the person."""
        raise NotImplementedError


_verifiers: dict[str, Verifier] = {}


def register(verifier: Verifier) -> Verifier:
    """Adds a verifier under its slug. Raises ValueError when the slug is taken."""
    if verifier.slug in _verifiers:
        raise ValueError(f"verifier {verifier.slug!r} is registered twice")
    _verifiers[verifier.slug] = verifier
    return verifier


def verifiers() -> Iterable[Verifier]:
    """All of them, lowest level first."""
    return sorted(_verifiers.values(), key=lambda v: v.level)


def verifier(slug: str) -> Verifier:
    """One by its slug. Raises KeyError."""
    return _verifiers[slug]


def settle(*, slug: str, resident: Resident, answer: Mapping[str, Any], actor: Actor, at: datetime, town: Town) -> ResidentProof:
    """Asks a verifier and writes the proof it found. Raises Refused: the verifier's reason, or prove's.

    Finding is not part of the proof's transaction: a wrong code stays counted although nothing was proved."""
    asked = verifier(slug)
    if not asked.is_ready(town):
        raise Refused(no("verifier_off"))
    finding = asked.find(resident, answer, at=at)
    return prove(
        resident=resident,
        level=finding.level,
        method=finding.method,
        dong=finding.dong,
        key_hash=finding.key_hash,
        document=finding.document,
        birth_year=finding.birth_year,
        spends=finding.spent,
        actor=actor,
        at=at,
    )
