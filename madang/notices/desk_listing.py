"""What the desk shows: one row for what one deed told, with how far it came. Reads only; counts people, names nobody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy

from madang.ground.clock import kst
from madang.ground.town import Town
from madang.notices.forms import STANDS
from madang.notices.models import Delivery, Notice, NoticeQuerySet
from madang.notices.problems import CODES, code_of
from madang.notices.sentences import kind_words, matter
from madang.notices.words import REASONS

TOGETHER = ("at", "kind", "url", "place_id")  # what one deed told: one moment, one kind, one matter
STAND_OF = {state: stand for stand, (_words, states) in STANDS.items() for state in states}
COLUMNS = (
    gettext_lazy("때"), gettext_lazy("알린 것"), gettext_lazy("대상"), gettext_lazy("화면 주소"), gettext_lazy("동네"),
    gettext_lazy("사람"), gettext_lazy("알림함에서 읽음"),
    gettext_lazy("메일 보냄"), gettext_lazy("메일 기다림"), gettext_lazy("메일 실패"),
    gettext_lazy("문자 보냄"), gettext_lazy("문자 기다림"), gettext_lazy("문자 실패"),
)  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """How many messages of one channel went out, wait or failed."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Told:
    """One row: what was told, of what, how many people, how far it came. `pk`: one notice of it, its address at the desk."""

    pk: int
    at: datetime
    kind: str
    about: str
    url: str
    place: str
    people: int
    read: int
    mail: Stand
    text: Stand

    @property
    def asked(self) -> str:
        """This row alone, in the query of the page of failures."""
        return f"notice={self.pk}"


@dataclass(frozen=True)
class Trouble:
    """One group of failures: messages, people, matters and when they were told."""

    channel: str
    channel_words: Any
    problem: str
    words: Any
    count: int
    people: int
    first: datetime
    last: datetime


def places_of(town: Town) -> list[int]:
    """The town and its dong."""
    return [town.pk, *(d.pk for d in town.dongs)]


def name_of(town: Town, place_id: int) -> str:
    """A place's name in the reader's language."""
    place = town.place_of(place_id)
    return "" if place is None else place.name_shown


def stretch(chosen: Mapping[str, Any]) -> dict[str, datetime]:
    """The chosen days as moments: from the first one's start to the end of the last."""
    days: dict[str, datetime] = {}
    if on := chosen.get("since"):
        days["since"] = kst(on.year, on.month, on.day)
    if on := chosen.get("until"):
        days["until"] = kst(on.year, on.month, on.day) + timedelta(days=1)
    return days


def narrowed(town: Town, chosen: Mapping[str, Any]) -> NoticeQuerySet:
    """By kind and days."""
    rows, days = Notice.objects.in_places(places_of(town)), stretch(chosen)
    for name, value in (("kind", chosen.get("kind")), ("at__gte", days.get("since")), ("at__lt", days.get("until"))):
        rows = rows.filter(**{name: value}) if value else rows
    return rows


def together(rows: NoticeQuerySet, chosen: Mapping[str, Any]) -> QuerySet[Notice, dict[str, Any]]:
    """One row a deed, newest first; with a state or a channel chosen, those that have such a message among theirs."""
    asked: dict[str, Any] = {}
    if "state" in chosen:
        asked["deliveries__state__in"] = STANDS[chosen["state"]][1]
    if "channel" in chosen:
        asked["deliveries__channel"] = chosen["channel"]
    rows = rows.filter(**asked) if asked else rows
    return rows.order_by().values(*TOGETHER).annotate(first=Min("pk")).order_by("-at", "kind", "url", "place_id")


def told_rows(groups: Iterable[dict[str, Any]], *, town: Town) -> list[Told]:
    """The rows as page and file show them. Three queries, however many."""
    groups = list(groups)
    if not groups:
        return []
    moments, kinds = [g["at"] for g in groups], {g["kind"] for g in groups}
    near = Notice.objects.in_places(places_of(town)).filter(at__range=(min(moments), max(moments)), kind__in=kinds).order_by()
    people = {_key(g): (g["n"], g["seen"]) for g in near.values(*TOGETHER).annotate(n=Count("pk"), seen=Count("read_at"))}
    stands = _stands(near)
    firsts = Notice.objects.in_bulk([g["first"] for g in groups])
    return [
        Told(
            g["first"], g["at"], kind_words(g["kind"]), matter(firsts[g["first"]]), g["url"], name_of(town, g["place_id"]),
            *people.get(_key(g), (0, 0)), *(stands.get((*_key(g), channel), Stand()) for channel in ("mail", "text")),
        )
        for g in groups
        if g["first"] in firsts  # somebody may be erased between two questions
    ]  # fmt: skip


def _key(group: Mapping[str, Any], before: str = "") -> tuple[Any, ...]:
    return tuple(group[before + name] for name in TOGETHER)


def _stands(notices: NoticeQuerySet) -> dict[tuple[Any, ...], Stand]:
    rows = Delivery.objects.filter(notice__in=notices).order_by()
    counts: dict[tuple[Any, ...], dict[str, int]] = {}
    for row in rows.values(*(f"notice__{name}" for name in TOGETHER), "channel", "state").annotate(n=Count("pk")):
        stand = counts.setdefault((*_key(row, "notice__"), row["channel"]), {})
        stand[STAND_OF[row["state"]]] = stand.get(STAND_OF[row["state"]], 0) + row["n"]
    return {key: Stand(**found) for key, found in counts.items()}


def tally(notices: NoticeQuerySet, channel: str = "") -> dict[str, int]:
    """How many people were told and have read it, and how many messages went out, wait or failed. Two queries."""
    told = notices.aggregate(told=Count("pk"), read=Count("read_at"))
    rows = Delivery.objects.filter(notice__in=notices, **({"channel": channel} if channel else {}))
    return {**told, **rows.aggregate(**{stand: Count("pk", filter=Q(state__in=states)) for stand, (_words, states) in STANDS.items()})}


def troubles(notices: NoticeQuerySet, channel: str = "") -> list[Trouble]:
    """Failures by channel and reason, in the order of the reasons. One query."""
    rows = Delivery.objects.filter(notice__in=notices, **({"channel": channel} if channel else {})).failed().order_by()
    found: dict[tuple[str, str], Trouble] = {}
    words = dict(Delivery.Channel.choices)
    for row in rows.values("channel", "problem").annotate(
        n=Count("pk"), people=Count("notice__account", distinct=True), first=Min("notice__at"), last=Max("notice__at")
    ):
        code = code_of(row["problem"])
        was = found.get((row["channel"], code))
        found[row["channel"], code] = Trouble(
            row["channel"], words[row["channel"]], code, REASONS[code], row["n"] + (was.count if was else 0),
            row["people"] + (was.people if was else 0), min(row["first"], was.first) if was else row["first"],
            max(row["last"], was.last) if was else row["last"],
        )  # fmt: skip
    return sorted(found.values(), key=lambda t: (t.channel, CODES.index(t.problem)))


def cells_of(rows: Collection[Told]) -> Iterable[Sequence[Any]]:
    """The list as rows of a file, in the order of COLUMNS."""
    for t in rows:
        stands = (n for stand in (t.mail, t.text) for n in (stand.sent, stand.waiting, stand.failed))
        yield [t.at, t.kind, t.about, t.url, t.place, t.people, t.read, *stands]
