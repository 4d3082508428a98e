"""The list behind the residents' page: narrowing, order, chips, and the rows of open data. Reads only."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.forms import choice_field
from madang.ground.town import Town
from madang.proposals.figures import CARD_FIELDS
from madang.proposals.forms import FilterForm
from madang.proposals.models import Endorsement, Proposal, ProposalQuerySet
from madang.proposals.wording import look_of

NUMBER = re.compile(r"\d{4}-제안-\d{4,}", re.ASCII)
STAGE_WORDS = {
    "reviewed": gettext_lazy("부서가 살펴본 제안"),
    "shortlisted": gettext_lazy("총회 의제 후보"),
    "adopted": gettext_lazy("하기로 한 제안"),
    "rejected": gettext_lazy("하지 않기로 한 제안"),
    "done": gettext_lazy("마친 제안"),
}
OPEN_DATA = (
    gettext_lazy("접수번호"), gettext_lazy("제목"), gettext_lazy("내용"), gettext_lazy("동"), gettext_lazy("분야"), gettext_lazy("쓴 방법"),
    gettext_lazy("접수 통로"), gettext_lazy("상태"), gettext_lazy("접수일"), gettext_lazy("공감"), gettext_lazy("공감 기준"),
    gettext_lazy("답변 기한"), gettext_lazy("어림한 돈(원)"), gettext_lazy("담당 부서"), gettext_lazy("하기로 한 때"),
)  # fmt: skip


class ClosingFirst:
    """Rows in two runs: those people may still endorse, the soonest to end first; then all others, the newest first.

    Two indexed runs instead of one sort over an expression, so that a page costs the same in a large town. Paginator needs no more."""

    def __init__(self, rows: QuerySet[Proposal], at: datetime) -> None:
        self.open = rows.filter(endorse_until__gt=at, state__in=Proposal.ENDORSABLE).order_by("endorse_until", "-pk")
        self.rest = rows.exclude(endorse_until__gt=at, state__in=Proposal.ENDORSABLE).order_by("-pk")
        self.all = rows
        self._counts: tuple[int, int] | None = None

    def _count(self) -> tuple[int, int]:
        if self._counts is None:
            self._counts = (self.open.count(), self.all.count())
        return self._counts

    def count(self) -> int:
        return self._count()[1]

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Proposal]:
        begin, end, first = wanted.start or 0, wanted.stop, self._count()[0]
        rows = list(self.open[begin:end]) if begin < first else []
        if end > first:
            rows += self.rest[max(begin - first, 0) : end - first]
        return rows

    def __iter__(self) -> Iterator[Proposal]:
        yield from self.open.iterator(chunk_size=500)
        yield from self.rest.iterator(chunk_size=500)


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class Narrowed:
    """What a list shows and why. `rows` may be counted, sliced and walked."""

    rows: Any
    chips: Sequence[Chip]
    where: str  # the heading's first word: a dong or nothing
    q: str
    clear_url: str
    has_filters: bool


def narrow(form: FilterForm, *, town: Town, actor: Actor, query: QueryDict, at: datetime) -> Narrowed:
    """Reads the filters of an address and gives the rows, in their order, and the chips that take each condition out."""
    chosen = form.chosen()
    rows = Proposal.objects.in_town(town.pk).public()
    chips: list[Chip] = []
    for name in ("q", "dong", "category", "state", "form", "mine"):
        value = chosen.get(name)
        if value:
            rows = rows.filter(_condition(name, value, town, actor))
            chips.append(Chip(_label(form, name, value), _without(query, name)))
    rows, more = _by_figures(rows, query)
    chips += more
    dong = town.dong(chosen.get("dong", ""))
    return Narrowed(
        # What was searched for is shown newest first: two runs would ask the search index four times.
        rows=_ordered(rows.only(*CARD_FIELDS), chosen.get("sort") or ("newest" if chosen.get("q") else "closing"), at),
        chips=chips,
        where=dong.name_shown if dong else "",
        q=chosen.get("q", ""),
        clear_url="?",
        has_filters=bool(set(chosen) - {"q"}) or bool(more),
    )


def _condition(name: str, value: str, town: Town, actor: Actor) -> Q:
    if name == "q":
        # A receipt number is looked up by itself: asked as one "or" with the words, neither index would be used.
        return Q(number=value.strip()) if NUMBER.fullmatch(value.strip()) else Q(pk__in=search.ids_matching("proposal", value))
    if name == "dong":
        dong = town.dong(value)
        return Q(place_id=dong.pk if dong else None)
    if name == "mine":
        own = Q(author_id=actor.resident_id)
        return own if value == "own" else Q(pk__in=Endorsement.objects.filter(resident_id=actor.resident_id or 0).values("proposal_id"))
    return Q(**{name: value})


def _label(form: FilterForm, name: str, value: str) -> str:
    if name == "q":
        return f"‘{value}’"
    return str(dict(choice_field(form, name).choices).get(value, value))


def _by_figures(rows: ProposalQuerySet, query: QueryDict) -> tuple[ProposalQuerySet, list[Chip]]:
    """Conditions that come with a number somebody opened: a year, a stage of the funnel, one step."""
    chips: list[Chip] = []
    year, stage, step = query.get("year", ""), query.get("stage", ""), query.get("step", "")
    if year.isdecimal() and len(year) == 4 and year.isascii() and int(year) > 1900:
        rows = rows.of_year(int(year))
        chips.append(Chip(_("%(year)s년") % {"year": year}, _without(query, "year")))
    if stage in STAGE_WORDS:
        rows = rows.stage(stage)
        chips.append(Chip(str(STAGE_WORDS[stage]), _without(query, "stage")))
    if step.isdecimal() and step.isascii() and len(step) < 18:
        rows = rows.filter(step_id=int(step))
        chips.append(Chip(_("이 과정의 제안"), _without(query, "step")))
    return rows, chips


def _without(query: Mapping[str, str], name: str) -> str:
    left = query.copy()  # type: ignore[attr-defined]
    left.pop(name, None)
    left.pop("page", None)
    return f"?{left.urlencode()}"


def _ordered(rows: QuerySet[Proposal], sort: str, at: datetime) -> Any:
    if sort == "endorsed":
        return rows.order_by("-endorsements", "-pk")
    return rows.order_by("-pk") if sort == "newest" else ClosingFirst(rows, at)


def open_rows(rows: Any, *, town: Town, at: datetime) -> Iterator[tuple[Any, ...]]:
    """Open data: what stands on the public pages, without the author. One walk over the rows, no query per row."""
    names = {p.pk: p.name for p in (town.place, *town.dongs)}
    more = ("cost_won", "channel", "department")
    runs = (rows.open, rows.rest) if isinstance(rows, ClosingFirst) else (rows,)
    for run in runs:
        for p in run.only(*CARD_FIELDS, *more, "department__name").select_related("department").iterator(chunk_size=500):
            yield (
                p.number, p.title, p.body, names.get(p.place_id, ""), p.category, p.get_form_display(), p.get_channel_display(),
                look_of(p, at=at)[1], p.received_on, p.endorsements, p.threshold, p.due_on, p.cost_won,
                p.department.name if p.department else "", p.implement_on,
            )  # fmt: skip


def count_words(count: int) -> str:
    """`48건`, for pages in either language."""
    return _("%(n)s건") % {"n": f"{count:,}"}
