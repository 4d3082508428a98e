"""What the residents' pages of a vote are given: one frozen object each, and the lines that make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import rules
from madang.ballots.electorate import Fact
from madang.ballots.figures import Result
from madang.ballots.models import Ballot, BallotItem
from madang.ground.models import AuditEntry
from madang.ground.verdict import Verdict


@dataclass(frozen=True)
class VoteItem:
    """One choice as parts/ballot_item.html draws it; its number is its name in the form."""

    pk: int
    number: int
    title: str
    cost_won: int
    where: str
    category: str
    summary: str
    url: str
    text: str = ""
    proposal_url: str = ""
    is_picked: bool = False


@dataclass(frozen=True)
class Group:
    """The choices of one category, in the order of their numbers."""

    key: str
    label: str
    items: Sequence[VoteItem]


@dataclass(frozen=True)
class Bar:
    """What was picked against the budget: widths in percent of it, for SVG."""

    x: str
    width: str


@dataclass(frozen=True)
class Basket:
    """The picks in numbers and money."""

    picked: int
    least: int
    most: int
    picked_won: int
    budget_won: int
    slots: Sequence[bool]
    bars: Sequence[Bar]
    is_over: bool  # more money than the budget: allowed, but said


@dataclass(frozen=True)
class Chip:
    """A category as a button of the vote form or a link."""

    value: str
    label: str
    count: int
    is_current: bool
    url: str = ""


@dataclass(frozen=True)
class Way:
    """What stands between a person and their vote, and the way over it."""

    verdict: Verdict
    url: str = ""
    link: Any = ""


@dataclass(frozen=True)
class BallotCard:
    """A vote in the list."""

    ballot: Ballot
    url: str
    act: str
    act_url: str
    closes_at: datetime | None
    tone: str
    state: str
    text: str
    has_voted: bool
    is_main: bool


@dataclass(frozen=True)
class ListPage:
    crumbs: Sequence[tuple[str, str]]
    now: Sequence[BallotCard]
    coming: Sequence[BallotCard]
    waiting: Sequence[BallotCard]
    past: Page
    results: Sequence[BallotCard]


@dataclass(frozen=True)
class DetailPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    tone: str
    state: str
    is_open: bool
    who: Sequence[Fact]
    how: Sequence[Fact]
    advisory: Any
    groups: Sequence[Group]
    total: int
    voters: int | None
    way: Way
    has_voted: bool
    entries: Sequence["TrailEntry"]
    phone: str


@dataclass(frozen=True)
class TrailEntry:
    title: str
    at: datetime
    who: str


@dataclass(frozen=True)
class VotePage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    groups: Sequence[Group]
    chips: Sequence[Chip]
    total: int
    shown: int
    q: str
    category: str
    kept: Sequence[int]
    kept_costs: str
    basket: Basket
    picked: Sequence[VoteItem]
    way: Way
    error: str
    has_voted: bool
    steps: Sequence[str]
    who: Sequence[Fact]
    how: Sequence[Fact]
    advisory: Any


@dataclass(frozen=True)
class ReviewPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    picked: Sequence[VoteItem]
    basket: Basket
    way: Way
    error: Way | None
    has_voted: bool
    steps: Sequence[str]
    who: Sequence[Fact]
    advisory: Any


@dataclass(frozen=True)
class ReceiptPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    code: str
    picked: Sequence[VoteItem]
    total_won: int
    entries: Sequence[dict[str, Any]]
    who: Sequence[Fact]
    advisory: Any


@dataclass(frozen=True)
class CheckPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    form: Any
    code: str
    is_found: bool | None
    is_counted: bool
    picked: Sequence[VoteItem]


@dataclass(frozen=True)
class ResultPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    result: Result | None
    voters: int
    facts: Sequence[Fact] = ()
    funded: Sequence["RankRow"] = ()
    not_funded: Sequence["RankRow"] = ()
    most: int = 0
    channels: Sequence["BarRow"] = ()
    channel_most: int = 0
    channel_words: str = ""
    ages: Sequence["BarRow"] = ()
    age_most: int = 0
    age_words: str = ""
    dongs: Sequence["BarRow"] = ()
    dong_most: int = 0
    docs: Sequence[dict[str, str]] = ()
    form: Any = None
    advisory: Any = ""
    command: str = ""


@dataclass(frozen=True)
class RankRow:
    """One item of the result as parts/rank.html draws it."""

    number: int
    title: str
    url: str
    votes: int
    won: int
    note: str = ""
    link_url: str = ""
    link: Any = ""


@dataclass(frozen=True)
class BarRow:
    """A bar with its words; a hidden cell has the value 0 and says so."""

    label: str
    value: int
    words: str


@dataclass(frozen=True)
class NoticePage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    who: Sequence[Fact]
    how: Sequence[Fact]
    groups: Sequence[Group]
    total_won: int
    advisory: Any
    frozen: str


def tone_of(ballot: Ballot, at: datetime) -> tuple[str, str]:
    """Tone and word of a vote's state at a moment."""
    if ballot.state == Ballot.State.DRAFTED:
        return "plain", _("준비 중")
    if ballot.state == Ballot.State.COUNTED:
        return "good", _("개표를 마쳤어요")
    verdict = rules.is_open(ballot, at=at)
    if verdict:
        return "open", _("열려 있어요")
    if verdict.code == "ballot_not_open_yet":
        return "plain", _("곧 시작해요")
    return "info", _("세는 중이에요")


def vote_item(item: BallotItem, *, picked: bool = False) -> VoteItem:
    """A choice with its page and its proposal's page."""
    text = item.text.strip()
    first = text.split("\n", 1)[0]
    return VoteItem(
        pk=item.number, number=item.number, title=item.title, cost_won=item.cost_won, where=item.place.name_shown,
        category=item.category or _("그 밖"), summary=first if len(first) <= 90 else f"{first[:88]}…",
        url=f"{reverse('ballots:detail', args=[item.ballot_id])}#item-{item.number}", text=text,
        proposal_url=reverse("proposals:detail", args=[item.proposal_id]) if item.proposal_id else "", is_picked=picked,
    )  # fmt: skip


def grouped(items: Sequence[VoteItem]) -> list[Group]:
    """By category in the order in which the categories first appear."""
    order: dict[str, int] = {}
    for item in items:
        order.setdefault(item.category, len(order))
    ranked = sorted(items, key=lambda i: (order[i.category], i.number))
    return [Group(f"f{order[name]}", name, tuple(rows)) for name, rows in groupby(ranked, key=lambda i: i.category)]


def basket_of(ballot: Ballot, items: Sequence[VoteItem], picked: Sequence[int]) -> Basket:
    """The basket of these picks."""
    costs = {i.number: i.cost_won for i in items}
    chosen = [n for n in picked if n in costs]
    total = sum(costs[n] for n in chosen)
    scale = max(ballot.budget_won, total, 1)
    bars, x = [], 0
    for n in chosen:
        bars.append(Bar(f"{100 * x / scale:.2f}%", f"{100 * costs[n] / scale:.2f}%"))
        x += costs[n]
    slots = [i < len(chosen) for i in range(ballot.picks_max)] if ballot.picks_max <= 12 else []
    return Basket(len(chosen), ballot.picks_min, ballot.picks_max, total, ballot.budget_won, slots, bars, total > ballot.budget_won)


def way_for(verdict: Verdict, back: str = "") -> Way:
    """The verdict with the page where its reason can be mended."""
    places = {
        "sign_in_first": ("account_login", _("들어가기")),
        "voter_unknown": ("residents:join", _("공개 이름과 사는 동 적기")),
        "voter_not_proved": ("residents:proof", _("사는 곳 확인하러 가기")),
        "voter_age_unknown": ("residents:profile", _("내 정보 고치기")),
    }
    if verdict or verdict.code not in places:
        return Way(verdict)
    name, words = places[verdict.code]
    return Way(verdict, f"{reverse(name)}?next={quote(back)}" if back else reverse(name), words)


def trail_of(ballot: Ballot) -> list[TrailEntry]:
    """What happened with the vote, in public."""
    rows = AuditEntry.objects.filter(trail=f"ballot/{ballot.pk}", is_public=True).order_by("pk")
    return [TrailEntry(e.sentence, e.at, e.role) for e in rows]
