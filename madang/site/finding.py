"""Search over everything public."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.deliberation.models import Question
from madang.ground.door import Request, anyone, door, page
from madang.ground.search import matching

KINDS = {
    "proposal": _("제안"),
    "process": _("과정"),
    "ballot": _("투표"),
    "project": _("사업"),
    "question": _("의견 묻기"),
    "paper": _("공식 문서"),
    "record": _("기록"),
}
LONGEST = 80  # letters of a question
MOST = 1000  # a reader who needs the thousandth hit needs a better question


@dataclass(frozen=True)
class SearchPage:
    q: str
    kind: str
    kinds: tuple[tuple[str, Any], ...]
    found: Page
    total: int


@door(anyone)
def search(request: Request) -> HttpResponse:
    """What is public and holds every word asked for, newest first."""
    asked = request.GET.get("q", "").strip()
    q, kind = asked[:LONGEST], request.GET.get("kind", "")
    if len(asked) > LONGEST:
        # Every link of the page would carry the whole of it; the address says what is looked for instead.
        return redirect(f"{reverse('site:search')}?{urlencode({'q': q, 'kind': kind[:LONGEST]})}")
    rows = matching(q).filter(place_id__in=[request.town.pk, *(d.pk for d in request.town.dongs)])
    # A question may be made ready before its process is opened; until then it is nobody's to find.
    unopened = Question.objects.filter(step__process__state="draft").values("pk")
    rows = rows.exclude(kind="question", subject_id__in=unopened)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    # The newest row of the index first: that order needs no sort, however many there are. The tokens stay where they are.
    found = Paginator(rows.defer("tokens").order_by("-pk")[:MOST], 20)
    shown = found.get_page(request.GET.get("page"))
    shown.object_list = [{"row": r, "kind": KINDS.get(r.kind, r.kind)} for r in shown.object_list]  # type: ignore[misc]
    return page(request, "site/search.html", SearchPage(q, kind, tuple(KINDS.items()), shown, found.count))
