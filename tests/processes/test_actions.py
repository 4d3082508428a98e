from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from madang.ground import search
from madang.ground.actor import SYSTEM
from madang.ground.clock import KST, kst
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.notices.models import Notice
from madang.processes import actions
from madang.processes.models import Process, Step
from tests import NOON
from tests.processes.makers import a_process, a_step
from tests.residents.makers import a_town, actor_of, an_official

pytestmark = pytest.mark.django_db
BY = {"actor": SYSTEM, "at": NOON}


def refusal(call, **args) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**args)
    return caught.value.verdict.code


def test_making_records_and_refuses_the_same_again() -> None:
    process = a_process(title="금천1번가 2021")
    assert AuditEntry.objects.filter(trail=f"process/{process.pk}", verb="process.made").exists()
    place = process.place
    again = {"blueprint": "always_open", "place": place, "year": 2021, "starts_on": date(2021, 1, 1), **BY}
    assert refusal(actions.make_process, title="금천1번가 2021", **again) == "process_exists"
    assert refusal(actions.make_process, title="", **again) == "process_exists", "an empty title takes the blueprint's"
    assert refusal(actions.make_process, title="x", **{**again, "blueprint": "nothing"}) == "blueprint_unknown"
    assert refusal(actions.make_process, title="x", **{**again, "blueprint": "assembly_year"}) == "blueprint_place"
    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.create(place=place, blueprint="x", title="금천1번가 2021", year=2021, made_at=NOON)


def test_a_dong_officer_makes_only_her_dongs() -> None:
    town = a_town()
    actor = actor_of(an_official(town, "dong_officer", "doksan2"))
    args = {"blueprint": "assembly_year", "year": 2021, "title": "", "starts_on": date(2021, 1, 1), "actor": actor, "at": NOON}
    assert actions.make_process(place=town.dong("doksan2"), **args).title == "2021년 독산2동 주민총회"
    assert refusal(actions.make_process, place=town.dong("gasan"), **args) == "process_not_yours"


def test_copying_moves_every_date_a_year() -> None:
    process = a_process(blueprint="assembly_year", title="2021년 독산2동 주민총회")
    copy = actions.copy_process(process=process, year=2022, **BY)
    assert (copy.title, copy.state, copy.copied_from) == ("2022년 독산2동 주민총회", "draft", process)
    old, new = list(process.steps.all()), list(copy.steps.all())
    assert [(s.kind, s.title, s.settings) for s in old] == [(s.kind, s.title, s.settings) for s in new]
    assembly = next(s for s in new if s.title == "주민총회")
    assert assembly.opens_at.astimezone(KST).weekday() == 5, "a Saturday stays a Saturday"
    assert abs((assembly.opens_at.astimezone(KST).date() - date(2022, 6, 12)).days) <= 3
    assert new[0].closes_at.astimezone(KST).date() == date(2022, 5, 1), "a day of the month stays that day"
    assert refusal(actions.copy_process, process=process, year=2022, **BY) == "process_exists"


def test_planning_is_for_drafts_only() -> None:
    step = a_step("work", opened=False)
    assert actions.plan_dates(process=step.process, dates={step.pk: (None, None)}, **BY) == 1
    late = {step.pk: (NOON, NOON - timedelta(days=1))}
    assert refusal(actions.plan_dates, process=step.process, dates=late, **BY) == "end_before_opening"
    actions.drop_step(step=step, **BY)
    opened = a_step("work")
    assert refusal(actions.plan_dates, process=opened.process, dates={}, **BY) == "process_is_public"
    assert refusal(actions.drop_step, step=opened, **BY) == "process_is_public"
    assert refusal(actions.add_step, process=opened.process, kind="work", title="x", **BY) == "process_is_public"
    assert refusal(actions.discard_process, process=opened.process, **BY) == "process_is_public"


def test_discarding_leaves_its_record() -> None:
    process = a_process(opened=False)
    pk = process.pk
    actions.discard_process(process=process, **BY)
    assert not Process.objects.filter(pk=pk).exists()
    assert AuditEntry.objects.filter(subject=f"process/{pk}", verb="process.discarded").exists()


def test_changing_dates_needs_a_reason_and_sense() -> None:
    step = a_step("work")
    later = step.closes_at + timedelta(days=3)

    def change(**over) -> str:
        given = {"opens_at": step.opens_at, "closes_at": later, "reason": "비", **over}
        return refusal(actions.change_dates, step=step, **given, **BY)

    assert change(reason=" ") == "reason_needed"
    assert change(closes_at=step.closes_at) == "dates_unchanged"
    assert change(opens_at=step.opens_at + timedelta(days=1)) == "step_has_begun"
    assert change(closes_at=NOON - timedelta(hours=1)) == "end_is_past"
    assert change(closes_at=None) == "end_needed"
    assert change(opens_at=None) == "start_needed"
    assert change(closes_at=step.opens_at - timedelta(days=1)) == "end_before_opening"
    draft = a_step("work", opened=False)
    given = {"opens_at": draft.opens_at, "closes_at": later, "reason": "비"}
    assert refusal(actions.change_dates, step=draft, **given, **BY) == "process_is_draft"


def test_changing_dates_is_told_and_kept() -> None:
    step = a_step("work", title="살펴보기")
    later = step.closes_at + timedelta(days=3)
    assert actions.change_dates(step=step, opens_at=step.opens_at, closes_at=later, reason="비가 와서", **BY) == 0
    entry = AuditEntry.objects.get(verb="step.dates_changed")
    assert entry.is_public
    assert entry.personal is None, "nothing of it is lost when somebody is erased"
    assert entry.sentence.startswith("‘살펴보기’ 날짜를 바꿨습니다: ")
    assert "비가 와서" in entry.sentence
    assert Step.objects.get(pk=step.pk).closes_at == later == step.closes_at
    assert not Notice.objects.exists()


def test_a_step_closes_once_and_only_when_it_is_over() -> None:
    step = a_step("work")
    assert refusal(actions.close_step, step=step, **BY) == "step_not_over"
    over = {"actor": SYSTEM, "at": step.closes_at}
    assert actions.close_step(step=step, **over) is True
    assert actions.close_step(step=step, **over) is False
    later = {"opens_at": step.opens_at, "closes_at": step.closes_at + timedelta(days=9), "reason": "비"}
    assert refusal(actions.change_dates, step=step, **later, **BY) == "step_is_over"
    assert refusal(actions.change_step, step=step, title="x", **BY) == "step_is_over"


def test_the_sweep_goes_on_when_one_step_cannot_be_closed(caplog) -> None:
    from madang.ground import clock
    from madang.processes.jobs import close_steps
    from madang.processes.kinds import StepKind, register
    from madang.processes.kinds import _kinds as register_of_kinds

    def fails(*, step, actor, at) -> None:
        step.title = "no"
        step.save()
        raise RuntimeError("the area's own trouble")

    register(StepKind(slug="broken", label="x", close=fails))
    try:
        broken, fine = a_step("broken"), a_step("work")
        with clock.fixed(NOON + timedelta(days=30)):
            close_steps.call_local()
    finally:
        del register_of_kinds["broken"]
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.closed_at, broken.title) == (None, "단계"), "what the kind did and the mark go together"
    assert fine.closed_at is not None
    assert "unclosed" in caplog.text


def test_an_opened_process_is_found_by_its_words_and_its_steps() -> None:
    def found(words: str) -> list[int]:
        return list(search.matching(words).filter(kind="process").values_list("subject_id", flat=True))

    process = a_process(title="은행나무 마을", opened=False)
    actions.change_process(process=process, title="느티나무 마을", **BY)
    assert found("느티나무") == [], "nobody finds a draft"
    actions.open_process(process=process, **BY)
    assert found("느티나무") == [process.pk] == found(process.steps.first().title)
    actions.change_process(process=process, title="벚나무 마을", **BY)
    assert (found("느티나무"), found("벚나무")) == ([], [process.pk])


def test_closing_reopening_archiving() -> None:
    step = a_step("work")
    process, end = step.process, {"actor": SYSTEM, "at": step.closes_at + timedelta(days=1)}
    assert refusal(actions.close_process, process=process, **BY) == "steps_still_open"
    actions.close_process(process=process, **end)
    assert Step.objects.get(pk=step.pk).closed_at == end["at"], "what the sweep has not closed yet is closed with the process"
    assert refusal(actions.reopen_process, process=process, why=" ", **end) == "reason_needed"
    actions.reopen_process(process=process, why="빠진 것이 있어서", **end)
    actions.close_process(process=process, **end)
    actions.archive_process(process=process, **end)
    assert refusal(actions.change_process, process=process, title="x", **end) == "process_is_archived"
    assert refusal(actions.reopen_process, process=process, why="x", **end) == "no_such_move"


def test_two_officers_open_at_once() -> None:
    process = a_process(opened=False)
    seen_by_second = Process.objects.get(pk=process.pk)
    actions.open_process(process=process, **BY)
    assert refusal(actions.open_process, process=seen_by_second, **BY) == "moved_meanwhile"


def test_settings_are_checked_by_the_kind() -> None:
    from django.core.exceptions import ValidationError

    step = a_step("gathering")
    actions.change_step(step=step, settings={"seats": 120, "is_online_too": True}, where="독산2동 주민센터 3층", **BY)
    assert step.setting("seats") == 120
    for bad in ({"seats": -1}, {"seats": "많이"}, {"nothing": 1}, {"is_online_too": 1}):
        with pytest.raises(ValidationError), transaction.atomic():
            actions.change_step(step=step, settings=bad, **BY)
    with pytest.raises(TypeError):
        actions.change_step(step=step, order=3, **BY)
    assert kst(2021, 4, 7, 12) == NOON
