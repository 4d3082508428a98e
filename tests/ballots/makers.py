"""Votes for tests, made through the verbs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from madang.ballots import actions
from madang.ballots.models import Ballot
from madang.ground.actor import SYSTEM
from madang.ground.models import Place
from madang.ground.town import Town
from madang.processes.models import Step
from tests import NOON
from tests.processes.makers import a_step
from tests.proposals.makers import a_shortlisted_proposal
from tests.residents.makers import a_resident, a_town, actor_of

TITLES = ("골목 그늘막 세 곳", "어르신 쉼 의자", "학교 앞 바닥 조명", "작은도서관 밤 열기", "한 평 정원", "재활용 정거장")
COSTS = (30_000_000, 20_000_000, 45_000_000, 10_000_000, 15_000_000, 5_000_000)
BUDGET = 60_000_000
OPENS, CLOSES = NOON - timedelta(days=1), NOON + timedelta(days=6)
BEFORE = OPENS - timedelta(days=7)  # when it is filled and announced


def a_ballot_step(
    town: Town | None = None, dong: str | None = "doksan2", *, opens_at: datetime = OPENS, closes_at: datetime = CLOSES, **over: Any
) -> Step:
    """A step of the kind ballot, under way at NOON. `dong=None`: the whole town's."""
    town = town or a_town()
    place: Place = town.dong(dong) if dong else town.place
    return a_step("ballot", town, place=place, opens_at=opens_at, closes_at=closes_at, title="주민투표", **over)


def a_ballot(
    town: Town | None = None,
    dong: str | None = "doksan2",
    *,
    items: int = 4,
    costs: Sequence[int] = COSTS,
    titles: Sequence[str] = TITLES,
    noticed: bool = True,
    filled: bool = True,
    step: Step | None = None,
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    **rules: Any,
) -> Ballot:
    """A vote of 독산2동 (of the whole town with `dong=None`) on shortlisted proposals, announced and open at NOON.

    By default: up to 3 of 4 items (30, 20, 45 and 10 million won) within 60 million won, from 15 years, residence proved."""
    town = town or a_town()
    step = step or a_ballot_step(town, dong, opens_at=opens_at, closes_at=closes_at)
    values = {
        "title": "2021 독산2동 주민총회 투표", "picks_max": 3, "budget_won": BUDGET, "quorum": 3, "min_age": 15,
        "reference_on": date(2021, 4, 1), "electorate_size": 18_000, "electorate_source": "2021년 3월 말 주민등록 인구", **rules,
    }  # fmt: skip
    made_at = min(BEFORE, (step.opens_at or BEFORE) - timedelta(days=7))
    ballot = actions.make_ballot(step=step, actor=SYSTEM, at=made_at, **values)
    if filled:
        named = zip(range(items), cycle(titles), cycle(costs), strict=False)
        proposals = [
            a_shortlisted_proposal(title=f"{t} {n // len(titles) or ''}".strip(), cost_won=c, dong=dong or "doksan2") for n, t, c in named
        ]
        actions.fill(ballot=ballot, proposals=proposals, actor=SYSTEM, at=made_at)
        if noticed:
            actions.announce(ballot=ballot, actor=SYSTEM, at=made_at)
    return Ballot.objects.select_related("step__process__place", "place").get(pk=ballot.pk)


def voted(ballot: Ballot, *papers: Sequence[int], at: datetime = NOON, dong: str = "doksan2") -> list[str]:
    """One new resident per paper votes online; returns the receipts."""
    return [actions.cast(ballot=ballot, picks=list(picks), actor=actor_of(a_resident(dong=dong, at=at), at=at), at=at) for picks in papers]


DEFAULT_PAPERS = ((1, 2), (1, 2, 4), (1, 3), (1,), (2, 4), (2,), (4,), (3, 4))


def a_counted_ballot(
    town: Town | None = None,
    dong: str | None = "doksan2",
    *,
    papers: Sequence[Sequence[int]] = DEFAULT_PAPERS,
    at: datetime = NOON,
    **over: Any,
) -> Ballot:
    """A vote that was held, closed and counted. With the default papers: items 1, 2 (4 votes each) and 4 (4 votes) are funded, 3 is not."""
    ballot = a_ballot(town, dong, **over)
    voted(ballot, *papers, at=at)
    over_at = ballot.step.closes_at + timedelta(minutes=1)
    actions.close(ballot=ballot, actor=SYSTEM, at=over_at)
    actions.count(ballot=ballot, actor=SYSTEM, at=over_at)
    return Ballot.objects.select_related("step__process__place", "place", "tally").get(pk=ballot.pk)
