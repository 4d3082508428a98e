from datetime import date

import pytest

from madang.ground.clock import KST
from madang.processes.blueprints import BLUEPRINTS, Offset
from madang.processes.figures import suggested
from tests.processes.makers import a_process


def test_an_offset_counts_months_then_days_then_to_a_weekday() -> None:
    start = date(2021, 1, 31)
    assert Offset().of(start).isoformat() == "2021-01-31T00:00:00+09:00"
    assert Offset(months=1).of(start).date() == date(2021, 2, 28)
    assert Offset(months=12, days=1).of(start).date() == date(2022, 2, 1)
    assert Offset(weekday=5).of(start).date() == date(2021, 2, 6)
    assert Offset(weekday=6, hour=14).of(start).isoformat() == "2021-01-31T14:00:00+09:00"
    assert Offset(days=-14).of(date(2020, 7, 17)).date() == date(2020, 7, 3)


@pytest.mark.django_db
def test_the_district_vote_runs_seven_days_from_17_july() -> None:
    process = a_process(blueprint="district_vote", year=2020, starts_on=date(2020, 7, 17))
    vote = process.steps.get(kind="ballot")
    assert vote.opens_at.astimezone(KST).date() == date(2020, 7, 17)
    assert vote.closes_at.astimezone(KST).isoformat() == "2020-07-24T00:00:00+09:00"
    assert (vote.closes_at - vote.opens_at).days == 7
    vote.process = process
    assert suggested(vote)["picks_max"] == 6


@pytest.mark.django_db
def test_a_dongs_year_runs_as_the_year_at_a_glance_says() -> None:
    process = a_process(blueprint="assembly_year")
    days = {s.title: (s.opens_at.astimezone(KST), s.closes_at.astimezone(KST)) for s in process.steps.all()}
    assert days["생각 모으기"][0].date() == date(2021, 1, 1)
    assert days["생각 모으기"][1].date() == date(2021, 5, 1)
    assert days["정책검토회"][0].date() == date(2021, 5, 12)
    assert (days["총회 알리기"][1] - days["총회 알리기"][0]).days >= 14
    assert days["주민총회"][0].weekday() == 5
    assert days["주민총회"][0].date() == date(2021, 6, 12)
    assert days["주민투표"][1].date() == days["주민총회"][0].date()
    assert days["결과 알리기"][0].date() == date(2021, 7, 1)


def test_every_blueprint_names_itself() -> None:
    for slug, blueprint in BLUEPRINTS.items():
        assert blueprint.slug == slug
        assert "2021" in blueprint.title_for(year=2021, place="독산2동")
        assert blueprint.level in ("district", "dong")
        assert blueprint.requires <= {"department", "council"}
