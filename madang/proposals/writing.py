"""Residents' pages for writing: four parts that save themselves, and the one-line form. Who it is from is asked at the end."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, page
from madang.ground.models import Place
from madang.ground.verdict import Refused, Verdict, no
from madang.methods.text import find_resident_numbers, mask, whole_number
from madang.processes.models import Step
from madang.proposals import actions, rules
from madang.proposals.figures import similar_to
from madang.proposals.forms import IdeaForm, SignForm, WhatForm, WhereForm
from madang.proposals.maps import FULL, DongMap, map_of
from madang.proposals.models import Draft, Proposal
from madang.proposals.reading import Note, address

COOKIE = "madang_writer"
COOKIE_DAYS = 30
TOKEN = re.compile("[A-Za-z0-9_-]{1,32}")  # what an address of a draft may carry, and what token_urlsafe() makes
PARTS = ("what", "where", "files", "check")
PART_LABELS = (gettext_lazy("무엇을"), gettext_lazy("어디에"), gettext_lazy("사진과 파일"), gettext_lazy("살펴보고 올리기"))
MAP_SIDE = 320  # pixels of the map one presses on: fixed, because a browser tells a press in pixels


# Which draft, which step


def _browser(request: Request) -> str:
    value = request.COOKIES.get(COOKIE, "")
    return value if len(value) >= 16 and TOKEN.fullmatch(value) else ""


def _with_browser(request: Request, response: HttpResponse) -> HttpResponse:
    """Visitors get a name for their browser, so that only it finds their draft again. Signed-in people need none."""
    if not request.actor.is_signed_in:
        response.set_cookie(
            COOKIE, _browser(request) or secrets.token_urlsafe(18), max_age=COOKIE_DAYS * 86400, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


def _claim(request: Request) -> None:
    """After signing in, what this browser wrote moves to the account."""
    if request.actor.is_signed_in and _browser(request) and not request.preview_on:
        actions.claim_drafts(browser=_browser(request), actor=request.actor, at=request.at)


def _drafts(request: Request) -> Any:
    return Draft.objects.visible_to(request.actor, _browser(request)).select_related("place", "step__process__place")


def _open_steps(request: Request) -> list[Step]:
    """Steps that take proposals now, the dong's own first when the person lives there, then the always open ones."""
    rows = Step.objects.open(request.at).in_town(request.town.pk).filter(kind="proposals").select_related("process__place")
    home = request.actor.home_id
    return sorted(rows, key=lambda s: (s.place_id != home, s.place_id != request.town.pk, s.pk))


def _step(request: Request, draft: Draft | None, wanted: str | None) -> Step | None:
    """The step a draft is for: the one asked for, the one it was begun in if still open, else the town's own."""
    steps = _open_steps(request)
    by_pk = {str(s.pk): s for s in steps}
    begun = str(draft.step_id) if draft and draft.step_id else ""
    of_town = next((s for s in steps if s.place_id == request.town.pk), None)
    return by_pk.get(wanted or "") or by_pk.get(begun) or of_town or next(iter(steps), None)


def _places(request: Request, step: Step | None) -> list[Place]:
    town = request.town
    if step is not None and step.place.level == Place.Level.DONG:
        return [step.place]
    return [*town.dongs, town.place]


# The parts


@dataclass(frozen=True)
class WritePage:
    token: str
    part: str
    number: int
    labels: Sequence[Any]
    urls: Sequence[tuple[str, Any]]
    form: Any
    draft: Draft | None
    step: Step | None
    others: Sequence[Draft]
    crumbs: list[tuple[str, str]]
    back_url: str
    similar: Sequence[Note] = ()
    dong_map: DongMap | None = None
    map_url: str = ""
    pin: str = ""
    most_files: int = 0
    earlier: Any = None
    may: Verdict | None = None
    enter_url: str = ""
    enter_words: str = ""


@door(rules.may_write)
def write(request: Request) -> HttpResponse:
    """The first part under a new name; drafts from before are offered. Nothing is stored until something is typed."""
    _claim(request)
    others = list(_drafts(request).open().order_by("-saved_at")[:3])
    step = _step(request, None, request.GET.get("step"))
    token = secrets.token_urlsafe(18)
    form = WhatForm()
    return _with_browser(request, _show(request, token, "what", form, draft=None, step=step, others=[d for d in others if d.data]))


@door(rules.may_write)
def draft(request: Request, token: str, part: str) -> HttpResponse:
    """One part of a draft: shown, saved as it is typed, or sent on to the next."""
    if part not in PARTS or len(token) > 32:
        return redirect("proposals:write")
    _claim(request)
    found = _drafts(request).filter(token=token).first()
    if found is not None and found.submitted_id:
        messages.info(request, _("이미 올린 제안이에요."))
        return redirect("proposals:receipt", pk=found.submitted_id)
    if found is None and Draft.objects.filter(token=token).exists():
        # Somebody else's, or begun before signing in on another device: the words sent along are kept under a new name.
        token = secrets.token_urlsafe(18)
    if request.method == "POST":
        return _with_browser(request, _save(request, token, part, found))
    if found is None and part != "what":
        messages.warning(request, _("쓰던 글을 찾지 못했어요. 오래되어 지워졌거나 다른 기기에서 쓴 글일 수 있어요."))
        return redirect("proposals:write")
    step = _step(request, found, None)
    return _with_browser(request, _show(request, token, part, _form(request, part, found, step), draft=found, step=step))


def _form(request: Request, part: str, found: Draft | None, step: Step | None, data: Any = None) -> Any:
    """The part's form: filled from what was sent, or from what was saved."""
    kept = found.data if found else {}
    if part == "what":
        return WhatForm(data, initial=kept)
    if part == "where":
        return WhereForm(data, initial=kept, **_choices(request, step))
    if part == "check":
        return SignForm(
            data, initial={"public_name": kept.get("public_name") or request.actor.public_name * bool(request.actor.resident_id)}
        )
    return None


def _choices(request: Request, step: Step | None) -> dict[str, Any]:
    town = request.town
    return {"town": town, "places": _places(request, step), "categories": town.settings(today(request.at)).categories}


def _save(request: Request, token: str, part: str, found: Draft | None) -> HttpResponse:
    """Keeps what was typed whatever it is worth, then judges it if the person wants to go on."""
    data = request.POST
    step = _step(request, found, data.get("step"))
    alts = {number: str(v) for k, v in data.items() if k.startswith("alt-") and (number := whole_number(k[4:])) is not None}
    found = actions.save_draft(
        draft=found, token=token, browser=_browser(request), place=request.town.place, step=step,
        data=_typed(request, part, found), alts=alts, actor=request.actor, at=request.at,
    )  # fmt: skip
    if request.headers.get("X-Requested-With") == "autosave":
        return _saved(request)
    if "discard" in data:
        actions.discard_draft(draft=found, actor=request.actor, at=request.at)
        messages.success(request, _("쓰던 글을 버렸어요."))
        return redirect("proposals:list")
    if part == "files" or {"map.x", "no_pin", "show_map"} & set(data):  # nothing is judged there that would say it
        for problem in dict.fromkeys(_unkept(request).values()):
            messages.error(request, problem)
    return _JUDGES[part](request, token, found, step)


def _unkept(request: Request) -> dict[str, str]:
    """What was sent and may not be kept: the name of the field and the reason beside it."""
    said = {name: rules.may_keep(str(value)[: actions.MOST_LETTERS]) for name, value in request.POST.items()}
    return {name: str(verdict.sentence) for name, verdict in said.items() if not verdict}


def _saved(request: Request) -> HttpResponse:
    """The answer to a page that saves itself: nothing more to say, or which fields were not kept and why. All others were."""
    refused = _unkept(request)
    return JsonResponse({"refused": refused}, status=422) if refused else HttpResponse(status=204)


def _typed(request: Request, part: str, found: Draft | None) -> dict[str, Any]:
    data = {name: str(value) for name, value in request.POST.items()}
    data.pop("form", None)
    if part == "where":
        x, y = data.get("map.x", ""), data.get("map.y", "")
        pressed = [n for v in (x, y) if (n := whole_number(v, digits=4)) is not None]
        if len(pressed) == 2:
            data["map_x"], data["map_y"] = (str(min(n * FULL // MAP_SIDE, FULL)) for n in pressed)
        elif "no_pin" in data or (found and found.data.get("dong") not in (None, data.get("dong"))):
            # Another dong has another map: the old spot means nothing on it.
            data["map_x"] = data["map_y"] = ""
    return data


def _go(token: str, part: str) -> HttpResponse:
    return redirect("proposals:draft", token=token, part=part)


def _judge_what(request: Request, token: str, found: Draft, step: Step | None) -> HttpResponse:
    form = WhatForm(request.POST)
    if not form.is_valid():
        return _show(request, token, "what", form, draft=found, step=step, status=422)
    return _go(token, "where")


def _judge_where(request: Request, token: str, found: Draft, step: Step | None) -> HttpResponse:
    if {"map.x", "no_pin", "show_map"} & set(request.POST):
        return redirect(f"{reverse('proposals:draft', args=[token, 'where'])}#map")
    form = WhereForm({**found.data, **dict(request.POST.items()), "map_x": found.data.get("map_x"), "map_y": found.data.get("map_y")},
                     **_choices(request, step))  # fmt: skip
    if not form.is_valid():
        return _show(request, token, "where", form, draft=found, step=step, status=422)
    return _go(token, "files")


def _judge_files(request: Request, token: str, found: Draft, step: Step | None) -> HttpResponse:
    actor, at = request.actor, request.at
    problems: list[str] = []
    gone = whole_number(request.POST.get("detach", ""))
    if gone is not None:
        actions.detach(draft=found, file_id=gone, actor=actor, at=at)
        return _go(token, "files")
    for upload in request.FILES.getlist("uploads"):
        try:
            actions.attach(draft=found, upload=upload, name=upload.name or "file", actor=actor, at=at)
        except Refused as refused:
            name = upload.name or ""
            numbers = [*find_resident_numbers(name), *find_resident_numbers(name.replace("_", " "))]
            problems.append(f"{mask(name, numbers)[:60]}: {refused}")
    for problem in problems:
        messages.error(request, problem)
    return _go(token, "files" if problems or request.FILES or "upload" in request.POST else "check")


def _judge_check(request: Request, token: str, found: Draft, step: Step | None) -> HttpResponse:
    form = SignForm(request.POST)
    may = _may_send(request, step)
    if may.code == "sign_in_first":
        return redirect(_enter(request, may, token)[0])
    if not may:
        form.add_error(None, may.sentence)
    earlier = _earlier(request, found, step)
    if form.is_valid() and all(f.is_valid() for f in earlier):
        try:
            sent = _send(request, found, step, earlier, form.cleaned_data["public_name"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("proposals:receipt", pk=sent.pk)
    return _show(request, token, "check", form, draft=found, step=step, status=422)


_JUDGES: dict[str, Callable[..., HttpResponse]] = {
    "what": _judge_what,
    "where": _judge_where,
    "files": _judge_files,
    "check": _judge_check,
}


def _earlier(request: Request, found: Draft, step: Step | None) -> list[Any]:
    """The parts before the last, judged again from what was saved: a step may have closed, a rule may have changed."""
    if found.data.get("form") == Proposal.Form.IDEA:
        return [IdeaForm(found.data, **_choices(request, step))]
    return [WhatForm(found.data), WhereForm(found.data, **_choices(request, step))]


def _send(request: Request, found: Draft, step: Step | None, earlier: list[Any], public_name: str) -> Proposal:
    if step is None:
        raise Refused(no("proposals_closed"))
    values = {name: value for form in earlier for name, value in form.cleaned_data.items()}
    return actions.submit(
        step=step, place=earlier[-1].place, title=values["title"], body=values.get("body", ""), category=values["category"],
        form=found.data.get("form") or Proposal.Form.PROPOSAL, public_name=public_name, cost_won=values.get("cost"),
        map_x=values.get("map_x"), map_y=values.get("map_y"), spot=values.get("spot", ""), draft=found,
        actor=request.actor, at=request.at,
    )  # fmt: skip


def _may_send(request: Request, step: Step | None) -> Verdict:
    if step is None:
        return no("proposals_closed")
    return rules.may_propose(request.actor, step, at=request.at)


def _enter(request: Request, may: Verdict, token: str) -> tuple[str, str]:
    """Where a person goes who may not send yet, and back again."""
    back = reverse("proposals:draft", args=[token, "check"])
    ways = {
        "sign_in_first": ("account_login", _("들어와서 올리기")),
        "join_first": ("residents:join", _("공개 이름 정하기")),
        "contact_needed": ("residents:proof", _("연락처 확인하기")),
        "person_needed": ("residents:proof", _("본인 확인하기")),
        "residence_needed": ("residents:proof", _("사는 곳 확인하기")),
    }
    name, words = ways.get(may.code, ("", ""))
    return (f"{reverse(name)}?next={back}", words) if name else ("", "")


def _show(
    request: Request, token: str, part: str, form: Any, *, draft: Draft | None, step: Step | None, others: Sequence[Draft] = (),
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    number = PARTS.index(part) + 1
    is_idea = bool(draft and draft.data.get("form") == Proposal.Form.IDEA)
    before = "" if number == 1 or is_idea else reverse("proposals:draft", args=[token, PARTS[number - 2]])
    may = _may_send(request, step) if part == "check" else None
    enter = _enter(request, may, token) if may is not None and not may else ("", "")
    drawn, map_url, pin = _draw(request, draft) if part == "where" else (None, "", "")
    content = WritePage(
        token=token, part=part, number=number, labels=PART_LABELS, form=form, draft=draft, step=step, others=others,
        urls=[(reverse("proposals:draft", args=[token, p]), label) for p, label in zip(PARTS, PART_LABELS, strict=True)],
        crumbs=[(reverse("proposals:list"), _("제안")), ("", _("제안 쓰기"))], back_url=before,
        similar=_near(request, draft) if part in ("where", "check") and draft else (), dong_map=drawn, map_url=map_url, pin=pin,
        most_files=request.town.settings(today(request.at)).files_per_proposal,
        earlier=_checked(request, draft, step) if part == "check" and draft else None,
        may=may, enter_url=enter[0], enter_words=enter[1],
    )  # fmt: skip
    return page(request, f"proposals/write_{part}.html", content, status=status)


@dataclass(frozen=True)
class Checked:
    """The preview of the last part, and what is still to be mended before."""

    title: str
    body: str
    facts: list[dict[str, Any]]
    files: list[Any]
    faults: list[tuple[str, str]]
    no_alt: int


def _checked(request: Request, found: Draft, step: Step | None) -> Checked:
    faults: list[tuple[str, str]] = []
    is_idea = found.data.get("form") == Proposal.Form.IDEA
    for part, form in zip(("what", "where"), _earlier(request, found, step), strict=False):
        url = reverse("proposals:idea") + f"?draft={found.token}" if is_idea else reverse("proposals:draft", args=[found.token, part])
        faults += [(url, str(error)) for errors in form.errors.values() for error in errors] if not form.is_valid() else []
    places = {p.slug: p.name_shown for p in _places(request, step)}
    stored = list(found.files.select_related("file").order_by("pk"))
    rows = (
        (_("동"), places.get(found.data.get("dong", ""), "")), (_("분야"), found.data.get("category", "")),
        (_("자리"), found.data.get("spot", "")), (_("어림한 돈"), found.data.get("cost", "")),
    )  # fmt: skip
    return Checked(
        title=found.data.get("title", ""), body=found.data.get("body", ""), files=stored, faults=faults,
        facts=[{"term": term, "value": value} for term, value in rows if value],
        no_alt=sum(1 for f in stored if f.file.is_image and not f.alt),
    )  # fmt: skip


def _draw(request: Request, draft: Draft | None) -> tuple[DongMap | None, str, str]:
    slug = draft.data.get("dong", "") if draft else ""
    town = request.town
    drawn = map_of(town.place.slug, slug) if slug else None
    if drawn is None or draft is None:
        return None, "", ""
    x, y = draft.data.get("map_x", ""), draft.data.get("map_y", "")
    spot = [n for v in (x, y) if (n := whole_number(v, digits=4)) is not None]
    query = f"?dong={drawn.slug}" + (f"&x={x}&y={y}" if len(spot) == 2 else "")
    return drawn, reverse("proposals:map") + query, drawn.pin(*spot) if len(spot) == 2 else ""


# Beside the writing


def _near(request: Request, draft: Draft) -> list[Note]:
    return _notes(f"{draft.data.get('title', '')}\n{draft.data.get('body', '')[:300]}", request.town.pk)


def _notes(text: str, town_id: int) -> list[Note]:
    matches = similar_to(text, town_id=town_id, most=3)
    rows = Proposal.objects.public().in_bulk([m.key for m in matches])
    said = _("공감 %(count)s명")
    return [
        Note(address(p), p.title, f"{p.get_state_display()} · {said % {'count': p.endorsements}}")
        for m in matches
        if (p := rows.get(m.key))
    ]


@door(anyone)
def similar(request: Request) -> HttpResponse:
    """Proposals much like the title being typed: a part of a page, for htmx."""
    text = request.GET.get("title", "")[:200]
    notes = _notes(text, request.town.pk) if len(text) > 3 else []
    return render(request, "proposals/_similar.html", {"similar": notes})


@door(anyone)
def town_map(request: Request) -> HttpResponse:
    """The map of a dong as a picture one may press on; with ?x and ?y a pin stands there."""
    drawn = map_of(request.town.place.slug, request.GET.get("dong", "")[:60])
    x, y = request.GET.get("x", ""), request.GET.get("y", "")
    numbers = [n for v in (x, y) if (n := whole_number(v, digits=4)) is not None]
    pin = drawn.pin(*numbers) if drawn and len(numbers) == 2 and max(numbers) <= FULL else ""
    response = render(request, "proposals/map.svg", {"map": drawn, "pin": pin, "side": MAP_SIDE}, content_type="image/svg+xml",
                      status=200 if drawn else 404)  # fmt: skip
    response["Cache-Control"] = "public, max-age=86400"
    return response


@dataclass(frozen=True)
class IdeaPage:
    form: IdeaForm
    token: str
    step: Step | None
    crumbs: list[tuple[str, str]]


@door(rules.may_write)
def idea(request: Request) -> HttpResponse:
    """One line and where: sent at once by people who may, kept until they have signed in by all others."""
    _claim(request)
    token = request.POST.get("token") or request.GET.get("draft") or ""
    token = token if TOKEN.fullmatch(token) else secrets.token_urlsafe(18)
    found = _drafts(request).filter(token=token).first()
    if found is not None and found.submitted_id:
        return redirect("proposals:receipt", pk=found.submitted_id)
    if found is None and Draft.objects.filter(token=token).exists():
        token = secrets.token_urlsafe(18)
    step = _step(request, found, request.POST.get("step") or request.GET.get("step"))
    data = request.POST if request.method == "POST" else None
    form = IdeaForm(data, initial=found.data if found else {"dong": _home_slug(request)}, **_choices(request, step))
    if data is not None:
        found = actions.save_draft(
            draft=found, token=token, browser=_browser(request), place=request.town.place, step=step,
            data={**dict(data.items()), "form": Proposal.Form.IDEA.value}, actor=request.actor, at=request.at,
        )  # fmt: skip
        if request.headers.get("X-Requested-With") == "autosave":
            return _saved(request)
        if form.is_valid():
            return _with_browser(request, _go(token, "check"))
    content = IdeaPage(form, token, step, [(reverse("proposals:list"), _("제안")), ("", _("한 줄 제안"))])
    return _with_browser(request, page(request, "proposals/idea.html", content, status=422 if form.errors else 200))


def _home_slug(request: Request) -> str:
    home = request.town.place_of(request.actor.home_id) if request.actor.home_id else None
    return home.slug if home else ""
