"""Plays the demo town through the verbs: two assembly years, 2020 finished and 2021 under way, seen from 10 June 2021."""

from collections.abc import Callable

from django.db import connection, transaction

from madang.ground import audit, clock
from madang.ground.models import ClockShift
from madang.site.demo import season, town, votes, work
from madang.site.demo.stage import Stage

TICKS = 330


def play(tick: Callable[[str], None]) -> Stage:
    """Fills an empty database with the demo town. `tick` hears what is being done, about TICKS times."""
    stage = Stage(tick)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # while the demo is being made: a lost demo is made again
    with transaction.atomic():
        town.build(stage)
    for scene in (
        lambda: season.open_year(stage, 2020),
        lambda: season.play_proposals(stage, 2020),
        lambda: votes.announce(stage, 2020),
        lambda: votes.vote(stage, 2020),
        lambda: votes.count(stage),
        lambda: work.papers(stage),
        lambda: work.adopt(stage),
        lambda: work.programmes(stage),
        lambda: season.close_year(stage, 2020),
        lambda: season.open_year(stage, 2021),
        lambda: season.play_proposals(stage, 2021),
        lambda: votes.announce(stage, 2021),
        lambda: votes.vote(stage, 2021),
        lambda: votes.questions(stage),
        lambda: votes.district_vote(stage),
    ):
        with transaction.atomic():
            scene()
    set_clock()
    while audit.seal(at=clock.now()):
        pass
    return stage


def set_clock() -> None:
    """The demo's now becomes NOW; it runs on from there."""
    ClockShift.objects.all().delete()
    clock.forget_shift()
    ClockShift.objects.create(seconds=int((season.NOW - clock.now()).total_seconds()))
    clock.forget_shift()
