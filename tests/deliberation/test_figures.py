"""Counts after the end, and nothing but how many before it."""

from datetime import timedelta

import pytest

from madang.deliberation import actions, figures
from madang.ground.actor import SYSTEM
from tests import NOON
from tests.deliberation.makers import CLOSES, OVER, a_closed_question, a_question, replied
from tests.residents.makers import a_resident, a_town, actor_of

pytestmark = pytest.mark.django_db


def test_nothing_before_the_end_but_how_many():
    question = a_question()
    replied(question, 0, 0, 1, words=["말"])
    assert figures.results(question) is None
    assert not figures.words_of(question).exists()
    assert figures.replied(question.pk) == 3


def test_counts_and_shares_in_the_order_of_the_options():
    results = figures.results(a_closed_question(0, 0, 0, 2))
    assert results.people == 4
    assert [(o.text, o.people, o.percent) for o in results.options] == [("밤 9시", 3, "75%"), ("밤 10시", 0, "0%"), ("밤 11시", 1, "25%")]
    assert [o.text for o in results.leading] == ["밤 9시"]


def test_a_tie_and_nobody():
    assert len(figures.results(a_closed_question(0, 1)).leading) == 2
    question = a_question()
    actions.close(question=question, actor=SYSTEM, at=OVER)
    empty = figures.results(question)
    assert (empty.people, empty.most, empty.leading) == (0, 0, ())
    assert [o.percent for o in empty.options] == [None, None, None]


def test_words_come_in_no_order_of_time():
    question = a_question()
    replied(question, 1, 0, 0, words=["다", "나", "가"])
    actions.close(question=question, actor=SYSTEM, at=OVER)
    assert [(r.option.text, r.words) for r in figures.words_of(question)] == [("밤 9시", "가"), ("밤 9시", "나"), ("밤 10시", "다")]


def test_days_count_on_the_korean_calendar():
    question = a_question()
    midnight = NOON.replace(hour=0)
    replied(question, 0, at=midnight + timedelta(hours=1))
    replied(question, 0, 1, at=NOON)
    replied(question, 0, at=NOON + timedelta(hours=12))
    assert [(d.on.isoformat(), d.people) for d in figures.days(question.pk)] == [("2021-04-07", 3), ("2021-04-08", 1)]


def test_open_now_what_closes_first_on_top():
    later = a_question(wording="나중에 닫나요?", closes_at=CLOSES + timedelta(days=3))
    sooner = a_question(wording="먼저 닫나요?", dong="gasan")
    a_question(wording="아직 초안인가요?", published=False)
    a_question(wording="아직 안 열렸나요?", opens_at=NOON + timedelta(days=1))
    assert figures.open_questions(a_town(), at=NOON) == [sooner, later]
    assert figures.open_questions(a_town(), at=CLOSES) == [later]


def test_of_a_resident():
    question, person = a_question(), a_resident()
    actions.reply(question=question, option=question.options.first(), words="", actor=actor_of(person), at=NOON)
    (mine,) = figures.of_resident(person.pk)
    assert (mine.question_id, mine.wording, mine.state, mine.closes_at) == (question.pk, question.wording, "published", CLOSES)
