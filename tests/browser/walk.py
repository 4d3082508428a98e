"""The people of the demo town at its own moment, and the pages each of them can reach. Used by the tests and by scripts/screens.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from madang.ground import clock
from madang.ground.models import Account, ClockShift, Place
from madang.residents import actions
from madang.residents.actors import actor_for
from madang.site.demo.people import people
from tests.browser.crawl import crawl

STARTS = ("/", "/my/", "/desk/", "/parts/", "/moderation/")


@dataclass(frozen=True)
class Sight:
    """One address of a named page and who can see it ("" is a visitor)."""

    name: str
    username: str
    address: str


def town_now() -> datetime:
    """The moment the demo's server lives in: the real one, moved by what the town's clock was set to."""
    row = ClockShift.objects.first()
    return timezone.now() + timedelta(seconds=row.seconds if row else 0)


def sights(*, each: int = 2) -> tuple[list[Sight], list[str], set[str]]:
    """Every page that somebody of the demo reaches by following links, once each; what went wrong on the way; every name led to.

    Opens the desk for those who hold a post."""
    town = Place.objects.towns().first()
    chosen: dict[str, Sight] = {}
    faults: list[str] = []
    named: set[str] = set()
    moment = town_now()
    with clock.fixed(moment):
        for username in ["", *(person.username for person in people())]:
            client = Client()
            if username:
                account = Account.objects.get(username=username)
                client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
                actor = actor_for(account, town_id=town.pk, at=moment)
                if actor.is_official:
                    actions.open_desk(account=account, reason="순회 점검", actor=actor, at=moment)
            found = crawl(client, STARTS, each=each)
            faults += [f"{username or 'visitor'}: {fault}" for fault in found.faults]
            named |= found.named
            for name, addresses in found.pages.items():
                chosen.setdefault(name, Sight(name, username, addresses[0]))
    return sorted(chosen.values(), key=lambda sight: (sight.username, sight.name)), faults, named
