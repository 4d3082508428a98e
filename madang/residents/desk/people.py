"""People at the counter: found, entered on their behalf, checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from madang.ground import limits
from madang.ground.actor import Proof
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.models import Account
from madang.ground.verdict import Refused
from madang.methods.text import whole_number
from madang.residents import actions, rules
from madang.residents.desk.forms import DOCUMENTS, DeskCheckForm, EnterPersonForm, LinkForm, LookUpForm, RevokeForm
from madang.residents.desk.tabs import tabs
from madang.residents.models import Resident, ResidentProof
from madang.residents.verifiers import settle
from madang.residents.words import LEVELS

LOOK_UPS_PER_HOUR = 120


@dataclass(frozen=True)
class PersonLine:
    resident: Resident
    level: Any
    is_paper: bool


@dataclass(frozen=True)
class PeoplePage:
    tabs: Sequence[dict[str, Any]]
    form: LookUpForm
    found: Sequence[PersonLine] | None
    most: int
    new: EnterPersonForm
    crumbs: Sequence[tuple[str, str]]


def lines_of(residents: Sequence[Resident], day: Any) -> list[PersonLine]:
    """People with the level that counts on a day; one query for all of them."""
    best: dict[int, int] = {}
    for pk, level, until in ResidentProof.objects.filter(resident__in=residents, revoked_at__isnull=True).values_list(
        "resident_id", "level", "expires_on"
    ):
        if until is None or until > day:
            best[pk] = max(best.get(pk, 0), level)
    return [PersonLine(r, LEVELS[best.get(r.pk, 0)], r.account_id is None) for r in residents]


@door(rules.may_enter_person)
def people(request: Request) -> HttpResponse:
    """Looking somebody up. By POST, so that names and addresses stand in no address line or server log."""
    form = LookUpForm(request.POST or None, auto_id="look_%s")
    rows = None
    if request.method == "POST" and form.is_valid():
        verdict = limits.hit(f"look-up:{request.actor.account_id}", limit=LOOK_UPS_PER_HOUR, seconds=3600, at=request.at)
        if verdict:
            residents = actions.look_up(town=request.town.place, query=form.cleaned_data["q"], actor=request.actor, at=request.at)
            rows = lines_of(residents, today(request.at))
        else:
            form.add_error("q", verdict.sentence)
    new = EnterPersonForm(town=request.town, on=today(request.at), initial=_post_dong(request))
    return page(
        request,
        "residents/desk/people.html",
        PeoplePage(tabs(request, "desk_people"), form, rows, actions.MOST_FOUND, new, [("", _("주민 찾기와 확인"))]),
    )


def _post_dong(request: Request) -> dict[str, int]:
    dongs = {d.pk for d in request.town.dongs}
    place = next((p.place_id for p in request.actor.posts if p.place_id in dongs), None)
    return {"home": place} if place else {}


@dataclass(frozen=True)
class NewPersonPage:
    form: EnterPersonForm
    crumbs: Sequence[tuple[str, str]]


@door(rules.may_enter_person)
def person_new(request: Request) -> HttpResponse:
    """Somebody without an account, so that what they bring on paper has an author."""
    form = EnterPersonForm(request.POST or None, town=request.town, on=today(request.at), initial=_post_dong(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            resident = actions.enter_person(
                town=request.town.place, public_name=data["public_name"], home=data["home"], birth_year=data["birth_year"],
                actor=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("public_name", refused.verdict.sentence)
        else:
            messages.success(request, _("주민을 등록했습니다. 이어서 확인할 수 있습니다."))
            return redirect("residents:desk_person", pk=resident.pk)
    from django.urls import reverse

    way = [(reverse("residents:desk_people"), _("주민 찾기와 확인")), ("", _("계정 없는 주민 등록"))]
    return page(request, "residents/desk/person_new.html", NewPersonPage(form, way))


def load_person(request: Request, pk: int) -> Resident:
    return found(Resident.objects.visible_to(request.actor).select_related("place", "home", "account"), pk=pk)


@dataclass(frozen=True)
class PersonPage:
    resident: Resident
    line: PersonLine
    proofs: Iterable[ResidentProof]
    check: DeskCheckForm
    link: LinkForm
    revoke: RevokeForm
    documents: dict[str, Any]
    crumbs: Sequence[tuple[str, str]]


@door(rules.may_check_person, load=load_person)
def person(request: Request, resident: Resident) -> HttpResponse:
    """One person: proofs, a check at the counter, an account to tie, a proof to take back."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    first = {"dong": resident.home_id, "level": int(Proof.RESIDENCE)}
    check = DeskCheckForm(request.POST if do == "check" else None, initial=first, town=request.town, on=today(request.at))
    link = LinkForm(request.POST if do == "link" else None, auto_id="link_%s")
    revoke = RevokeForm(request.POST if do == "revoke" else None, auto_id="revoke_%s")
    deeds = {"check": (check, _check), "link": (link, _link), "revoke": (revoke, _revoke)}
    if do in deeds:
        form, deed = deeds[do]
        if form.is_valid():
            try:
                said = deed(request, resident, form)
            except Refused as refused:
                form.add_error(None, refused.verdict.sentence)
            else:
                if said:
                    messages.success(request, said)
                    return redirect("residents:desk_person", pk=resident.pk)
    from django.urls import reverse

    proofs = resident.proofs.select_related("dong").order_by("-pk")
    way = [(reverse("residents:desk_people"), _("주민 찾기와 확인")), ("", resident.public_name)]
    line = lines_of([resident], today(request.at))[0]
    return page(request, "residents/desk/person.html", PersonPage(resident, line, proofs, check, link, revoke, dict(DOCUMENTS), way))


def _check(request: Request, resident: Resident, form: forms.Form) -> str:
    settle(slug="desk", resident=resident, answer=form.cleaned_data, actor=request.actor, at=request.at, town=request.town)
    return _("확인을 적었습니다.")


def _link(request: Request, resident: Resident, form: forms.Form) -> str:
    account = account_named(form.cleaned_data["who"])
    if account is None:
        form.add_error("who", _("이런 계정이 없습니다. 먼저 누리집에서 가입해야 합니다."))
        return ""
    actions.link_account(resident=resident, account=account, actor=request.actor, at=request.at)
    return _("계정을 이었습니다.")


def _revoke(request: Request, resident: Resident, form: forms.Form) -> str:
    proof = found(ResidentProof.objects.filter(resident=resident), pk=whole_number(request.POST.get("proof", "")) or 0)
    actions.revoke_proof(proof=proof, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)
    return _("확인을 거두었습니다.")


def account_named(who: str) -> Account | None:
    """The account with a sign-in word, or with a mail address that only it has."""
    row = Account.objects.filter(username__iexact=who, is_active=True).first()
    if row is None and "@" in who:
        rows = list(Account.objects.filter(email__iexact=who, is_active=True)[:2])
        row = rows[0] if len(rows) == 1 else None
    return row
