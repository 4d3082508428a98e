from datetime import timedelta

import pytest

from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import Place
from madang.processes import actions, rules
from madang.processes.checks import check_list, election_window, holidays_of, overlaps
from tests import NOON
from tests.processes.makers import a_process, a_step
from tests.residents.makers import a_resident, a_town, actor_of, an_official, elsewhere

pytestmark = pytest.mark.django_db


def who(role: str, dong: str | None = None, **over):
    return actor_of(an_official(a_town(), role, dong, **over))


def test_who_runs_processes_where() -> None:
    town = a_town()
    here, there = town.dong("doksan2").pk, town.dong("gasan").pk
    for role in ("coordinating_officer", "site_admin"):
        assert rules.may_run(who(role), town.pk, at=NOON)
        assert rules.may_run(who(role), here, at=NOON)
    dong = who("dong_officer", "doksan2")
    assert rules.may_run(dong, here, at=NOON)
    assert rules.may_run(dong, there, at=NOON).code == "process_not_yours"
    assert rules.may_run(dong, town.pk, at=NOON).code == "process_not_yours"
    assert rules.may_run(who("department_officer"), town.pk, at=NOON).code == "process_not_yours"
    assert rules.may_run(who("coordinating_officer", desk=False), town.pk, at=NOON).code == "desk_closed"
    assert rules.may_run(actor_of(a_resident()), town.pk, at=NOON).code == "officials_only"
    assert rules.may_run(SYSTEM, town.pk, at=NOON)
    admin = who("site_admin")
    other = Place.objects.create(level="district", code="1111000000", slug="jongno", name="종로구", name_en="Jongno-gu")
    assert rules.may_run(admin, other.pk, at=NOON).code == "process_not_yours"
    assert rules.may_run(elsewhere(admin), town.pk, at=NOON).code == "process_not_yours"


def test_a_deed_is_refused_with_the_moment_it_opens() -> None:
    step = a_step("survey")
    assert "3. 31." in rules.deed_open(step, "answer", at=NOON - timedelta(days=20)).sentence
    assert rules.deed_open(step, "answer", at=step.opens_at)
    assert not rules.deed_open(step, "answer", at=step.closes_at), "the end belongs to the time after"
    assert "4. 14." in rules.deed_open(step, "answer", at=step.closes_at).sentence


def test_what_is_missing_keeps_a_process_from_opening() -> None:
    process = a_process(blueprint="assembly_year", opened=False, department=None)
    verdict = rules.may_open(SYSTEM, process, at=kst(2021, 1, 1))
    assert verdict.code == "things_missing"
    assert "맡은 부서" in verdict.sentence
    step = process.steps.get(title="총회 알리기")
    actions.plan_dates(
        process=process, dates={step.pk: (step.opens_at, step.opens_at + timedelta(days=5))}, actor=SYSTEM, at=kst(2021, 1, 1)
    )
    missing = [str(c.title) for c in check_list(process, at=kst(2021, 1, 1)) if c.state == "missing"]
    assert any("적어도 14일" in text for text in missing), "a bylaw's period must be long enough from the beginning"


def test_a_later_steps_own_list_does_not_keep_the_process_from_opening() -> None:
    step = a_step("survey", opened=False, opens_at=NOON + timedelta(days=30))
    assert rules.may_open(SYSTEM, step.process, at=NOON)
    row = next(c for c in check_list(step.process, at=NOON) if str(c.title) == "설문의 물음")
    assert row.state == "maybe"
    assert not rules.may_open(SYSTEM, step.process, at=NOON + timedelta(days=31))


def test_a_step_without_its_end_is_missing() -> None:
    step = a_step("gathering", ends=False, opened=False)
    assert "닫는 때" in rules.may_open(SYSTEM, step.process, at=NOON).sentence


def test_overlaps_holidays_and_the_election_are_told() -> None:
    process = a_process(blueprint="assembly_year", opened=False)
    steps = list(process.steps.all())
    pairs = {(o.first.title, o.second.title): o.days for o in overlaps(steps)}
    assert pairs[("생각 모으기", "부서와 맞추기")] == 16
    assert pairs[("주민투표", "주민총회")] == 1
    assert holidays_of(steps[0])[0][1], "New Year's Day"
    assert not any("선거" in str(c.title) for c in check_list(process, at=NOON)), "nothing is said of an election nobody entered"
    actions.change_process(process=process, election_on=kst(2021, 4, 7).date(), actor=SYSTEM, at=NOON)
    row = next(c for c in check_list(process, at=NOON) if "선거" in str(c.title))
    assert row.state == "maybe"
    assert "생각 모으기" in row.title
    assert [d.isoformat() for d in election_window(kst(2021, 4, 7).date())] == ["2021-02-06", "2021-04-07"]


def test_closing_waits_for_the_last_step() -> None:
    step = a_step("work")
    assert rules.may_close(SYSTEM, step.process, at=NOON).code == "steps_still_open"
    assert rules.may_close(SYSTEM, step.process, at=step.closes_at)
    assert rules.may_close(SYSTEM, a_process(), at=NOON), "a step without an end ends with its process"
    assert rules.may_archive(SYSTEM, step.process, at=NOON).code == "no_such_move"
