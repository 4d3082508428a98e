"""The register of paper kinds: a kind knows what it reports on, who may draw it up and how it is gathered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from madang.ground.models import Place
from madang.ground.town import Town
from madang.reports.paper.blocks import Paper


@dataclass(frozen=True)
class Ask:
    """Something no record knows, typed by the drafter: one line of the paper per line, or a single one."""

    name: str
    label: Any
    hint: Any = ""
    is_line: bool = False


@dataclass(frozen=True)
class Choice:
    """A thing a paper of the kind may report on."""

    subject_pk: int
    label: str
    place_id: int
    note: str = ""


@dataclass(frozen=True)
class About:
    """What a paper reports on, as found: its place, its names in the audit trail, the figures it was found by."""

    place: Place
    subject: str
    within: str
    trails: tuple[str, ...]  # where its publication is told besides its own trail
    figures: Any


@dataclass(frozen=True)
class Gathered:
    """A paper without number and signatures, as it is now."""

    about: About
    paper: Paper


@dataclass(frozen=True)
class PaperKind:
    """One kind of official paper.

    `find(subject_pk, town=)` gives About, or None when there is nothing to report on; `gather(about, town=, typed=, at=)` gives the
    paper in Korean whatever the reader's language; `choices(town, year=, at=)` lists what may be reported on."""

    slug: str
    label: Any
    about: Any
    find: Callable[..., About | None]
    gather: Callable[..., Paper]
    choices: Callable[..., Sequence[Choice]]
    asks: tuple[Ask, ...] = ()
    retention: str = "permanent"  # a class of the archive's Record.Retention
    licence: int = 1  # 공공누리 유형


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Declares a kind of paper, once. Raises ValueError for a second kind of the same slug."""
    if kind.slug in _kinds and _kinds[kind.slug] != kind:
        raise ValueError(f"paper kind {kind.slug!r} is declared twice")
    _kinds[kind.slug] = kind
    return kind


def kinds() -> Mapping[str, PaperKind]:
    """All declared kinds by slug, in the order of declaration."""
    return _kinds


def kind_of(slug: str) -> PaperKind:
    """The kind of a paper. Raises KeyError when there is none of that name."""
    return _kinds[slug]


def label_of(slug: str) -> Any:
    """The kind's name; the slug itself for a kind that is no longer there."""
    return _kinds[slug].label if slug in _kinds else slug


def gathered(kind: PaperKind, subject_pk: int, *, town: Town, typed: Mapping[str, str], at: datetime) -> Gathered | None:
    """The paper of a kind as the records stand; None when there is nothing to report on.

    Figures speak their reader's language; a paper is Korean whoever asks for it.
    """
    with translation.override("ko"):
        about = kind.find(subject_pk, town=town)
        return Gathered(about, kind.gather(about, town=town, typed=typed, at=at)) if about else None
