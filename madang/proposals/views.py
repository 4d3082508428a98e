"""Residents' pages: the list, one proposal, endorsing, what its author may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.exports import export
from madang.ground.verdict import Refused
from madang.proposals import actions, rules
from madang.proposals.figures import Card, cards
from madang.proposals.forms import FilterForm, ReasonForm, ReportForm, SupplementForm
from madang.proposals.listing import OPEN_DATA, Narrowed, narrow, open_rows
from madang.proposals.models import Proposal
from madang.proposals.reading import EndorseBox, ProposalPage, TrailPage, endorse_box, read, read_trail

A_PAGE = 20


def _one(request: Request, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.actor).select_related("step__process__place", "place", "author", "department", "merged_into")
    return found(rows, pk=pk)


def _light(request: Request, pk: int) -> Proposal:
    """What endorsing needs, in one query."""
    return found(Proposal.objects.visible_to(request.actor).select_related("step__process__place"), pk=pk)


# The list


@dataclass(frozen=True)
class ListPage:
    form: FilterForm
    filters: Sequence[Any]
    narrowed: Narrowed
    rows: Page
    cards: list[Card]
    threshold: int
    csv_url: str
    xlsx_url: str


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """Proposals everybody may read, searched, narrowed and sorted; the same as open data with ?format=csv or xlsx."""
    town, at = request.town, request.at
    settings = town.settings(today(at))
    form = FilterForm(request.GET, town=town, categories=settings.categories, signed_in=request.actor.resident_id is not None)
    narrowed = narrow(form, town=town, actor=request.actor, query=request.GET, at=at)
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        rows = open_rows(narrowed.rows, town=town, at=at)
        return export(_("제안"), [str(c) for c in OPEN_DATA], rows, as_xlsx=wanted == "xlsx", title=_("제안"), at=at)
    shown = Paginator(narrowed.rows, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return page(
        request,
        "proposals/list.html",
        ListPage(
            form=form,
            filters=[form[name] for name in form.fields if name != "q"],
            narrowed=narrowed,
            rows=shown,
            cards=cards(shown.object_list, at=at),
            threshold=settings.endorsement_threshold,
            csv_url=f"?{_with(query, 'csv')}",
            xlsx_url=f"?{_with(query, 'xlsx')}",
        ),
    )


def _with(query: Any, kind: str) -> str:
    wanted = query.copy()
    wanted["format"] = kind
    return wanted.urlencode()


# One proposal


@door(rules.may_see, load=_one)
def detail(request: Request, proposal: Proposal) -> HttpResponse:
    """A proposal with all that happened to it."""
    content: ProposalPage = read(request, proposal)
    return page(request, "proposals/detail.html", content)


@door(rules.may_see, load=_one)
def trail(request: Request, proposal: Proposal) -> HttpResponse:
    """Everything that was recorded of it, for everybody."""
    content: TrailPage = read_trail(request, proposal)
    return page(request, "proposals/trail.html", content)


@door(rules.may_see, load=_light)
def endorse(request: Request, proposal: Proposal) -> HttpResponse:
    """Lends or takes back one's endorsement. A plain POST leads back to the page; htmx gets the box alone. Pressing twice is harmless."""
    if request.method != "POST":
        return redirect("proposals:detail", pk=proposal.pk)
    actor, at = request.actor, request.at
    verb = actions.withdraw_endorsement if request.POST.get("do") == "undo" else actions.endorse
    said = ""
    try:
        verb(proposal=proposal, actor=actor, at=at)
    except Refused as refused:
        if refused.verdict.code not in ("already_endorsed", "not_endorsed"):
            return _refused_box(request, proposal, refused)
    else:
        said = _("공감을 거둬들였어요.") if verb is actions.withdraw_endorsement else _("공감했어요. 답변이 나오면 알려 드릴게요.")
    if request.htmx:
        proposal.refresh_from_db(fields=["endorsements", "threshold_met_at"])
        is_mine = verb is actions.endorse
        return page(request, "proposals/_endorse.html", _swap(endorse_box(actor, proposal, at=at, is_mine=is_mine), proposal, said))
    if said:
        messages.success(request, said)
    return redirect(f"{reverse('proposals:detail', args=[proposal.pk])}#endorse")


@dataclass(frozen=True)
class Swapped:
    """The box alone, with the phone's box swapped along."""

    proposal: Proposal
    box: EndorseBox
    said: str
    is_swap: bool = True


def _swap(box: EndorseBox, proposal: Proposal, said: str) -> Swapped:
    return Swapped(proposal=proposal, box=box, said=said)


def _refused_box(request: Request, proposal: Proposal, refused: Refused) -> HttpResponse:
    if not request.htmx:
        raise refused
    if refused.verdict.code == "sign_in_first":
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = f"{reverse('account_login')}?next={reverse('proposals:detail', args=[proposal.pk])}"
        return answer
    box = endorse_box(request.actor, proposal, at=request.at)
    return page(request, "proposals/_endorse.html", _swap(box, proposal, str(refused)))


@dataclass(frozen=True)
class ReceiptPage:
    proposal: Proposal
    until: date | None
    due_on: date | None
    threshold: int
    share_url: str


@door(rules.may_see_receipt, load=_one)
def receipt(request: Request, proposal: Proposal) -> HttpResponse:
    """The number, and what happens next with its days."""
    url = request.build_absolute_uri(reverse("proposals:detail", args=[proposal.pk]))
    until = proposal.endorse_until and today(proposal.endorse_until)
    return page(request, "proposals/receipt.html", ReceiptPage(proposal, until, proposal.due_on, proposal.threshold, url))


# The author's own verbs, and telling the moderators


@door(rules.may_withdraw, load=_one)
def withdraw(request: Request, proposal: Proposal) -> HttpResponse:
    """The author takes the proposal back."""
    return _ask(
        request, proposal, ReasonForm, "why", actions.withdraw, done=_("제안을 거둬들였어요."), title=_("제안을 거둬들일까요?"),
        text=_("거둬들이면 다른 사람에게 보이지 않고, 되돌릴 수 없어요. 번호만 기록에 남아요."), act=_("제안 거둬들이기"), tone="bad",
    )  # fmt: skip


@door(rules.may_supplement, load=_one)
def supplement(request: Request, proposal: Proposal) -> HttpResponse:
    """The author adds what was asked for; the legal clock runs on."""
    asked = proposal.pauses.filter(to_on__isnull=True, reason="supplement").first()
    return _ask(
        request, proposal, SupplementForm, "body", actions.supplement, done=_("더 적은 내용을 보냈어요. 답변 기한이 다시 흘러요."),
        title=_("더 적어 주세요"), text=asked.request if asked else "", act=_("더 적은 내용 보내기"),
    )  # fmt: skip


@door(rules.may_ask_reconsideration, load=_one)
def reconsider(request: Request, proposal: Proposal) -> HttpResponse:
    """The author asks to look again."""
    return _ask(
        request, proposal, ReasonForm, "why", actions.ask_reconsideration, done=_("다시 살펴 달라고 보냈어요."),
        title=_("다시 살펴 달라고 할까요?"), text=_("왜 다시 살펴야 하는지 적어 주세요. 새로 알게 된 것이 있으면 함께 적어 주세요."),
        act=_("다시 살펴 달라고 하기"),
    )  # fmt: skip


@door(rules.may_report, load=_one)
def report(request: Request, proposal: Proposal) -> HttpResponse:
    """Tells the moderators."""

    def tell(*, proposal: Proposal, why: str, actor: Any, at: Any) -> Any:
        return actions.report(proposal=proposal, reason=why, actor=actor, at=at)

    return _ask(
        request, proposal, ReportForm, "why", tell, done=_("알려 주셔서 고마워요. 돌봄이가 살펴볼게요."), title=_("이 제안을 알릴까요?"),
        text=_("개인정보, 욕설, 광고, 사실이 아닌 내용이 있으면 알려 주세요."), act=_("알리기"),
    )  # fmt: skip


@dataclass(frozen=True)
class AskPage:
    title: str
    text: str
    act: str
    tone: str
    form: Any
    back_url: str
    crumbs: list[tuple[str, str]]


def _ask(
    request: Request, proposal: Proposal, form_class: Any, field: str, verb: Any, *, done: str, title: str, text: str, act: str,
    tone: str = "",
) -> HttpResponse:  # fmt: skip
    url = reverse("proposals:detail", args=[proposal.pk])
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(proposal=proposal, **{field: form.cleaned_data[field]}, actor=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(url)
    content = AskPage(title, text, act, tone, form, url, [(reverse("proposals:list"), _("제안")), (url, proposal.title), ("", title)])
    return render(request, "confirm.html", {**vars(content)}, status=422 if form.errors else 200)
