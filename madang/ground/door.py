"""@door(rule): every view stands behind one. It finds what is visible, asks the rule, and turns a refusal into a page that says why."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from madang.ground.actor import Actor
from madang.ground.verdict import YES, Refused, Verdict, no

if TYPE_CHECKING:
    from madang.ground.town import Town


READING = ("GET", "HEAD", "OPTIONS")
LONGEST_WAY = 2000  # letters of an address; browsers and servers in between carry no more


class Request(HttpRequest):
    """A request as the site's middleware hands it on: with its town, its moment and its actor."""

    town: "Town"
    at: datetime
    real_at: datetime
    preview_on: date | None
    actor: Actor
    htmx: Any
    user: Any


def anyone(actor: Actor, *_things: Any, at: Any) -> Verdict:
    """Open to every visitor."""
    return YES


def signed_in(actor: Actor, *_things: Any, at: Any) -> Verdict:
    """Anybody with an account."""
    return YES if actor.is_signed_in else no("sign_in_first")


def official(actor: Actor, *_things: Any, at: Any) -> Verdict:
    """Holds a post and has the desk open."""
    if not actor.is_signed_in:
        return no("sign_in_first")
    if not actor.is_official:
        return no("officials_only")
    return YES if actor.desk_open else no("desk_closed")


def holding(*roles: str) -> Callable[..., Verdict]:
    """A rule: an official with the desk open who holds one of these roles."""

    def rule(actor: Actor, *_things: Any, at: Any) -> Verdict:
        verdict = official(actor, at=at)
        if verdict and not actor.holds(*roles):
            return no("role_needed")
        return verdict

    rule.__name__ = "holding_" + "_".join(roles)
    return rule


def door(rule: Callable[..., Verdict], *, load: Callable[..., Any] | None = None, in_preview: bool = False) -> Callable:
    """Puts a view behind a rule.

    Without `load` the rule is asked `rule(actor, at=at)` and the view is called `view(request, **kwargs)`. With `load(request, **kwargs)`
    the loaded thing is asked about too, `rule(actor, thing, at=at)`, and the view is called `view(request, thing)`; `load` raises Http404
    (get_object_or_404 on `.visible_to(actor)`) for what the actor may not know of. A Refused raised inside the view is answered the same
    way, so that a verb's own rule never ends in a server error.

    While an official looks at another date every form is refused, but those of views `in_preview`: they change nothing of the town, and
    go by the real time."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            actor, at = request.actor, request.at  # type: ignore[attr-defined]
            if in_preview and getattr(request, "preview_on", None):
                at = request.real_at  # type: ignore[attr-defined]
            thing = load(request, **kwargs) if load else None
            verdict = rule(actor, thing, at=at) if load else rule(actor, at=at)
            if not verdict:
                return refuse(request, verdict)
            if request.method not in READING and not in_preview and getattr(request, "preview_on", None):
                return refuse(request, no("preview_reads_only"))
            try:
                return view(request, thing) if load else view(request, **kwargs)
            except Refused as refused:
                return refuse(request, refused.verdict)

        guarded.rule = rule  # type: ignore[attr-defined]
        guarded.load = load  # type: ignore[attr-defined]
        return guarded

    return wrap


def refuse(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page of a refusal: to the login for a visitor, to the desk's door for an official, else the reason with status 403.

    Whoever wrote sentences stays on the page that gives them back, with the way to the login or the desk on it."""
    back = way_back(request)
    typed = typed_words(request)
    links: list[tuple[str, Any]] = []
    if verdict.code == "sign_in_first":
        if not has_sentences(typed):
            return redirect_to_login(back)
        links = [(f"{reverse(settings.LOGIN_URL)}?next={quote(back)}", _("들어가기"))]
    elif verdict.code == "desk_closed":
        opening = f"{reverse('residents:open_desk')}?next={quote(back)}"
        if not has_sentences(typed):
            return redirect(opening)
        links = [(opening, _("업무 화면 열기"))]
    status = 409 if verdict.code == "moved_meanwhile" else 403
    return render(request, "refused.html", {"verdict": verdict, "typed": typed, "links": links}, status=status)


def way_back(request: HttpRequest) -> str:
    """Where the person stood: this address, or the page whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    return own_path(urlunsplit(("", "", parts.path, parts.query, ""))) or "/"


def own_path(address: str) -> str:
    """The address if it is a path of this site, beginning with exactly one "/"; else nothing.

    A word such as `x` is none: redirect() would take it for the name of a page."""
    is_path = address.startswith("/") and not address.startswith("//") and len(address) <= LONGEST_WAY
    return address if is_path and url_has_allowed_host_and_scheme(address, None) else ""


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the person wanted to go on to, as `next` of the form or the address says, if that is a path of this site."""
    return own_path(request.POST.get("next") or request.GET.get("next") or "") or otherwise


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed, so that a refusal never loses it; no passwords and codes."""
    return [
        (k, v)
        for k, v in request.POST.items()
        if isinstance(v, str) and v.strip() and k not in {"csrfmiddlewaretoken"} and "password" not in k and "code" not in k
    ]


def has_sentences(typed: list[tuple[str, str]]) -> bool:
    """Whether something in it was written, not merely chosen or pressed."""
    return any(name != "next" and " " in value.strip() for name, value in typed)


def page(request: HttpRequest, template: str, content: Any, *, status: int = 200) -> HttpResponse:
    """Renders a page from one typed object. Its fields stand in the template by their own names."""
    context: Mapping[str, Any] = (
        {name: getattr(content, name) for name in content.__dataclass_fields__} if is_dataclass(content) else dict(content)
    )
    return render(request, template, dict(context), status=status)


def found(query: Any, **where: Any) -> Any:
    """The one row, or Http404 without telling whether it exists elsewhere. Numbers past 64 bits are simply not found."""
    try:
        return query.get(**where)
    except (query.model.DoesNotExist, OverflowError, ValueError):
        raise Http404 from None
