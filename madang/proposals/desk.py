"""Officials' face of proposals: the list by legal due date, screening in bulk, one proposal with every deed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.verdict import Refused, no
from madang.ground.workflow import state_name
from madang.proposals import actions
from madang.proposals.deeds import BY_SLUG, Deed, fits
from madang.proposals.desk_listing import COLUMNS, Cell, Row, base, cells_of, group_of, narrow, ordered, rows_of, tally
from madang.proposals.desk_reading import Sent, given_for, read, seen_of
from madang.proposals.forms_desk import DUE_GROUPS, BulkForm, DeskFilter
from madang.proposals.models import Proposal
from madang.proposals.rules import may_desk, may_keep
from madang.proposals.rules_desk import may_open_at_desk
from madang.residents.figures import department_choices
from madang.residents.models import Department

A_PAGE = 20
KEPT = "proposals_desk_filter"  # in the session: the filter an officer keeps


@dataclass(frozen=True)
class DeskListPage:
    cells: Sequence[Cell]
    filters: Sequence[Any]
    hidden: Sequence[tuple[str, str]]
    found: Page
    rows: Sequence[Row]
    total: int
    bulk: BulkForm
    form: BulkForm | None
    query: str
    kept_query: str
    is_kept: bool


@door(may_desk)
def listing(request: Request) -> HttpResponse:
    """What waits for this officer, soonest due first; the same as a file with ?format=csv or xlsx."""
    return _list_page(request)


def _list_page(request: Request, bulk: BulkForm | None = None) -> HttpResponse:
    actor, town, at = request.actor, request.town, request.at
    day, departments = today(at), department_choices(town.pk)
    form = DeskFilter(request.GET, dongs=[(d.slug, d.name_shown) for d in town.dongs], departments=departments)
    reachable = base(town, actor)
    narrowed = narrow(reachable, form, town=town)
    due = request.GET.get("due", "")
    shown = narrowed.answerable().filter(group_of(due, day)) if due in DUE_GROUPS else narrowed
    shown = ordered(shown, request.GET.get("sort", "")).select_related("place", "department")
    if request.GET.get("format") in ("csv", "xlsx"):
        as_xlsx = request.GET["format"] == "xlsx"
        cells = cells_of(shown.iterator(chunk_size=1000), at=at)
        return export(_("제안 처리"), [str(c) for c in COLUMNS], cells, as_xlsx=as_xlsx, title=_("제안 처리"), at=at)
    part = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    kept = request.session.get(KEPT, "")
    content = DeskListPage(
        cells=tally(narrowed, request.GET, year_rows=reachable, day=day),
        filters=[form[name] for name in form.fields],
        hidden=[(name, request.GET[name]) for name in ("due", "sort") if request.GET.get(name)],
        found=part,
        rows=rows_of(part.object_list, at=at, picked=request.POST.getlist("pick") if bulk else ()),
        total=part.paginator.count,
        bulk=bulk or BulkForm(town_id=town.pk, departments=departments),
        form=bulk,
        query=request.GET.urlencode(),
        kept_query=kept,
        is_kept=kept == request.GET.urlencode(),
    )
    return page(request, "proposals/desk_list.html", content, status=422 if bulk else 200)


@door(may_desk)
def keep_filter(request: Request) -> HttpResponse:
    """Remembers the filter of the list for this officer's session."""
    query = request.GET.urlencode()[:1000]
    if any(not may_keep(str(value)) for value in request.GET.values()):
        messages.error(request, str(no("resident_number_not_kept").sentence))
    elif request.method == "POST":
        request.session[KEPT] = query
        messages.success(request, _("이 조건을 간직했습니다. ‘간직한 조건’을 누르면 다시 볼 수 있습니다."))
    return redirect(f"{reverse('proposals:desk_list')}?{query}")


# Many at once


@door(may_desk)
def screen(request: Request) -> HttpResponse:
    """One deed for all ticked proposals. Each is its own transaction; what was refused is told with its number and reason."""
    back = f"{reverse('proposals:desk_list')}?{request.GET.urlencode()}"
    if request.method != "POST":
        return redirect(back)
    town = request.town
    form = BulkForm(request.POST, town_id=town.pk, departments=department_choices(town.pk))
    if not form.is_valid():
        return _list_page(request, form)
    done, refused = 0, []
    for pk, state in form.picked():
        proposal = Proposal.objects.visible_to(request.actor).select_related("step__process__place", "place").filter(pk=pk).first()
        if proposal is None:
            continue
        try:
            if proposal.state != state:
                raise Refused(no("moved_meanwhile", now=state_name(proposal, proposal.state)))
            _bulk_one(request, form, proposal)
            done += 1
        except Refused as refusal:
            refused.append(_("%(number)s: %(why)s") % {"number": proposal.number, "why": str(refusal)})
    if done:
        words = ngettext("%(n)s건을 처리하고 알렸습니다.", "%(n)s건을 처리하고 알렸습니다.", done)
        messages.success(request, words % {"n": done})
    for line in refused:
        messages.warning(request, line)
    return redirect(back)


def _bulk_one(request: Request, form: BulkForm, proposal: Proposal) -> None:
    values = form.cleaned_data
    given: dict[str, Any] = {"proposal": proposal, "actor": request.actor, "at": request.at}
    if values["deed"] == "open":
        actions.screen_open(**given)
    elif values["deed"] == "assign":
        actions.assign(department=Department.objects.select_related("place").get(pk=values["department"]), **given)
    elif values["deed"] == "supplement":
        actions.request_supplement(request=values["words"], **given)
    else:
        actions.merge(into=values["kept"], why=values["words"][:500], **given)


# One proposal


def _one(request: Request, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(request.actor).select_related("step__process__place", "place", "department", "merged_into", "author")
    return found(rows.prefetch_related("pauses", "reports"), pk=pk)


@door(may_open_at_desk, load=_one)
def detail(request: Request, proposal: Proposal) -> HttpResponse:
    """A proposal with its clock, papers, opinions and everything this officer may do."""
    return page(request, "proposals/desk_detail.html", read(request, proposal))


@dataclass(frozen=True)
class Asked:
    """A proposal and the deed somebody sends for it."""

    proposal: Proposal
    deed: Deed


def _asked(request: Request, pk: int, deed: str) -> Asked:
    if deed not in BY_SLUG:
        raise Http404
    return Asked(_one(request, pk), BY_SLUG[deed])


def may_send(actor: Any, asked: Asked, *, at: Any) -> Any:
    """Whoever may open the proposal at the desk may send a deed; whether it may be done is asked of the deed's own rule."""
    return may_open_at_desk(actor, asked.proposal, at=at)


@door(may_send, load=_asked)
def deed(request: Request, asked: Asked) -> HttpResponse:
    """Does one deed. What was typed is never lost: errors stand beside their fields (422); when somebody else moved the proposal since
    the page was drawn, the page says so and shows what was typed (409)."""
    proposal, deed = asked.proposal, asked.deed
    here = reverse("proposals:desk_detail", args=[proposal.pk])
    if request.method != "POST":
        return redirect(f"{here}#{deed.slug}")
    actor, at = request.actor, request.at
    form = deed.form(request.POST, given=given_for(proposal, actor, at=at), deed=deed.slug)
    if request.POST.get("state") != seen_of(proposal) or not fits(deed, proposal):
        return _moved(request, proposal, deed, form)
    deed.rule(actor, proposal, at=at).or_raise()
    if form.is_valid():
        try:
            deed.verb(proposal=proposal, **form.values(), actor=actor, at=at)
        except Refused as refusal:
            if refusal.verdict.code == "moved_meanwhile":
                return _moved(request, _one(request, proposal.pk), deed, form)
            form.add_error(None, str(refusal))
            proposal = _one(request, proposal.pk)
        else:
            messages.success(request, str(deed.done))
            return redirect(here)
    return page(request, "proposals/desk_detail.html", read(request, proposal, sent=Sent(deed.slug, form)), status=422)


def _moved(request: Request, proposal: Proposal, deed: Deed, form: Any) -> HttpResponse:
    now = _("그 사이 다른 담당자가 이 제안을 옮겼습니다. 지금은 ‘%(state)s’입니다. 적은 글은 아래에 그대로 있습니다.") % {
        "state": proposal.get_state_display()
    }
    return page(request, "proposals/desk_detail.html", read(request, proposal, sent=Sent(deed.slug, form, now)), status=409)
