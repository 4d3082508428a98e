"""What residents see of themselves: joining, profile, consents, leaving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, door, found, page, safe_next, signed_in
from madang.ground.verdict import Refused
from madang.residents import actions, rules
from madang.residents.forms import CloseForm, JoinForm, ProfileForm
from madang.residents.models import Consent, Membership, Resident
from madang.residents.words import CONSENTS


def myself(request: Request, **_kwargs: Any) -> Resident | None:
    """The resident who asks, with place and home; None when they have not joined (the rule then says so)."""
    if not request.actor.resident_id:
        return None
    return found(Resident.objects.living().select_related("place", "home", "account"), pk=request.actor.resident_id)


def resident_only(actor: Any, _resident: Resident | None, *, at: Any) -> Any:
    """Rule of the pages about oneself."""
    return rules.resident_only(actor, at=at)


@dataclass(frozen=True)
class JoinPage:
    form: JoinForm
    consent_fields: Sequence[Any]
    next: str


@door(signed_in)
def join(request: Request) -> HttpResponse:
    """Says under which public name one takes part and in which dong one lives."""
    onward = safe_next(request, reverse("residents:proof"))
    if request.actor.resident_id:
        return redirect("residents:profile")
    form = JoinForm(request.POST or None, town=request.town, on=today(request.at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.join(
                account=request.user, town=request.town.place, public_name=data["public_name"], home=data["home"],
                birth_year=data["birth_year"], consents=form.consents, actor=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("public_name" if refused.verdict.code == "name_taken" else None, refused.verdict.sentence)
        else:
            messages.success(request, _("반가워요! 이제 제안에 함께할 수 있어요."))
            return redirect(onward)
    fields = [form[name] for name in form.fields if name.startswith("consent_")]
    return page(request, "residents/join.html", JoinPage(form, fields, onward))


@dataclass(frozen=True)
class ProfilePage:
    resident: Resident
    form: ProfileForm
    seats: Iterable[Membership]
    crumbs: Sequence[tuple[str, str]]


@door(resident_only, load=myself)
def profile(request: Request, resident: Resident) -> HttpResponse:
    """Public name, dong, birth year; the seats one has; ways to the other pages about oneself."""
    first = {"public_name": resident.public_name, "home": resident.home_id, "birth_year": resident.birth_year}
    form = ProfileForm(request.POST or None, initial=first, town=request.town, on=today(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(resident=resident, **form.cleaned_data, actor=request.actor, at=request.at)
        except Refused as refused:
            form.add_error("public_name" if refused.verdict.code == "name_taken" else None, refused.verdict.sentence)
        else:
            messages.success(request, _("바꾼 것을 적어 두었어요."))
            return redirect("residents:profile")
    seats = Membership.objects.on(today(request.at)).filter(resident=resident).select_related("organisation")
    return page(request, "residents/profile.html", ProfilePage(resident, form, seats, crumbs(_("내 정보"))))


@dataclass(frozen=True)
class ConsentLine:
    code: str
    label: Any
    why: Any
    is_needed: bool
    given: Consent | None


@dataclass(frozen=True)
class ConsentsPage:
    lines: Sequence[ConsentLine]
    history: Sequence[Consent]
    crumbs: Sequence[tuple[str, str]]


@door(resident_only, load=myself)
def consents(request: Request, resident: Resident) -> HttpResponse:
    """Each purpose for itself; optional ones are given and taken back here."""
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        verb = actions.withdraw_consent if request.POST.get("do") == "withdraw" else actions.give_consent
        verb(resident=resident, purpose=purpose, actor=request.actor, at=request.at)
        messages.success(request, _("동의를 거두었어요.") if verb is actions.withdraw_consent else _("동의를 적어 두었어요."))
        return redirect("residents:consents")
    rows = list(Consent.objects.filter(resident=resident).order_by("-given_at", "-pk"))
    now = {row.purpose: row for row in rows if row.withdrawn_at is None}
    lines = [ConsentLine(code, label, why, needed, now.get(code)) for code, (label, why, needed) in CONSENTS.items()]
    past = [row for row in rows if row.withdrawn_at]
    return page(request, "residents/consents.html", ConsentsPage(lines, past, crumbs(_("동의한 것"))))


@dataclass(frozen=True)
class ClosePage:
    resident: Resident
    form: CloseForm
    has_post: bool
    crumbs: Sequence[tuple[str, str]]


def may_leave(actor: Any, resident: Resident | None, *, at: Any) -> Any:
    """One erases oneself."""
    return rules.resident_only(actor, at=at) and rules.may_erase(actor, resident, at=at) if resident else rules.resident_only(actor, at=at)


@door(may_leave, load=myself)
def close(request: Request, resident: Resident) -> HttpResponse:
    """Leaving: says what goes and what remains, asks once, erases."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.erase_resident(resident=resident, reason=_("본인 요청"), actor=request.actor, at=request.at)
        logout(request)
        return redirect("residents:closed")
    return page(request, "residents/close.html", ClosePage(resident, form, request.actor.is_official, crumbs(_("탈퇴하기"))))


@dataclass(frozen=True)
class ClosedPage:
    pass


def anyone_at_all(actor: Any, *, at: Any) -> Any:
    """Open: who has left is nobody any more."""
    from madang.ground.verdict import YES

    return YES


@door(anyone_at_all)
def closed(request: Request) -> HttpResponse:
    """Farewell."""
    return page(request, "residents/closed.html", ClosedPage())


def crumbs(here: str, *between: tuple[str, str]) -> list[tuple[str, str]]:
    """Home, my page, …, this page."""
    from django.urls import NoReverseMatch

    trail = []
    for name, words in (("site:home", _("처음")), ("site:my", _("내 마당"))):
        try:
            trail.append((reverse(name), words))
        except NoReverseMatch:
            continue
    return [*trail, *between, ("", here)]
