"""Residents' face: the published papers, one paper, its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.ground.door import Request, anyone, door, found, page
from madang.ground.models import AuditEntry, Place
from madang.methods.text import whole_number
from madang.reports.figures import FileLine, PaperLine, files_of, line_of
from madang.reports.kinds import kinds, label_of
from madang.reports.models import OfficialPaper, PaperFile
from madang.reports.printing import MIMES, as_html, as_printed, print_one
from madang.reports.rules import newer_than

A_PAGE = 20


def paper_for(request: Request, pk: int) -> OfficialPaper:
    """The paper the actor may know of, or 404."""
    rows = OfficialPaper.objects.visible_to(request.actor).select_related("place", "town", "replaces", "record")
    return found(rows, pk=pk)


@dataclass(frozen=True)
class Listed:
    """A published paper in the list."""

    paper: OfficialPaper
    kind: Any
    is_replaced: bool


@dataclass(frozen=True)
class ListPage:
    crumbs: Sequence[tuple[str, Any]]
    shown: Page
    papers: Sequence[Listed]
    years: Sequence[int]
    year: str
    kinds: Sequence[Any]
    kind: str
    dongs: Sequence[Place]
    dong: str


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """Published papers, newest first, by year, kind and dong."""
    town = request.town
    rows = OfficialPaper.objects.visible_to(request.actor).published().defer("frozen").select_related("place")
    years = [day.year for day in rows.order_by().dates("as_of", "year", order="DESC")]
    year, kind, dong = (request.GET.get(name, "") for name in ("year", "kind", "dong"))
    if whole_number(year, digits=4) in years:
        rows = rows.filter(as_of__year=int(year))
    if kind in kinds():
        rows = rows.filter(kind=kind)
    if place := town.dong(dong):
        rows = rows.filter(place=place)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    replaced = OfficialPaper.objects.published().filter(replaces__in=[p.pk for p in shown])
    gone = set(replaced.values_list("replaces_id", flat=True)) if shown.object_list else set()
    papers = [Listed(p, label_of(p.kind), p.pk in gone) for p in shown]
    content = ListPage([("", _("공식 문서"))], shown, papers, years, year, list(kinds().values()), kind, town.dongs, dong)
    return page(request, "reports/list.html", content)


@dataclass(frozen=True)
class DetailPage:
    crumbs: Sequence[tuple[str, Any]]
    paper: OfficialPaper
    kind: Any
    html: SafeString
    doc_lines: Sequence[FileLine]
    newer: PaperLine | None
    older: PaperLine | None
    trail: Sequence[dict[str, Any]]
    as_of: date


@door(anyone, load=paper_for)
def detail(request: Request, paper: OfficialPaper) -> HttpResponse:
    """A published paper on screen, each number leading to its records. An official who comes to a draft is sent to the desk."""
    if paper.state != OfficialPaper.State.PUBLISHED:
        return redirect("reports:desk_detail", pk=paper.pk)
    newer, older = newer_than(paper), paper.replaces
    content = DetailPage(
        crumbs=[(reverse("reports:list"), _("공식 문서")), ("", paper.title)],
        paper=paper,
        kind=label_of(paper.kind),
        html=as_html(as_printed(paper)),
        doc_lines=files_of([paper.pk]).get(paper.pk, ()),
        newer=line_of(newer) if newer and newer.state == OfficialPaper.State.PUBLISHED else None,
        older=line_of(older) if older and older.state == OfficialPaper.State.PUBLISHED else None,
        trail=_trail(paper),
        as_of=paper.as_of,
    )
    return page(request, "reports/detail.html", content)


def _trail(paper: OfficialPaper) -> list[dict[str, Any]]:
    """Who signed as what, and when it was published."""
    done = {"drafted": _("문서를 썼어요"), "checked": _("확인했어요"), "approved": _("결재했어요")}
    rows: list[dict[str, Any]] = [
        {"title": done[one["deed"]], "at": datetime.fromisoformat(one["at"]), "who": one["as"]} for one in paper.signatures
    ]
    entry = AuditEntry.objects.of_trail(f"officialpaper/{paper.pk}").filter(verb="paper.published").order_by("-pk").first()
    return [*rows, {"title": _("공개하고 보관했어요"), "at": paper.published_at, "who": entry.role if entry else ""}]


@door(anyone, load=lambda request, pk, format: (paper_for(request, pk), format))
def file(request: Request, asked: tuple[OfficialPaper, str]) -> HttpResponse:
    """A file of a paper: the deposited one, or for officials the draft printed now and marked so."""
    paper, format = asked
    if format not in MIMES:
        raise Http404
    if paper.state == OfficialPaper.State.PUBLISHED:
        return redirect(found(PaperFile.objects.select_related("file"), paper=paper, format=format).file.url)
    printed = print_one(paper, format)
    response = HttpResponse(printed.data, content_type=printed.mime)
    response["Content-Disposition"] = content_disposition_header(format != "pdf", f"{paper.number}.{format}") or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
