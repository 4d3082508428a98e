"""The frame around pages: view settings, the town's colours, looking at another date, the demo's clock and doors."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from madang.ground import clock
from madang.ground.actor import Actor, Role
from madang.ground.audit import record
from madang.ground.door import Request, anyone, door, holding, official, page, refuse, safe_next, signed_in
from madang.ground.forms import DayField
from madang.ground.models import Account, ClockShift
from madang.ground.verdict import Verdict, no
from madang.residents import actions as residents
from madang.residents.models import DeskSession
from madang.site.demo.people import people
from madang.site.middleware import PREVIEW

YEAR = 365 * 24 * 3600
PREVIEW_DAYS = 3660
VIEW_CHOICES = {"size": {"large", "larger"}, "theme": {"light", "dark"}, "contrast": {"more"}}


@door(anyone)
@require_POST
def view_settings(request: Request) -> HttpResponse:
    """Keeps the reader's size, brightness and contrast in cookies of this browser."""
    response = redirect(safe_next(request))
    for name, allowed in VIEW_CHOICES.items():
        value = request.POST.get(name, "")
        if value in allowed:
            response.set_cookie(f"view_{name}", value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)
        else:
            response.delete_cookie(f"view_{name}")
    return response


@door(anyone)
@cache_control(max_age=300, public=True)
def town_css(request: Request) -> HttpResponse:
    """The five values that make a town, as a style sheet of their own."""
    s = request.town.settings(clock.today(request.at))
    css = (
        f"@layer tokens{{:root{{--town-hue:{s.hue};--town-chroma:{s.chroma};--town-time-hue:{s.time_hue};"
        f"--town-ground-hue:{s.ground_hue};--town-round:{s.round}}}}}"
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@door(signed_in, in_preview=True)
@require_POST
def extend(request: Request) -> HttpResponse:
    """The person is still here: the session starts anew, and so does an open desk."""
    request.session.modified = True
    if request.actor.desk_id:
        residents.extend_desk(session=DeskSession.objects.get(pk=request.actor.desk_id), actor=request.actor, at=request.real_at)
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(safe_next(request))


class PreviewForm(forms.Form):
    """The date to look at the site as on; empty goes back to now."""

    on = DayField(label=gettext_lazy("날짜"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        on = self.cleaned_data["on"]
        if on and abs((on - self.today).days) > PREVIEW_DAYS:
            raise forms.ValidationError(_("오늘에서 10년 안의 날짜를 골라 주십시오."))
        return on


def preview(request: Request) -> HttpResponse:
    """Officials look at the site as on another date. Nothing can be changed meanwhile, except going back."""
    form = PreviewForm(request.POST if request.method == "POST" else None, today=clock.today(request.real_at))
    if not form.is_valid():
        return page(request, "site/preview.html", {"form": form}, status=422 if form.errors else 200)
    if on := form.cleaned_data["on"]:
        request.session[PREVIEW] = on.isoformat()
    else:
        request.session.pop(PREVIEW, None)
    return redirect(safe_next(request))


def leave_or_enter_preview(request: Request) -> HttpResponse:
    """The door of preview(): asked by hand, because @door refuses every POST while a preview is on.

    Whose desk closed meanwhile still finds the way back to today."""
    verdict = official(request.actor, at=request.real_at)
    if verdict:
        return preview(request)
    if request.method != "POST" or request.session.pop(PREVIEW, None) is None:
        return refuse(request, verdict)
    return redirect(safe_next(request))


leave_or_enter_preview.rule = official  # type: ignore[attr-defined]


def may_shift_clock(actor: Actor, *, at: datetime) -> Verdict:
    """Only in a demo town, by its site administrator."""
    return holding(Role.SITE_ADMIN)(actor, at=at) if settings.DEMO else no("demo_only")


@transaction.atomic
def shift_clock(*, to: datetime, actor: Actor, at: datetime) -> None:
    """Moves the demo town's clock so that this moment becomes `to`."""
    may_shift_clock(actor, at=at).or_raise()
    row = ClockShift.objects.first() or ClockShift(seconds=0)
    row.seconds += int((to - at).total_seconds())
    row.save()
    record("clock.shifted", actor=actor, at=at, subject=row, place=actor.town_id, facts={"to": to.isoformat(timespec="minutes")})
    transaction.on_commit(clock.forget_shift)


class ClockForm(forms.Form):
    to = forms.DateTimeField(
        label="", input_formats=["%Y-%m-%dT%H:%M"], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def clean_to(self) -> datetime:
        """A year the calendar has pages for: past the end of time no page opens any more, this one neither."""
        to = self.cleaned_data["to"]
        if not 2000 < to.astimezone(clock.KST).year < 2100:
            raise forms.ValidationError(_("2001년에서 2099년 사이의 때를 골라 주십시오."))
        return to


@door(may_shift_clock)
def clock_page(request: Request) -> HttpResponse:
    """Where the demo's clock is moved."""
    at = request.real_at
    form = ClockForm(request.POST if request.method == "POST" else None, initial={"to": at.astimezone(clock.KST)})
    form.fields["to"].label = _("시범 동네의 지금")
    if request.method == "POST" and form.is_valid():
        shift_clock(to=form.cleaned_data["to"], actor=request.actor, at=at)
        messages.success(request, _("시계를 옮겼습니다."))
        return redirect("site:clock")
    return page(request, "site/clock.html", {"form": form}, status=422 if form.errors else 200)


def may_enter_as(actor: Actor, *, at: datetime) -> Verdict:
    """Anybody, in a demo town only."""
    return anyone(actor, at=at) if settings.DEMO else no("demo_only")


@door(may_enter_as)
def demo_login(request: Request) -> HttpResponse:
    """The demo's front door: enter as one of its people without a password."""
    rows = people()
    if request.method == "POST":
        name = request.POST.get("username", "")
        if name not in {p.username for p in rows}:
            raise Http404
        account = Account.objects.filter(username=name).first()
        if account is None:
            raise Http404
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(safe_next(request, reverse("site:my")))
    return page(request, "site/demo_login.html", {"people": rows, "next": safe_next(request, reverse("site:my"))})


@door(anyone)
def set_language(request: Request) -> HttpResponse:
    """Keeps the reader's language in a cookie; Django's own view does the work behind our door."""
    return django_set_language(request)
