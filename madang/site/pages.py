"""Pages that hardly change: what the site promises, hard words in plain ones, every part of the look."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, page
from madang.ground.templatetags.look_words import GLOSS
from madang.site.about import ABOUT


@dataclass(frozen=True)
class AboutPage:
    slug: str
    title: Any
    text: str
    pages: tuple[tuple[str, Any], ...]


@door(anyone)
def about(request: Request, slug: str) -> HttpResponse:
    """Privacy, terms, licence, accessibility, open data: a page each."""
    if slug not in ABOUT:
        raise Http404
    title, text = ABOUT[slug]
    town = request.town.settings(today(request.at))
    english = get_language() == "en"
    names = {"organ": town.organ_en if english else town.organ, "site": town.site_name_en if english else town.site_name}
    filled = str(text) % {**names, "phone": town.phone}
    return page(request, "site/about.html", AboutPage(slug, title, filled, tuple((k, v[0]) for k, v in ABOUT.items())))


@dataclass(frozen=True)
class GlossaryPage:
    words: tuple[tuple[str, Any, Any], ...]


@door(anyone)
def glossary(request: Request) -> HttpResponse:
    """Hard words in plain ones, in the order of the Korean alphabet."""
    return page(request, "site/glossary.html", GlossaryPage(tuple((word, *GLOSS[word]) for word in sorted(GLOSS))))


@door(anyone)
def parts(request: Request) -> HttpResponse:
    """Every shared piece of the look in every state."""
    return render(request, "parts/index.html", {"sample": True})


@door(anyone)
def health(request: Request) -> HttpResponse:
    """For the machine that watches: answers when the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
