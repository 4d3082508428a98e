"""The register of step kinds: an area declares what a step of its kind allows, and the spine never names an area."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madang.ground.verdict import YES, Verdict


@dataclass(frozen=True)
class NoSettings:
    """A kind without settings."""


@dataclass(frozen=True)
class StepLine:
    """What a step says of itself on the home page and the process page."""

    text: str = ""
    action: str = ""  # label of the button; empty when there is nothing to do
    url: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class Blocker:
    """Something that is missing before a step may open.

    A serious blocker of a step that would be open at once keeps the process from opening. For a step that comes later it is only
    listed, because its area has time to fill it; with `holds_process` it counts at once all the same."""

    what: Any
    url: str = ""
    is_serious: bool = True
    holds_process: bool = False


@dataclass(frozen=True)
class Document:
    """A paper to take along from a process's page."""

    title: str
    url: str
    kind: str  # "PDF", "HWPX", "CSV" …
    size: str = ""  # "1.2MB"


def _nothing_missing(step: Any, *, at: datetime) -> list[Blocker]:
    return []


def _nobody(step: Any) -> Iterable[int]:
    return ()


def _dates_are_free(step: Any, *, at: datetime) -> Verdict:
    return YES


@dataclass(frozen=True)
class StepKind:
    """One kind of step. `urls` is mounted by the site at `prefix`; `home` is the name of the page that takes the step's number."""

    slug: str
    label: Any
    allows: frozenset[str] = frozenset()
    settings: type = NoSettings
    urls: str = ""
    prefix: str = ""
    home: str = ""
    desk_home: str = ""
    mark: Any = ""  # the word on the home page's mark; the label when empty
    tone: str = "open"
    line: Callable[..., StepLine] | None = None  # (step, *, at) -> StepLine, without asking the database
    lines: Callable[..., Mapping[int, StepLine]] | None = None  # (steps, *, at) -> {step: StepLine}, where one query must serve many
    blockers: Callable[..., list[Blocker]] = _nothing_missing  # (step, *, at)
    needs_end: bool = False
    close: Callable[..., Any] | None = None  # verb called (step=, actor=, at=) by the sweep once the step's time is over
    setting_labels: Mapping[str, Any] = field(default_factory=dict)
    setting_choices: Mapping[str, Iterable[tuple[Any, Any]]] = field(default_factory=dict)  # a setting picked from a list
    touched: Callable[..., Iterable[int]] = _nobody  # (step) -> accounts of those who took part: told when its dates change
    may_redate: Callable[..., Verdict] = _dates_are_free  # (step, *, at): the area's own no to new dates, e.g. after a freeze
    rules: Mapping[str, Callable[..., Verdict]] = field(default_factory=dict)  # deed -> may_x(actor, step, *, at), for the contract tests

    @property
    def word(self) -> Any:
        """The word of its mark."""
        return self.mark or self.label

    def read_settings(self, data: Mapping[str, Any]) -> Any:
        """The kind's settings dataclass from stored data. Raises ValidationError for unknown names or wrong types."""
        known = {f.name: f for f in fields(self.settings)}
        unknown = set(data) - set(known)
        if unknown:
            raise ValidationError(_("모르는 설정입니다: %(names)s") % {"names": ", ".join(sorted(unknown))})
        for name, value in data.items():
            default = known[name].default
            if isinstance(default, bool) != isinstance(value, bool) or (isinstance(default, int) and not isinstance(value, int)):
                raise ValidationError(_("설정 값이 맞지 않습니다: %(name)s") % {"name": name})
            if isinstance(default, str) and not isinstance(value, str):
                raise ValidationError(_("설정 값이 맞지 않습니다: %(name)s") % {"name": name})
        return self.settings(**data)

    def known(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Those of `data` that this kind has a setting for: a blueprint suggests, the installed kind decides."""
        names = {f.name for f in fields(self.settings)}
        return {k: v for k, v in data.items() if k in names}

    def says(self, step: Any, *, at: datetime) -> StepLine:
        """The kind's line about a step; an empty one when the kind says nothing."""
        return self.says_of([step], at=at)[step.pk]

    def says_of(self, steps: Sequence[Any], *, at: datetime) -> dict[int, StepLine]:
        """The kind's line about each of several steps."""
        told = self.lines(steps, at=at) if self.lines else {s.pk: self.line(s, at=at) for s in steps} if self.line else {}
        return {s.pk: told.get(s.pk, StepLine()) for s in steps}


_kinds: dict[str, StepKind] = {}
_documents: list[Callable[..., Iterable[Document]]] = []


def register(kind: StepKind) -> StepKind:
    """Declares a step kind, once, from the area's steps.py. Raises ValueError for a second kind of the same slug."""
    if kind.slug in _kinds and _kinds[kind.slug] != kind:
        raise ValueError(f"step kind {kind.slug!r} is declared twice")
    _kinds[kind.slug] = kind
    return kind


def kinds() -> Mapping[str, StepKind]:
    """All declared kinds by slug."""
    return _kinds


def kind_of(slug: str) -> StepKind:
    """The kind of a step. Raises KeyError when its area is not installed."""
    return _kinds[slug]


def known_kind(slug: str) -> StepKind:
    """The kind of a step; one that allows nothing when its area is not installed, so that old rows stay readable."""
    return _kinds.get(slug) or StepKind(slug=slug, label=slug)


def document_source(source: Callable[..., Iterable[Document]]) -> Callable[..., Iterable[Document]]:
    """Registers `source(process, *, at) -> documents` for the process page; papers come from floors above. Usable as a decorator."""
    if source not in _documents:
        _documents.append(source)
    return source


def documents_of(process: Any, *, at: datetime) -> list[Document]:
    """What every registered source has for a process, in the order of registration."""
    return [document for source in _documents for document in source(process, at=at)]
