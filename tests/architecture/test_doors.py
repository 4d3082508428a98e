"""Every page stands behind @door(rule)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Modules or named views that have no rule, and why.
OPEN_BY_INTENT = {
    "allauth.": "signing in and up: allauth asks its own questions before anybody is somebody",
    "django.views.i18n.": "the choice of a language changes nothing but a cookie",
    "django.contrib.staticfiles.": "files of the program, the same for everybody",
    "django.views.static.": "files of the program, the same for everybody",
    "django.views.generic.base.RedirectView": "an old address; the page it leads to has its own door",
}


def pages(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view, namespaces included."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}", entry.callback


def whole_name(view: Any) -> str:
    shown = getattr(view, "view_class", view)
    return f"{getattr(shown, '__module__', '')}.{getattr(shown, '__qualname__', '')}"


@pytest.mark.django_db
def test_every_page_names_its_rule():
    without = {
        f"{name} ({whole_name(view)})"
        for name, view in pages()
        if not hasattr(view, "rule") and not whole_name(view).startswith(tuple(OPEN_BY_INTENT))
    }
    assert without == set()


@pytest.mark.django_db
def test_every_page_has_a_name_of_its_own():
    named: dict[str, Any] = {}
    for name, view in pages():
        if whole_name(view).startswith("madang."):
            assert named.setdefault(name, view) is view, f"two pages are called {name}"
