"""Officials' face: what the town told its people, whether it arrived, and what did not go out sent again.

An officer reads counts and the name of the matter; who was told, where and in which words is the person's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.ground.audit import thing
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.models import AuditEntry
from madang.ground.verdict import Verdict
from madang.methods.text import whole_number
from madang.notices import actions
from madang.notices.desk_listing import (
    COLUMNS,
    Told,
    Trouble,
    cells_of,
    narrowed,
    places_of,
    stretch,
    tally,
    together,
    told_rows,
    troubles,
)
from madang.notices.failures import Failures
from madang.notices.forms import STANDS, DeskFilter, RetryForm
from madang.notices.models import Delivery, Notice
from madang.notices.problems import CODES, INTERRUPTED
from madang.notices.rules import may_retry, may_see_desk
from madang.notices.sentences import kind_words
from madang.notices.words import ADVICE, REASONS

A_PAGE = 50


@dataclass(frozen=True)
class Cell:
    """One number over the list that opens its rows."""

    figure: int
    label: Any
    url: str = ""
    tone: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class DeskListPage:
    cells: Sequence[Cell]
    filters: Sequence[Any]
    form: DeskFilter
    found: Page
    rows: Sequence[Told]
    failed: int
    query: str


@door(may_see_desk)
def listing(request: Request) -> HttpResponse:
    """One row for what one deed told, newest first; the same as a file with ?format=csv or xlsx."""
    town, form = request.town, DeskFilter(request.GET, today=today(request.at))
    chosen = form.chosen()
    notices = narrowed(town, chosen)
    groups = together(notices, chosen)
    if request.GET.get("format") in ("csv", "xlsx"):
        as_xlsx, title = request.GET["format"] == "xlsx", _("알린 것")
        return export(title, [str(c) for c in COLUMNS], cells_of(told_rows(groups, town=town)), as_xlsx=as_xlsx, title=title, at=request.at)
    part = Paginator(groups, A_PAGE).get_page(request.GET.get("page"))
    counts = tally(notices, chosen.get("channel", ""))
    content = DeskListPage(
        cells=_cells(counts, chosen.get("state", ""), request.GET),
        filters=[form[name] for name in form.fields],
        form=form,
        found=part,
        rows=told_rows(part.object_list, town=town),
        failed=counts["failed"],
        query=_query(request.GET, state="", page=""),
    )
    return page(request, "notices/desk_list.html", content)


def _cells(counts: Mapping[str, int], now: str, query: QueryDict) -> list[Cell]:
    tones = {"failed": "bad" if counts["failed"] else "", "waiting": "time" if counts["waiting"] else ""}
    opening = [
        Cell(counts[s], words, f"?{_query(query, state='' if s == now else s, page='')}", tones.get(s, ""), s == now)
        for s, (words, _states) in STANDS.items()
    ]
    return [Cell(counts["told"], _("알림함에 넣음")), Cell(counts["read"], _("알림함에서 읽음")), *opening]


def _query(query: QueryDict, **changes: str) -> str:
    copy = query.copy()
    for key, value in changes.items():
        copy.pop(key, None)
        if value:
            copy[key] = value
    return copy.urlencode()


# What one deed told


@dataclass(frozen=True)
class Way:
    """One channel of it: how many messages are in each state, and when the first and the last were taken up."""

    channel: str
    words: Any
    states: Mapping[str, int]
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class TellingPage:
    told: Told
    only_inbox: int
    ways: Sequence[Way]
    troubles: Sequence[Trouble]
    trail: Sequence[AuditEntry]
    crumbs: Sequence[tuple[str, Any]]


def _telling(request: Request, pk: int) -> Notice:
    """The first notice of what one deed told, found by any of them."""
    notice = found(Notice.objects.in_places(places_of(request.town)), pk=pk)
    return Notice.objects.told_with(notice).order_by("pk").first() or notice


@door(may_see_desk, load=_telling)
def telling(request: Request, notice: Notice) -> HttpResponse:
    """What one deed told: to how many, by which channels, what did not go out and why."""
    notices = Notice.objects.told_with(notice)
    group = {"at": notice.at, "kind": notice.kind, "url": notice.url, "place_id": notice.place_id, "first": notice.pk}
    (told,) = told_rows([group], town=request.town)
    content = TellingPage(
        told=told,
        only_inbox=notices.filter(deliveries__isnull=True).count(),
        ways=_ways(notices),
        troubles=troubles(notices),
        trail=list(_retries(request).filter(subject=thing(notice))[:20]),
        crumbs=[(reverse("notices:desk_list"), _("알린 것")), ("", told.kind)],
    )
    return page(request, "notices/desk_detail.html", content)


def _ways(notices: Any) -> list[Way]:
    rows = Delivery.objects.filter(notice__in=notices).order_by().values("channel", "state")
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows.annotate(n=Count("pk"), first=Min("sent_at"), last=Max("sent_at")):
        found.setdefault(row["channel"], []).append(row)
    return [
        Way(
            channel, words, {r["state"]: r["n"] for r in found[channel]},
            min((r["first"] for r in found[channel] if r["first"]), default=None),
            max((r["last"] for r in found[channel] if r["last"]), default=None),
        )
        for channel, words in Delivery.Channel.choices
        if channel in found
    ]  # fmt: skip


def _retries(request: Request) -> Any:
    return AuditEntry.objects.filter(verb="notice.retried", place_id=request.town.pk).order_by("-pk")


# What did not go out


@dataclass(frozen=True)
class TroublesPage:
    filters: Sequence[Any]
    form: DeskFilter
    troubles: Sequence[Trouble]
    query: str
    trail: Sequence[AuditEntry]
    crumbs: Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class FailuresPage:
    trouble: Trouble | None
    words: Any
    channel: Any
    advice: Any
    retryable: int
    found: Page
    rows: Sequence[Told]
    form: RetryForm
    may_retry: Verdict
    trail: Sequence[AuditEntry]
    crumbs: Sequence[tuple[str, Any]]


@door(may_see_desk)
def failures(request: Request) -> HttpResponse:
    """Failures by channel and reason; with ?channel and ?problem one such group, where it is sent again."""
    form = DeskFilter({**request.GET.dict(), "state": ""}, today=today(request.at))
    chosen = form.chosen()
    if "channel" in chosen and request.GET.get("problem") in CODES:
        return _one_group(request, chosen, request.GET["problem"])
    content = TroublesPage(
        filters=[form[name] for name in form.fields if name != "state"],
        form=form,
        troubles=troubles(narrowed(request.town, chosen), chosen.get("channel", "")),
        query=_query(request.GET, state="", channel="", problem="", page=""),
        trail=list(_retries(request)[:10]),
        crumbs=[(reverse("notices:desk_list"), _("알린 것")), ("", _("보내지 못한 것"))],
    )
    return page(request, "notices/desk_troubles.html", content)


def _one_group(request: Request, chosen: Mapping[str, Any], problem: str) -> HttpResponse:
    asked = whole_number(request.GET.get("notice", ""), digits=100)
    only = _telling(request, asked) if asked is not None else None
    group = Failures(
        request.town.pk, places_of(request.town), chosen["channel"], problem, kind=chosen.get("kind", ""), told_with=only, **stretch(chosen)
    )
    form = RetryForm(request.POST if request.method == "POST" else None, asks=problem == INTERRUPTED)
    if request.method == "POST" and form.is_valid():
        knows = form.cleaned_data.get("knowingly", False)
        count = actions.retry(failures=group, knowingly=knows, actor=request.actor, at=request.at)
        words = ngettext("%(n)s건을 다시 보냅니다. 1분쯤 뒤에 나갑니다.", "%(n)s건을 다시 보냅니다. 1분쯤 뒤에 나갑니다.", count)
        messages.success(request, words % {"n": count})
        return redirect(reverse("notices:desk_detail", args=[only.pk]) if only else "notices:desk_failures")
    return _group_page(request, group, form)


def _group_page(request: Request, group: Failures, form: RetryForm) -> HttpResponse:
    hit = group.notices().filter(deliveries__in=group.rows())
    part = Paginator(together(hit, {}), A_PAGE).get_page(request.GET.get("page"))
    above = [(reverse("notices:desk_list"), _("알린 것"))]
    if group.told_with is not None:
        above.append((reverse("notices:desk_detail", args=[group.told_with.pk]), kind_words(group.told_with.kind)))
    else:
        above.append((f"{reverse('notices:desk_failures')}?{_query(request.GET, channel='', problem='', page='')}", _("보내지 못한 것")))
    content = FailuresPage(
        trouble=next((t for t in troubles(hit, group.channel) if t.problem == group.problem), None),
        words=REASONS[group.problem],
        channel=Delivery.Channel(group.channel).label,
        advice=ADVICE[group.problem],
        retryable=group.rows().still_wanted(group.channel).count(),
        found=part,
        rows=told_rows(part.object_list, town=request.town),
        form=form,
        may_retry=may_retry(request.actor, group.town_id, at=request.at),
        trail=list(_retries(request)[:10]),
        crumbs=[*above, ("", REASONS[group.problem])],
    )
    return page(request, "notices/desk_failures.html", content, status=422 if form.errors else 200)
