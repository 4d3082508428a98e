"""Pages for what went wrong: in words, without losing the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from madang.ground.door import typed_words


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the browser sent something nobody can read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 without a Verdict: only what the framework itself refuses."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing here, or nothing this person may know of."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page needs nothing but itself: not even the frame, which may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired or forged form: what was typed stands on the page, to be sent again."""
    return render(request, "403_csrf.html", {"typed": typed_words(request)}, status=403)
