"""Search over everything public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
from madang.ground.templatetags.look import key
from madang.ground.templatetags.look_words import GLOSS
from madang.ground.town import Town
from madang.methods.bigrams import query_terms, tokens

KINDS = {
    "proposal": _("제안"),
    "process": _("과정"),
    "ballot": _("투표"),
    "project": _("사업"),
    "question": _("의견 묻기"),
    "paper": _("공식 문서"),
    "record": _("기록"),
    "dong": _("동"),
    "word": _("낱말"),
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


@dataclass(frozen=True)
class Standing:
    """What every town has without anybody having recorded it, as a row of the index: a dong's page, a word of the glossary."""

    kind: str
    title: Any
    url: str
    summary: Any = ""
    at: datetime | None = None


def standing(q: str, town: Town) -> list[Standing]:
    """Dongs and hard words that hold every word asked for, in the reader's language or in Korean. A few dozen: no index is needed."""
    found = [
        Standing("dong", place.name, reverse("site:dong", args=[place.slug]))
        for place in town.dongs
        if _holds(f"{place.name} {place.name_en}", q)
    ]
    return found + [
        Standing("word", entry.name, f"{reverse('site:glossary')}#{key(word)}", entry.meaning)
        for word, entry in GLOSS.items()
        if _holds(f"{word} {entry.name} {entry.meaning}", q)
    ]


def _holds(text: str, q: str) -> bool:
    asked, there = query_terms(q), tokens(text).split()
    return bool(asked) and all(any(t.startswith(term.token) if term.prefix else t == term.token for t in there) for term in asked)


class _Both(Sequence[Any]):
    """One list of what stands and what is indexed, of which only the page that is shown is read."""

    def __init__(self, first: list[Standing], rows: Any) -> None:
        self.first, self.rows = first, rows

    def __len__(self) -> int:
        return len(self.first) + self.rows.count()

    def __getitem__(self, page: Any) -> Any:
        begin, end = page.start, page.stop
        n = len(self.first)
        return [*self.first[begin:end], *(self.rows[max(0, begin - n) : end - n] if end > n else ())]


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
    first = [line for line in standing(q, request.town) if kind in (line.kind, "") or kind not in KINDS]
    # The newest row of the index first: that order needs no sort, however many there are. The tokens stay where they are.
    found = Paginator(_Both(first, rows.defer("tokens").order_by("-pk")[:MOST]), 20)
    shown = found.get_page(request.GET.get("page"))
    shown.object_list = [{"row": r, "kind": KINDS.get(r.kind, r.kind)} for r in shown.object_list]  # type: ignore[misc]
    return page(request, "site/search.html", SearchPage(q, kind, tuple(KINDS.items()), shown, found.count))
