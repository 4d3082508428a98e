from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.processes import actions
from madang.processes.checks import span
from madang.processes.figures import (
    calendar,
    card_of,
    cards,
    facts_of,
    open_steps,
    process_counts,
    process_page,
    step_state,
    touched_by,
    when,
    years_of,
)  # fmt: skip
from madang.processes.ics import Event, calendar_file
from madang.processes.kinds import Document, _documents, document_source
from madang.processes.models import Process
from tests import NOON
from tests.processes.makers import a_process, a_step
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db


def test_open_steps_are_the_towns_and_the_dongs_what_ends_first_on_top() -> None:
    town = a_town()
    mine, other = town.dong("doksan2"), town.dong("gasan")
    always = a_step("work", ends=True, closes_at=NOON + timedelta(days=2))
    of_dong = a_step("work", place=mine, closes_at=NOON + timedelta(days=1))
    a_step("work", place=other)
    endless = a_process().steps.get()
    a_step("work", opened=False)
    found = open_steps(town, at=NOON, place_id=mine.pk)
    assert [o.step.pk for o in found] == [of_dong.pk, always.pk, endless.pk]
    assert [o.days_left for o in found] == [1, 2, None]
    assert [o.is_for_all for o in found] == [False, True, True]
    assert len(open_steps(town, at=NOON)) == 4
    assert not open_steps(town, at=NOON - timedelta(days=365))


def test_the_last_day_of_an_end_at_midnight_is_the_day_before() -> None:
    step = a_step("work", closes_at=kst(2021, 4, 15))
    assert step.last_day == date(2021, 4, 14)
    assert open_steps(a_town(), at=kst(2021, 4, 14, 23, 59))[0].days_left == 0
    assert not open_steps(a_town(), at=kst(2021, 4, 15))
    assert span(step.opens_at, step.closes_at) == "2021. 3. 31.(수) 12:00 ~ 2021. 4. 14.(수)"
    assert span(None, None) == "정하지 않음"
    assert span(kst(2021, 1, 1), None) == "2021. 1. 1.(금)부터"


def test_the_calendar_tells_beginnings_ends_and_days() -> None:
    town = a_town()
    a_process(town, "assembly_year")
    days = {(e.on.isoformat(), e.text): e for e in calendar(town, month=date(2021, 6, 15))}
    assert days["2021-06-12", "독산2동 주민총회"].hour == "14:00"
    assert days["2021-06-12", "독산2동 주민투표 마감"].is_end
    assert ("2021-06-05", "독산2동 주민투표 열림") in days
    april = calendar(town, month=date(2021, 4, 1))
    assert [(e.on, e.text) for e in april] == [
        (date(2021, 4, 15), "독산2동 부서와 맞추기 열림"),
        (date(2021, 4, 30), "독산2동 생각 모으기 마감"),
    ]
    assert not calendar(town, month=date(2021, 4, 1), place_id=town.dong("gasan").pk)


def test_a_process_at_a_moment() -> None:
    process = a_process(blueprint="assembly_year")
    shown = process_page(process, kst(2021, 4, 20))
    assert [v.step.title for v in shown.now] == ["생각 모으기", "부서와 맞추기"]
    assert [v.state for v in shown.steps] == ["now", "now", *["next"] * 6]
    assert [year for year, _bars in shown.chart_years] == [2021]
    assert shown.changes[-1].sentence == "과정을 열었습니다."
    later = process_page(process, kst(2021, 6, 12, 14, 30))
    assert [v.step.title for v in later.now] == ["주민투표", "주민총회"]
    assert next(v for v in later.steps if v.step.title == "총회 알리기").is_law
    assert when(later.now[1].step, at=NOON) == "6. 12.(토) 14:00 ~ 17:00"
    actions.close_process(process=process, actor=SYSTEM, at=kst(2021, 12, 1))
    assert {v.state for v in process_page(process, NOON).steps} == {"done"}


def test_old_rows_of_an_area_that_is_gone_stay_readable() -> None:
    step = a_step("work")
    type(step).objects.filter(pk=step.pk).update(kind="gone", settings={"x": 1})
    shown = process_page(Process.objects.get(pk=step.process_id), NOON)
    assert shown.now[0].kind.label == "gone"
    assert not shown.now[0].step.allows("anything", NOON)


def test_documents_come_from_above() -> None:
    process = a_process()

    @document_source
    def papers(shown: Process, *, at: object) -> list[Document]:
        return [Document("결과", "/papers/1/", "PDF")] if shown.pk == process.pk else []

    try:
        assert [d.title for d in process_page(process, NOON).documents] == ["결과"]
    finally:
        _documents.remove(papers)


def test_cards_say_where_a_process_stands() -> None:
    process = a_process(blueprint="assembly_year")
    assert card_of(process, at=kst(2020, 12, 1)).state == "coming"
    april = card_of(process, at=NOON)
    assert (april.state, april.now[0].title, april.next.title) == ("open", "생각 모으기", "부서와 맞추기")
    assert (april.opens_on, april.last_day) == (date(2021, 1, 1), date(2021, 9, 30))
    assert card_of(process, at=kst(2022, 1, 1)).state == "over"
    assert card_of(a_process(opened=False), at=NOON).state == "draft"
    assert card_of(a_process(), at=NOON).last_day is None
    with CaptureQueriesContext(connection) as asked:
        assert len(cards(Process.objects.all(), at=NOON)) == 3
    assert len(asked) == 2


def test_counts_years_and_facts() -> None:
    step = a_step("gathering")
    a_process(year=2020, at=kst(2020, 1, 1))
    assert years_of(a_town().pk) == [2021, 2020]
    assert process_counts(a_town().pk, 2021) == {"draft": 0, "open": 1, "closed": 0, "archived": 0}
    assert facts_of(step)["last_day"] == date(2021, 4, 14)
    assert touched_by(step) == set()
    assert step_state(step, step.process, at=NOON) == "now"


def test_a_calendar_file_is_folded_and_escaped() -> None:
    long = "가나다라마바사아자차카타파하" * 6
    event = Event("u@x", f"주민총회; {long}", about="한 줄\n두 줄, 셋", day=date(2021, 6, 12), url="https://example.kr/1")
    body = calendar_file("이름", [event], at=NOON)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    unfolded = body.replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:주민총회\\; {long}\r\n" in unfolded
    assert "DESCRIPTION:한 줄\\n두 줄\\, 셋\r\n" in unfolded
    assert "DTEND;VALUE=DATE:20210613" in unfolded
    assert unfolded.startswith("BEGIN:VCALENDAR\r\n")
    assert unfolded.endswith("END:VCALENDAR\r\n")
