"""Projects for tests, made through the verbs: a vote held in March, counted, and its winners adopted."""

from datetime import datetime, timedelta
from typing import Any

from madang.ballots.models import Ballot, BallotItem
from madang.ground.actor import SYSTEM
from madang.ground.town import Town
from madang.methods.partial_dates import PartialDate
from madang.projects import actions
from madang.projects.models import Project
from tests import NOON
from tests.ballots.makers import a_counted_ballot
from tests.budgets.makers import a_source
from tests.residents.makers import a_town

VOTED = NOON - timedelta(days=15)


def a_past_ballot(town: Town | None = None, dong: str = "doksan2", **over: Any) -> Ballot:
    """A vote of a dong that was over and counted ten days ago; items 1, 2 and 4 are funded, 3 is not."""
    return a_counted_ballot(
        town, dong, opens_at=NOON - timedelta(days=20), closes_at=NOON - timedelta(days=10), at=VOTED, **over
    )  # fmt: skip


def a_winner(ballot: Ballot | None = None, number: int = 1) -> BallotItem:
    """A funded item."""
    ballot = ballot or a_past_ballot()
    return BallotItem.objects.select_related("ballot__tally", "place", "proposal__department").get(ballot=ballot, number=number)


def a_project(item: BallotItem | None = None, *, at: datetime = NOON, year: int = 2021, **over: Any) -> Project:
    """A winner of 독산2동 taken up as a project of this year, with the ballot's amount from 구비."""
    made = actions.adopt(
        item=item or a_winner(), source=over.pop("source", None) or a_source(a_town()), year=year, actor=SYSTEM, at=at, **over
    )
    return again(made)


def again(project: Project) -> Project:
    """The project as a page would read it."""
    return Project.objects.select_related("programme__department", "place", "proposal", "ballot_item__ballot").get(pk=project.pk)


def a_running_project(item: BallotItem | None = None, **over: Any) -> Project:
    """One under way, with one line of news of March: 30 %."""
    project = a_project(item, **over)
    actions.report_progress(
        project=project, on=PartialDate(2021, 3), body="자리를 정했습니다. 주민 열 명이 함께 걸었습니다.", percent=30, actor=SYSTEM, at=NOON
    )
    return again(project)
