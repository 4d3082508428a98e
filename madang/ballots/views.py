"""Residents' face: the votes there are, one vote with its list and rules, its notice, its result and the papers to count again."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import figures, onward
from madang.ballots.counting_rules import command_of, rule_of
from madang.ballots.electorate import ADVISORY, ADVISORY_LONG, Fact, how, who
from madang.ballots.forms import CodeForm
from madang.ballots.models import Ballot
from madang.ballots.pages import (
    BallotCard,
    BarRow,
    DetailPage,
    ListPage,
    NoticePage,
    RankRow,
    ResultPage,
    grouped,
    tone_of,
    trail_of,
    vote_item,
    way_for,
)
from madang.ballots.rules import is_open, may_see_papers, may_vote
from madang.ground import dates
from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.exports import export
from madang.ground.models import AuditEntry
from madang.ground.templatetags.look import won
from madang.methods.voting import pabulib
from madang.methods.voting.election import Project
from madang.methods.voting.papers import election_of
from madang.processes.models import Step

A_PAGE = 20


def visible(request: Request, pk: int) -> Ballot:
    """The vote the actor may know of, or 404."""
    return found(Ballot.objects.visible_to(request.actor).select_related("step__process__place", "place"), pk=pk)


def crumbs_home() -> list[tuple[str, str]]:
    """Home, votes."""
    return [(reverse("site:home"), _("지금 우리 동네")), (reverse("ballots:list"), _("투표"))]


def crumbs_of(ballot: Ballot, *more: str) -> list[tuple[str, str]]:
    """Home, votes, this vote, and what follows."""
    return [*crumbs_home(), (reverse("ballots:detail", args=[ballot.pk]), ballot.title), *(("", words) for words in more)]


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """Open votes by what closes first, then what comes, what is being counted, and the results."""
    actor, at = request.actor, request.at
    rows = Ballot.objects.visible_to(actor).exclude(state="drafted").select_related("step__process", "place")
    current = sorted(rows.exclude(state="counted"), key=lambda b: (b.step.closes_at is None, b.step.closes_at or at))
    past = Paginator(rows.filter(state="counted").select_related("tally").order_by("-counted_at", "-pk"), A_PAGE)
    shown = past.get_page(request.GET.get("page"))
    mine = _voted(actor, [b.pk for b in (*current, *shown.object_list)])
    cards = {"open": [], "ballot_not_open_yet": [], "": []}  # type: ignore[var-annotated]
    for ballot in current:
        verdict = is_open(ballot, at=at)
        key = "open" if verdict else verdict.code if verdict.code in cards else ""
        cards[key].append(_card(ballot, at, ballot.pk in mine))
    results = [_card(b, at, b.pk in mine) for b in shown.object_list]
    content = ListPage([], cards["open"], cards["ballot_not_open_yet"], cards[""], shown, results)
    return page(request, "ballots/list.html", content)


def _voted(actor: Any, ids: list[int]) -> set[int]:
    return {p.ballot_id for p in figures.participation_of(actor.resident_id)} & set(ids) if actor.resident_id else set()


def _card(ballot: Ballot, at: Any, has_voted: bool) -> BallotCard:
    tone, state = tone_of(ballot, at)
    url = reverse("ballots:detail", args=[ballot.pk])
    text = _("예산 %(budget)s을 어디에 쓸지 %(n)s개까지 고릅니다.") % {"budget": won(ballot.budget_won), "n": ballot.picks_max}
    if ballot.state == Ballot.State.COUNTED:
        tally = ballot.tally
        text = _("%(voters)s명이 투표해 %(n)s개 사업을 하기로 했어요.") % {
            "voters": f"{tally.turnout['voters']:,}", "n": len(tally.funded),
        }  # fmt: skip
        return BallotCard(
            ballot, url, _("결과 보기"), reverse("ballots:result", args=[ballot.pk]), None, tone, state, text, has_voted, False
        )
    if tone == "open":
        act = _("다시 고르기") if has_voted and ballot.may_change else _("투표하기")
        act_url = reverse("ballots:vote", args=[ballot.pk])
        if has_voted and not ballot.may_change:
            act, act_url = _("투표 보기"), url
        return BallotCard(ballot, url, act, act_url, ballot.step.closes_at, tone, state, text, has_voted, not has_voted)
    if ballot.step.opens_at and at < ballot.step.opens_at:
        text = f"{text} {_('%(when)s에 시작해요.') % {'when': dates.moment(ballot.step.opens_at, at=at)}}"
    return BallotCard(ballot, url, _("무엇을 고르는지 보기"), url, None, tone, state, text, has_voted, False)


def _steps(request: Request, pk: int) -> Step:
    return found(Step.objects.visible_to(request.actor).filter(kind="ballot").select_related("process__place"), pk=pk)


@door(anyone, load=_steps)
def of_step(request: Request, step: Step) -> HttpResponse:
    """Where a step of a process leads: to its vote, or to its result, or back while there is nothing to see."""
    ballot = Ballot.objects.visible_to(request.actor).filter(step=step).first()
    if ballot is None:
        return redirect(f"{reverse('processes:detail', args=[step.process_id])}#step-{step.pk}")
    return redirect("ballots:result" if ballot.state == Ballot.State.COUNTED else "ballots:detail", pk=ballot.pk)


@door(anyone, load=visible)
def detail(request: Request, ballot: Ballot) -> HttpResponse:
    """What is voted on, who may vote, every way of voting, and what happened so far. No votes, only how many people voted."""
    actor, at = request.actor, request.at
    items = [vote_item(i) for i in ballot.items.select_related("place")]
    tone, state = tone_of(ballot, at)
    verdict = may_vote(actor, ballot, at=at)
    has_voted = bool(_voted(actor, [ballot.pk]))
    content = DetailPage(
        crumbs_of(ballot), ballot, tone, state, bool(is_open(ballot, at=at)), who(ballot, at=at), how(ballot, at=at), ADVISORY_LONG,
        grouped(items), len(items), None if ballot.state == Ballot.State.DRAFTED else ballot.marks.count(),
        way_for(verdict, reverse("ballots:vote", args=[ballot.pk])), has_voted, trail_of(ballot),
        request.town.settings(today(at)).phone,
    )  # fmt: skip
    return page(request, "ballots/detail.html", content)


@door(anyone, load=visible)
def notice(request: Request, ballot: Ballot) -> HttpResponse:
    """The announcement as a page to print and pin up."""
    if ballot.state == Ballot.State.DRAFTED:
        raise Http404
    at = ballot.noticed_at or request.at
    items = [vote_item(i) for i in ballot.items.select_related("place")]
    entry = AuditEntry.objects.filter(trail=f"ballot/{ballot.pk}", verb="ballot.noticed").order_by("pk").first()
    frozen = entry.kept.get("frozen", "") if entry else ""
    content = NoticePage(
        crumbs_of(ballot, _("공고문")), ballot, who(ballot, at=at, full=True), how(ballot, at=at, full=True), grouped(items),
        sum(i.cost_won for i in items), ADVISORY_LONG, frozen,
    )  # fmt: skip
    return page(request, "ballots/notice.html", content)


@door(anyone, load=visible)
def result(request: Request, ballot: Ballot) -> HttpResponse:
    """What was decided and why. Before the count: only that there is nothing to see yet, and how many voted."""
    outcome = figures.result(ballot.pk)
    crumbs = crumbs_of(ballot, _("결과"))
    if outcome is None:
        return page(request, "ballots/result.html", ResultPage(crumbs, ballot, None, ballot.marks.count(), advisory=ADVISORY))
    links = onward.links_of([i.pk for i in outcome.funded])
    channels, ages, dongs = (_bars(s) for s in (outcome.turnout.by_channel, outcome.turnout.by_age, outcome.turnout.by_dong))
    content = ResultPage(
        crumbs, ballot, outcome, outcome.turnout.voters, _facts(outcome),
        [_rank(i, links.get(i.pk, [])) for i in outcome.funded], [_rank(i, [], outcome.rule != "equal_shares") for i in outcome.not_funded],
        max((i.votes for i in outcome.items), default=0),
        channels, _most(channels), _finding(channels, _("%(label)s로 가장 많이 투표했어요")),
        ages, _most(ages), _finding(ages, _("%(label)s가 가장 많이 투표했어요")), dongs, _most(dongs),
        _docs(ballot), CodeForm(), ADVISORY, command_of(rule_of(ballot), f"ballot-{ballot.pk}.pb", ballot.seed),
    )  # fmt: skip
    return page(request, "ballots/result.html", content)


def _facts(r: figures.Result) -> list[Fact]:
    voters = _("%(n)s명") % {"n": f"{r.turnout.voters:,}"}
    rate = f"{r.turnout.percent}%" if r.turnout.percent is not None else "–"
    base = _("%(source)s %(n)s명") % {"source": r.electorate_source, "n": f"{r.turnout.electorate:,}"} if r.turnout.electorate else ""
    return [
        Fact(_("투표한 사람"), voters, "", "#h-turn"),
        Fact(_("투표율"), rate, base),
        Fact(_("하기로 한 사업"), _("%(n)s개") % {"n": len(r.funded)}, _("%(n)s개 가운데") % {"n": len(r.items)}, "#h-fund"),
        Fact(_("남은 돈"), won(r.left_won), _("예산 %(budget)s") % {"budget": won(r.budget_won)}),
    ]


def _rank(item: figures.ResultItem, links: list[Any], by_turns: bool = True) -> RankRow:
    proposal = reverse("proposals:detail", args=[item.proposal_id]) if item.proposal_id else ""
    note = ""
    if not item.is_funded:
        note = item.why
        if item.votes_short is not None:
            needed = _("%(n)s표 더 필요했어요") if by_turns else _("이것만 고른 사람이 %(n)s명 더 있었으면 됐어요(몫이 그대로일 때)")
            note = needed % {"n": f"{item.votes_short:,}"}
    return RankRow(
        item.rank, item.title, proposal, item.votes, item.cost_won, note,
        links[0].url if links else "", links[0].label if links else "",
    )  # fmt: skip


def _bars(shares: tuple[figures.Share, ...]) -> list[BarRow]:
    hidden = _("%(n)s명보다 적어 숨김") % {"n": figures.SMALL}
    return [BarRow(s.label, s.people or 0, hidden if s.people is None else _("%(n)s명") % {"n": f"{s.people:,}"}) for s in shares]


def _most(rows: list[BarRow]) -> int:
    return max((r.value for r in rows), default=0)


def _finding(rows: list[BarRow], words: str) -> str:
    best = max(rows, key=lambda r: r.value, default=None)
    return words % {"label": best.label} if best and best.value else _("사람이 적어 나누어 보이지 않아요")


def _docs(ballot: Ballot) -> list[dict[str, str]]:
    def papers(suffix: str) -> str:
        return reverse("ballots:papers", args=[ballot.pk, suffix])

    return [
        {"url": papers("csv"), "title": _("이름 없는 표 모두"), "kind": "CSV"},
        {"url": papers("json"), "title": _("표와 규칙, 추첨 씨앗"), "kind": "JSON"},
        {"url": papers("pb"), "title": _("연구자를 위한 표 파일(Pabulib)"), "kind": "PB"},
        {"url": reverse("ballots:notice", args=[ballot.pk]), "title": _("투표 공고문"), "kind": "HTML"},
    ]


@door(may_see_papers, load=lambda request, pk, suffix: visible(request, pk))
def papers(request: Request, ballot: Ballot) -> HttpResponse:
    """All papers without names, in the order of their receipts: anybody can count again.

    CSV is the papers, JSON everything the count used, PB the valid papers as researchers' programs read them, equal ones together."""
    rows = list(ballot.papers.order_by("receipt").values_list("receipt", "picks"))
    if request.path.endswith(".csv"):
        lines = ([receipt, " ".join(map(str, picks))] for receipt, picks in rows)
        return export(f"{ballot.title}_{_('표')}", [_("확인 번호"), _("고른 번호")], lines, as_xlsx=False, at=request.at)
    if request.path.endswith(".pb"):
        return _as_pabulib(ballot, [picks for _receipt, picks in rows])
    if not request.path.endswith(".json"):
        raise Http404
    tally = ballot.tally
    answer = JsonResponse(
        {
            "ballot": ballot.title,
            "rule": tally.rule, "budget_won": ballot.budget_won, "picks_min": ballot.picks_min, "picks_max": ballot.picks_max,
            "seed": ballot.seed, "seed_commitment": ballot.seed_commitment, "input_sha256": tally.input_sha256, "funded": tally.funded,
            "items": list(ballot.items.values("number", "title", "cost_won")),
            "papers": [{"receipt": receipt, "picks": picks} for receipt, picks in rows],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )  # fmt: skip
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.pk}.json"'
    return answer


def _as_pabulib(ballot: Ballot, papers: list[list[int]]) -> HttpResponse:
    items = ballot.items.select_related("place")
    projects = [Project(str(i.number), i.cost_won, i.title, more={"category": i.category, "neighborhood": i.place.name}) for i in items]
    named = [[str(n) for n in picks] for picks in papers]
    election, _counted = election_of(projects, named, ballot.budget_won, max_picks=ballot.picks_max, min_picks=ballot.picks_min)
    meta = {
        "description": ballot.title, "country": "South Korea", "unit": ballot.place.name, "instance": str(ballot.step.process.year),
        "rule": ballot.rule, "min_length": str(ballot.picks_min), "max_length": str(ballot.picks_max), "language": "ko", "currency": "KRW",
    }  # fmt: skip
    answer = HttpResponse(pabulib.write(election, meta=meta), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ballot-{ballot.pk}.pb"'
    return answer
