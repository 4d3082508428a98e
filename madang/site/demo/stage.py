"""What the demo's scenes share: the town, its people as Actors, the dice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from madang.ground.actor import Actor
from madang.ground.clock import kst
from madang.ground.models import Place
from madang.processes.models import Process, Step
from madang.proposals.models import Proposal
from madang.residents.models import Department, Resident
from madang.site.demo.source import SEED

Row = TypeVar("Row")


@dataclass
class Stage:
    """The demo town while it is being played. `tick` is called once per deed that takes a while, for the progress bar."""

    tick: Callable[[str], None]
    dice: Random = field(default_factory=lambda: Random(SEED))
    town: Place | None = None
    places: dict[str, Place] = field(default_factory=dict)  # by Korean name, the district included
    departments: dict[str, Department] = field(default_factory=dict)
    officials: dict[str, Actor] = field(default_factory=dict)  # by demo username, desk open
    neighbours: dict[str, list[Actor]] = field(default_factory=dict)  # residents with an account, by name of dong
    on_paper: dict[str, list[Resident]] = field(default_factory=dict)  # residents without one
    people: dict[str, Actor] = field(default_factory=dict)  # the demo's own residents
    processes: dict[tuple[int, str], Process] = field(default_factory=dict)  # (year, name of place)
    steps: dict[tuple[int, str, str], Step] = field(default_factory=dict)  # (year, name of place, kind)
    proposals: dict[str, Proposal] = field(default_factory=dict)  # by slug
    written: set[tuple[int, str]] = field(default_factory=set)  # (year, fate) of what the demo's resident wrote

    @property
    def district(self) -> Place:
        assert self.town is not None
        return self.town

    @property
    def coordinator(self) -> Actor:
        return self.officials["coordinator"]

    def officer_of(self, department: str) -> Actor:
        """The coordinating officer acting for a department: the demo has one officer account per kind, not per department."""
        return self.officials["parks"] if department == "공원녹지과" else self.coordinator


def working_time(day: date, dice: Random) -> datetime:
    """A moment of an office day."""
    return kst(day.year, day.month, day.day, dice.randint(9, 17), dice.randint(0, 59))


def any_time(day: date, dice: Random) -> datetime:
    """A moment at which people are awake."""
    return kst(day.year, day.month, day.day, dice.randint(7, 22), dice.randint(0, 59))


def day_of(text: str) -> date:
    """`2020-05-08`, or the first of `2020-05`."""
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def workday_after(day: date, days: int) -> date:
    """The first weekday `days` or more after a day."""
    found = day + timedelta(days=days)
    while found.weekday() > 4:
        found += timedelta(days=1)
    return found


def with_desk(actor: Actor, desk_id: int) -> Actor:
    """The same official with a desk open."""
    return replace(actor, desk_id=desk_id)


def in_turn(rows: Iterable[Row], say: Callable[[str], None], words: str) -> Iterator[Row]:
    """The rows, one tick each."""
    for row in rows:
        yield row
        say(words)
