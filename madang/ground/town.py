"""A town's settings as one validated value, and the town a request belongs to."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.models import Place, PlaceName, PlaceSettings


@dataclass(frozen=True)
class TownSettings:
    """What a town may decide about itself. Every field has an effective date through PlaceSettings."""

    site_name: str = "마당"
    site_name_en: str = "Madang"
    organ: str = ""
    organ_en: str = ""
    phone: str = ""
    address: str = ""
    address_en: str = ""
    department: str = ""
    hue: int = 165
    chroma: float = 0.085
    time_hue: int = 42
    ground_hue: int = 95
    round: float = 1.0
    endorsement_threshold: int = 20  # people; opens the forum, never gates the duty to answer
    endorsement_days: int = 20
    categories: tuple[str, ...] = ("안전·교통", "환경·공원", "복지·건강", "문화·교육", "청년·일자리", "마을·공동체", "경제·시장")
    proof_months: int = 24  # how long a proof of residence lasts
    comment_edit_minutes: int = 15
    comments_per_hour: int = 20
    proposals_per_day: int = 5
    files_per_proposal: int = 6
    desk_minutes: int = 60
    extra_holidays: tuple[str, ...] = field(default=())  # ISO dates the town itself closes

    def __post_init__(self) -> None:
        problems = [p for p in (self._range(name, *bounds) for name, bounds in RANGES.items()) if p]
        if not problems and abs((self.hue - self.time_hue + 180) % 360 - 180) < 40:
            problems.append(_("두 색의 간격이 40도보다 좁으면 마감 표시가 눈에 띄지 않습니다."))
        if len(set(self.categories)) != len(self.categories) or not self.categories:
            problems.append(_("분야는 하나 이상이고 서로 달라야 합니다."))
        for text in self.extra_holidays:
            try:
                date.fromisoformat(text)
            except ValueError:
                problems.append(_("쉬는 날은 2021-05-01처럼 적습니다."))
        if problems:
            raise ValidationError(problems)

    def _range(self, name: str, low: float, high: float) -> Any:
        value = getattr(self, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            return _("%(name)s 값은 %(low)s에서 %(high)s 사이여야 합니다.") % {"name": name, "low": low, "high": high}
        return None


RANGES: dict[str, tuple[float, float]] = {
    "hue": (0, 360), "chroma": (0.03, 0.13), "time_hue": (15, 90), "ground_hue": (0, 360), "round": (0, 1.5),
    "endorsement_threshold": (1, 100_000), "endorsement_days": (1, 365), "proof_months": (1, 120),
    "comment_edit_minutes": (0, 1440), "comments_per_hour": (1, 1000), "proposals_per_day": (1, 100),
    "files_per_proposal": (0, 20), "desk_minutes": (5, 600),
}  # fmt: skip


def read_settings(data: Mapping[str, Any]) -> TownSettings:
    """TownSettings from stored data. Raises ValidationError for an unknown field, a wrong type or a value out of range."""
    known = {f.name: f for f in fields(TownSettings)}
    unknown = set(data) - set(known)
    if unknown:
        raise ValidationError(_("모르는 설정입니다: %(names)s") % {"names": ", ".join(sorted(unknown))})
    values: dict[str, Any] = {}
    for name, value in data.items():
        default = known[name].default
        if isinstance(default, tuple):
            if not isinstance(value, list | tuple):
                raise ValidationError(_("%(name)s 값은 목록이어야 합니다.") % {"name": name})
            value = tuple(str(v) for v in value)
        elif isinstance(default, str) and not isinstance(value, str):
            raise ValidationError(_("%(name)s 값은 글이어야 합니다.") % {"name": name})
        elif isinstance(default, int) and not isinstance(default, bool) and isinstance(value, float) and not value.is_integer():
            raise ValidationError(_("%(name)s 값은 정수여야 합니다.") % {"name": name})
        values[name] = value
    return TownSettings(**values)


def _in_force(rows: Iterable[PlaceSettings], on: date, town_id: int, place_id: int | None) -> dict[str, Any]:
    """The fields in force on a date: the town's rows in order of their date, then those of the dong."""
    data: dict[str, Any] = {}
    for owner in dict.fromkeys((town_id, place_id)):
        for row in rows:
            if row.place_id == owner and row.from_on <= on:
                data.update(row.data)
    return data


@dataclass(frozen=True)
class Town:
    """A district with its dong and its settings rows, read once and used by every page."""

    place: Place
    dongs: tuple[Place, ...]
    rows: tuple[PlaceSettings, ...]

    @property
    def pk(self) -> int:
        return self.place.pk

    def settings(self, on: date, place_id: int | None = None) -> TownSettings:
        """The settings in force on a date: the town's rows in order of their date, then those of the dong when one is given."""
        return read_settings(_in_force(self.rows, on, self.place.pk, place_id))

    def dong(self, slug: str) -> Place | None:
        return next((d for d in self.dongs if d.slug == slug), None)

    def place_of(self, place_id: int | None) -> Place | None:
        return next((p for p in (self.place, *self.dongs) if p.pk == place_id), None)


_towns: dict[int, tuple[float, Town]] = {}
_hosts: tuple[float, dict[str, int]] = (0.0, {})
KEEP_SECONDS = 5.0  # how long one server process may go on with a settings row another process changed


def town_of(place_id: int) -> Town:
    """The town a place belongs to, with dong and settings; kept for KEEP_SECONDS within a process. Raises Place.DoesNotExist."""
    kept = _towns.get(place_id)
    if kept and time.monotonic() - kept[0] < KEEP_SECONDS:
        return kept[1]
    place = Place.objects.select_related("parent").get(pk=place_id)
    if place.level == Place.Level.DONG:
        return town_of(place.town_id)
    dongs = tuple(Place.objects.filter(parent=place))
    rows = tuple(PlaceSettings.objects.filter(place_id__in=[place.pk, *(d.pk for d in dongs)]).order_by("from_on", "pk"))
    town = Town(place, dongs, rows)
    _towns.update(dict.fromkeys((place.pk, *(d.pk for d in dongs)), (time.monotonic(), town)))
    return town


def town_by_host(host: str) -> Town | None:
    """The town served under a host name; the only town there is when no host is named."""
    global _hosts
    if time.monotonic() - _hosts[0] >= KEEP_SECONDS or not _hosts[0]:
        names: dict[str, int] = {}
        for pk, hosts in Place.objects.towns().order_by("pk").values_list("pk", "hosts"):
            names.setdefault("", pk)
            names.update({h.strip().lower(): pk for h in hosts.split(",") if h.strip()})
        _hosts = (time.monotonic(), names)
    found = _hosts[1].get(host.split(":")[0].lower(), _hosts[1].get(""))
    return town_of(found) if found else None


def forget_towns() -> None:
    """The next question reads the database again."""
    global _hosts
    _towns.clear()
    _hosts = (0.0, {})


@transaction.atomic
def change_settings(*, place: Place, from_on: date, data: Mapping[str, Any], reason: str, actor: Actor, at: datetime) -> PlaceSettings:
    """Sets fields of a place's settings from a date on.

    Raises ValidationError when the whole would not hold on that date, or on a later one on which something else is to change, for the
    town or one of its dong: a page must never meet settings that do not hold."""
    row, _made = PlaceSettings.objects.get_or_create(place=place, from_on=from_on, defaults={"reason": reason})
    row.data = {**row.data, **data}
    row.reason = reason
    row.save()
    rows = list(PlaceSettings.objects.filter(place__in=Place.objects.in_town(place.town_id)).order_by("from_on", "pk"))
    for on in sorted({r.from_on for r in rows if r.from_on >= from_on}):
        for owner in {r.place_id for r in rows}:
            read_settings(_in_force(rows, on, place.town_id, owner))
    record(
        "place.settings_changed", actor=actor, at=at, subject=place, place=place,
        facts={"from_on": from_on.isoformat(), "reason": reason, "fields": sorted(data)},
    )  # fmt: skip
    transaction.on_commit(forget_towns)
    return row


@transaction.atomic
def make_place(
    *, parent: Place | None, level: str, code: str, slug: str, name: str, name_en: str, from_on: date, actor: Actor, at: datetime,
    order: int = 0, hosts: str = "",
) -> Place:  # fmt: skip
    """Founds a place with its official code and the name it bears from a date on. Raises ValidationError for what does not hold."""
    row = Place(parent=parent, level=level, code=code, slug=slug, name=name, name_en=name_en, order=order, hosts=hosts)
    row.full_clean()
    row.save()
    PlaceName.objects.create(place=row, name=name, from_on=from_on)
    record("place.made", actor=actor, at=at, subject=row, place=row, facts={"name": name, "code": code, "level": str(level)})
    transaction.on_commit(forget_towns)
    return row
