"""Papers for other areas and for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.ground.files import size_words
from madang.reports.kinds import label_of
from madang.reports.models import OfficialPaper, PaperFile

FORMAT_NAMES = {"pdf": "PDF", "hwpx": "HWPX", "xlsx": "XLSX"}
TITLES = {"pdf": _("인쇄용 문서"), "hwpx": _("한글 문서"), "xlsx": _("숫자 표")}


@dataclass(frozen=True)
class PaperLine:
    """A published paper in a list."""

    pk: int
    number: str
    title: str
    kind: Any
    as_of: date
    url: str


def papers_about(subject: str) -> tuple[PaperLine, ...]:
    """Published papers on a thing or within it (`ballot/7`, `process/3`), the newest first, those that were replaced left out."""
    rows = OfficialPaper.objects.published().about(subject)
    gone = set(OfficialPaper.objects.published().filter(replaces__in=rows).values_list("replaces_id", flat=True))
    return tuple(line_of(row) for row in rows if row.pk not in gone)


def line_of(row: OfficialPaper) -> PaperLine:
    return PaperLine(row.pk, row.number, row.title, label_of(row.kind), row.as_of, reverse("reports:detail", args=[row.pk]))


@dataclass(frozen=True)
class FileLine:
    """A file of a paper to take along (parts/docs.html)."""

    format: str
    title: Any
    kind: str
    url: str
    size: str


def files_of(paper_ids: Iterable[int]) -> dict[int, tuple[FileLine, ...]]:
    """The files of several papers; one query."""
    found: dict[int, list[FileLine]] = {}
    for one in PaperFile.objects.filter(paper__in=list(paper_ids)).select_related("file"):
        url = reverse("reports:file", args=[one.paper_id, one.format])
        found.setdefault(one.paper_id, []).append(
            FileLine(one.format, TITLES[one.format], FORMAT_NAMES[one.format], url, size_words(one.file))
        )
    return {pk: tuple(lines) for pk, lines in found.items()}


def waiting_count(town_id: int) -> int:
    """How many papers of a town wait for a signature or for publication."""
    return OfficialPaper.objects.in_town(town_id).waiting().count()
