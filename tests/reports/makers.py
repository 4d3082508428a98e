"""Papers for tests: a whole assembly year counted through the verbs, and papers on it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from madang.ballots import actions as ballots
from madang.ballots.models import Ballot
from madang.ground.actor import SYSTEM, Actor
from madang.ground.clock import kst
from madang.ground.models import Account
from madang.ground.town import Town
from madang.reports import actions
from madang.reports.models import OfficialPaper
from tests.ballots.makers import DEFAULT_PAPERS, a_ballot, voted
from tests.processes.makers import a_process
from tests.residents.makers import a_department, a_town, actor_of, an_official, open_desk_for

VOTING = kst(2021, 6, 8, 12)
AFTER = kst(2021, 7, 5, 10)


def an_assembly(town: Town | None = None, dong: str = "doksan2", **over: Any) -> Ballot:
    """The counted vote of a dong's assembly year 2021, with all steps of the blueprint around it."""
    town = town or a_town()
    process = a_process(town, "assembly_year", place=town.dong(dong), title=f"2021년 {town.dong(dong).name} 주민총회")
    step = process.steps.get(kind="ballot")
    over.setdefault("title", f"2021년 {town.dong(dong).name} 주민총회 투표")
    papers = over.pop("papers", DEFAULT_PAPERS)
    return counted(a_ballot(town, dong, step=step, **over), papers, dong, at=VOTING)


def counted(ballot: Ballot, papers: Sequence[Sequence[int]], dong: str, *, at: datetime) -> Ballot:
    """The vote held with these papers by people of a dong, closed and counted."""
    voted(ballot, *papers, at=at, dong=dong)
    over_at = ballot.step.closes_at + timedelta(minutes=1)
    ballots.close(ballot=ballot, actor=SYSTEM, at=over_at)
    ballots.count(ballot=ballot, actor=SYSTEM, at=over_at)
    return Ballot.objects.select_related("step__process__place", "place").get(pk=ballot.pk)


def a_town_vote(town: Town | None = None, **over: Any) -> Ballot:
    """The counted advisory vote of the whole town, 17–23 July 2021."""
    town = town or a_town()
    process = a_process(town, "district_vote", title="2021 나풀나풀 주민투표")
    over.setdefault("title", "2021 나풀나풀 온라인 투표")
    papers = over.pop("papers", DEFAULT_PAPERS)
    ballot = a_ballot(town, None, step=process.steps.get(kind="ballot"), **over)
    return counted(ballot, papers, "doksan2", at=kst(2021, 7, 20, 12))


def an_officer(role: str = "coordinating_officer", dong: str | None = None, at: datetime = AFTER, title: str = "") -> Account:
    """An official of 마을자치과 (or of a dong's office) with the desk open at `at`."""
    town = a_town()
    department = a_department(town, "마을자치과") if dong is None else a_department(town, f"{town.dong(dong).name} 주민센터", "dong_office")
    account = an_official(town, role, dong, department, desk=False, title=title)
    open_desk_for(account, at=at)
    return account


def acting(account: Account, at: datetime = AFTER) -> Actor:
    return actor_of(account, at=at)


def a_paper(ballot: Ballot | None = None, *, drafter: Account | None = None, at: datetime = AFTER, **typed: str) -> OfficialPaper:
    """A result report, drawn up and not signed."""
    ballot = ballot or an_assembly()
    drafter = drafter or an_officer(at=at, title="마을자치과 담당")
    return actions.draw_up(kind="assembly_result", subject_pk=ballot.pk, typed=typed, actor=acting(drafter, at), at=at)


def a_signed_paper(ballot: Ballot | None = None, *, at: datetime = AFTER, **over: Any) -> OfficialPaper:
    """Signed by the mayor's office."""
    paper = a_paper(ballot, at=at, **over)
    return actions.sign(paper=paper, actor=acting(an_officer("mayor_office", at=at, title="구청장실"), at), at=at)


def a_published_paper(ballot: Ballot | None = None, *, at: datetime = AFTER, **over: Any) -> OfficialPaper:
    """Signed and published by another officer of the coordinating department."""
    paper = a_signed_paper(ballot, at=at, **over)
    return actions.publish(paper=paper, actor=acting(an_officer(at=at), at), at=at)
