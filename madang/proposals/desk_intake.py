"""Officials' face for what comes on paper, by phone, at the counter and on post-its."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground import files
from madang.ground.actor import Role
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.models import Place, StoredFile
from madang.ground.verdict import Refused
from madang.methods.text import whole_number
from madang.processes.models import Step
from madang.proposals import actions
from madang.proposals.forms_desk import IntakeForm, PostitForm
from madang.proposals.models import Proposal
from madang.proposals.rules import TOWN_ROLES
from madang.proposals.rules_desk import may_open_at_desk, may_take_in_anywhere
from madang.residents import actions as people
from madang.residents.models import Resident

KEPT_SECONDS = 6 * 3600
KEPT_FOR_NEXT = ("channel", "received_on", "step", "dong")
SCANS = files.PICTURES | frozenset({"application/pdf"})


@dataclass(frozen=True)
class Offers:
    """What this officer may take in: steps that take proposals now, places, fields."""

    steps: Sequence[Step]
    places: Sequence[Place]
    dongs: Sequence[Place]
    categories: Sequence[str]


def offers_for(request: Request) -> Offers:
    """One query: the steps of the town that are open, the officer's own dong first."""
    actor, town, at = request.actor, request.town, request.at
    every = actor.holds(*TOWN_ROLES)
    mine = {p.place_id for p in actor.posts if p.role == Role.DONG_OFFICER}
    places = [p for p in (*town.dongs, town.place) if every or p.pk in mine]
    in_town = Step.objects.filter(process__place__in=[town.place, *town.dongs], kind="proposals", process__state="open")
    rows = in_town.select_related("process__place").order_by("-always_open", "-process__year", "process__place__order", "pk")
    reach = {p.pk for p in places} | {town.pk}
    steps = [s for s in rows if s.is_open(at) and s.place_id in reach]
    return Offers(steps, places, town.dongs, town.settings(today(at)).categories)


@dataclass(frozen=True)
class IntakePage:
    crumbs: list[tuple[str, str]]
    form: IntakeForm
    people: Sequence[Resident]
    has_looked: bool


@door(may_take_in_anywhere)
def intake(request: Request) -> HttpResponse:
    """One proposal for somebody: the day on the paper, the picture of it, whose it is. Answers with the receipt number."""
    offers = offers_for(request)
    if request.method != "POST":
        return _intake_page(request, IntakeForm(offers=offers, initial=_first(request)))
    is_looking = request.POST.get("do") == "find"
    people_found, has_looked = _people(request)
    form = IntakeForm(request.POST, request.FILES, offers=offers, people=people_found)
    if is_looking:
        # Looking somebody up is no sending: what is typed stays as it is, without errors.
        typed = {name: request.POST.get(name) for name in form.fields} | {"who": "known", "consented": "consented" in request.POST}
        return _intake_page(request, IntakeForm(offers=offers, people=people_found, initial=typed), people_found, has_looked)
    if not form.is_valid():
        return _intake_page(request, form, people_found, has_looked, status=422)
    key = f"intake:{request.actor.account_id}:{form.cleaned_data['token']}"
    if not cache.add(key, 0, KEPT_SECONDS):
        return _sent_already(request, cache.get(key))
    try:
        proposal = _take_in(request, form)
    except Refused as refusal:
        cache.delete(key)
        form.add_error(_field_of(refusal.verdict.code), str(refusal))
        return _intake_page(request, form, people_found, has_looked, status=422)
    cache.set(key, proposal.pk, KEPT_SECONDS)
    return redirect("proposals:desk_taken", pk=proposal.pk)


def _first(request: Request) -> dict[str, Any]:
    """The day, the place and the way of the one before, when somebody takes in a pile."""
    first: dict[str, Any] = {"received_on": today(request.at), "channel": "paper", "who": "nobody", "token": secrets.token_urlsafe(12)}
    first.update({name: request.GET[name] for name in KEPT_FOR_NEXT if request.GET.get(name)})
    return first


def _sent_already(request: Request, pk: int | None) -> HttpResponse:
    if pk:
        return redirect("proposals:desk_taken", pk=pk)
    messages.warning(request, _("같은 양식을 이미 보냈습니다. 목록에서 접수된 것을 살펴 주십시오."))
    return redirect(f"{reverse('proposals:desk_list')}?sort=-number&state=all")


def _field_of(code: str) -> str | None:
    fields = {
        "received_in_future": "received_on", "received_too_long_ago": "received_on", "place_elsewhere": "dong", "name_taken": "new_name",
        "file_kind": "original", "file_too_large": "original", "file_broken": "original", "file_empty": "original",
    }  # fmt: skip
    return fields.get(code)


def _people(request: Request) -> tuple[list[Resident], bool]:
    """Whom the typed words find, which is recorded; or, when the form is sent, the one that was chosen."""
    town, actor, at = request.town, request.actor, request.at
    asked, chosen = request.POST.get("find", "").strip()[:80], request.POST.get("person", "")
    if request.POST.get("do") == "find":
        return (people.look_up(town=town.place, query=asked, actor=actor, at=at), True) if len(asked) > 1 else ([], True)
    if not (number := whole_number(chosen)):
        return [], False
    return list(Resident.objects.visible_to(actor).living().select_related("home").filter(pk=number)), False


@transaction.atomic
def _take_in(request: Request, form: IntakeForm) -> Proposal:
    """File, person and proposal, all or none."""
    actor, town, at = request.actor, request.town, request.at
    values = form.cleaned_data
    person = form.people.get(values["person"]) if values["who"] == "known" else None
    if values["who"] == "new":
        home = next((d for d in form.offers.dongs if d.slug == values["new_home"]), None)
        person = people.enter_person(town=town.place, public_name=values["new_name"], home=home, actor=actor, at=at)
    return actions.take_in(
        step=form.step_row, place=form.place, title=values["title"], body=values["body"], category=values["category"], spot=values["spot"],
        cost_won=values["cost"], channel=values["channel"], received_on=values["received_on"], original=_scan(request, values),
        resident=person, consented=values["consented"], actor=actor, at=at,
    )  # fmt: skip


def _scan(request: Request, values: Mapping[str, Any]) -> StoredFile | None:
    upload = values.get("original")
    if not upload:
        return None
    actor, town, at = request.actor, request.town, request.at
    return files.take(upload, name=upload.name, place=town.place, actor=actor, at=at, kinds=SCANS, is_public=False)


def _intake_page(
    request: Request, form: IntakeForm, people_found: Sequence[Resident] = (), has_looked: bool = False, status: int = 200
) -> HttpResponse:
    content = IntakePage(
        crumbs=[(reverse("site:desk"), _("처리할 일")), (reverse("proposals:desk_list"), _("제안 검토")), ("", _("대신 접수하기"))],
        form=form,
        people=people_found,
        has_looked=has_looked,
    )
    return page(request, "proposals/desk_intake.html", content, status=status)


# The number read back


def _one(request: Request, pk: int) -> Proposal:
    return found(Proposal.objects.visible_to(request.actor).select_related("place", "step__process", "author"), pk=pk)


@dataclass(frozen=True)
class TakenPage:
    crumbs: list[tuple[str, str]]
    proposal: Proposal
    facts: Sequence[Mapping[str, Any]]
    next_query: str


@door(may_open_at_desk, load=_one)
def taken(request: Request, proposal: Proposal) -> HttpResponse:
    """The receipt number, large, to be read to the person or printed."""
    facts: list[Mapping[str, Any]] = [
        {"term": _("제목"), "value": proposal.title},
        {"term": _("받은 날"), "value": proposal.received_on},
        {"term": _("답변 기한"), "value": proposal.due_on},
        {"term": _("공개 이름"), "value": proposal.public_name},
    ]
    query = f"channel={proposal.channel}&received_on={proposal.received_on}&step={proposal.step_id}&dong={proposal.place.slug}"
    crumbs = [
        (reverse("proposals:desk_list"), _("제안 검토")),
        (reverse("proposals:desk_intake"), _("대신 접수하기")),
        ("", proposal.number),
    ]
    return page(request, "proposals/desk_taken.html", TakenPage(crumbs, proposal, facts, query))


# Post-its


@dataclass(frozen=True)
class PostitPage:
    crumbs: list[tuple[str, str]]
    form: PostitForm


@door(may_take_in_anywhere)
def postits(request: Request) -> HttpResponse:
    """A board of post-its, one line each."""
    offers = offers_for(request)
    if request.method != "POST":
        return _postit_page(request, PostitForm(offers=offers, initial=_first(request)))
    form = PostitForm(request.POST, request.FILES, offers=offers)
    if not form.is_valid():
        return _postit_page(request, form, status=422)
    values = form.cleaned_data
    key = f"intake:{request.actor.account_id}:{values['token']}"
    if not cache.add(key, 0, KEPT_SECONDS):
        return _sent_already(request, None)
    try:
        made = _take_in_board(request, form)
    except Refused as refusal:
        cache.delete(key)
        form.add_error(_field_of(refusal.verdict.code), str(refusal))
        return _postit_page(request, form, status=422)
    words = {"n": len(made), "first": made[0].number, "last": made[-1].number}
    messages.success(request, _("%(n)s장을 접수했습니다. 접수번호 %(first)s부터 %(last)s까지입니다.") % words)
    return redirect(f"{reverse('proposals:desk_list')}?state=screening&channel=postit&sort=-number")


@transaction.atomic
def _take_in_board(request: Request, form: PostitForm) -> list[Proposal]:
    values = form.cleaned_data
    return actions.take_in_postits(
        step=form.step_row, place=form.place, lines=values["lines"], received_on=values["received_on"], category=values["category"],
        spot=values["spot"], original=_scan(request, values), actor=request.actor, at=request.at,
    )  # fmt: skip


def _postit_page(request: Request, form: PostitForm, status: int = 200) -> HttpResponse:
    crumbs = [
        (reverse("proposals:desk_list"), _("제안 검토")),
        (reverse("proposals:desk_intake"), _("대신 접수하기")),
        ("", _("포스트잇 한꺼번에")),
    ]
    return page(request, "proposals/desk_postits.html", PostitPage(crumbs, form), status=status)
