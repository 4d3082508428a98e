"""The people of the demo town at its own moment, and the pages each of them can reach. Used by the tests and by scripts/screens.py."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from madang.ballots.models import Ballot
from madang.deliberation.models import Question
from madang.ground import clock
from madang.ground.actor import Actor
from madang.ground.models import Account, ClockShift, Place
from madang.processes.models import Process
from madang.projects.models import Project
from madang.proposals.models import Proposal
from madang.reports.models import OfficialPaper
from madang.residents import actions
from madang.residents.actors import actor_for
from madang.residents.models import Resident
from madang.site.demo.people import people
from tests.browser.crawl import crawl

# Pages one comes to by doing something first, or by a link that stands only in a letter.
BY_HAND = {
    "resident": ("/people/proof/contact/", "/people/proof/national/", "/ballots/?year=2020"),
    "moderator": ("/comments/desk/?which=all",),
    "coordinator": ("/desk/search/?q=길",),
}
# Whose eyes show a page best; else the first of the people who reaches it, a visitor before all.
BEST_SEEN_BY = {
    "ballots:vote": "resident",
    "proposals:write": "resident",
    "proposals:draft": "resident",
    "site:desk": "coordinator",
    "proposals:desk_list": "coordinator",
    "proposals:desk_detail": "coordinator",
    "residents:open_desk": "coordinator",
}
DRAFT = "a-proposal-on-the-way"
WORDS = {
    "title": "버스 정류장에 바람막이를 놓아 주세요",
    "body": "겨울이면 정류장에 바람이 그대로 들어옵니다. 어르신이 많이 타는 곳부터 바람막이를 놓아 주세요.",
    "cost": "1,200만원",
    "go": "1",
}


@dataclass(frozen=True)
class Sight:
    """One address of a named page and who can see it ("" is a visitor). `is_first` for one sight of each name."""

    name: str
    username: str
    address: str
    is_first: bool = True


@dataclass
class Walk:
    """Everything seen, what went wrong on the way, every name led to, and the cookies each person came out with."""

    seen: list[Sight] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def cookies_for(self, username: str, home: str) -> list[Any]:
        """For a browser's `add_cookies`."""
        return [{"name": name, "value": value, "url": home} for name, value in self.cookies[username].items()]


def town_now() -> datetime:
    """The moment the demo's server lives in: the real one, moved by what the town's clock was set to."""
    row = ClockShift.objects.first()
    return timezone.now() + timedelta(seconds=row.seconds if row else 0)


def walk(*, each: int = 2, casts: bool = False) -> Walk:
    """Every page that somebody of the demo reaches by following links; those who hold a post open their desk.

    Leaves behind what these people type on the way: one draft of a proposal, a basket in a session; with `casts` also a vote."""
    town = Place.objects.towns().get()
    whole = Walk()
    by_name: dict[str, dict[str, list[str]]] = {}
    moment = town_now()
    with clock.fixed(moment):
        for username in ["", *(person.username for person in people())]:
            client, actor = enter(username, town, moment)
            begun = [*starts(actor), *BY_HAND.get(username, ()), *typed(client, username, casts=casts), *states(username, actor)]
            found = crawl(client, begun, each=each)
            whole.faults += [f"{username or 'visitor'}: {fault}" for fault in found.faults]
            whole.named |= found.named
            whole.cookies[username] = {name: cookie.value for name, cookie in client.cookies.items() if cookie.value and name != "messages"}
            for name, addresses in found.pages.items():
                by_name.setdefault(name, {})[username] = addresses
                whole.seen += [Sight(name, username, a, is_first=False) for a in addresses if a in begun]
    firsts = [first_sight(name, seen_by) for name, seen_by in by_name.items()]
    told = {(sight.username, sight.address) for sight in firsts}
    whole.seen = firsts + [sight for sight in whole.seen if (sight.username, sight.address) not in told and is_worth(sight)]
    whole.seen.sort(key=lambda sight: (sight.username, sight.name, not sight.is_first))
    return whole


def first_sight(name: str, seen_by: dict[str, list[str]]) -> Sight:
    username = BEST_SEEN_BY.get(name, "")
    username = username if username in seen_by else next(iter(seen_by))
    return Sight(name, username, seen_by[username][0])


def is_worth(sight: Sight) -> bool:
    """The same page looks otherwise in another state, and to another person where it is about that person."""
    return sight.username in ("", "coordinator") or sight.name in ("site:home", "site:my", "site:desk", "proposals:draft")


def enter(username: str, town: Place, at: datetime) -> tuple[Client, Actor]:
    """Signed in, with the desk open where there is one."""
    client = Client()
    if not username:
        return client, Actor(town_id=town.pk)
    account = Account.objects.get(username=username)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    actor = actor_for(account, town_id=town.pk, at=at)
    if actor.is_official:
        actions.open_desk(account=account, reason="순회 점검", actor=actor, at=at)
        actor = actor_for(account, town_id=town.pk, at=at)
    return client, actor


def starts(actor: Actor) -> Iterator[str]:
    yield "/"
    yield "/parts/"
    if actor.is_signed_in:
        yield "/my/"
    if actor.is_official:
        yield "/desk/"


def typed(client: Client, username: str, *, casts: bool) -> Iterator[str]:
    """What people begin: the resident of 독산2동 a proposal and a vote up to the last look, the council's a vote that is cast."""
    if username == "coordinator":
        yield reverse("residents:desk_person", args=[Resident.objects.get(account__username="resident").pk])
    if username not in ("resident", "council"):
        return
    ballot = Ballot.objects.get(state="noticed", place__slug="doksan2")
    picks = {"pick": list(ballot.items.values_list("number", flat=True)[: ballot.picks_max])}
    review = reverse("ballots:review", args=[ballot.pk])
    if username == "resident":
        client.post(reverse("proposals:draft", args=[DRAFT, "what"]), WORDS)
        yield from (reverse("proposals:draft", args=[DRAFT, part]) for part in ("what", "where", "files", "check"))
        client.post(reverse("ballots:vote", args=[ballot.pk]), picks)
        yield reverse("ballots:vote", args=[ballot.pk])
        yield review
    elif casts:
        client.post(review, picks)
        yield reverse("ballots:receipt", args=[ballot.pk])


def states(username: str, actor: Actor) -> Iterator[str]:
    """One of each kind in each state: outside as a visitor, inside as the coordinating officer."""
    for model, area in ((Proposal, "proposals"), (Ballot, "ballots"), (Process, "processes"), (Project, "projects"),
                        (OfficialPaper, "reports"), (Question, "deliberation")):  # fmt: skip
        firsts: dict[str, Any] = {}
        if username == "":
            for thing in model.objects.visible_to(actor).order_by("-pk"):
                firsts.setdefault(thing.state, thing)
            yield from (reverse(f"{area}:detail", args=[thing.pk]) for thing in firsts.values())
        elif username == "coordinator":
            for thing in model.objects.order_by("pk"):
                firsts.setdefault(thing.state, thing)
            yield from (reverse(f"{area}:desk_detail", args=[thing.pk]) for thing in firsts.values())
