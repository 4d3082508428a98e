"""One proposal's page as a typed object: text, box, clock, answers, trail. Reads only; a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.comments.figures import ThreadView, thread_view
from madang.ground import files
from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.door import Request
from madang.ground.models import AuditEntry
from madang.ground.verdict import YES, Verdict
from madang.proposals import rules
from madang.proposals.figures import clock_of, likenesses
from madang.proposals.maps import DongMap, map_of
from madang.proposals.models import Answer, Endorsement, Proposal, ProposalFile
from madang.proposals.onward_links import Link, links_of
from madang.proposals.wording import EXCLUSIONS, look_of

SHOWN_DEEDS = 7
TALK = ("comment.", "thread.")  # looking after the talk has a page of its own; here it would push the answers out of sight


@dataclass(frozen=True)
class EndorseBox:
    """What the box of endorsements shows one reader."""

    count: int
    threshold: int
    is_mine: bool
    is_own: bool
    may: Verdict
    needs_login: bool
    until: datetime | None

    @property
    def is_over(self) -> bool:
        return self.may.code == "endorsing_over"


def endorse_box(actor: Actor, proposal: Proposal, *, at: datetime, is_mine: bool | None = None) -> EndorseBox:
    """One query for whether the reader has endorsed, none for visitors or when the caller knows."""
    if is_mine is None:
        mine = Endorsement.objects.filter(proposal_id=proposal.pk, resident_id=actor.resident_id or 0)
        is_mine = actor.resident_id is not None and mine.exists()
    may = rules.may_endorse(actor, proposal, at=at)
    return EndorseBox(
        count=proposal.endorsements, threshold=proposal.threshold, is_mine=is_mine, is_own=rules.is_author(actor, proposal),
        may=may, needs_login=may.code == "sign_in_first", until=proposal.endorse_until,
    )  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One line of a trail as parts/trail.html draws it."""

    title: Any
    at: datetime | None = None
    when: str = ""
    who: str = ""
    note: str = ""
    url: str = ""
    state: str = "done"


@dataclass(frozen=True)
class ClockView:
    """The legal clock in words, as parts/clock.html draws it."""

    left: str
    due: date
    value: int
    most: int
    tone: str
    note: str


@dataclass(frozen=True)
class AnswerView:
    """An official answer as parts/answer.html draws it."""

    pk: int
    title: str
    tone: str
    label: str
    who: str
    at: datetime
    text: str
    reasons: Sequence[str]
    next: str


@dataclass(frozen=True)
class Deeds:
    """What the author may do with it, each with its reason when not."""

    is_author: bool
    may_withdraw: Verdict
    may_supplement: Verdict
    may_reconsider: Verdict


@dataclass(frozen=True)
class Note:
    """A line in a side list."""

    url: str
    title: str
    note: Any


@dataclass(frozen=True)
class ProposalPage:
    proposal: Proposal
    crumbs: list[tuple[str, str]]
    tone: str
    state: Any
    author_class: str
    photos: list[Any]
    attachments: list[Any]
    dong_map: DongMap | None
    pin: str
    box: EndorseBox
    clock: ClockView | None
    answers: list[AnswerView]
    deeds: Deeds
    trail: list[Deed]
    trail_count: int
    family: list[Note]
    merged_into: Note | None
    similar: list[Note]
    onward: list[Link]
    asked: str
    thread: ThreadView
    share_url: str


@dataclass(frozen=True)
class TrailPage:
    proposal: Proposal
    crumbs: list[tuple[str, str]]
    trail: list[Deed]


@dataclass(frozen=True)
class Photo:
    url: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Paper:
    url: str
    title: str
    kind: str
    size: str


def address(proposal: Proposal) -> str:
    return reverse("proposals:detail", args=[proposal.pk])


def read(request: Request, proposal: Proposal) -> ProposalPage:
    """Everything the page shows, in a fixed number of queries."""
    actor, at, town = request.actor, request.at, request.town
    tone, state = look_of(proposal, at=at)
    stored = list(proposal.files.exclude(kind="original").filter(file__is_erased=False).select_related("file"))
    pauses = list(proposal.pauses.all())
    entries = _entries(proposal)
    dong_map, pin = _map(proposal, town)
    return ProposalPage(
        proposal=proposal,
        crumbs=_crumbs(proposal),
        tone=tone,
        state=state,
        author_class=_author_class(proposal, town),
        photos=[_photo(f) for f in stored if f.kind == ProposalFile.Kind.PHOTO],
        attachments=[_paper(f) for f in stored if f.kind == ProposalFile.Kind.ATTACHMENT],
        dong_map=dong_map,
        pin=pin,
        box=endorse_box(actor, proposal, at=at),
        clock=clock_view(proposal, pauses, at=at),
        answers=[_answer(a) for a in proposal.answers.select_related("department")],
        deeds=_deeds(actor, proposal, at=at),
        trail=[*_told(_shown(entries), proposal), *ahead(proposal, at=at)],
        trail_count=len(entries),
        family=[Note(address(p), p.title, p.number) for p in proposal.family.public()],
        merged_into=Note(address(proposal.merged_into), proposal.merged_into.title, proposal.merged_into.number)
        if proposal.merged_into
        else None,
        similar=[Note(address(p), p.title, _near(p, at)) for p in likenesses(proposal.pk)],
        onward=links_of([proposal.pk]).get(proposal.pk, []),
        asked=next((p.request for p in pauses if p.to_on is None), ""),
        thread=thread_view(subject=f"proposal/{proposal.pk}", actor=actor, at=at, page_number=request.GET.get("talk", 1)),
        share_url=request.build_absolute_uri(address(proposal)),
    )


def read_trail(request: Request, proposal: Proposal) -> TrailPage:
    """All deeds of a proposal, oldest first."""
    at = request.at
    return TrailPage(proposal, [*_crumbs(proposal), ("", _("걸어온 길"))], [*_told(_entries(proposal), proposal), *ahead(proposal, at=at)])


def _crumbs(proposal: Proposal) -> list[tuple[str, str]]:
    return [(reverse("proposals:list"), _("제안")), (address(proposal), proposal.title)]


def _near(p: Proposal, at: datetime) -> str:
    return _("%(state)s · 공감 %(count)s명") % {"state": look_of(p, at=at)[1], "count": p.endorsements}


def _author_class(proposal: Proposal, town: Any) -> str:
    if proposal.channel != Proposal.Channel.ONLINE:
        return _("%(channel)s로 받음") % {"channel": proposal.get_channel_display()}
    home = town.place_of(proposal.author.home_id) if proposal.author else None
    return _("%(place)s 주민") % {"place": home.name_shown} if home else ""


def _map(proposal: Proposal, town: Any) -> tuple[DongMap | None, str]:
    if proposal.map_x is None or proposal.map_y is None:
        return None, ""
    drawn = map_of(town.place.slug, proposal.place.slug)
    return drawn, drawn.pin(proposal.map_x, proposal.map_y) if drawn else ""


def _photo(one: ProposalFile) -> Photo:
    return Photo(one.file.url, one.alt or _("제안한 사람이 올린 사진. 설명은 없어요."), one.alt)


def _paper(one: ProposalFile) -> Paper:
    return Paper(one.file.url, one.alt or one.file.name, one.file.name.rpartition(".")[2].upper()[:5], files.size_words(one.file))


# The clock and the answers


def clock_view(proposal: Proposal, pauses: Iterable[Any], *, at: datetime) -> ClockView | None:
    """How long the answer may take, in words; None once nothing is owed."""
    if proposal.state not in Proposal.WAITING:
        return None
    on = today(at)
    read = clock_of(proposal, on=on, pauses=list(pauses))
    days = max((read.due_on - proposal.received_on).days, 1)
    if read.paused:
        left, tone = _("답변 기한이 멈춰 있어요"), ""
    elif read.overdue:
        left, tone = _("답변이 %(days)s일 늦었어요") % {"days": -read.days_left}, "bad"
    elif read.days_left == 0:
        left, tone = _("오늘까지 답변해야 해요"), ""
    else:
        left, tone = _("마지막 답변까지 %(days)s일") % {"days": read.days_left}, ""
    note = _("접수 %(received)s · %(law)s") % {
        "received": f"{proposal.received_on.month}. {proposal.received_on.day}.",
        "law": proposal.get_law_class_display(),
    }
    if read.paused_days:
        note += " · " + _("멈춘 날 %(days)s일은 세지 않았어요.") % {"days": read.paused_days}
    return ClockView(left, read.due_on, min(max((on - proposal.received_on).days, 0), days), days, tone, note)


def _answer(answer: Answer) -> AnswerView:
    looks = {
        "interim": (_("담당 부서가 먼저 알려 드려요"), "info", _("중간 답변")),
        "adopted": (_("담당 부서의 답변"), "good", _("하기로 했어요")),
        "rejected": (_("담당 부서의 답변"), "plain", _("하지 않아요")),
    }
    title, tone, label = looks[answer.kind]
    upcoming = ""
    if answer.implement_on:
        upcoming = _("%(year)s년 %(month)s월까지 하기로 했어요. 늦어지면 새 날짜를 다시 알려 드려요.") % {
            "year": answer.implement_on.year, "month": answer.implement_on.month,
        }  # fmt: skip
    elif answer.kind == Answer.Kind.REJECTED:
        upcoming = _("제안한 사람은 %(days)s일 안에 다시 살펴 달라고 할 수 있어요.") % {"days": rules.RECONSIDERATION_DAYS}
    why = str(EXCLUSIONS.get(answer.reason, ""))
    who = " ".join(part for part in (answer.department.name if answer.department else "", answer.signed_as) if part)
    return AnswerView(answer.pk, title, tone, label, who, answer.at, answer.body, [why] if why else [], upcoming)


def _deeds(actor: Actor, proposal: Proposal, *, at: datetime) -> Deeds:
    if not rules.is_author(actor, proposal):
        return Deeds(False, YES, YES, YES)
    return Deeds(
        True,
        rules.may_withdraw(actor, proposal, at=at),
        rules.may_supplement(actor, proposal, at=at),
        rules.may_ask_reconsideration(actor, proposal, at=at),
    )


# The trail


def _entries(proposal: Proposal) -> list[AuditEntry]:
    """Everything public that anybody recorded on its trail: the vote, the money and the paper as well as its own deeds."""
    return list(AuditEntry.objects.of_trail(f"proposal/{proposal.pk}").filter(is_public=True).order_by("pk"))


def _shown(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """The latest few for the proposal's own page: without the talk, and of the same deed done again and again only the last."""
    runs = [list(same) for _verb, same in groupby((e for e in entries if not e.verb.startswith(TALK)), key=attrgetter("verb"))]
    return [run[-1] for run in runs[-SHOWN_DEEDS:]]


def _told(entries: Iterable[AuditEntry], proposal: Proposal) -> list[Deed]:
    return [Deed(title=e.sentence, at=e.at, who=_who(e, proposal)) for e in entries]


def _who(entry: AuditEntry, proposal: Proposal) -> str:
    """The post of an official, the author's public name, never anybody else's."""
    if entry.role:
        return entry.role
    if proposal.author_id is not None and proposal.author_id in (entry.on_behalf_of_id, entry.resident_id):
        return proposal.public_name
    return _("담당자") if entry.desk_id else ""


def ahead(proposal: Proposal, *, at: datetime) -> list[Deed]:
    """Where it stands and what comes next: the stones not yet walked."""
    now, steps = _stones(proposal, at)
    return [*([now] if now else []), *(Deed(title=s, state="next") for s in steps)]


def _stones(p: Proposal, at: datetime) -> tuple[Deed | None, list[str]]:
    answer, vote, work = _("할지 말지 답변"), _("주민투표"), _("예산과 사업")
    late = p.due_on and p.due_on < today(at)
    when = _("%(month)s. %(day)s.까지") % {"month": p.due_on.month, "day": p.due_on.day} if p.due_on and not late else ""
    standing = {
        "screening": (_("담당자가 살펴보는 중"), when, [_("공감 모으기"), answer, vote]),
        "supplement": (_("제안한 사람이 더 적는 중"), _("그동안 답변 기한은 멈춰요"), [answer, vote]),
        "open": (_("이웃의 공감을 모으고 부서 답변을 기다리는 중"), when, [answer, vote, work]),
        "review": (_("부서가 살펴보는 중"), when, [answer, vote, work]),
        "reconsideration": (_("부서가 다시 살펴보는 중"), when, [answer]),
        "shortlisted": (_("주민투표를 기다리는 중"), "", [work]),
        "adopted": (_("하기로 하고 준비하는 중"), "", [work]),
        "implementing": (_("사업을 하는 중"), "", [_("마침")]),
    }
    if p.state not in standing:
        return None, []
    title, words, following = standing[p.state]
    return Deed(title=title, when=words, state="now"), following
