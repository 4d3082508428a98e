"""Processes and steps for tests, made through the verbs."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import Place
from madang.ground.town import Town
from madang.processes import actions
from madang.processes.blueprints import BLUEPRINTS
from madang.processes.models import Process, Step
from tests import NOON
from tests.residents.makers import a_council, a_department, a_town

_numbers = count(1)
MADE = kst(2021, 1, 1)


def a_process(
    town: Town | None = None,
    blueprint: str = "always_open",
    place: Place | None = None,
    year: int = 2021,
    *,
    opened: bool = True,
    title: str | None = None,
    starts_on: date | None = None,
    at: datetime = MADE,
    **over: Any,
) -> Process:
    """A process of a blueprint, open since New Year. `place` defaults to the town, or to 독산2동 for a dong's blueprint."""
    town = town or a_town()
    chosen = BLUEPRINTS[blueprint]
    place = place or (town.dong("doksan2") if chosen.level == "dong" else town.place)
    if chosen.level == "dong":
        over.setdefault("council", a_council(town, place.slug))
    over.setdefault("department", a_department(town))
    process = actions.make_process(
        blueprint=blueprint, place=place, year=year, title=title or f"{chosen.title_for(year=year, place=place.name)} {next(_numbers)}",
        starts_on=starts_on or date(year, *chosen.starts), actor=SYSTEM, at=at, **over,
    )  # fmt: skip
    if opened:
        actions.open_process(process=process, actor=SYSTEM, at=at)
    return process


def a_step(
    kind: str = "proposals",
    town: Town | None = None,
    *,
    process: Process | None = None,
    place: Place | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    ends: bool = True,
    opened: bool = True,
    title: str = "단계",
    settings: dict | None = None,
    where: str = "동주민센터 3층",
    at: datetime = MADE,
) -> Step:
    """A step of a kind in a process of its own, under way at NOON: since a week before, for a week more (without end when `ends` is False).

    The process stands in `place` (a dong or the town); `opened=False` leaves it a draft."""
    town = town or a_town()
    if process is None:
        process = actions.make_process(
            blueprint="assembly_year" if place is not None and place.level == "dong" else "always_open",
            place=place or town.place, year=2021, title=f"과정 {next(_numbers)}",
            starts_on=date(2021, 1, 1), department=a_department(town), actor=SYSTEM, at=at,
        )  # fmt: skip
        for extra in process.steps.all():
            actions.drop_step(step=extra, actor=SYSTEM, at=at)
    opens_at = opens_at or NOON - timedelta(days=7)
    if closes_at is None and ends:
        closes_at = max(opens_at, NOON) + timedelta(days=7)
    step = actions.add_step(
        process=process, kind=kind, title=title, where=where, settings=settings, opens_at=opens_at, closes_at=closes_at, actor=SYSTEM, at=at
    )
    if opened and process.is_draft:
        actions.open_process(process=process, actor=SYSTEM, at=at)
    return Step.objects.select_related("process__place").get(pk=step.pk)
