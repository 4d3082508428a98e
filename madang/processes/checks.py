"""The check list before a process opens: what is missing, what to look at, what is done. Reads only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground import dates
from madang.ground.clock import KST, today
from madang.methods import korean
from madang.methods.workdays import public_holidays
from madang.processes.blueprints import BLUEPRINTS
from madang.processes.kinds import known_kind
from madang.processes.models import Process, Step
from madang.processes.words import REQUIRED

ELECTION_DAYS = 60  # 공직선거법 §86②: from 60 days before an election until the day itself


@dataclass(frozen=True)
class Check:
    """One line of the list. `state`: missing (keeps the process from opening), maybe (to look at), done."""

    state: str
    title: Any
    why: Any = ""
    url: str = ""
    link: Any = ""


@dataclass(frozen=True)
class Overlap:
    """Two steps that run at the same time, and for how many days."""

    first: Step
    second: Step
    days: int


def check_list(process: Process, *, at: datetime) -> list[Check]:
    """Everything to look at before opening, what is missing first."""
    steps = list(process.steps.all())
    for step in steps:
        step.process = process
    ahead = [s for s in steps if s.closed_at is None]  # nothing can be done any more about a step that is over
    rows = [*_required(process), *_dates(process, steps, at), *_kinds_own(ahead, at), *_holidays(ahead), *_election(process, steps)]
    return sorted(rows, key=lambda c: ("missing", "maybe", "done").index(c.state))


def overlaps(steps: Sequence[Step]) -> list[Overlap]:
    """Pairs of dated steps with an end that share time, in the order of the list."""
    dated = [(s, s.opens_at, s.closes_at) for s in steps if s.opens_at and s.closes_at]
    found = []
    for i, (first, first_opens, first_closes) in enumerate(dated):
        for second, second_opens, second_closes in dated[i + 1 :]:
            begin, end = max(first_opens, second_opens), min(first_closes, second_closes)
            if begin < end:
                last = today(end - timedelta(microseconds=1))
                found.append(Overlap(first, second, (last - today(begin)).days + 1))
    return found


def holidays_of(step: Step) -> list[tuple[date, str]]:
    """Public holidays on a step's first and last day, with their names; a plain Sunday has none."""
    days = dict.fromkeys(d for d in (today(step.opens_at) if step.opens_at else None, step.last_day) if d)
    return [(d, name) for d in days if (name := public_holidays(d.year).get(d, ""))]


def election_window(election_on: date) -> tuple[date, date]:
    """First and last day on which officials may not hold certain events before an election (공직선거법 §86②)."""
    return election_on - timedelta(days=ELECTION_DAYS), election_on


def _required(process: Process) -> Iterator[Check]:
    blueprint = BLUEPRINTS.get(process.blueprint)
    url = reverse("processes:desk_basics", args=[process.pk])
    for name in sorted(blueprint.requires if blueprint else (), reverse=True):
        there = getattr(process, f"{name}_id") is not None
        # A council may still be being formed when its agenda year begins.
        state = "done" if there else "missing" if name == "department" else "maybe"
        why = str(getattr(process, name)) if there else _("아직 고르지 않았습니다")
        yield Check(state, REQUIRED[name], why, "" if there else f"{url}#id_{name}")
    yield Check(
        "done" if process.summary else "maybe", _("주민에게 하는 소개"), "" if process.summary else _("목록과 첫 줄에 보입니다"),
        "" if process.summary else f"{url}#id_summary",
    )  # fmt: skip


def _dates(process: Process, steps: list[Step], at: datetime) -> Iterator[Check]:
    url = reverse("processes:desk_dates", args=[process.pk])
    if not steps:
        yield Check("missing", _("단계"), _("단계가 하나는 있어야 합니다"), url)
        return
    gaps = 0
    for step in steps:
        here = _dates_url(step)
        if step.opens_at is None:
            gaps += 1
            yield Check("missing", _("‘%(title)s’ 여는 때") % {"title": step.title}, _("언제 열리는지 정해지지 않았습니다"), here)
        elif step.closes_at is None and known_kind(step.kind).needs_end:
            gaps += 1
            yield Check("missing", _("‘%(title)s’ 닫는 때") % {"title": step.title}, _("언제까지인지 정해지지 않았습니다"), here)
        elif step.closes_at and step.closes_at <= at and process.is_draft:
            yield Check("maybe", _("‘%(title)s’ 기간이 이미 지났습니다") % {"title": step.title}, _("열면 바로 끝난 단계로 보입니다"), here)
    if not gaps:
        yield Check("done", _("단계 %(count)s개의 날짜") % {"count": len(steps)})


def _kinds_own(steps: list[Step], at: datetime) -> Iterator[Check]:
    for step in steps:
        for blocker in known_kind(step.kind).blockers(step, at=at):
            comes_later = step.opens_at is None or step.opens_at > at
            state = "missing" if blocker.is_serious and (blocker.holds_process or not comes_later) else "maybe"
            why = _("‘%(title)s’ 단계가 열리기 전까지") % {"title": step.title} if comes_later and state == "maybe" else step.title
            yield Check(state, blocker.what, why, blocker.url)


def _holidays(steps: list[Step]) -> Iterator[Check]:
    for step in steps:
        if step.always_open:
            continue
        for day, name in holidays_of(step):
            title = _("%(day)s %(name)s") % {"day": f"{day.month}. {day.day}.", "name": name}
            why = _("‘%(title)s’ 첫날이나 끝날입니다. 동주민센터가 쉽니다") % {"title": step.title}
            yield Check("maybe", title, why, _dates_url(step), _("보기"))


def _dates_url(step: Step) -> str:
    """Where a step's dates are changed: in the table of all while nobody has seen them, afterwards one by one with a reason."""
    if step.process.is_draft:
        return f"{reverse('processes:desk_dates', args=[step.process_id])}#step-{step.pk}"
    return reverse("processes:desk_redate", args=[step.pk])


def _election(process: Process, steps: list[Step]) -> Iterator[Check]:
    if not process.election_on:
        return
    begin, end = election_window(process.election_on)
    dated = [s for s in steps if s.opens_at and not s.always_open]
    inside = [s.title for s in dated if today(s.opens_at) <= end and (s.last_day or date.max) >= begin]
    words = _("%(begin)s부터 %(end)s까지 구청이 여는 행사가 제한될 수 있습니다(공직선거법 제86조).") % {
        "begin": dates.say_day(begin),
        "end": dates.say_day(end),
    }
    if inside:
        yield Check("maybe", _("선거 앞 60일과 겹치는 단계: %(titles)s") % {"titles": ", ".join(inside)}, words)
    else:
        yield Check("done", _("선거 앞 60일과 겹치지 않음"), words)


def span(opens_at: datetime | None, closes_at: datetime | None) -> str:
    """`2021. 5. 21.(금) ~ 2021. 6. 4.(금)` for the record; hours are said unless they are midnight."""
    if opens_at is None:
        return _("정하지 않음")
    first = korean.day(today(opens_at)) if _is_midnight(opens_at) else korean.moment(opens_at.astimezone(KST))
    if closes_at is None:
        return _("%(first)s부터") % {"first": first}
    if _is_midnight(closes_at):
        return f"{first} ~ {korean.day(today(closes_at - timedelta(microseconds=1)))}"
    return f"{first} ~ {korean.moment(closes_at.astimezone(KST))}"


def _is_midnight(moment: datetime) -> bool:
    local = moment.astimezone(KST)
    return (local.hour, local.minute) == (0, 0)
