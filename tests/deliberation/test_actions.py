"""Verbs of a question: one door each, a reason for every no, a record of every deed."""

from datetime import timedelta

import pytest

from madang.deliberation import actions, figures
from madang.deliberation.models import DAYS_TO_TELL, Question, Reply
from madang.ground import clock, search
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.notices.models import Notice
from madang.processes.jobs import close_steps
from madang.residents import actions as residents
from tests import NOON
from tests.deliberation.makers import (
    BACKGROUND,
    BEFORE,
    OPTIONS,
    OVER,
    WORDING,
    a_closed_question,
    a_question,
    a_question_step,
    read,
    replied,
)
from tests.residents.makers import a_department, a_resident, actor_of, an_official

pytestmark = pytest.mark.django_db


def refused(code, deed, **given):
    with pytest.raises(Refused) as no:
        deed(**given)
    assert no.value.verdict.code == code
    assert str(no.value)
    return no.value


class TestDrafting:
    def test_a_coordinating_officer_writes_it(self):
        officer = actor_of(an_official(role="coordinating_officer"))
        question = actions.draft_question(
            step=a_question_step(), wording=f" {WORDING} ", background=BACKGROUND, options=[" 가 ", "나"], actor=officer, at=NOON
        )
        assert (question.state, question.wording) == ("drafted", WORDING)
        assert [o.text for o in question.options.all()] == ["가", "나"]

    @pytest.mark.parametrize(
        "options", [["하나"], [], ["가", "가"], ["가", ""], ["가", "나" * 121], [str(n) for n in range(13)]], ids=range(6)
    )
    def test_two_options_that_differ(self, options):
        refused(
            "question_options_wrong", actions.draft_question, step=a_question_step(), wording=WORDING, background="", options=options,
            actor=SYSTEM, at=NOON,
        )  # fmt: skip

    @pytest.mark.parametrize(("wording", "background"), [("", "배경"), ("가" * 201, "배경"), (WORDING, "가" * 3001)])
    def test_lengths(self, wording, background):
        refused(
            "question_text_wrong", actions.draft_question, step=a_question_step(), wording=wording, background=background,
            options=["가", "나"], actor=SYSTEM, at=NOON,
        )  # fmt: skip

    def test_one_question_a_step(self):
        step = a_question().step
        given = {"wording": WORDING, "background": "", "options": ["가", "나"], "actor": SYSTEM, "at": NOON}
        refused("step_takes_no_question", actions.draft_question, step=step, **given)

    @pytest.mark.parametrize("role", ["department_officer", "moderator", "mayor_office"])
    def test_others_may_not(self, role):
        actor = actor_of(an_official(role=role))
        refused(
            "process_not_yours", actions.draft_question, step=a_question_step(), wording=WORDING, background="", options=["가", "나"],
            actor=actor, at=NOON,
        )  # fmt: skip

    def test_a_draft_is_mended_and_says_what_changed(self):
        question = a_question(published=False)
        actions.change_question(question=question, wording=WORDING, background=BACKGROUND, options=["나", "다"], actor=SYSTEM, at=NOON)
        assert [o.text for o in question.options.all()] == ["나", "다"]
        assert AuditEntry.objects.get(verb="question.changed").kept["fields"] == ["options"]

    def test_what_was_asked_stands(self):
        refused(
            "question_is_public", actions.change_question, question=a_question(), wording="다른 물음", background="", options=["가", "나"],
            actor=SYSTEM, at=NOON,
        )  # fmt: skip


class TestPublishing:
    def test_is_found_recorded_and_public(self):
        question = a_question()
        assert question.state == "published"
        entry = AuditEntry.objects.get(trail=f"question/{question.pk}", verb="question.published")
        assert entry.is_public
        assert entry.kept["wording_checked"] is True
        assert list(search.matching("운동장 조명").values_list("kind", "subject_id")) == [("question", question.pk)]
        assert search.matching("이룬다는").exists()

    def test_a_draft_is_not_found(self):
        a_question(published=False)
        assert not search.matching("운동장 조명").exists()

    def test_someone_looked_at_the_wording(self):
        question = a_question(published=False)
        refused("question_wording_unchecked", actions.publish, question=question, wording_checked=False, actor=SYSTEM, at=NOON)
        assert Question.objects.get().state == "drafted"

    def test_without_background(self):
        question = a_question(published=False, background="  ")
        no = refused("question_not_ready", actions.publish, question=question, wording_checked=True, actor=SYSTEM, at=NOON)
        assert "배경" in str(no)

    def test_with_a_single_option_left(self):
        question = a_question(published=False)
        question.options.exclude(text=OPTIONS[0]).delete()
        assert "보기" in str(refused("question_not_ready", actions.publish, question=question, wording_checked=True, actor=SYSTEM, at=NOON))

    def test_without_an_end_or_past_it(self):
        draft = a_question_step(opened=False)
        question = a_question(step=draft, published=False)
        type(draft).objects.update(closes_at=None)
        no = refused("question_not_ready", actions.publish, question=read(question), wording_checked=True, actor=SYSTEM, at=NOON)
        assert "끝나는 때" in str(no)
        type(draft).objects.update(closes_at=NOON)
        refused("question_not_ready", actions.publish, question=read(question), wording_checked=True, actor=SYSTEM, at=NOON)

    def test_before_the_step_opens(self):
        question = a_question(published=False)
        actions.publish(question=question, wording_checked=True, actor=SYSTEM, at=BEFORE)
        refused("not_yet_open", actions.reply, question=question, option=question.options.first(), actor=actor_of(a_resident()), at=BEFORE)

    def test_once(self):
        refused("question_is_public", actions.publish, question=a_question(), wording_checked=True, actor=SYSTEM, at=NOON)


class TestReplying:
    def test_one_person_one_answer_that_may_change(self):
        question, actor = a_question(), actor_of(a_resident())
        first, second, _third = question.options.all()
        actions.reply(question=question, option=first, words="밝아서", actor=actor, at=NOON)
        actions.reply(question=question, option=second, words="", actor=actor, at=NOON + timedelta(days=1))
        only = Reply.objects.get()
        assert (only.option_id, only.words) == (second.pk, "")
        verbs = list(AuditEntry.objects.filter(trail=f"question/{question.pk}", resident_id=actor.resident_id).order_by("pk"))
        assert [e.verb for e in verbs] == ["question.replied", "question.reply_changed"]
        assert all(e.kept == {} and e.personal is None and not e.is_public for e in verbs)

    def test_an_option_of_another_question(self):
        question, other = a_question(), a_question(wording="다른 물음인가요?")
        refused("option_unknown", actions.reply, question=question, option=other.options.first(), actor=actor_of(a_resident()), at=NOON)

    def test_numbers_of_a_person_do_not_stand_in_public(self):
        question = a_question()
        given = {"question": question, "option": question.options.first(), "actor": actor_of(a_resident()), "at": NOON}
        refused("personal_numbers", actions.reply, words="010-1234-5678로 전화 주세요", **given)
        refused("reply_too_long", actions.reply, words="가" * 1001, **given)
        assert not Reply.objects.exists()

    def test_not_after_the_end(self):
        question = a_closed_question()
        given = {"question": question, "option": question.options.first(), "actor": actor_of(a_resident())}
        refused("question_over", actions.reply, at=NOON, **given)
        refused("already_over", actions.reply, **{**given, "question": a_question()}, at=OVER)


class TestClosing:
    def test_not_before_its_time(self):
        refused("question_still_open", actions.close, question=a_question(), actor=SYSTEM, at=NOON)

    def test_the_sweep_closes_it_once(self):
        question = a_question()
        replied(question, 0, 1)
        with clock.fixed(OVER):
            close_steps.call_local()
            close_steps.call_local()
        assert Question.objects.get().state == "closed"
        entry = AuditEntry.objects.get(verb="question.closed")
        assert entry.is_public
        assert entry.kept["replies"] == 2

    def test_the_sweep_leaves_a_draft_alone(self):
        a_question(published=False)
        with clock.fixed(OVER):
            close_steps.call_local()
        assert Question.objects.get().state == "drafted"

    def test_its_dates_stand_afterwards(self):
        from madang.processes import actions as processes

        question = a_closed_question()
        refused(
            "question_dates_stand", processes.change_dates, step=question.step, opens_at=question.step.opens_at,
            closes_at=OVER + timedelta(days=3), reason="더 듣기", actor=SYSTEM, at=OVER,
        )  # fmt: skip


class TestTellingTheUse:
    def test_those_who_answered_are_told_once(self):
        question = a_closed_question(0, 1)
        actions.tell_use(question=question, body="밤 10시로 정했습니다.", actor=SYSTEM, at=OVER)
        assert (question.state, question.used_at) == ("answered", OVER)
        assert Notice.objects.filter(kind="question.use_told").count() == 2
        refused("question_use_told", actions.tell_use, question=question, body="다시", actor=SYSTEM, at=OVER)

    def test_something_must_be_said(self):
        refused("question_use_empty", actions.tell_use, question=a_closed_question(0), body="  ", actor=SYSTEM, at=OVER)

    def test_only_after_the_end(self):
        refused("question_not_closed", actions.tell_use, question=a_question(), body="미리", actor=SYSTEM, at=NOON)

    def test_its_department_may_another_may_not(self):
        question = a_closed_question(0)
        other = actor_of(an_official(role="department_officer", department=a_department(name="치수과"), at=OVER), at=OVER)
        refused("question_use_not_yours", actions.tell_use, question=question, body="씀", actor=other, at=OVER)
        own = actor_of(an_official(role="department_officer", department=question.step.process.department, at=OVER), at=OVER)
        assert actions.tell_use(question=question, body="씀", actor=own, at=OVER).state == "answered"

    def test_late_after_thirty_days(self):
        question = a_closed_question(0)
        ends = question.step.closes_at
        last = ends + timedelta(days=DAYS_TO_TELL)
        assert not question.is_overdue(last)
        assert not figures.overdue(question.place_id, last)
        late = last + timedelta(minutes=1)
        assert question.is_overdue(late)
        assert figures.overdue(question.place_id, late) == [question]
        actions.tell_use(question=question, body="늦었습니다.", actor=SYSTEM, at=late)
        assert not figures.overdue(question.place_id, late)


class TestHiding:
    def test_words_go_and_the_answer_counts(self):
        question = a_closed_question(0, 1, words=["옆집 김 아무개가 시끄러워요"])
        reply = question.replies.exclude(words="").get()
        moderator = actor_of(an_official(role="moderator", at=OVER), at=OVER)
        refused("hiding_needs_reason", actions.hide_words, reply=reply, why=" ", actor=moderator, at=OVER)
        actions.hide_words(reply=reply, why="이웃을 가리키는 말", actor=moderator, at=OVER)
        assert figures.results(question).people == 2
        actions.show_words(reply=reply, actor=moderator, at=OVER)
        assert Reply.objects.get(pk=reply.pk).hidden_why == ""

    def test_nobody_reads_or_hides_before_the_end(self):
        question = a_question()
        (reply,) = replied(question, 0, words=["말"])
        refused("replies_are_sealed", actions.hide_words, reply=reply, why="까닭", actor=SYSTEM, at=NOON)

    def test_residents_may_not(self):
        question = a_closed_question(0, words=["말"])
        reply = question.replies.get()
        refused("officials_only", actions.hide_words, reply=reply, why="까닭", actor=actor_of(a_resident(), at=OVER), at=OVER)


def test_erasing_a_person_leaves_the_count():
    question, person = a_question(), a_resident()
    actions.reply(question=question, option=question.options.first(), words="내 말", actor=actor_of(person), at=NOON)
    erasure = residents.erase_resident(resident=person, reason="본인 요청", actor=SYSTEM, at=NOON)
    left = Reply.objects.get()
    assert (left.resident_id, left.words) == (None, "")
    assert "reply_words" in str(vars(erasure))
