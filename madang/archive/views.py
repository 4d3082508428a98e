"""The archive's pages."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import HttpResponse

from madang.archive.figures import Checked, checked_files
from madang.archive.models import Record
from madang.ground.door import Request, anyone, door, found, page


@dataclass(frozen=True)
class ArchivePage:
    found: Page
    years: tuple[date, ...]
    year: str


@door(anyone)
def records(request: Request) -> HttpResponse:
    """What was deposited, newest first, by year."""
    rows = Record.objects.visible_to(request.actor).select_related("place")
    years = tuple(rows.dates("made_on", "year", order="DESC"))
    year = request.GET.get("year", "")
    shown = rows.filter(made_on__year=int(year)) if year in {str(y.year) for y in years} else rows
    return page(request, "archive/list.html", ArchivePage(Paginator(shown, 20).get_page(request.GET.get("page")), years, year))


@dataclass(frozen=True)
class RecordPage:
    record: Record
    files: tuple[Checked, ...]


def _visible(request: Request, pk: int) -> Record:
    return found(Record.objects.visible_to(request.actor).select_related("place", "replaces"), pk=pk)


@door(anyone, load=_visible)
def detail(request: Request, record: Record) -> HttpResponse:
    """One record with its files, checked against their checksums now."""
    return page(request, "archive/detail.html", RecordPage(record, checked_files(record)))
