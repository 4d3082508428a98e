"""Officials' face of votes: the list, the rules, the list of items, the announcement, the turnout, closing and counting."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import actions, figures
from madang.ballots.counting_rules import weighed
from madang.ballots.desk_pages import ConfirmPage, DeskLine, DeskListPage, DeskPage, FillPage, FillRow, FormPage, RulesPage
from madang.ballots.electorate import Fact, how, who
from madang.ballots.forms import CostForm, FillForm, RulesForm, rules_of
from madang.ballots.models import Ballot, BallotItem
from madang.ballots.pages import tone_of
from madang.ballots.readiness import checks, missing
from madang.ballots.rules import may_run_ballot, may_watch_ballot, may_work_the_box
from madang.ballots.views import _bars, _finding, _most, visible
from madang.ground import dates
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.models import AuditEntry
from madang.ground.templatetags.look import won
from madang.ground.verdict import Refused, Verdict
from madang.processes.models import Step
from madang.proposals.models import Proposal

A_PAGE = 20


def _crumbs(ballot: Ballot | None = None, *more: str) -> list[tuple[str, str]]:
    way = [(reverse("ballots:desk_list"), _("투표"))]
    if ballot:
        way.append((reverse("ballots:desk_detail", args=[ballot.pk]), ballot.title))
    return [*way, *(("", words) for words in more)]


@door(may_watch_ballot)
def listing(request: Request) -> HttpResponse:
    """All votes of the town by state, and the steps that still want one."""
    actor, at = request.actor, request.at
    rows = Ballot.objects.visible_to(actor).select_related("step__process", "place").order_by("-step__closes_at", "-pk")
    rows = rows.annotate(voters=Count("marks"))
    which = request.GET.get("state", "")
    states = dict(Ballot.State.choices)
    chosen = rows.filter(state=which) if which in states else rows
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(_("투표"), _columns(), _rows(chosen, at), as_xlsx=request.GET["format"] == "xlsx", at=at)
    counts = {s: 0 for s in states} | dict(Ballot.objects.visible_to(actor).values_list("state").annotate(n=Count("pk")))
    cells = [{"figure": sum(counts.values()), "label": _("모두"), "url": "?", "is_current": which not in states}]
    cells += [{"figure": counts[s], "label": label, "url": f"?state={s}", "is_current": which == s} for s, label in states.items()]
    shown = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    steps = Step.objects.visible_to(actor).filter(kind="ballot").exclude(pk__in=Ballot.objects.values("step_id"))
    steps = steps.exclude(process__state__in=["closed", "archived"]).select_related("process__place").order_by("opens_at")
    mine = [s for s in steps if may_run_ballot(actor, s, at=at)]
    content = DeskListPage([("", _("투표"))], cells, shown, [_line(b, at) for b in shown.object_list], mine[:A_PAGE], which)
    return page(request, "ballots/desk_list.html", content)


def _line(ballot: Ballot, at: datetime) -> DeskLine:
    voters: int = ballot.voters  # type: ignore[attr-defined]  # annotated by the list
    percent = round(100 * voters / ballot.electorate_size, 1) if ballot.electorate_size else None
    ends = ballot.step.closes_at
    to_do = {
        "drafted": _("점검하고 공고"), "noticed": _("지켜보기"), "closed": _("개표"), "counted": _("결과 보기"),
    }[ballot.state]  # fmt: skip
    if ballot.state == "noticed" and ends and ends <= at:
        to_do = _("마감과 개표")
    return DeskLine(ballot, tone_of(ballot, at)[0], voters, percent, to_do)


def _columns() -> list[str]:
    return [
        _("번호"), _("곳"), _("투표"), _("상태"), _("시작"), _("끝"), _("예산(원)"), _("투표한 사람"), _("투표할 수 있는 사람"),
        _("투표율(%)"),
    ]  # fmt: skip


def _rows(ballots: Any, at: datetime) -> Iterator[list[Any]]:
    for b in ballots:
        one = _line(b, at)
        yield [
            b.pk, b.place.name, b.title, b.get_state_display(), b.step.opens_at, b.step.closes_at, b.budget_won, one.voters,
            b.electorate_size or None, one.percent,
        ]  # fmt: skip


def _step(request: Request, pk: int) -> Step:
    return found(Step.objects.visible_to(request.actor).filter(kind="ballot").select_related("process__place"), pk=pk)


@door(may_watch_ballot, load=_step)
def of_step(request: Request, step: Step) -> HttpResponse:
    """The step's vote on the desk, or the form that makes it."""
    ballot = Ballot.objects.visible_to(request.actor).filter(step=step).first()
    return redirect("ballots:desk_detail", pk=ballot.pk) if ballot else redirect("ballots:desk_new", pk=step.pk)


@door(may_run_ballot, load=_step)
def new(request: Request, step: Step) -> HttpResponse:
    """Makes the vote of a step."""
    at = request.at
    first = {
        "title": f"{step.process.title} {step.title}"[:120], "picks_max": step.setting("picks_max"),
        "reference_on": today(step.opens_at) if step.opens_at else today(at),
    }  # fmt: skip
    form = RulesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = _or_error(form, lambda: actions.make_ballot(step=step, actor=request.actor, at=at, **form.cleaned_data))
        if made:
            messages.success(request, _("투표를 만들었습니다. 투표에 올릴 제안을 고르십시오."))
            return redirect("ballots:desk_fill", pk=made.pk)
    content = RulesPage(
        _crumbs(None, _("투표 만들기")), _("투표 만들기"), step.process.title, form, _("만들기"), reverse("ballots:desk_list"),
        weighed(), reverse("ballots:compare"),
    )  # fmt: skip
    return page(request, "ballots/desk_rules.html", content, status=422 if form.errors else 200)


def _or_error(form: forms.Form, deed: Callable[[], Any], name: str | None = None) -> Any:
    """The deed's answer, or None with the refusal's sentence in the form, so that nothing typed is lost."""
    try:
        return deed()
    except Refused as refused:
        form.add_error(name, str(refused))
        return None


@door(may_watch_ballot, load=visible)
def detail(request: Request, ballot: Ballot) -> HttpResponse:
    """One vote on the desk: what is missing, its list, the turnout, what to do next."""
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _export(request, ballot, request.GET.get("what", "items"), as_xlsx=kind == "xlsx")
    return page(request, "ballots/desk_detail.html", _desk_page(request, ballot))


def _desk_page(request: Request, ballot: Ballot) -> DeskPage:
    actor, at = request.actor, request.at
    items = list(ballot.items.select_related("place"))
    ends = ballot.step.closes_at
    voters = figures.turnout(ballot.pk)
    channels, dongs, ages = _bars(voters.by_channel), _bars(voters.by_dong), _bars(voters.by_age)
    by_day = figures.days(ballot.pk)
    todo = checks(ballot, at=at) if ballot.state == Ballot.State.DRAFTED else []
    if not may_run_ballot(actor, ballot, at=at):
        todo = [replace(c, place="") for c in todo]  # to be read; the pages where it is mended do not open
    names = dict(ballot.marks.model.Channel.choices)
    waiting = [Fact(names[c], _("%(n)s장") % {"n": n}) for c, n in figures.open_papers(ballot).items()]
    tone, state = tone_of(ballot, at)
    return DeskPage(
        _crumbs(ballot), ballot, tone, ballot.get_state_display() or state, todo, sum(c.state == "missing" for c in todo), items,
        sum(i.cost_won for i in items), ballot.state == Ballot.State.DRAFTED, may_run_ballot(actor, ballot, at=at),
        may_work_the_box(actor, ballot, at=at), bool(ends and ends <= at), dates.moment(ends, at=at) if ends else "", waiting, voters,
        channels, _most(channels), _finding(channels, _("%(label)s로 가장 많이 투표했습니다")), dongs, ages, by_day,
        max((d.people for d in by_day), default=0), who(ballot, at=at), how(ballot, at=at),
        list(
            AuditEntry.objects.filter(trail=f"ballot/{ballot.pk}")
            .exclude(verb__in=["ballot.cast", "ballot.recast", "ballot.voter_marked", "ballot.paper_entered"])
            .order_by("-pk")[:30]
        ),
        figures.result(ballot.pk),
    )  # fmt: skip


def _export(request: Request, ballot: Ballot, what: str, *, as_xlsx: bool) -> HttpResponse:
    at = request.at
    if what == "turnout":
        voters = figures.turnout(ballot.pk)
        groups = ((_("방법"), voters.by_channel), (_("동"), voters.by_dong), (_("나이대"), voters.by_age))
        rows = [[head, s.label, s.people if s.people is not None else _("숨김")] for head, shares in groups for s in shares]
        return export(f"{ballot.title}_{_('참여')}", [_("묶음"), _("이름"), _("사람")], rows, as_xlsx=as_xlsx, at=at)
    result = figures.result(ballot.pk)
    if result:
        yes = _("하기로 함")
        heads = [_("순위"), _("번호"), _("사업"), _("어디"), _("분야"), _("금액(원)"), _("표"), _("결과"), _("까닭")]
        lines = [
            [
                i.rank,
                i.number,
                i.title,
                i.place,
                i.category,
                i.cost_won,
                i.votes,
                yes if i.is_funded else _("뽑히지 않음"),
                i.why,
            ]
            for i in result.items
        ]
        return export(f"{ballot.title}_{_('결과')}", heads, lines, as_xlsx=as_xlsx, at=at)
    heads = [_("번호"), _("사업"), _("어디"), _("분야"), _("금액(원)"), _("제안 번호")]
    items = ballot.items.select_related("place", "proposal")
    lines = [[i.number, i.title, i.place.name, i.category, i.cost_won, i.proposal.number if i.proposal else ""] for i in items]
    return export(f"{ballot.title}_{_('목록')}", heads, lines, as_xlsx=as_xlsx, at=at)


@door(may_run_ballot, load=visible)
def rules(request: Request, ballot: Ballot) -> HttpResponse:
    """Mends the rules and the electorate till the announcement."""
    form = RulesForm(request.POST or None, initial=rules_of(ballot))
    if request.method == "POST" and form.is_valid():
        actor, at = request.actor, request.at
        changed = _or_error(form, lambda: actions.change_ballot(ballot=ballot, actor=actor, at=at, **form.cleaned_data))
        if changed:
            messages.success(request, _("규칙을 고쳤습니다."))
            return redirect("ballots:desk_detail", pk=ballot.pk)
    back = reverse("ballots:desk_detail", args=[ballot.pk])
    content = RulesPage(
        _crumbs(ballot, _("규칙")), _("투표 규칙과 투표할 수 있는 사람"), _("공고한 뒤에는 바꿀 수 없습니다."), form,
        _("이대로 고치기"), back, weighed(), f"{reverse('ballots:compare')}?ballot={ballot.pk}",
    )  # fmt: skip
    return page(request, "ballots/desk_rules.html", content, status=422 if form.errors else 200)


@door(may_run_ballot, load=visible)
def fill(request: Request, ballot: Ballot) -> HttpResponse:
    """Chooses among the shortlisted proposals of the place those that go on the ballot."""
    actor, at = request.actor, request.at
    rows = Proposal.objects.visible_to(actor).filter(state="shortlisted").select_related("place").order_by("category", "place__order", "pk")
    if ballot.place.level == "dong":
        rows = rows.filter(place=ballot.place)
    proposals = {p.pk: p for p in rows}
    form = FillForm(request.POST or None, choices=[(p.pk, p.title) for p in proposals.values()])
    if request.method == "POST" and form.is_valid():
        chosen = [proposals[pk] for pk in form.cleaned_data["proposals"]]
        made = _or_error(form, lambda: actions.fill(ballot=ballot, proposals=chosen, actor=actor, at=at), "proposals")
        if made is not None:
            messages.success(request, _("%(n)s건을 올렸습니다.") % {"n": len(made)})
            return redirect("ballots:desk_detail", pk=ballot.pk)
    listed = set(ballot.items.values_list("proposal_id", flat=True))
    ticked = set(request.POST.getlist("proposals"))
    lines = [
        FillRow(p, str(p.pk) in ticked, p.pk in listed, "" if p.cost_won else _("금액이 없습니다. 부서 검토에서 먼저 정합니다."))
        for p in proposals.values()
    ]
    return page(
        request,
        "ballots/desk_fill.html",
        FillPage(_crumbs(ballot, _("올릴 제안 고르기")), ballot, form, lines),
        status=422 if form.errors else 200,
    )


def _item(request: Request, pk: int) -> BallotItem:
    ballots = Ballot.objects.visible_to(request.actor)
    return found(BallotItem.objects.filter(ballot__in=ballots).select_related("ballot__step__process__place", "ballot__place"), pk=pk)


def _may_run_of(actor: Any, item: BallotItem, *, at: datetime) -> Verdict:
    return may_run_ballot(actor, item.ballot, at=at)


@door(_may_run_of, load=_item)
def cost(request: Request, item: BallotItem) -> HttpResponse:
    """Corrects an item's cost before the announcement."""
    form = CostForm(request.POST or None, initial={"cost_won": f"{item.cost_won:,}"})
    if request.method == "POST" and form.is_valid():
        deed = lambda: actions.set_cost(item=item, cost_won=form.cleaned_data["cost_won"], actor=request.actor, at=request.at)  # noqa: E731
        if _or_error(form, deed, "cost_won"):
            messages.success(request, _("금액을 고쳤습니다."))
            return redirect("ballots:desk_detail", pk=item.ballot_id)
    back = reverse("ballots:desk_detail", args=[item.ballot_id])
    content = FormPage(
        _crumbs(item.ballot, _("금액")), f"{item.number}. {item.title}", _("금액은 공고할 때 굳습니다."), form, _("이대로 고치기"), back
    )
    return page(request, "ballots/desk_form.html", content, status=422 if form.errors else 200)


def _confirm(request: Request, ballot: Ballot, deed: Callable[..., Any], done: str, content: ConfirmPage) -> HttpResponse:
    """Asks first; a refusal is said on the same page. `deed(actor=, at=)` is the verb."""
    if request.method == "POST":
        try:
            deed(actor=request.actor, at=request.at)
        except Refused as refused:
            return page(request, "ballots/desk_confirm.html", replace(content, error=str(refused)), status=422)
        messages.success(request, done)
        return redirect("ballots:desk_detail", pk=ballot.pk)
    return page(request, "ballots/desk_confirm.html", content)


def _asking(ballot: Ballot, crumb: str, title: str, text: str, facts: Sequence[Fact], act: str, **over: Any) -> ConfirmPage:
    values = {"warning": "", "tone": "", "error": "", "back_url": reverse("ballots:desk_detail", args=[ballot.pk]), **over}
    return ConfirmPage(crumbs=_crumbs(ballot, crumb), title=title, text=text, facts=facts, act=act, **values)


@door(_may_run_of, load=_item)
def drop(request: Request, item: BallotItem) -> HttpResponse:
    """Takes an item off the list before the announcement."""
    facts = [Fact(_("항목"), f"{item.number}. {item.title}"), Fact(_("금액"), won(item.cost_won))]
    content = _asking(
        item.ballot, _("빼기"), _("투표 목록에서 뺄까요?"), _("다른 항목의 번호는 그대로 둡니다."), facts, _("빼기"), tone="bad"
    )
    return _confirm(request, item.ballot, partial(actions.drop_item, item=item), _("목록에서 뺐습니다."), content)


@door(may_run_ballot, load=visible)
def announce(request: Request, ballot: Ballot) -> HttpResponse:
    """공고: asks once more, then freezes everything."""
    at = request.at
    items = list(ballot.items.all())
    lacking = missing(ballot, at=at)
    facts = [
        Fact(_("항목"), _("%(n)s건") % {"n": len(items)}),
        Fact(_("항목을 다 더하면"), won(sum(i.cost_won for i in items))),
        *who(ballot, at=at),
        *how(ballot, at=at),
    ]
    warning = _("아직 갖추지 않은 것: %(what)s") % {"what": ", ".join(str(c.what) for c in lacking)} if lacking else ""
    text = _("공고하면 목록, 금액, 규칙, 투표할 수 있는 사람이 굳고 추첨 씨앗을 잠급니다. 되돌릴 수 없습니다.")
    content = _asking(ballot, _("공고"), _("이대로 공고할까요?"), text, facts, _("공고하기"), warning=warning)
    done = _("공고했습니다. 공고문을 인쇄해 게시하십시오.")
    return _confirm(request, ballot, partial(actions.announce, ballot=ballot), done, content)


@door(may_run_ballot, load=visible)
def close(request: Request, ballot: Ballot) -> HttpResponse:
    """마감 by hand, when the sweep has not done it."""
    facts = [Fact(_("투표한 사람"), _("%(n)s명") % {"n": ballot.marks.count()})]
    text = _("이름과 표를 잇는 열쇠를 없애고 표를 섞습니다. 되돌릴 수 없습니다.")
    content = _asking(ballot, _("마감"), _("투표를 마감할까요?"), text, facts, _("마감하기"))
    return _confirm(request, ballot, partial(actions.close, ballot=ballot), _("마감했습니다."), content)


@door(may_run_ballot, load=visible)
def count(request: Request, ballot: Ballot) -> HttpResponse:
    """개표 by hand: after the last paper of the boxes is in."""
    waiting = sum(figures.open_papers(ballot).values())
    warning = _("나눠 준 종이 가운데 %(n)s장이 아직 들어오지 않았습니다. 투표함에 없던 종이라면 그대로 개표해도 됩니다.") % {"n": waiting}
    facts = [
        Fact(_("투표한 사람"), _("%(n)s명") % {"n": ballot.marks.count()}),
        Fact(_("들어온 표"), _("%(n)s장") % {"n": ballot.papers.count()}),
    ]
    text = _("공고한 규칙과 잠가 둔 씨앗으로 세고 결과를 바로 알립니다. 되돌릴 수 없습니다.")
    content = _asking(ballot, _("개표"), _("표를 셀까요?"), text, facts, _("개표하기"), warning=warning if waiting else "")
    return _confirm(request, ballot, partial(actions.count, ballot=ballot), _("개표를 마쳤습니다."), content)
