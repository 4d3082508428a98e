"""What the pages of questions are given: one frozen object each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.deliberation.figures import Day, Results
from madang.deliberation.forms import ReplyForm
from madang.deliberation.models import Question, Reply
from madang.deliberation.readiness import Check
from madang.ground.models import AuditEntry
from madang.ground.verdict import Verdict
from madang.processes.models import Step
from madang.residents.models import Department


@dataclass(frozen=True)
class Way:
    """What stands between a person and their answer, and the page where it can be mended."""

    verdict: Verdict
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class QuestionCard:
    question: Question
    url: str
    tone: str
    state: str
    text: str
    act: str
    closes_at: datetime | None
    has_replied: bool
    is_main: bool


@dataclass(frozen=True)
class ListPage:
    now: Sequence[QuestionCard]
    coming: Sequence[QuestionCard]
    found: Page
    past: Sequence[QuestionCard]


@dataclass(frozen=True)
class BarRow:
    """One bar, as parts/bars.html draws it."""

    label: str
    value: int
    words: str


@dataclass(frozen=True)
class TrailEntry:
    """One line of the public path, as parts/trail.html draws it."""

    title: str
    at: datetime
    who: str


@dataclass(frozen=True)
class DetailPage:
    crumbs: Sequence[tuple[str, str]]
    question: Question
    tone: str
    state: str
    options: Sequence[str]
    form: ReplyForm | None
    way: Way
    has_replied: bool
    is_open: bool
    people: int
    results: Results | None
    bars: Sequence[BarRow]
    finding: str
    measured: str
    words: Page | None
    use_due_on: date | None
    is_overdue: bool
    department: Department | None
    entries: Sequence[TrailEntry]


@dataclass(frozen=True)
class DeskLine:
    """A question in the desk's list."""

    question: Question
    tone: str
    people: int
    to_do: str
    is_late: bool


@dataclass(frozen=True)
class DeskListPage:
    crumbs: Sequence[tuple[str, str]]
    cells: Sequence[dict[str, Any]]
    found: Page
    lines: Sequence[DeskLine]
    steps: Sequence[Step]


@dataclass(frozen=True)
class DeskPage:
    crumbs: Sequence[tuple[str, str]]
    question: Question
    tone: str
    options: Sequence[str]
    checks: Sequence[Check]
    lacking: int
    is_draft: bool
    is_late: bool
    may_run: Verdict
    may_close: Verdict
    may_tell: Verdict
    people: int
    days: Sequence[Day]
    day_most: int
    results: Results | None
    words_count: int
    use_due_on: date | None
    changes: Sequence[AuditEntry]


@dataclass(frozen=True)
class WordsPage:
    crumbs: Sequence[tuple[str, str]]
    question: Question
    found: Page
    may_hide: Verdict


@dataclass(frozen=True)
class FormPage:
    """A form with its heading, and what it is about shown above it."""

    crumbs: Sequence[tuple[str, str]]
    title: str
    lede: str
    form: forms.Form
    act: str
    back_url: str
    question: Question | None = None
    options: Sequence[str] = ()
    reply: Reply | None = None


def tone_of(question: Question, at: datetime) -> tuple[str, str]:
    """Tone and word of a question's state at a moment."""
    if question.state == Question.State.DRAFTED:
        return "plain", _("준비 중")
    if question.state == Question.State.ANSWERED:
        return "good", _("어떻게 썼는지 알렸어요")
    if question.state == Question.State.CLOSED:
        return "info", _("결과가 나왔어요")
    if question.step.opens_at and at < question.step.opens_at:
        return "plain", _("곧 물어요")
    return ("open", _("묻는 중이에요")) if question.step.is_open(at) else ("info", _("답을 모으고 있어요"))


def way_for(verdict: Verdict, back: str) -> Way:
    """The verdict with the page where its reason can be mended."""
    places = {
        "sign_in_first": ("account_login", _("들어가서 답하기")),
        "replier_unknown": ("residents:join", _("공개 이름과 사는 동 적기")),
        "reply_contact_needed": ("residents:proof", _("연락처 확인하러 가기")),
        "reply_proof_needed": ("residents:proof", _("확인하러 가기")),
    }
    if verdict or verdict.code not in places:
        return Way(verdict)
    name, words = places[verdict.code]
    return Way(verdict, f"{reverse(name)}?next={quote(back)}", words)


def trail_of(question: Question) -> list[TrailEntry]:
    """What happened with the question, in public."""
    rows = AuditEntry.objects.filter(trail=f"question/{question.pk}", is_public=True).order_by("pk")
    return [TrailEntry(e.sentence, e.at, e.role) for e in rows]


def finding_of(results: Results) -> str:
    """The caption of the bars: what was picked most often."""
    leading = results.leading
    if not leading:
        return _("답한 사람이 없어요")
    if len(leading) > 1:
        return _("%(n)s가지를 똑같이 가장 많이 골랐어요") % {"n": len(leading)}
    return _("‘%(text)s’ 보기를 가장 많이 골랐어요") % {"text": leading[0].text}


def bars_of(results: Results) -> list[BarRow]:
    """Options in their own order: people and share."""
    one = _("%(n)s명 (%(percent)s)")
    return [BarRow(o.text, o.people, one % {"n": f"{o.people:,}", "percent": o.percent or "0%"}) for o in results.options]
