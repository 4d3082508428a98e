"""Residents' face of casting: picking with a basket, looking once more, casting, the receipt.

What was picked stands in the session only until the vote is cast. The receipt with its list travels back in a signed cookie of this
browser for a quarter of an hour: the server keeps nothing that could join a person to a paper, and no address holds a code."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import actions
from madang.ballots.electorate import ADVISORY, how, who
from madang.ballots.forms import CodeForm, tidy_code
from madang.ballots.models import Ballot
from madang.ballots.pages import (
    CheckPage,
    Chip,
    ReceiptPage,
    ReviewPage,
    VoteItem,
    VotePage,
    basket_of,
    grouped,
    vote_item,
    way_for,
)
from madang.ballots.rules import is_open, may_pick, may_vote
from madang.ballots.views import crumbs_of, visible
from madang.ground import dates
from madang.ground.door import Request, anyone, door, page
from madang.ground.verdict import Refused

BASKETS = "baskets"  # session key: {"7": [1, 4]}
MOST_KEPT = 200  # numbers a basket keeps, however many were sent
RECEIPT_SECONDS = 15 * 60
SALT = "madang.ballots.receipt"


# The basket


def picked(request: Request, ballot: Ballot) -> list[int]:
    """What lies in the basket of this session."""
    return [n for n in request.session.get(BASKETS, {}).get(str(ballot.pk), []) if isinstance(n, int)]


def keep(request: Request, ballot: Ballot, picks: Iterable[int]) -> None:
    """Puts the basket into the session, or takes it out when it is empty."""
    baskets = dict(request.session.get(BASKETS, {}))
    chosen = list(picks)[:MOST_KEPT]
    if chosen:
        baskets[str(ballot.pk)] = chosen
    else:
        baskets.pop(str(ballot.pk), None)
    if baskets != request.session.get(BASKETS, {}):
        request.session[BASKETS] = baskets


def sent(request: Request) -> list[int]:
    """The numbers of a form: ticked ones and those a filter does not show, each once.

    What is no number becomes 0, which no ballot lists."""
    values = [*request.POST.getlist("pick"), *request.POST.getlist("keep")][: MOST_KEPT * 2]
    return list(dict.fromkeys(int(v) if v.isascii() and v.isdigit() and len(v) < 6 else 0 for v in values))


def _items(ballot: Ballot, chosen: Sequence[int]) -> list[VoteItem]:
    return [vote_item(i, picked=i.number in chosen) for i in ballot.items.select_related("place")]


def _steps() -> list[str]:
    return [_("사업 고르기"), _("고른 것 확인하기"), _("표 내기")]


def _has_voted(request: Request, ballot: Ballot) -> bool:
    person = request.actor.resident_id
    return person is not None and ballot.marks.filter(resident_id=person).exists()


@door(anyone, load=visible)
def vote(request: Request, ballot: Ballot) -> HttpResponse:
    """Picking. Everybody may look and pick; who may cast is said at once and asked again when casting."""
    verdict = is_open(ballot, at=request.at)
    if not verdict:
        messages.info(request, verdict.sentence)
        return redirect("ballots:detail", pk=ballot.pk)
    if request.method != "POST":
        return _vote_page(request, ballot, picked(request, ballot))
    chosen = sent(request)
    keep(request, ballot, chosen)
    if {"find", "show", "save"} & set(request.POST):
        if "save" in request.POST:
            messages.success(request, _("고른 것을 간직했어요. 이 기기에서 다시 와도 그대로 있어요."))
        asked = {"q": request.POST.get("q", "").strip()[:80], "category": request.POST.get("show", request.POST.get("category", ""))[:40]}
        query = urlencode({k: v for k, v in asked.items() if v})
        return redirect(f"{reverse('ballots:vote', args=[ballot.pk])}{'?' + query if query else ''}")
    verdict = may_pick(ballot, chosen, set(ballot.items.values_list("number", flat=True)))
    if verdict:
        return redirect("ballots:review", pk=ballot.pk)
    return _vote_page(request, ballot, chosen, error=verdict.sentence)


def _vote_page(request: Request, ballot: Ballot, chosen: list[int], error: str = "") -> HttpResponse:
    actor, at = request.actor, request.at
    items = _items(ballot, chosen)
    asked = request.POST if request.method == "POST" else request.GET
    q, category = asked.get("q", "").strip()[:80], asked.get("category", "")
    everything = grouped(items)
    names = [g.label for g in everything]
    category = category if category in names else ""
    words = q.casefold().split()
    shown = [
        i for i in items
        if (not category or i.category == category) and all(w in f"{i.number} {i.title} {i.where} {i.text}".casefold() for w in words)
    ]  # fmt: skip
    visible_numbers = {i.number for i in shown}
    hidden = {i.number: i.cost_won for i in items if i.is_picked and i.number not in visible_numbers}
    chips = [Chip("", _("모두"), len(items), not category)]
    chips += [Chip(g.label, g.label, len(g.items), g.label == category) for g in everything] if len(everything) > 1 else []
    content = VotePage(
        crumbs_of(ballot, _("투표하기")), ballot, grouped(shown), chips, len(items), len(shown), q, category,
        list(hidden), json.dumps(hidden), basket_of(ballot, items, chosen),
        [i for i in items if i.is_picked], way_for(may_vote(actor, ballot, at=at), reverse("ballots:vote", args=[ballot.pk])), error,
        _has_voted(request, ballot), _steps(), who(ballot, at=at), how(ballot, at=at), ADVISORY,
    )  # fmt: skip
    return page(request, "ballots/vote.html", content, status=422 if error else 200)


@door(anyone, load=visible)
def basket(request: Request, ballot: Ballot) -> HttpResponse:
    """Keeps the picks with every tap; called by vote.js."""
    if request.method == "POST" and is_open(ballot, at=request.at):
        listed = set(ballot.items.values_list("number", flat=True))
        keep(request, ballot, [n for n in sent(request) if n in listed])
        return HttpResponse(status=204)
    return redirect("ballots:vote", pk=ballot.pk)


@door(anyone, load=visible)
def review(request: Request, ballot: Ballot) -> HttpResponse:
    """The picks once more, then the cast. A refusal stands beside the picks, and nothing of them is lost."""
    actor, at = request.actor, request.at
    verdict = is_open(ballot, at=at)
    if not verdict:
        messages.info(request, verdict.sentence)
        return redirect("ballots:detail", pk=ballot.pk)
    chosen = sent(request) if request.method == "POST" else picked(request, ballot)
    if request.method == "POST":
        keep(request, ballot, chosen)
        try:
            receipt_code = actions.cast(ballot=ballot, picks=chosen, actor=actor, at=at)
        except Refused as refused:
            return _review_page(request, ballot, chosen, refused)
        keep(request, ballot, ())
        return _with_receipt(redirect("ballots:receipt", pk=ballot.pk), ballot, receipt_code, chosen, actor.resident_id)
    if not may_pick(ballot, chosen, set(ballot.items.values_list("number", flat=True))):
        return redirect("ballots:vote", pk=ballot.pk)
    return _review_page(request, ballot, chosen)


def _review_page(request: Request, ballot: Ballot, chosen: list[int], refused: Refused | None = None) -> HttpResponse:
    actor, at = request.actor, request.at
    here = reverse("ballots:review", args=[ballot.pk])
    items = _items(ballot, chosen)
    content = ReviewPage(
        crumbs_of(ballot, _("고른 것 확인하기")), ballot, [i for i in items if i.is_picked], basket_of(ballot, items, chosen),
        way_for(may_vote(actor, ballot, at=at), here), way_for(refused.verdict, here) if refused else None,
        _has_voted(request, ballot), _steps(), who(ballot, at=at), ADVISORY,
    )  # fmt: skip
    return page(request, "ballots/review.html", content, status=422 if refused else 200)


# The receipt


def _with_receipt(answer: HttpResponse, ballot: Ballot, code: str, picks: list[int], person: int | None) -> HttpResponse:
    value = signing.dumps({"code": code, "picks": picks, "person": person}, salt=SALT)
    answer.set_cookie(
        f"vote-{ballot.pk}", value, max_age=RECEIPT_SECONDS, path=reverse("ballots:receipt", args=[ballot.pk]),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip
    return answer


def _carried(request: Request, ballot: Ballot) -> dict[str, Any] | None:
    """The receipt this browser carries, when it is the signed-in person's own and fresh."""
    try:
        data = signing.loads(request.COOKIES.get(f"vote-{ballot.pk}", ""), salt=SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return None
    return data if data["person"] == request.actor.resident_id else None


@door(anyone, load=lambda request, pk, code="": (visible(request, pk), code))
def receipt(request: Request, asked: tuple[Ballot, str]) -> HttpResponse:
    """What was just cast, with its code; with a code in the address, whether that paper is in the box."""
    ballot, code = asked
    if code:
        return _check_page(request, ballot, CodeForm(initial={"code": tidy_code(code)}), tidy_code(code))
    at = request.at
    carried = _carried(request, ballot)
    if carried is None:
        return redirect("ballots:check", pk=ballot.pk)
    chosen = [replace(i, is_picked=True) for i in _items(ballot, carried["picks"]) if i.is_picked]
    closes = ballot.step.closes_at
    entries = [
        {"title": _("표를 냈어요"), "when": _("방금")},
        {"title": _("투표를 마감하고 표를 세요"), "when": dates.moment(closes, at=at) if closes else "", "state": "next",
         "note": _("마감하면서 누가 어느 표를 냈는지 이을 수 있는 열쇠를 없애고, 표를 섞어요.")},
        {"title": _("결과와 이름 없는 표를 모두 올려요"), "when": _("개표를 마치고"), "state": "next",
         "note": _("누구나 다시 셀 수 있고, 내 번호로 내 표를 찾을 수 있어요.")},
        {"title": _("뽑힌 사업에 예산을 세워요"), "when": _("그다음"), "state": "next"},
    ]  # fmt: skip
    content = ReceiptPage(
        crumbs_of(ballot, _("투표 확인증")), ballot, carried["code"], chosen, sum(i.cost_won for i in chosen), entries,
        who(ballot, at=at), ADVISORY,
    )  # fmt: skip
    answer = page(request, "ballots/receipt.html", content)
    answer["Cache-Control"] = "no-store"
    return answer


@door(anyone, load=visible)
def check(request: Request, ballot: Ballot) -> HttpResponse:
    """Whether a paper with this code is in the box; after the count, what stands on it. By POST, so that no log keeps a code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _check_page(request, ballot, form, form.cleaned_data["code"])
    return _check_page(request, ballot, form, "")


def _check_page(request: Request, ballot: Ballot, form: CodeForm, code: str) -> HttpResponse:
    is_counted = ballot.state == Ballot.State.COUNTED
    paper = ballot.papers.filter(receipt=code).first() if code else None
    chosen = [i for i in _items(ballot, paper.picks) if i.is_picked] if paper and is_counted else []
    content = CheckPage(
        crumbs_of(ballot, _("확인 번호로 찾기")), ballot, form, code, paper is not None if code else None, is_counted, chosen
    )
    return page(request, "ballots/check.html", content, status=422 if form.errors else 200)
