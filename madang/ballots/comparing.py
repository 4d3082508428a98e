"""What each way of counting would fund, on the same ballots: of a counted vote, of made-up voters, or of a file somebody gives.

Nothing is kept and nothing is decided here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots.counting_rules import STEP, WAYS, Way
from madang.ballots.models import Ballot
from madang.ballots.pages import BarRow
from madang.ballots.views import crumbs_home
from madang.ground import limits
from madang.ground.door import Request, anyone, door, page
from madang.ground.templatetags.look import won
from madang.ground.verdict import Refused
from madang.methods.voting import pabulib
from madang.methods.voting.election import Election, Project
from madang.methods.voting.outcome import Outcome
from madang.methods.voting.papers import election_of
from madang.methods.voting.rules import count
from madang.methods.voting.sample import made_up

VOTERS = 1_000
SEED = "madang: made-up voters to compare rules"
LARGEST_FILE = 1_000_000
MOST_PROJECTS = 300
A_MINUTE = 60


class FileForm(forms.Form):
    """An election in the Pabulib format."""

    file = forms.FileField(
        label=gettext_lazy(".pb 파일"),
        help_text=gettext_lazy("1MB까지. 올린 파일은 세고 나서 바로 버립니다."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pb,.txt,text/plain"}),
    )

    def clean_file(self) -> pabulib.Read:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_FILE:
            raise forms.ValidationError(_("1MB보다 큰 파일은 여기서 세지 않습니다. 설명서의 명령으로 세어 주세요."))
        try:
            read = pabulib.read(sent.read())
        except pabulib.Broken as broken:
            said = {"line": broken.line, "column": broken.column, "reason": broken.reason}
            raise forms.ValidationError(_("%(line)s번째 줄 %(column)s번째 칸을 읽을 수 없어요: %(reason)s") % said) from None
        if len(read.election.projects) > MOST_PROJECTS:
            raise forms.ValidationError(_("사업이 %(n)s개를 넘는 파일은 여기서 세지 않습니다.") % {"n": MOST_PROJECTS})
        if not read.election.voters:
            raise forms.ValidationError(_("표가 하나도 없는 파일이에요."))
        return read


@dataclass(frozen=True)
class Column:
    """One way of counting and what it would do. `error` says why it cannot count these ballots."""

    code: str
    way: Way
    funded: frozenset[str] = frozenset()
    spent: str = ""
    served: int = 0
    percent: int = 0
    places: Mapping[str, int] | None = None
    error: str = ""


@dataclass(frozen=True)
class Row:
    """A project and by which ways of counting, named, it is funded."""

    title: str
    place: str
    cost: str
    votes: int
    marks: Sequence[tuple[str, bool]]
    differs: bool


@dataclass(frozen=True)
class Source:
    """What was counted, in words."""

    title: str
    told: str


@dataclass(frozen=True)
class ComparePage:
    crumbs: Sequence[tuple[str, str]]
    form: FileForm
    ballots: Sequence[Ballot]
    ballot: Ballot | None
    source: Source | None
    columns: Sequence[Column]
    rows: Sequence[Row]
    served: Sequence[BarRow]
    counts: Sequence[BarRow]
    most_count: int
    places: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    step: str


@door(anyone)
def compare(request: Request) -> HttpResponse:
    """The ways of counting side by side."""
    ballots = list(Ballot.objects.visible_to(request.actor).exclude(items=None).select_related("place").order_by("-counted_at", "-pk")[:60])
    asked = request.GET.get("ballot", "")
    ballot = next((b for b in ballots if str(b.pk) == asked), None) or next((b for b in ballots if b.state == Ballot.State.COUNTED), None)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        try:
            limits.hit(f"compare:{request.META.get('REMOTE_ADDR', '')}", limit=10, seconds=A_MINUTE, at=request.at).or_raise()
        except Refused as refused:
            form.add_error(None, str(refused))
        if form.is_valid():
            election = form.cleaned_data["file"].election
            return _answer(request, form, ballots, None, of_file(election), election, {})
        return page(request, "ballots/compare.html", _empty(form, ballots, ballot), status=422)
    if ballot is None:
        return page(request, "ballots/compare.html", _empty(form, ballots, None))
    source, election, places = of_ballot(ballot)
    return _answer(request, form, ballots, ballot, source, election, places)


def of_file(election: Election) -> Source:
    """What a file holds, in words."""
    told = _("표 %(voters)s장, 사업 %(projects)s개, 예산 %(budget)s")
    words = {"voters": f"{election.voters:,}", "projects": len(election.projects), "budget": _amount(election, election.budget)}
    return Source(election.meta.get("description") or _("올린 파일"), told % words)


def of_ballot(ballot: Ballot) -> tuple[Source, Election, dict[str, str]]:
    """The ballots of a counted vote; before that, made-up ones over its list."""
    items = list(ballot.items.select_related("place"))
    projects = [Project(str(i.number), i.cost_won, i.title, fields=(i.category,) if i.category else ()) for i in items]
    places = {str(i.number): i.place.name_shown for i in items}
    if ballot.state == Ballot.State.COUNTED:
        papers: Iterable[Sequence[str]] = [[str(n) for n in picks] for picks in ballot.papers.values_list("picks", flat=True)]
        told = _("이 투표의 표 %(n)s장을 방법마다 다시 셌어요.")
    else:
        papers = made_up(projects, voters=VOTERS, most=ballot.picks_max, least=ballot.picks_min, seed=SEED)
        told = _("이 투표의 목록에 지어낸 사람 %(n)s명이 투표한 것으로 셌어요. 앞날을 맞히는 것이 아니라 방법의 차이를 보려는 것이에요.")
    election, counted = election_of(projects, papers, ballot.budget_won, max_picks=ballot.picks_max, min_picks=ballot.picks_min)
    return Source(ballot.title, told % {"n": f"{counted.valid:,}"}), election, places


def _empty(form: FileForm, ballots: Sequence[Ballot], ballot: Ballot | None) -> ComparePage:
    return ComparePage(_crumbs(), form, ballots, ballot, None, (), (), (), (), 0, (), STEP)


def _crumbs() -> list[tuple[str, str]]:
    return [*crumbs_home(), ("", _("세는 방법 견주기"))]


def _answer(
    request: Request,
    form: FileForm,
    ballots: Sequence[Ballot],
    ballot: Ballot | None,
    source: Source,
    election: Election,
    places: dict[str, str],
) -> HttpResponse:
    columns = [column(code, way, election, places) for code, way in WAYS.items()]
    able = [c for c in columns if not c.error]
    served = [BarRow(str(c.way.name), c.percent, _("%(n)s명, %(percent)s%%") % {"n": f"{c.served:,}", "percent": c.percent}) for c in able]
    counts = [BarRow(str(c.way.name), len(c.funded), _("%(n)s개, %(spent)s") % {"n": len(c.funded), "spent": c.spent}) for c in able]
    names = sorted(set(places.values()))
    spread = [(name, [(str(c.way.name), _money_of(c, name)) for c in able]) for name in names] if len(names) > 1 else []
    content = ComparePage(
        _crumbs(), form, ballots, ballot, source, columns, rows_of(election, able, places), served, counts,
        max((c.value for c in counts), default=0), spread, STEP,
    )  # fmt: skip
    return page(request, "ballots/compare.html", content)


def column(code: str, way: Way, election: Election, places: Mapping[str, str]) -> Column:
    """One way of counting applied."""
    try:
        outcome = count(election, way.make(True), seed=SEED, closeness=False)
    except (ValueError, OverflowError) as wrong:
        return Column(code, way, error=str(wrong))
    served = _served(election, outcome)
    money: dict[str, int] = {}
    cost = {p.id: p.cost for p in election.projects}
    for one in outcome.funded:
        money[places.get(one, "")] = money.get(places.get(one, ""), 0) + cost[one]
    spent = _amount(election, outcome.spent)
    return Column(
        code, way, frozenset(outcome.funded), spent, served, round(100 * served / election.voters) if election.voters else 0, money
    )


def _served(election: Election, outcome: Outcome) -> int:
    """Voters of whose picks at least one is funded."""
    place = {p.id: n for n, p in enumerate(election.projects)}
    chosen = {place[code] for code in outcome.funded}
    return sum(number for picks, number in zip(election.picks, election.numbers, strict=True) if chosen.intersection(picks))


def rows_of(election: Election, columns: Sequence[Column], places: Mapping[str, str]) -> list[Row]:
    """Projects by votes; those that nobody funds come last."""
    rows = []
    for n in sorted(range(len(election.projects)), key=lambda n: (-election.votes[n], election.projects[n].cost)):
        p = election.projects[n]
        marks = [(str(c.way.name), p.id in c.funded) for c in columns]
        differs = len({is_funded for _name, is_funded in marks}) > 1
        rows.append(Row(p.name or p.id, places.get(p.id, ""), _amount(election, p.cost), election.votes[n], marks, differs))
    return sorted(rows, key=lambda r: not any(is_funded for _name, is_funded in r.marks))


def _amount(election: Election, units: int) -> str:
    """In won where an election of ours is counted; a file's currency is named beside the amount."""
    said = election.money(units)
    currency = election.meta.get("currency", "")
    if not currency and isinstance(said, int):
        return won(said)
    return f"{said:,} {currency}" if isinstance(said, int) else f"{said} {currency}"


def _money_of(column: Column, name: str) -> Any:
    return won((column.places or {}).get(name, 0))
