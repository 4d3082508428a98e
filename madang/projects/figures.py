"""What became of it: projects, their money and the town's funnel."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots.models import BallotItem, Tally
from madang.budgets.figures import Money, money_of
from madang.programmes.figures import Photo, progress_of
from madang.projects.models import Project
from madang.proposals.models import Proposal

TONES = {"planned": "info", "running": "time", "done": "good", "stopped": "bad"}


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
    money, progress = money_of(programmes), progress_of(programmes)
    found = []
    for p in rows:
        lines = progress.get(p.programme_id, ())
        photo = next((x for line in lines for x in line.photos), None)
        found.append(
            Card(
                p.pk, reverse("projects:detail", args=[p.pk]), p.programme.title, p.place.name, p.state, p.get_state_display(),
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


@dataclass(frozen=True)
class FunnelRow:
    """One number of the funnel and the list behind it."""

    key: str
    label: str
    value: int
    words: str
    url: str
    note: str = ""


def town_funnel(town_id: int, year: int, place_id: int | None = None) -> tuple[FunnelRow, ...]:
    """Submitted → reviewed → balloted → funded → done, for proposals received in a year; every number with its list."""
    rows = Proposal.objects.in_town(town_id).filter(received_on__year=year)
    if place_id and place_id != town_id:
        rows = rows.in_place(place_id)
    total = rows.aggregate(
        submitted=Count("pk"),
        reviewed=Count("pk", filter=Q(state__in=REVIEWED)),
    )
    items = BallotItem.objects.filter(proposal__in=rows, ballot__state__in=["noticed", "closed", "counted"])
    balloted = items.values("proposal_id").distinct().count()
    funded = _funded(items)
    projects = Project.objects.filter(proposal__in=rows)
    done = projects.filter(state="done").count()
    narrow = {"year": year, **({"place": place_id} if place_id and place_id != town_id else {})}

    def listed(name: str, **more: object) -> str:
        return f"{reverse(name)}?{urlencode({**narrow, **more})}"

    return tuple(
        FunnelRow(key, label, value, _("%(n)s건") % {"n": f"{value:,}"}, url)
        for key, label, value, url in (
            ("submitted", _("들어온 제안"), total["submitted"], listed("proposals:list", reached="submitted")),
            ("reviewed", _("부서가 검토"), total["reviewed"], listed("proposals:list", reached="reviewed")),
            ("balloted", _("투표에 오름"), balloted, listed("proposals:list", reached="balloted")),
            ("funded", _("하기로 함"), funded, listed("projects:list")),
            ("done", _("마침"), done, listed("projects:list", state="done")),
        )
    )


REVIEWED = ("shortlisted", "adopted", "rejected", "reconsideration", "implementing", "implemented")


def _funded(items: object) -> int:
    tallies = dict(Tally.objects.filter(ballot__items__in=items).values_list("ballot_id", "funded"))
    pairs = items.filter(ballot__in=tallies).values_list("ballot_id", "number", "proposal_id")  # type: ignore[attr-defined]
    return len({proposal for ballot, number, proposal in pairs if number in tallies[ballot]})


@dataclass(frozen=True)
class TownProjects:
    """Counts and money of a town's projects of one year."""

    total: int
    done: int
    running: int
    money: Money


def town_projects(town_id: int, year: int | None = None) -> TownProjects:
    """A town's projects of a year (all years when none is given) with their money."""
    rows = Project.objects.in_town(town_id)
    if year:
        rows = rows.filter(programme__year=year)
    counts = rows.aggregate(total=Count("pk"), done=Count("pk", filter=Q(state="done")), running=Count("pk", filter=Q(state="running")))
    sums = list(money_of(rows.values_list("programme_id", flat=True)).values())
    money = Money(sum(m.appropriated_won for m in sums), sum(m.committed_won for m in sums), sum(m.spent_won for m in sums))
    return TownProjects(counts["total"], counts["done"], counts["running"], money)


def dong_matrix(town_id: int, year: int) -> list[tuple[str, int, int]]:
    """(dong, projects, done) for a year in the dong's official order."""
    rows = (
        Project.objects.in_town(town_id)
        .filter(programme__year=year)
        .order_by("place__order")
        .values_list("place__name")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(state="done")))
    )
    return [(name, n, done) for name, n, done in rows]
