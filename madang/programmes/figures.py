"""Programmes for other areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from madang.methods.partial_dates import PartialDate
from madang.programmes.models import Programme, ProgressEntry


@dataclass(frozen=True)
class Photo:
    url: str
    alt: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True)
class Progress:
    """One line of progress, ready to be shown."""

    pk: int
    on: date
    when: str
    body: str
    percent: int | None
    photos: tuple[Photo, ...]


def partial(on: date, precision: str) -> PartialDate:
    """A stored day and its precision as a partial date."""
    return PartialDate(on.year, on.month if precision != "year" else None, on.day if precision == "day" else None)


def progress_of(programme_ids: Iterable[int]) -> dict[int, tuple[Progress, ...]]:
    """Progress of several programmes, newest first. Three queries at most."""
    found: dict[int, list[Progress]] = {}
    for row in ProgressEntry.objects.filter(programme__in=list(programme_ids)).prefetch_related("photos__file"):
        kept = (p for p in row.photos.all() if not p.file.is_erased)
        photos = tuple(Photo(p.file.url, p.alt, p.caption, p.file.width or 0, p.file.height or 0) for p in kept)
        line = Progress(row.pk, row.on, partial(row.on, row.precision).house(), row.body, row.percent, photos)
        found.setdefault(row.programme_id, []).append(line)
    return {pk: tuple(lines) for pk, lines in found.items()}


def period_of(programme: Programme) -> str:
    """When it is done, as exactly as it is known: `2021. 1. ~ 2021. 12.`, one date when both are the same; empty when nothing is known."""
    ends = [partial(day, programme.precision).house() for day in (programme.starts_on, programme.ends_on) if day]
    return " ~ ".join(dict.fromkeys(ends))


def elapsed_percent(starts_on: date | None, ends_on: date | None, on: date) -> int | None:
    """How much of a period has passed on a day: whole percent, half up, both ends counted. None when the period is not known.

    The plan that spending is compared with while no plan by month is kept: even over the period."""
    if starts_on is None or ends_on is None:
        return None
    whole = (ends_on - starts_on).days + 1
    passed = min(max((on - starts_on).days + 1, 0), whole)
    return (passed * 200 + whole) // (2 * whole)
