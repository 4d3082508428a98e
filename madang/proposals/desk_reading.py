"""One proposal at the desk as a typed object: clock, checks, opinions, answers, what may be done. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.comments.figures import ThreadView, thread_view
from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.door import Request
from madang.ground.models import AuditEntry
from madang.proposals import rules
from madang.proposals.deeds import Offer, offered
from madang.proposals.desk_listing import to_do
from madang.proposals.figures import clock_of, similar_to
from madang.proposals.forms_desk import DeedForm, Given
from madang.proposals.models import Answer, Likeness, Proposal, Review
from madang.proposals.wording import EXCLUSIONS, look_of
from madang.residents.figures import department_choices
from madang.residents.models import PostHolding

SIDE_DEEDS = 5
MOST_DEEDS = 200
QUIET = ("proposal.endorsed", "proposal.endorsement_withdrawn")  # each alone says nothing; their number stands on the page
TABS = ("review", "talk", "record")


@dataclass(frozen=True)
class DeskClock:
    """The legal clock as officers read it."""

    left: str
    due: date
    value: int
    most: int
    tone: str
    note: str
    facts: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Check:
    """One row of the checks: what, how it stands, on what ground."""

    what: str
    tone: str
    word: str
    ground: str
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Similar:
    url: str
    title: str
    number: str
    note: str


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class TrailLine:
    title: Any
    at: datetime
    who: str


@dataclass(frozen=True)
class Typed:
    """What had been typed into a form that cannot be sent any more."""

    label: Any
    text: str


@dataclass(frozen=True)
class Sent:
    """A form that came back: shown again with its errors, or, when somebody moved the proposal meanwhile, with what was typed."""

    slug: str
    form: DeedForm
    moved: str = ""


@dataclass(frozen=True)
class DeskPage:
    proposal: Proposal
    crumbs: list[tuple[str, str]]
    tabs: list[Tab]
    tab: str
    tone: str
    state: Any
    seen: str
    to_do: str
    clock: DeskClock | None
    asked: str
    who: Sequence[Mapping[str, Any]]
    files: Sequence[Any]
    checks: Sequence[Check]
    reviews: Sequence[Review]
    answers: Sequence[tuple[Answer, str]]
    screen: Sequence[Offer]
    opinion: Offer | None
    answering: Sequence[Offer]
    more: Sequence[Offer]
    similar: Sequence[Similar]
    can_merge: bool
    family: Sequence[Proposal]
    reports: Sequence[Any]
    trail: Sequence[TrailLine]
    trail_count: int
    thread: ThreadView | None
    form: DeedForm | None
    moved: str
    typed: Sequence[Typed]


def seen_of(proposal: Proposal) -> str:
    """What an officer saw when the form was drawn: any of it changed since means somebody else was there."""
    return f"{proposal.state}-{proposal.department_id or 0}-{proposal.law_class}-{'public' if proposal.is_public else 'kept'}"


def signatures_of(actor: Actor, proposal: Proposal, *, on: date) -> list[str]:
    """The posts an officer may sign as, `담당 (내선 2611)`: the one in the department in charge first. Never a name."""
    rows = PostHolding.objects.on(on).filter(account_id=actor.account_id or 0).select_related("post").order_by("pk")
    posts = sorted((row.post for row in rows), key=lambda post: post.department_id != proposal.department_id)
    return list(dict.fromkeys(_signature(post.title, post.extension) for post in posts))


def _signature(title: str, extension: str) -> str:
    return (_("%(title)s (내선 %(extension)s)") % {"title": title, "extension": extension} if extension else title)[:60]


def given_for(proposal: Proposal, actor: Actor, *, at: datetime, merge_into: str = "") -> Given:
    """What the forms need. Three queries."""
    same = Proposal.objects.none()
    if proposal.author_id and proposal.state in Proposal.WAITING:
        same = (
            Proposal.objects.in_town(proposal.town_id).filter(author_id=proposal.author_id, pk__lt=proposal.pk).exclude(state="withdrawn")
        )
    return Given(
        proposal=proposal, departments=department_choices(proposal.town_id), signatures=signatures_of(actor, proposal, on=today(at)),
        repeats=list(same.order_by("-pk")[:12]), merge_into=merge_into, today=today(at),
    )  # fmt: skip


def read(request: Request, proposal: Proposal, *, sent: Sent | None = None) -> DeskPage:
    """Everything the page shows, in a fixed number of queries for each tab."""
    at = request.at
    tab = request.GET.get("tab", "") if request.GET.get("tab") in TABS and sent is None else "review"
    trail, trail_count = _trail(proposal, SIDE_DEEDS if tab != "record" else MOST_DEEDS)
    reviews, similar = list(proposal.reviews.select_related("department")), similar_of(proposal, at=at)
    offers = _offers(request, proposal, reviews, sent) if tab == "review" else []
    tone, state = look_of(proposal, at=at)
    groups = {name: [o for o in offers if o.deed.group == name] for name in ("screen", "opinion", "answer", "more", "after", "moderate")}
    return DeskPage(
        proposal=proposal,
        crumbs=[(reverse("site:desk"), _("처리할 일")), (reverse("proposals:desk_list"), _("제안 검토")), ("", proposal.number)],
        tabs=_tabs(proposal, tab, trail_count),
        tab=tab,
        tone=tone,
        state=state,
        seen=seen_of(proposal),
        to_do=to_do(proposal, is_reviewed=bool(reviews)),
        clock=desk_clock(proposal, at=at),
        asked=next((p.request for p in proposal.pauses.all() if p.to_on is None), ""),
        who=_who(proposal),
        files=list(proposal.files.filter(file__is_erased=False).select_related("file")),
        checks=_checks(proposal, reviews, similar),
        reviews=reviews,
        answers=[(a, str(EXCLUSIONS.get(a.reason, ""))) for a in proposal.answers.select_related("department")],
        screen=groups["screen"],
        opinion=next(iter(groups["opinion"]), None),
        answering=groups["answer"],
        more=[*groups["after"], *groups["more"], *groups["moderate"]],
        similar=similar,
        can_merge=any(o.deed.slug == "merge" for o in groups["more"]),
        family=list(proposal.family.order_by("pk")),
        reports=[r for r in proposal.reports.all() if r.state == "open"],
        trail=trail,
        trail_count=trail_count,
        thread=_talk(request, proposal) if tab == "talk" else None,
        form=sent.form if sent else None,
        moved=sent.moved if sent else "",
        typed=_typed(sent, groups) if sent and sent.moved else (),
    )


def _talk(request: Request, proposal: Proposal) -> ThreadView:
    actor, at = request.actor, request.at
    return thread_view(subject=f"proposal/{proposal.pk}", actor=actor, at=at, page_number=request.GET.get("talk", 1))


def _offers(request: Request, proposal: Proposal, reviews: Sequence[Review], sent: Sent | None) -> list[Offer]:
    actor, at = request.actor, request.at
    merge_into = request.GET.get("merge", "")[:24]
    unfolded = {sent.slug} if sent else {"merge"} if merge_into else {_next(proposal, reviews)}
    given = given_for(proposal, actor, at=at, merge_into=merge_into)
    found = []
    for deed, verdict in offered(proposal, actor, at=at):
        if deed.slug == "repeat" and not given.repeats:
            continue
        form = sent.form if sent is not None and sent.slug == deed.slug else deed.form(given=given, deed=deed.slug)
        found.append(Offer(deed, form, verdict, deed.slug in unfolded))
    return found


def _next(proposal: Proposal, reviews: Sequence[Review]) -> str:
    """The deed that most likely comes next: it stands unfolded."""
    if proposal.state == Proposal.State.SUPPLEMENT or proposal.department_id is None:
        return "supplement" if proposal.state == Proposal.State.SUPPLEMENT else "assign"
    if not reviews:
        return "opinion"
    return "reject" if reviews[0].finding == Review.Finding.NOT_FEASIBLE else "adopt"


def _typed(sent: Sent, groups: Mapping[str, Sequence[Offer]]) -> list[Typed]:
    """What was typed, when its form no longer stands on the page."""
    if any(offer.form is sent.form for offers in groups.values() for offer in offers):
        return []
    values = [(bound.label, bound.value()) for bound in sent.form if not bound.is_hidden]
    return [Typed(label, str(value)) for label, value in values if value and isinstance(value, str)]


def _tabs(proposal: Proposal, tab: str, trail_count: int) -> list[Tab]:
    here = reverse("proposals:desk_detail", args=[proposal.pk])
    return [
        Tab(here, _("검토"), None, tab == "review"),
        Tab(reverse("proposals:detail", args=[proposal.pk]), _("주민 화면")),
        Tab(f"{here}?tab=talk", _("이야기"), None, tab == "talk"),
        Tab(f"{here}?tab=record", _("기록"), trail_count, tab == "record"),
    ]


def desk_clock(proposal: Proposal, *, at: datetime) -> DeskClock | None:
    """The legal clock of what waits for an answer; a second look counts to its own day."""
    if proposal.state not in Proposal.WAITING or proposal.due_on is None:
        return None
    on, pauses = today(at), list(proposal.pauses.all())
    read = clock_of(proposal, on=on, pauses=pauses)
    again = proposal.state == Proposal.State.RECONSIDERATION
    due = proposal.due_on if again else read.due_on
    left = (due - on).days
    words = _("멈춤") if read.paused and not again else _("%(n)s일 지남") % {"n": -left} if left < 0 else _("오늘까지") if left == 0 else ""
    most = 0 if again else max((due - proposal.received_on).days - read.paused_days, 1)
    value = max(0, min(most, (on - proposal.received_on).days - read.paused_days))
    note = _("오늘 답이 오면 이 날까지입니다.") if read.paused and not again else ""
    facts = [_fact(_("접수"), f"{_day(proposal.received_on)} · {proposal.get_channel_display()}")]
    if not again and read.supplement_until and proposal.state in ("screening", "open", "review"):
        over = on > read.supplement_until
        facts.append(_fact(_("보완 요청"), (_("%(day)s까지였음") if over else _("%(day)s까지")) % {"day": _day(read.supplement_until)}))
    facts += [
        _fact(p.get_reason_display(), _("%(from)s ~ %(to)s") % {"from": _day(p.from_on), "to": _day(p.to_on) if p.to_on else _("지금")})
        for p in pauses
    ]
    facts.append(_fact(_("멈춘 날"), _("%(n)s일") % {"n": read.paused_days}))
    facts.append(_fact(_("근거"), _("재검토 한 달") if again else f"{proposal.get_law_class_display()}", "" if again else read.source))
    return DeskClock(words or _("%(n)s일 남음") % {"n": left}, due, value, most, "bad" if left < 0 else "", note, facts)


def _day(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def _fact(term: str, value: str, note: str = "") -> dict[str, str]:
    return {"term": term, "value": value, "note": note}


def _who(p: Proposal) -> list[dict[str, str]]:
    facts = [_fact(_("제안"), p.public_name, "" if p.author_id else _("등록하지 않은 사람"))]
    if p.entered_by_id:
        facts.append(_fact(_("대신 접수"), _("담당자가 적음")))
    department = p.department
    extension = _("내선 %(n)s") % {"n": department.extension} if department and department.extension else ""
    facts.append(_fact(_("주관"), department.name if department else _("정하지 않음"), extension))
    if p.sent_to:
        facts.append(_fact(_("보낸 기관"), p.sent_to))
    if p.implement_on:
        facts.append(_fact(_("하기로 한 날"), _day(p.implement_on)))
    return facts


def _checks(proposal: Proposal, reviews: Sequence[Review], similar: Sequence[Similar]) -> list[Check]:
    latest = reviews[0] if reviews else None
    none = ("plain", _("아직"), _("검토 의견에 적습니다"))
    task = (("good", _("예")) if latest.is_public_task else ("bad", _("아니오"))) + (latest.basis,) if latest else none
    money = (("warn", _("예")) if latest.is_budgeted_already else ("good", _("아니오"))) + ("",) if latest else none
    clean = bool(rules.may_say(proposal.title, proposal.body, proposal.spot, proposal.public_name))
    alike = ("warn", _("비슷함 %(n)s건") % {"n": len(similar)}, "") if similar else ("good", _("없음"), _("지금까지의 제안과 견줌"))
    return [
        Check(_("구청이 할 수 있는 일인가"), *task),
        Check(_("이미 예산에 있는가"), *money),
        Check(_("같은 제안이 있는가"), *alike, links=[(s.url, s.number) for s in similar[:3]]),
        Check(_("개인정보가 있는가"), "good" if clean else "bad", _("없음") if clean else _("번호가 보임"), _("저절로 살핌")),
    ]


def similar_of(proposal: Proposal, *, at: datetime, most: int = 5) -> list[Similar]:
    """Public proposals like this one with how alike: what was found when it became public, or found now while it is screened."""
    if proposal.is_public or proposal.state != Proposal.State.SCREENING:
        pairs = (
            Likeness.objects.filter(Q(newer=proposal) | Q(older=proposal)).select_related("newer", "older").order_by("-score")[: most * 2]
        )
        found = [(pair.older if pair.newer_id == proposal.pk else pair.newer, pair.score) for pair in pairs]
    else:
        matches = similar_to(f"{proposal.title}\n{proposal.body}", town_id=proposal.town_id, but=proposal.pk, most=most)
        rows = Proposal.objects.in_bulk([m.key for m in matches])
        found = [(rows[m.key], m.score) for m in matches if m.key in rows]
    return [
        Similar(
            reverse("proposals:desk_detail", args=[p.pk]), p.title, p.number,
            _("닮은 정도 %(percent)s%% · %(state)s · 공감 %(count)s명")
            % {"percent": round(score * 100), "state": look_of(p, at=at)[1], "count": p.endorsements},
        )
        for p, score in found
        if p.is_public
    ][:most]  # fmt: skip


def _trail(proposal: Proposal, shown: int) -> tuple[list[TrailLine], int]:
    """The newest deeds first, those of officers that the public does not see included; and how many there are."""
    rows = AuditEntry.objects.of_trail(f"proposal/{proposal.pk}").filter(verb__startswith="proposal.").exclude(verb__in=QUIET)
    entries = list(rows.order_by("-pk")[:MOST_DEEDS])
    return [TrailLine(e.sentence, e.at, _who_did(e)) for e in entries[:shown]], len(entries)


def _who_did(entry: AuditEntry) -> str:
    if entry.role:
        return entry.role
    return "" if entry.account_id is None else _("주민")
