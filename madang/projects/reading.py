"""One project's page as a typed object: money, how far it came, news, where it came from. Reads only; a fixed number of queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.ballots import figures as ballots
from madang.budgets.figures import Line, Money, SourceMoney, by_source, lines_of
from madang.comments.figures import ThreadView, thread_view
from madang.ground.clock import today
from madang.ground.door import Request, official
from madang.ground.models import AuditEntry
from madang.ground.templatetags.look import won
from madang.ground.verdict import Verdict
from madang.methods.partial_dates import PartialDate
from madang.programmes.figures import Photo, Progress, partial, period_of, progress_of
from madang.projects.figures import TONES, stones
from madang.projects.models import Project
from madang.projects.rules import may_join
from madang.proposals.maps import DongMap, map_of

SHOWN_PHOTOS = 4
HEADLINE = 60  # letters of news that stand as its headline
STATE_DEEDS = ("project.adopted", "project.started", "project.stopped", "project.resumed", "project.finished")
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class News:
    """One line of news as parts/trail.html draws it."""

    title: str
    on: date
    when: str = ""
    who: str = ""
    note: str = ""
    url: str = ""
    link: str = ""
    state: str = "done"


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    title: str
    lede: str
    marks: list[tuple[str, Any]]
    path: tuple[tuple[str, bool], ...]
    money: Money
    sources: tuple[SourceMoney, ...]
    lines: tuple[Line, ...]
    has_lines: bool
    photos: Sequence[Photo]
    more_photos: Sequence[Photo]
    news: Sequence[News]
    came_from: Sequence[News]
    period: str
    contact: str
    department: str
    dong_map: DongMap | None
    pin: str
    spot: str
    helpers: int
    is_in: bool
    may_join: Verdict
    thread: ThreadView
    is_desk: bool
    crumbs: list[tuple[str, Any]]


def read(request: Request, project: Project) -> ProjectPage:
    """Everything of one project's page."""
    actor, at, town = request.actor, request.at, request.town
    programme, day = project.programme, today(at)
    progress = progress_of([programme.pk]).get(programme.pk, ())
    money = by_source(programme.pk)
    photos = [replace(p, caption=" ".join(w for w in (line.when, p.caption) if w)) for line in progress for p in line.photos]
    helpers = list(project.helpers.values_list("resident_id", flat=True))
    lines = lines_of(programme.pk)
    drawn, pin, spot = _spot(project, town)
    return ProjectPage(
        project=project,
        title=programme.title,
        lede=opening(programme.summary),
        marks=marks_of(project),
        path=stones(project),
        money=sum((s.money for s in money), Money()),
        sources=money,
        lines=lines,
        has_lines=bool(lines),
        photos=photos[:SHOWN_PHOTOS],
        more_photos=photos[SHOWN_PHOTOS:],
        news=news_of(project, progress, day),
        came_from=_came_from(project, money),
        period=period_of(programme),
        contact=_contact(project, town.settings(day).phone),
        department=_department(project),
        dong_map=drawn,
        pin=pin,
        spot=spot,
        helpers=len(helpers),
        is_in=actor.resident_id is not None and actor.resident_id in helpers,
        may_join=may_join(actor, project, at=at),
        thread=thread_view(subject=f"project/{project.pk}", actor=actor, at=at, page_number=request.GET.get("talk")),
        is_desk=bool(official(actor, at=at)),
        crumbs=[("/", _("지금 우리 동네")), (reverse("projects:list"), _("예산과 사업")), ("", programme.title)],
    )


def marks_of(project: Project) -> list[tuple[str, Any]]:
    """State, place and category of a project."""
    category = project.ballot_item.category if project.ballot_item else ""
    marks = [(TONES[project.state], project.get_state_display()), ("bare", project.place.name_shown)]
    return [*marks, ("bare", category)] if category else marks


def headline(text: str, most: int = HEADLINE) -> tuple[str, str]:
    """A text's first sentence and the rest; a sentence longer than `most` letters is cut at a word and goes on in the rest."""
    first, *_rest = SENTENCE.split(text.strip(), maxsplit=1)
    rest = text.strip()[len(first) :].strip()
    if len(first) <= most:
        return first, rest
    cut = first.rfind(" ", 0, most)
    cut = cut if cut > most // 2 else most
    return f"{first[:cut]}…", f"…{first[cut:].strip()} {rest}".strip()


def opening(text: str, most: int = 110) -> str:
    """The whole sentences a text begins with, at least one, together not longer than `most` letters where that can be."""
    kept = ""
    for sentence in (s for s in SENTENCE.split(text.strip()) if s):
        if kept and len(kept) + len(sentence) >= most:
            break
        kept = f"{kept} {sentence}".strip()
    return headline(kept, most)[0] if len(kept) > most else kept


def news_of(project: Project, progress: Sequence[Progress], day: date) -> list[News]:
    """What was told and what happened, newest first; at the end of the line, what comes next stands on top."""
    found = [(p.on, 0, p.pk, _told(p)) for p in progress]
    deeds = AuditEntry.objects.of_trail(f"project/{project.pk}").filter(verb__in=STATE_DEEDS, is_public=True)
    found += [(today(d.at), 1, d.pk, News(d.sentence, today(d.at), PartialDate.of(today(d.at)).house(), d.role)) for d in deeds]
    rows = [news for *_order, news in sorted(found, key=lambda row: row[:3], reverse=True)]
    ends_on = project.programme.ends_on
    if ends_on and project.state in (Project.State.PLANNED, Project.State.RUNNING):
        when = partial(ends_on, project.programme.precision).house()
        late = _("끝내기로 한 때가 지났어요.") if ends_on < day else ""
        rows.insert(0, News(_("일을 마칩니다"), ends_on, _("%(when)s까지") % {"when": when}, note=late, state="next"))
    return rows


def _told(line: Progress) -> News:
    title, note = headline(line.body)
    who = [_("%(n)s%% 했어요") % {"n": line.percent}] if line.percent is not None else []
    if line.photos:
        who.append(ngettext("사진 %(n)s장", "사진 %(n)s장", len(line.photos)) % {"n": len(line.photos)})
    return News(title, line.on, line.when, " · ".join(who), note)


def _came_from(project: Project, money: Sequence[SourceMoney]) -> list[News]:
    """The stones behind a project, the oldest first: its proposal, its vote, its money."""
    found = []
    proposal, item = project.proposal, project.ballot_item
    if proposal and proposal.is_public:
        found.append(
            News(
                _("제안: %(title)s") % {"title": proposal.title}, proposal.received_on, PartialDate.of(proposal.received_on).house(),
                _("%(name)s, 공감 %(n)s명") % {"name": proposal.public_name, "n": f"{proposal.endorsements:,}"},
                url=reverse("proposals:detail", args=[proposal.pk]), link=_("제안 보기"),
            )
        )  # fmt: skip
    result = ballots.result(item.ballot_id) if item else None
    place = next((r for r in result.items if item and r.number == item.number), None) if result else None
    if item and result and place:
        on = today(result.counted_at)
        found.append(
            News(
                _("%(ballot)s에서 %(rank)s위") % {"ballot": result.title, "rank": place.rank}, on, PartialDate.of(on).house(),
                _("%(n)s표") % {"n": f"{place.votes:,}"}, url=reverse("ballots:result", args=[item.ballot_id]), link=_("투표 결과 보기"),
            )
        )  # fmt: skip
    on = today(project.adopted_at)
    amounts = ", ".join(f"{s.source} {won(s.money.appropriated_won)}" for s in money)
    found.append(News(_("예산을 정하고 사업이 되었어요"), on, PartialDate.of(on).house(), amounts))
    end = {"planned": _("시작을 준비하고 있어요"), "running": _("하고 있어요"), "stopped": _("멈춰 있어요"), "done": _("마쳤어요")}
    done_on = today(project.done_at) if project.done_at else on
    when = PartialDate.of(done_on).house() if project.done_at else period_of(project.programme)
    found.append(News(end[project.state], done_on, when, state="done" if project.state == "done" else "now"))
    return found


def _spot(project: Project, town: Any) -> tuple[DongMap | None, str, str]:
    proposal = project.proposal
    if proposal is None or not proposal.is_public or proposal.map_x is None or proposal.map_y is None:
        return None, "", proposal.spot if proposal and proposal.is_public else ""
    drawn = map_of(town.place.slug, project.place.slug)
    return drawn, drawn.pin(proposal.map_x, proposal.map_y) if drawn else "", proposal.spot


def _department(project: Project) -> str:
    row = project.programme.department
    if row is None:
        return ""
    return f"{row.parent.name} {row.name}" if row.parent and row.kind == "team" else row.name


def _contact(project: Project, phone: str) -> str:
    """The number to call: the town's, its last part replaced by the department's extension when both are known."""
    row = project.programme.department
    if not (phone and row and row.extension.isdigit() and phone.count("-") >= 1):
        return phone
    return f"{phone.rsplit('-', 1)[0]}-{row.extension}" if len(row.extension) == 4 else phone
