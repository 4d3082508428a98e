"""What became of it: projects, their money and the town's funnel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots.models import BallotItem
from madang.budgets.figures import Money, money_of, total_of
from madang.ground.models import Place
from madang.ground.town import Town, town_of
from madang.methods.korean import percent
from madang.programmes.figures import Photo, progress_of
from madang.projects.models import Project
from madang.proposals.models import Proposal
from madang.proposals.onward_links import Link

TONES = {"planned": "info", "running": "time", "done": "good", "stopped": "bad"}
STAGES = ("submitted", "reviewed", "balloted", "funded", "done")
LISTED_BY_PROPOSALS = {"submitted": "received", "reviewed": "reviewed"}  # stage here -> stage of the proposals' own list


@dataclass(frozen=True)
class Card:
    """A project in a list."""

    pk: int
    url: str
    title: str
    place: str
    state: str
    state_name: str
    tone: str
    year: int
    percent: int
    money: Money
    news: str
    photo: Photo | None
    proposal_id: int | None
    path: tuple[tuple[str, bool], ...]


def cards(projects: Iterable[Project]) -> list[Card]:
    """Cards of projects with money, newest news and photo; four queries whatever the number."""
    rows = list(projects)
    programmes = [p.programme_id for p in rows]
    money, progress = (money_of(programmes), progress_of(programmes)) if rows else ({}, {})
    found = []
    for p in rows:
        lines = progress.get(p.programme_id, ())
        photo = next((x for line in lines for x in line.photos), None)
        found.append(
            Card(
                p.pk, reverse("projects:detail", args=[p.pk]), p.programme.title, p.place.name_shown, p.state, p.get_state_display(),
                TONES[p.state], p.programme.year, p.percent, money.get(p.programme_id, Money()), lines[0].body if lines else "",
                photo, p.proposal_id, stones(p),
            )
        )  # fmt: skip
    return found


def stones(project: Project) -> tuple[tuple[str, bool], ...]:
    """The path of one idea in five words, the present one marked."""
    now = {"planned": 2, "running": 3, "done": 4, "stopped": 3}[project.state]
    words = [_("제안"), _("투표"), _("예산"), _("멈춤") if project.state == "stopped" else _("하는 중"), _("마침")]
    return tuple((w, i == now) for i, w in enumerate(words))


# The funnel


@dataclass(frozen=True)
class FunnelRow:
    """One number of the funnel and the list behind it. `note` says which part of what came in it is."""

    key: str
    label: str
    value: int
    words: str
    url: str
    note: str = ""


def stage_names() -> dict[str, str]:
    """The five stages in the reader's words."""
    return {
        "submitted": _("들어온 제안"),
        "reviewed": _("부서가 살펴본 제안"),
        "balloted": _("투표에 오른 제안"),
        "funded": _("예산을 받은 제안"),
        "done": _("마친 제안"),
    }


def reached(stage: str, *, town_id: int, year: int, place_id: int | None = None) -> QuerySet[Proposal]:
    """Public proposals received in a year that came as far as a stage; each stage holds the next. `place_id`: exactly this place.

    `submitted` and `reviewed` are the proposals' own stages, so that a number here and the list it opens are the same question.
    Raises KeyError for an unknown stage."""
    rows = Proposal.objects.in_town(town_id).public().of_year(year)
    if place_id:
        rows = rows.in_place(place_id)
    if stage in LISTED_BY_PROPOSALS:
        return rows.stage(LISTED_BY_PROPOSALS[stage])
    listed = BallotItem.objects.filter(proposal__isnull=False, ballot__state__in=["noticed", "closed", "counted"])
    made = Project.objects.filter(proposal__isnull=False)
    behind = {"balloted": listed, "funded": made, "done": made.filter(state=Project.State.DONE)}
    return rows.filter(pk__in=behind[stage].values("proposal_id"))


def stage_url(stage: str, *, year: int, place: Place | None = None) -> str:
    """The list that holds exactly the proposals of a number. `place`: a dong, or the town for what is about all of it."""
    if stage in LISTED_BY_PROPOSALS and (place is None or place.level == Place.Level.DONG):
        query = {"year": year, **({"dong": place.slug} if place else {}), "stage": LISTED_BY_PROPOSALS[stage]}
        return f"{reverse('proposals:list')}?{urlencode(query)}"
    query = {"year": year, **({"dong": place.slug} if place else {}), "stage": stage}
    return f"{reverse('projects:funnel_list')}?{urlencode(query)}"


def town_funnel(town_id: int, year: int, place_id: int | None = None) -> tuple[FunnelRow, ...]:
    """Submitted → reviewed → balloted → funded → done, for proposals received in a year; every number with its list. Five queries."""
    place = town_of(town_id).place_of(place_id) if place_id and place_id != town_id else None
    counts = {s: reached(s, town_id=town_id, year=year, place_id=place.pk if place else None).count() for s in STAGES}
    return _rows(counts, year, place)


def _rows(counts: Mapping[str, int], year: int, place: Place | None) -> tuple[FunnelRow, ...]:
    names, first = stage_names(), counts["submitted"]
    return tuple(
        FunnelRow(
            stage, names[stage], n, _("%(n)s건") % {"n": f"{n:,}"}, stage_url(stage, year=year, place=place),
            _("들어온 것의 %(share)s") % {"share": percent(n, first)} if first and stage != "submitted" else "",
        )
        for stage, n in ((s, counts[s]) for s in STAGES)
    )  # fmt: skip


@dataclass(frozen=True)
class MatrixRow:
    """One place's five numbers, each (number, address of its list)."""

    place: str
    slug: str
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Matrix:
    """The funnel by dong in their official order, then what is about the whole town; the last row is the sum of the rows above."""

    rows: tuple[MatrixRow, ...]
    total: MatrixRow
    funnel: tuple[FunnelRow, ...]


def matrix(town: Town, year: int) -> Matrix:
    """Every dong's funnel of a year, five queries whatever the number of dong. Nothing proposed for the whole town: no row for it."""
    counts: dict[str, dict[int, int]] = {}
    for stage in STAGES:
        rows = reached(stage, town_id=town.pk, year=year).order_by().values_list("place_id").annotate(n=Count("pk"))
        counts[stage] = dict(rows)
    places = [*town.dongs, *([town.place] if counts["submitted"].get(town.pk) else [])]
    found = tuple(
        MatrixRow(
            _("구 전체") if p.pk == town.pk else p.name_shown, p.slug,
            tuple((counts[s].get(p.pk, 0), stage_url(s, year=year, place=p)) for s in STAGES),
        )
        for p in places
    )  # fmt: skip
    sums = {s: sum(counts[s].values()) for s in STAGES}
    total = MatrixRow(_("합계"), "", tuple((sums[s], stage_url(s, year=year)) for s in STAGES))
    return Matrix(found, total, _rows(sums, year, None))


def funnel_years(town_id: int) -> list[int]:
    """Years in which public proposals came in, newest first."""
    return [d.year for d in Proposal.objects.in_town(town_id).public().dates("received_on", "year", order="DESC")]


@dataclass(frozen=True)
class Reached:
    """One proposal in the list behind a number: where it came from, what it is now."""

    proposal: Proposal
    place: str
    ballots: tuple[tuple[str, str], ...]  # title and address of each ballot it was on
    project: Card | None


def reached_rows(proposals: Iterable[Proposal]) -> list[Reached]:
    """Proposals with the ballots they were on and the projects they became; a fixed number of queries."""
    rows = list(proposals)
    ids = [p.pk for p in rows]
    ballots: dict[int, list[tuple[str, str]]] = {}
    items = BallotItem.objects.filter(proposal__in=ids, ballot__state__in=["noticed", "closed", "counted"]).select_related("ballot")
    for item in items.order_by("pk"):
        name = "ballots:result" if item.ballot.state == "counted" else "ballots:detail"
        ballots.setdefault(item.proposal_id or 0, []).append((item.ballot.title, reverse(name, args=[item.ballot_id])))
    made = Project.objects.filter(proposal__in=ids).select_related("programme", "place")
    projects = {c.proposal_id: c for c in cards(made)}
    return [Reached(p, p.place.name_shown, tuple(ballots.get(p.pk, ())), projects.get(p.pk)) for p in rows]


# Sums for others


@dataclass(frozen=True)
class TownProjects:
    """Counts and money of a town's projects of one year."""

    total: int
    done: int
    running: int
    money: Money


def town_projects(town_id: int, year: int | None = None) -> TownProjects:
    """A town's projects of a year (all years when none is given) with their money. Two queries."""
    rows = Project.objects.in_town(town_id)
    if year:
        rows = rows.of_year(year)
    counts = rows.aggregate(total=Count("pk"), done=Count("pk", filter=Q(state="done")), running=Count("pk", filter=Q(state="running")))
    return TownProjects(counts["total"], counts["done"], counts["running"], total_of(rows.values("programme_id")))


def dong_matrix(town_id: int, year: int) -> list[tuple[str, int, int]]:
    """(dong, projects, done) for a year in the dong's official order."""
    rows = (
        Project.objects.in_town(town_id)
        .of_year(year)
        .order_by("place__order")
        .values_list("place__name")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(state="done")))
    )
    return [(name, n, done) for name, n, done in rows]


# Onward: what a proposal and a ballot's item became


def links_onward(proposal_ids: list[int]) -> dict[int, list[Link]]:
    """Proposal -> the projects it became. One query."""
    return _links("proposal_id", proposal_ids)


def links_of_items(item_ids: list[int]) -> dict[int, list[Link]]:
    """Ballot item -> the project it became. One query."""
    return _links("ballot_item_id", item_ids)


def _links(field: str, ids: list[int]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for p in Project.objects.filter(**{f"{field}__in": ids}).select_related("programme").order_by("pk"):
        link = Link(_("사업: %(title)s") % {"title": p.programme.title}, reverse("projects:detail", args=[p.pk]), p.get_state_display())
        found.setdefault(getattr(p, field), []).append(link)
    return found
