"""Numbers and lines for others: pure reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, DateField, FloatField, Func, IntegerField, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.comments.figures import counts
from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.town import town_of
from madang.methods import legal_clock, similarity
from madang.methods.bigrams import terms
from madang.methods.legal_clock import Clock, Pause
from madang.proposals.models import REACHED, ClockPause, Endorsement, Likeness, Proposal, ProposalFile, Review
from madang.proposals.wording import look_of, side_of, summary_of
from madang.residents.models import Resident

COMPARED = 200  # the latest ones that share a word with a new proposal
STAGES = ("received", "reviewed", "shortlisted", "adopted", "done")
# Pairs of syllables that stand in nearly every proposal say nothing about likeness.
COMMON_PAIRS = "주세 세요 해주 어주 니다 습니 입니 어요 아요 해요 예요 에요 있습 있어 합니 하는 에서 으로 는데 면좋 좋겠 겠어 겠습"
COMMON = frozenset(COMMON_PAIRS.split())


# The legal clock


def clock_of(proposal: Proposal, *, on: date, pauses: Iterable[ClockPause] | None = None) -> Clock:
    """The legal clock of a proposal as it reads on a day. `pauses`: its rows when the caller has them (a prefetch is used otherwise)."""
    rows = (proposal.pauses.all() if proposal.pk else ()) if pauses is None else pauses
    ends_at = proposal.step.closes_at if proposal.law_class == Proposal.LawClass.SOLICITED else None
    off = town_of(proposal.town_id).settings(on).extra_holidays
    return legal_clock.clock(
        proposal.law_class,
        proposal.received_on,
        [Pause(p.from_on, p.to_on, p.reason) for p in rows],
        on,
        campaign_ends_on=today(ends_at) if ends_at else None,
        extra=frozenset(date.fromisoformat(d) for d in off),
    )


def due_on(proposal: Proposal, *, on: date, pauses: Iterable[ClockPause] | None = None) -> date:
    """The day to store in `due_on` after anything that moves the clock."""
    return clock_of(proposal, on=on, pauses=pauses).due_on


@dataclass(frozen=True)
class Due:
    """What waits for an answer on a day, by its due date."""

    waiting: int
    overdue: int
    today: int
    this_week: int  # due within seven days, today's left out
    no_department: int


def due(town_id: int, on: date, place_id: int | None = None, department_id: int | None = None) -> Due:
    """Counts of proposals that wait for an answer in a town, or in one dong or department of it. One query."""
    rows = Proposal.objects.in_town(town_id).answerable()
    if place_id:
        rows = rows.in_place(place_id)
    if department_id:
        rows = rows.filter(department_id=department_id)
    week = date.fromordinal(on.toordinal() + 7)
    found = rows.aggregate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        today=Count("pk", filter=Q(due_on=on)),
        this_week=Count("pk", filter=Q(due_on__gt=on, due_on__lte=week)),
        no_department=Count("pk", filter=Q(department__isnull=True)),
    )
    return Due(**found)


# The funnel and the times


@dataclass(frozen=True)
class Stage:
    """One stage of the funnel and the list that holds exactly these proposals."""

    name: str
    label: Any
    count: int
    url: str


@dataclass(frozen=True)
class Funnel:
    """Public proposals of a year by how far they came. `query` is the list's query string without the stage."""

    submitted: int
    reviewed: int
    shortlisted: int
    adopted: int
    rejected: int
    done: int
    query: str

    @property
    def stages(self) -> list[Stage]:
        """In the order of the way, each with its list."""
        rows = (
            ("received", _("올라온 제안"), self.submitted),
            ("reviewed", _("부서가 살펴본 제안"), self.reviewed),
            ("shortlisted", _("총회 의제 후보"), self.shortlisted),
            ("adopted", _("하기로 한 제안"), self.adopted),
            ("rejected", _("하지 않기로 한 제안"), self.rejected),
            ("done", _("마친 제안"), self.done),
        )
        return [Stage(name, label, count, self.url(name)) for name, label, count in rows]

    def url(self, stage: str) -> str:
        """The address of the list behind a number."""
        return f"{reverse('proposals:list')}?{self.query}&stage={stage}"


def funnel(town_id: int, year: int, place_id: int | None = None) -> Funnel:
    """How far the public proposals received in a year came, in a town or one dong. Merged ones count once more where they were received."""
    rows = Proposal.objects.in_town(town_id).public().of_year(year)
    query = f"year={year}"
    if place_id:
        rows = rows.in_place(place_id)
        place = town_of(town_id).place_of(place_id)
        query += f"&dong={place.slug}" if place else ""
    named = {"submitted": "received", **{name: name for name in ("reviewed", "shortlisted", "adopted", "rejected", "done")}}
    found = rows.aggregate(**{key: Count("town", filter=REACHED[stage] or None) for key, stage in named.items()})
    return Funnel(**found, query=query)


@dataclass(frozen=True)
class StageTimes:
    """How long answers took for what was received in a year: days from receipt, and how many kept the legal day."""

    answered: int
    on_time: int
    late: int
    waiting: int
    median_days: float | None
    longest_days: int | None


class _Day(Func):
    """The Korean day of a moment, told by the database itself: Django's own way asks Python for every row on SQLite."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="date(%(expressions)s, '+9 hours')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s AT TIME ZONE 'Asia/Seoul')::date", **extra)


class _DaysFrom(Func):
    """Whole days from one day to another."""

    output_field = IntegerField()
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        first, last = (Func(day, function="julianday", output_field=FloatField()) for day in self.get_source_expressions())
        return compiler.compile(
            Func(last, first, template="CAST(%(expressions)s AS integer)", arg_joiner=" - ", output_field=IntegerField())
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        first, last = self.get_source_expressions()
        return compiler.compile(Func(last, first, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField()))


def stage_times(town_id: int, year: int, place_id: int | None = None) -> StageTimes:
    """Times of the answers to what a town received in a year. Withdrawn, merged and transferred ones need none."""
    rows = Proposal.objects.in_town(town_id).of_year(year)
    if place_id:
        rows = rows.in_place(place_id)
    decided_on = _Day("decided_at")
    taken = list(
        rows.filter(decided_at__isnull=False)
        .values_list(_DaysFrom("received_on", decided_on))
        .annotate(count=Count("*"), kept=Count("town", filter=Q(due_on__isnull=True) | Q(due_on__gte=decided_on)))
        .order_by()
    )
    days = sorted(day for day, count, _kept in taken for _ in range(count))
    kept = sum(row[2] for row in taken)
    return StageTimes(
        answered=len(days),
        on_time=kept,
        late=len(days) - kept,
        waiting=rows.answerable().count(),
        median_days=median(days) if days else None,
        longest_days=days[-1] if days else None,
    )


# Cards and lists


@dataclass(frozen=True)
class Card:
    """One proposal as parts/card_proposal.html draws it."""

    pk: int
    url: str
    title: str
    summary: str
    tone: str
    state: Any
    side: str
    endorsements: int
    threshold: int
    author: str
    dong: str
    category: str
    on: date
    comments: int | None
    photo: str = ""
    number: str = ""


CARD_FIELDS = (
    "pk", "title", "body", "state", "endorse_until", "due_on", "endorsements", "threshold", "public_name", "place_id", "town_id",
    "category", "received_on", "implement_on", "number", "form",
)  # fmt: skip


def cards(proposals: Iterable[Proposal], actor: Actor | None = None, *, at: datetime, photos: bool = False) -> list[Card]:
    """Cards of proposals in the given order: one query for the talk, one more for photos. Names of dong come from the kept town."""
    rows = list(proposals)
    talk = counts([f"proposal/{p.pk}" for p in rows]) if rows else {}
    pictures = first_photos([p.pk for p in rows]) if photos and rows else {}
    pattern = reverse("proposals:detail", args=[0])
    return [_card(p, pattern, at, talk.get(f"proposal/{p.pk}", 0), pictures.get(p.pk, "")) for p in rows]


def _card(p: Proposal, pattern: str, at: datetime, talk: int, photo: str) -> Card:
    tone, state = look_of(p, at=at)
    place = town_of(p.town_id).place_of(p.place_id)
    return Card(
        pk=p.pk, url=pattern.replace("/0/", f"/{p.pk}/"), title=p.title, summary=summary_of(p.body), tone=tone, state=state,
        side=side_of(p, at=at), endorsements=p.endorsements, threshold=p.threshold, author=p.public_name,
        dong=place.name_shown if place else "", category=p.category, on=p.received_on, comments=talk, photo=photo, number=p.number,
    )  # fmt: skip


def first_photos(proposal_ids: Sequence[int]) -> dict[int, str]:
    """The address of each proposal's first photo. One query."""
    rows = ProposalFile.objects.filter(proposal_id__in=proposal_ids, kind="photo", file__is_erased=False).select_related("file")
    found: dict[int, str] = {}
    for row in rows.order_by("proposal_id", "order", "pk"):
        found.setdefault(row.proposal_id, row.file.url)
    return found


@dataclass(frozen=True)
class Mine:
    """What a person proposed and what a person endorsed, newest first."""

    own: list[Card]
    endorsed: list[Card]


def of_resident(resident_id: int, *, at: datetime, most: int = 20) -> Mine:
    """A person's own proposals and the ones endorsed."""
    own = Proposal.objects.filter(author_id=resident_id).only(*CARD_FIELDS).order_by("-pk")[:most]
    marks = Endorsement.objects.filter(resident_id=resident_id, proposal__is_public=True).order_by("-pk").select_related("proposal")[:most]
    return Mine(cards(own, at=at), cards([m.proposal for m in marks], at=at))


def newest(town_id: int, *, at: datetime, place_id: int | None = None, most: int = 6) -> list[Card]:
    """The latest public proposals of a town or dong."""
    rows = Proposal.objects.in_town(town_id).public()
    if place_id:
        rows = rows.in_place(place_id)
    return cards(rows.only(*CARD_FIELDS).order_by("-pk")[:most], at=at)


def public_count(town_id: int, place_id: int | None = None) -> int:
    """How many proposals everybody may read."""
    rows = Proposal.objects.in_town(town_id).public()
    return (rows.in_place(place_id) if place_id else rows).count()


# People


def author_accounts(proposal_ids: Iterable[int]) -> list[int]:
    """Accounts of the authors (paper authors have none)."""
    rows = Resident.objects.filter(pk__in=Proposal.objects.filter(pk__in=list(proposal_ids)).values("author_id"), account__isnull=False)
    return list(rows.values_list("account_id", flat=True))


def audience(*proposal_ids: int) -> list[int]:
    """Accounts to tell when something is decided: the authors and everybody who endorsed, each once."""
    people = Q(pk__in=Endorsement.objects.filter(proposal_id__in=proposal_ids).values("resident_id"))
    author = Q(pk__in=Proposal.objects.filter(pk__in=proposal_ids, author__isnull=False).values("author_id"))
    return list(Resident.objects.filter(people | author, account__isnull=False).values_list("account_id", flat=True))


def touched(step: Any) -> list[int]:
    """Accounts that took part in a step: authors and endorsers, told when its dates change."""
    own = Q(pk__in=Proposal.objects.filter(step=step, author__isnull=False).values("author_id"))
    lent = Q(pk__in=Endorsement.objects.filter(proposal__step=step).values("resident_id"))
    return list(Resident.objects.filter(own | lent, account__isnull=False).values_list("account_id", flat=True))


# Likeness


def similar_to(text: str, *, town_id: int, but: int | None = None, most: int = 5, floor: float = 0.25) -> list[similarity.Match[int]]:
    """Public proposals of the town that seem to say the same: of the latest COMPARED that share a telling word, the most alike."""
    words = " ".join(dict.fromkeys(t for t in terms(text[:400]) if t not in COMMON and len(t) > 1))
    if not words:
        return []
    places = Place.objects.in_town(town_id).values("pk")
    rows = search.matching(words, any_word=True).filter(kind="proposal", place_id__in=places).exclude(subject_id=but or 0)
    latest = rows.order_by("-pk").values_list("subject_id", "title", "summary")[:COMPARED]
    corpus = {pk: f"{title}\n{summary}" for pk, title, summary in latest}
    return similarity.similar(text[:320], corpus, limit=most, floor=floor)


def likenesses(proposal_id: int, *, most: int = 5) -> list[Proposal]:
    """Public proposals like this one, the most alike first. One query."""
    pairs = Likeness.objects.filter(Q(newer_id=proposal_id) | Q(older_id=proposal_id)).select_related("newer", "older").order_by("-score")
    fields = [f"{side}__{name}" for side in ("newer", "older") for name in ("is_public", *CARD_FIELDS) if name != "pk"]
    light = pairs.only("newer_id", "older_id", *fields)
    others = [pair.older if pair.newer_id == proposal_id else pair.newer for pair in light[: most * 3]]
    return list({p.pk: p for p in others if p.is_public}.values())[:most]


# Papers


@dataclass(frozen=True)
class Heard:
    """What was said to a proposal, in numbers, and what its department found. `finding` is empty while no review stands."""

    pk: int
    url: str
    endorsements: int
    comments: int
    department: str
    finding: str


def heard(proposal_ids: Iterable[int]) -> dict[int, Heard]:
    """Public proposals by number, with their talk counted and the latest review. Three queries whatever their number."""
    rows = list(Proposal.objects.public().filter(pk__in=list(proposal_ids)).only("pk", "endorsements"))
    talk = counts([f"proposal/{p.pk}" for p in rows]) if rows else {}
    latest: dict[int, Review] = {}
    for review in Review.objects.filter(proposal__in=rows).select_related("department").order_by("-pk"):
        latest.setdefault(review.proposal_id, review)
    return {
        p.pk: Heard(
            p.pk, reverse("proposals:detail", args=[p.pk]), p.endorsements, talk.get(f"proposal/{p.pk}", 0),
            latest[p.pk].department.name if p.pk in latest else "", latest[p.pk].get_finding_display() if p.pk in latest else "",
        )
        for p in rows
    }  # fmt: skip
