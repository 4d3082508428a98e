"""Officials' face: the list, drawing up with a preview, one paper with its numbers, its way and what may be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.door import Request, door, page
from madang.ground.exports import export
from madang.ground.town import Town, town_of
from madang.ground.verdict import Refused, Verdict
from madang.methods.text import whole_number
from madang.processes.figures import years_of
from madang.reports import actions, rules
from madang.reports.comparing import Change, Number, changes, numbers
from madang.reports.forms import DeskFilter, RedrawForm, TypedForm, WithdrawForm
from madang.reports.kinds import Ask, Choice, Gathered, PaperKind, gathered, kinds, label_of
from madang.reports.models import OfficialPaper, OfficialPaperQuerySet
from madang.reports.paper.blocks import from_json
from madang.reports.printing import MIMES, as_html, as_printed
from madang.reports.views import A_PAGE, paper_for

TONES = {"drawn_up": "info", "signed": "time", "published": "good", "withdrawn": "plain"}


def _home() -> tuple[str, Any]:
    return (reverse("reports:desk_list"), _("공식 문서"))


# The list


@dataclass(frozen=True)
class DeskRow:
    paper: OfficialPaper
    kind: Any
    tone: str
    signed_as: str  # the last signature of the line


@dataclass(frozen=True)
class DeskListPage:
    crumbs: Sequence[tuple[str, Any]]
    filter: DeskFilter
    shown: Page
    papers: Sequence[DeskRow]
    total: int
    may_draft: Verdict


@door(rules.may_see_desk)
def listing(request: Request) -> HttpResponse:
    """All papers of the town with filters; the same as a file."""
    town, at, actor = request.town, request.at, request.actor
    rows = OfficialPaper.objects.visible_to(actor).defer("frozen").select_related("place")
    years = [day.year for day in rows.order_by().dates("as_of", "year", order="DESC")]
    chosen = DeskFilter(request.GET, town=town, years=years)
    rows = _narrowed(rows, chosen.wanted())
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(_("공식문서"), _columns(), _lines(rows), as_xlsx=request.GET["format"] == "xlsx", at=at)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    papers = [DeskRow(p, label_of(p.kind), TONES[p.state], p.signatures[-1]["as"] if p.signatures else "") for p in shown]
    content = DeskListPage([("", _("공식 문서"))], chosen, shown, papers, shown.paginator.count, rules.may_draft(actor, at=at))
    return page(request, "reports/desk_list.html", content)


def _narrowed(rows: OfficialPaperQuerySet, wanted: dict[str, str]) -> OfficialPaperQuerySet:
    if "q" in wanted:
        rows = rows.filter(Q(title__icontains=wanted["q"]) | Q(number__icontains=wanted["q"]))
    if "year" in wanted:
        rows = rows.filter(as_of__year=int(wanted["year"]))
    if "place" in wanted:
        rows = rows.filter(place_id=int(wanted["place"]))
    return rows.filter(**{name: wanted[name] for name in ("kind", "state") if name in wanted})


def _columns() -> list[str]:
    return [
        _("번호"),
        _("제목"),
        _("종류"),
        _("곳"),
        _("기준일"),
        _("상태"),
        _("쓴 때"),
        _("결재선"),
        _("공개한 때"),
        _("앞 문서"),
        _("까닭"),
    ]


def _lines(rows: QuerySet[OfficialPaper]) -> Iterator[list[Any]]:
    for p in rows.select_related("place", "replaces"):
        yield [
            p.number, p.title, str(label_of(p.kind)), p.place.name, p.as_of, p.get_state_display(), p.drawn_up_at,
            " → ".join(one["as"] for one in p.signatures), p.published_at, p.replaces.number if p.replaces else "", p.why,
        ]  # fmt: skip


# Drawing up


@dataclass(frozen=True)
class KindGroup:
    """A kind of paper with what it may be drawn up on; the number of the paper that exists already stands beside."""

    kind: PaperKind
    rows: Sequence[tuple[Choice, OfficialPaper | None]]


@dataclass(frozen=True)
class ChoosePage:
    crumbs: Sequence[tuple[str, Any]]
    groups: Sequence[KindGroup]
    years: Sequence[int]
    year: int


@door(rules.may_draft)
def choose(request: Request) -> HttpResponse:
    """What can be reported on in a year, kind by kind."""
    town, at, actor = request.town, request.at, request.actor
    years = sorted({today(at).year, *years_of(town.pk)}, reverse=True)
    asked = request.GET.get("year", "")
    year_asked = whole_number(asked, digits=4)
    looked_at = [year_asked] if year_asked in years else years[:4]
    for year in looked_at:  # without a question: the newest year that has something to report on
        groups = [_group(kind, town, year, actor, at) for kind in kinds().values()]
        if any(group.rows for group in groups):
            break
    else:
        year = looked_at[0]
    return page(request, "reports/desk_new.html", ChoosePage([_home(), ("", _("문서 쓰기"))], groups, years, year))


def _group(kind: PaperKind, town: Town, year: int, actor: Actor, at: datetime) -> KindGroup:
    listed = [c for c in kind.choices(town, year=year, at=at) if _may_report(actor, town, c.place_id, at)]
    papers = OfficialPaper.objects.in_town(town.pk).standing().filter(kind=kind.slug, subject_pk__in=[c.subject_pk for c in listed])
    there = {p.subject_pk: p for p in papers.defer("frozen").order_by("pk")}
    return KindGroup(kind, [(c, there.get(c.subject_pk)) for c in listed])


def _may_report(actor: Actor, town: Town, place_id: int, at: datetime) -> Verdict:
    place = town.place_of(place_id)
    return rules.may_draw_up(actor, place or town.place, at=at)


@dataclass(frozen=True)
class MakePage:
    crumbs: Sequence[tuple[str, Any]]
    kind: PaperKind
    subject_pk: int
    title: str
    place: Any
    form: TypedForm
    html: SafeString
    asks: Sequence[Ask]


def _asked(request: Request, kind: str, subject_pk: int) -> tuple[PaperKind, Gathered]:
    """The kind and the paper as it would be now, or 404."""
    if kind not in kinds():
        raise Http404
    made = gathered(kinds()[kind], subject_pk, town=request.town, typed={}, at=request.at)
    if made is None:
        raise Http404
    return kinds()[kind], made


def _may_make(actor: Actor, asked: tuple[PaperKind, Gathered], *, at: datetime) -> Verdict:
    return rules.may_draw_up(actor, asked[1].about.place, at=at)


@door(_may_make, load=_asked)
def make(request: Request, asked: tuple[PaperKind, Gathered]) -> HttpResponse:
    """The paper as it would be, and the drafter's words. POST with `draw_up` freezes it; otherwise the preview is renewed."""
    (kind, made), actor, at, town = asked, request.actor, request.at, request.town
    subject_pk = request.resolver_match.kwargs["subject_pk"]  # type: ignore[union-attr]
    form = TypedForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        if "draw_up" in request.POST:
            try:
                paper = actions.draw_up(kind=kind.slug, subject_pk=subject_pk, typed=form.typed(), actor=actor, at=at)
                messages.success(request, _("문서를 쓰고 숫자를 굳혔습니다. 이제 다른 사람이 결재하면 됩니다."))
                return redirect("reports:desk_detail", pk=paper.pk)
            except Refused as refused:
                form.add_error(None, refused.verdict.sentence)
        made = gathered(kind, subject_pk, town=town, typed=form.typed(), at=at) or made
    content = MakePage(
        [_home(), (reverse("reports:desk_new"), _("문서 쓰기")), ("", made.paper.title)], kind, subject_pk, made.paper.title,
        made.about.place, form, as_html(made.paper), kind.asks,
    )  # fmt: skip
    return page(request, "reports/desk_make.html", content, status=422 if form.errors else 200)


# One paper


@dataclass(frozen=True)
class NumberLine:
    """A number of the paper and, where its records changed since, what they say now."""

    number: Number
    now: str


@dataclass(frozen=True)
class PaperPage:
    crumbs: Sequence[tuple[str, Any]]
    paper: OfficialPaper
    kind: Any
    tone: str
    html: SafeString
    formats: Sequence[str]
    linked: Sequence[NumberLine]
    changed: Sequence[Change]
    is_compared: bool
    trail: Sequence[dict[str, Any]]
    newer: OfficialPaper | None
    may_sign: Verdict
    completes: bool
    may_publish: Verdict
    may_redraw: Verdict
    may_withdraw: Verdict
    why_not: str


def paper_page(request: Request, paper: OfficialPaper) -> PaperPage:
    """Everything of a paper. A paper in the making is always compared with the records, a published one when asked."""
    actor, at = request.actor, request.at
    frozen = from_json(paper.frozen)
    compared = paper.is_in_the_making or request.GET.get("compare") == "1"
    changed = _changed(paper, at) if compared else ()
    now = {one.name: one.after for one in changed}
    linked = [NumberLine(n, now.get(n.name, "") if n.name in now else "") for n in numbers(frozen) if n.ref or n.name in now]
    verdicts = [rule(actor, paper, at=at) for rule in (rules.may_sign, rules.may_publish, rules.may_redraw, rules.may_withdraw)]
    next_step = verdicts[0] if paper.state == OfficialPaper.State.DRAWN_UP else verdicts[1]
    return PaperPage(
        crumbs=[_home(), ("", paper.number)], paper=paper, kind=label_of(paper.kind), tone=TONES[paper.state],
        html=as_html(as_printed(paper)), formats=tuple(MIMES), linked=linked, changed=changed, is_compared=compared,
        trail=_trail(paper), newer=rules.newer_than(paper), may_sign=verdicts[0], completes=rules.completes(actor),
        may_publish=verdicts[1], may_redraw=verdicts[2], may_withdraw=verdicts[3],
        why_not="" if next_step or not paper.is_in_the_making else next_step.sentence,
    )  # fmt: skip


def _changed(paper: OfficialPaper, at: datetime) -> tuple[Change, ...]:
    if paper.kind not in kinds():
        return ()
    made = gathered(kinds()[paper.kind], paper.subject_pk, town=town_of(paper.town_id), typed=paper.typed, at=at)
    return changes(from_json(paper.frozen), made.paper) if made else ()


def _trail(paper: OfficialPaper) -> list[dict[str, Any]]:
    """The way up: what was done, what waits, what comes."""
    done = {"drafted": _("썼습니다"), "checked": _("확인했습니다"), "approved": _("결재했습니다")}
    rows: list[dict[str, Any]] = [
        {"title": done[one["deed"]], "at": datetime.fromisoformat(one["at"]), "who": one["as"]} for one in paper.signatures
    ]
    match paper.state:
        case OfficialPaper.State.DRAWN_UP:
            rows.append({"title": _("결재 기다림"), "state": "now", "who": _("총괄부서나 구청장실")})
            rows.append({"title": _("공개와 보관"), "state": "next"})
        case OfficialPaper.State.SIGNED:
            rows.append({"title": _("공개 기다림"), "state": "now", "note": _("공개하면 PDF, 한글, 엑셀 파일을 만들어 기록에 보관합니다.")})
        case OfficialPaper.State.PUBLISHED:
            rows.append({"title": _("공개하고 보관했습니다"), "at": paper.published_at})
        case _:
            rows.append({"title": _("거두었습니다"), "when": paper.why})
    return rows


@door(rules.may_see_desk, load=paper_for)
def detail(request: Request, paper: OfficialPaper) -> HttpResponse:
    """The paper, its numbers, its way, what may be done with it."""
    return page(request, "reports/desk_detail.html", paper_page(request, paper))


@door(rules.may_sign, load=paper_for)
def sign(request: Request, paper: OfficialPaper) -> HttpResponse:
    """Signs on POST; opened by itself it leads back to the paper, where the button stands."""
    if request.method == "POST":
        actions.sign(paper=paper, actor=request.actor, at=request.at)
        is_done = paper.state == OfficialPaper.State.SIGNED
        messages.success(request, _("결재했습니다. 이제 공개할 수 있습니다.") if is_done else _("확인했습니다. 결재를 기다립니다."))
    return redirect("reports:desk_detail", pk=paper.pk)


@door(rules.may_publish, load=paper_for)
def publish(request: Request, paper: OfficialPaper) -> HttpResponse:
    """Publishes on POST."""
    if request.method == "POST":
        actions.publish(paper=paper, actor=request.actor, at=request.at)
        messages.success(request, _("공개했습니다. 파일 세 개를 기록에 보관했습니다."))
    return redirect("reports:desk_detail", pk=paper.pk)


@dataclass(frozen=True)
class WhyPage:
    crumbs: Sequence[tuple[str, Any]]
    paper: OfficialPaper
    title: str
    lede: str
    form: Any
    act: str
    tone: str
    changed: Sequence[Change]
    lists_changes: bool


@door(rules.may_redraw, load=paper_for)
def redraw(request: Request, paper: OfficialPaper) -> HttpResponse:
    """Why, and with what words, the paper is drawn up again; shows what would change."""
    at, kind = request.at, kinds().get(paper.kind)
    if kind is None:
        raise Http404
    form = RedrawForm(request.POST or None, initial=paper.typed, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.redraw(paper=paper, why=form.cleaned_data["why"], typed=form.typed(), actor=request.actor, at=at)
            messages.success(request, _("새 문서를 썼습니다. 달라진 숫자를 문서 끝에 적었습니다."))
            return redirect("reports:desk_detail", pk=made.pk)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
    lede = _("지금 기록으로 새 문서를 씁니다. 새 번호를 받고, 앞 문서와 달라진 숫자와 까닭이 문서에 실립니다.")
    content = WhyPage(
        [_home(), (reverse("reports:desk_detail", args=[paper.pk]), paper.number), ("", _("다시 쓰기"))], paper, _("문서 다시 쓰기"), lede,
        form, _("다시 쓰기"), "main", _changed(paper, at), True,
    )  # fmt: skip
    return page(request, "reports/desk_why.html", content, status=422 if form.errors else 200)


@door(rules.may_withdraw, load=paper_for)
def withdraw(request: Request, paper: OfficialPaper) -> HttpResponse:
    """Why the paper is taken back."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(paper=paper, actor=request.actor, at=request.at, **form.cleaned_data)
            messages.success(request, _("문서를 거두었습니다. 번호는 다시 쓰지 않습니다."))
            return redirect("reports:desk_detail", pk=paper.pk)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
    lede = _("공개하지 않은 문서를 거둡니다. 내용은 남고, 결재와 공개는 할 수 없게 됩니다.")
    content = WhyPage(
        [_home(), (reverse("reports:desk_detail", args=[paper.pk]), paper.number), ("", _("거두기"))], paper, _("문서 거두기"), lede, form,
        _("거두기"), "bad", (), False,
    )  # fmt: skip
    return page(request, "reports/desk_why.html", content, status=422 if form.errors else 200)
