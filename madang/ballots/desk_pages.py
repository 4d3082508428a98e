"""What the desk's pages of a vote are given: one frozen object each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page

from madang.ballots import figures
from madang.ballots.electorate import Fact
from madang.ballots.forms import FillForm, LookUpForm, MarkForm, PaperForm
from madang.ballots.models import Ballot, BallotItem
from madang.ballots.pages import BarRow
from madang.ballots.readiness import Check
from madang.ground.models import AuditEntry
from madang.ground.verdict import Verdict
from madang.processes.models import Step
from madang.proposals.models import Proposal
from madang.residents.models import Resident


@dataclass(frozen=True)
class DeskLine:
    """A vote in the desk's list."""

    ballot: Ballot
    tone: str
    voters: int
    percent: float | None
    to_do: str


@dataclass(frozen=True)
class DeskListPage:
    crumbs: Sequence[tuple[str, str]]
    cells: Sequence[dict[str, Any]]
    found: Page
    lines: Sequence[DeskLine]
    steps: Sequence[Step]
    which: str


@dataclass(frozen=True)
class DeskPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    tone: str
    state: str
    checks: Sequence[Check]
    lacking: int
    items: Sequence[BallotItem]
    total_won: int
    is_draft: bool
    may_run: Verdict
    may_work: Verdict
    may_close: bool
    closes_words: str
    outstanding: Sequence[Fact]
    turnout: figures.Turnout
    channels: Sequence[BarRow]
    channel_most: int
    channel_words: str
    dongs: Sequence[BarRow]
    ages: Sequence[BarRow]
    days: Sequence[figures.Day]
    day_most: int
    who: Sequence[Fact]
    how: Sequence[Fact]
    changes: Sequence[AuditEntry]
    result: figures.Result | None


@dataclass(frozen=True)
class FormPage:
    """A form with its heading: rules, cost."""

    crumbs: Sequence[tuple[str, str]]
    title: str
    lede: str
    form: forms.Form
    act: str
    back_url: str


@dataclass(frozen=True)
class RulesPage(FormPage):
    """The rules of a vote: what each way of counting asks one to weigh, and where they are compared."""

    hints: Mapping[str, Any]
    compare_url: str


@dataclass(frozen=True)
class FillPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    form: FillForm
    rows: Sequence["FillRow"]


@dataclass(frozen=True)
class FillRow:
    """A shortlisted proposal; `why_not` when it cannot go on the ballot yet."""

    proposal: Proposal
    is_chosen: bool
    is_listed: bool
    why_not: str


@dataclass(frozen=True)
class ConfirmPage:
    """As confirm.html wants it, on the desk."""

    crumbs: Sequence[tuple[str, str]]
    title: str
    text: str
    facts: Sequence[Fact]
    warning: str
    act: str
    tone: str
    back_url: str
    error: str


@dataclass(frozen=True)
class VoterLine:
    """Somebody found on the roll and whether they may be handed a paper."""

    resident: Resident
    verdict: Verdict
    url: str


@dataclass(frozen=True)
class RollPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    form: LookUpForm
    lines: Sequence[VoterLine] | None
    facts: Sequence[Fact]
    new_url: str


@dataclass(frozen=True)
class MarkPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    resident: Resident
    form: MarkForm
    verdict: Verdict
    facts: Sequence[Fact]
    back_url: str


@dataclass(frozen=True)
class BoxLine:
    """A channel's balance: people marked, papers entered."""

    label: Any
    marked: int
    entered: int
    left: int


@dataclass(frozen=True)
class BoxPage:
    crumbs: Sequence[tuple[str, str]]
    ballot: Ballot
    form: PaperForm
    lines: Sequence[BoxLine]
    items: Sequence[Any]
    verdict: Verdict
