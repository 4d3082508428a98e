"""The register of step kinds: an area declares what a step of its kind allows, and the spine never names an area."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


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
    """Something that is missing before a step may open."""

    what: Any
    url: str = ""
    is_serious: bool = True  # a serious one keeps the process from opening


def _nothing_missing(step: Any, *, at: datetime) -> list[Blocker]:
    return []


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
    line: Callable[..., StepLine] | None = None  # (step, *, at) -> StepLine
    blockers: Callable[..., list[Blocker]] = _nothing_missing  # (step, *, at)
    needs_end: bool = False
    close: Callable[..., Any] | None = None  # verb called (step=, actor=, at=) by the sweep once the step's time is over
    setting_labels: Mapping[str, Any] = field(default_factory=dict)

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
        return self.settings(**data)


_kinds: dict[str, StepKind] = {}


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
