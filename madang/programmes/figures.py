"""Programmes for other areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from madang.methods.partial_dates import PartialDate
from madang.programmes.models import ProgressEntry


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
        photos = tuple(Photo(p.file.url, p.alt, p.caption, p.file.width or 0, p.file.height or 0) for p in row.photos.all())
        line = Progress(row.pk, row.on, partial(row.on, row.precision).house(), row.body, row.percent, photos)
        found.setdefault(row.programme_id, []).append(line)
    return {pk: tuple(lines) for pk, lines in found.items()}
