"""Talking and looking after the talk: rows, counts, records, notices."""

from datetime import timedelta

import pytest

from madang.comments import actions
from madang.comments.models import Comment, Thread
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.notices.models import Notice
from tests import NOON
from tests.comments.makers import a_comment, a_thread
from tests.residents.makers import a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


def refused(code, verb, **given):
    with pytest.raises(Refused) as found:
        verb(actor=given.pop("actor", SYSTEM), at=given.pop("at", NOON), **given)
    assert found.value.verdict.code == code


def count(thread):
    return Thread.objects.get(pk=thread.pk).count


class TestThreads:
    def test_one_per_thing_renewed_by_a_second_call(self):
        thread = a_thread()
        a_comment(thread)
        actions.close_thread(thread=thread, actor=SYSTEM, at=NOON)
        again = actions.open_thread(subject=thread.subject, place_id=thread.place_id, title="새 " * 150, url="/x/", actor=SYSTEM, at=NOON)
        assert (again.pk, again.is_open, len(again.title), again.url) == (thread.pk, True, 200, "/x/")
        assert count(thread) == 1
        assert AuditEntry.objects.filter(verb="thread.closed", is_public=True, trail=thread.subject).count() == 1

    def test_nothing_is_said_in_a_closed_one(self):
        thread = a_thread()
        actions.close_thread(thread=thread, actor=SYSTEM, at=NOON)
        refused("thread_closed", actions.comment, thread=thread, body="말", actor=actor_of(a_resident()))
        assert count(thread) == 0


class TestSaying:
    def test_the_words_the_name_and_the_count(self):
        comment = a_comment(author=a_resident(name="복숭아"), body="  앞뒤 빈칸  ")
        assert (comment.body, comment.public_name, comment.is_official, comment.at) == ("앞뒤 빈칸", "복숭아", False, NOON)
        assert count(comment.thread) == 1
        row = AuditEntry.objects.get(verb="comment.written")
        assert (row.trail, row.subject, row.is_public) == ("proposal/1", f"comment/{comment.pk}", False)
        assert "앞뒤" not in str([row.kept, row.personal])

    def test_an_official_speaks_as_their_post(self):
        comment = a_comment(author=an_official(a_town(), title="공원녹지과 담당"))
        assert (comment.public_name, comment.is_official) == ("공원녹지과 담당", True)

    def test_nothing_is_no_comment(self):
        refused("comment_empty", actions.comment, thread=a_thread(), body=" \n ", actor=actor_of(a_resident()))

    def test_replies_stand_beside_each_other_never_deeper(self):
        top = a_comment()
        reply = a_comment(top.thread, parent=top)
        deeper = a_comment(top.thread, parent=reply)
        assert reply.parent_id == deeper.parent_id == top.pk
        assert count(top.thread) == 3

    def test_no_reply_to_what_is_gone_or_stands_elsewhere(self):
        top = a_comment()
        other = a_thread("proposal/2")
        refused("comment_not_there", actions.comment, thread=other, body="말", parent=top, actor=actor_of(a_resident()))
        actions.hide(comment=top, why="광고", actor=SYSTEM, at=NOON)
        refused("comment_not_there", actions.comment, thread=top.thread, body="말", parent=top, actor=actor_of(a_resident()))
        assert count(top.thread) == count(other) == 0

    def test_the_first_one_hears_of_a_reply_but_not_of_their_own(self):
        author = a_resident()
        top = a_comment(author=author)
        a_comment(top.thread, parent=top, author=author)
        assert not Notice.objects.exists()
        reply = a_comment(top.thread, parent=top, author=a_resident(name="옆집"))
        notice = Notice.objects.get()
        assert notice.account_id == author.account_id
        assert notice.kind == "comment.replied"
        assert notice.facts == {"title": "골목 그늘막", "name": "옆집"}
        assert notice.url == f"/glossary/#c{reply.pk}"

    def test_only_so_many_in_an_hour(self):
        a_town(comments_per_hour=2)
        author = a_resident()
        thread = a_thread()
        a_comment(thread, author=author)
        a_comment(thread, author=author)
        refused("too_often", actions.comment, thread=thread, body="셋째", actor=actor_of(author))
        a_comment(thread)
        a_comment(thread, author=author, at=NOON + timedelta(hours=1))
        assert count(thread) == 4


class TestMending:
    def test_edited_words_say_so(self):
        author = actor_of(a_resident())
        comment = a_comment(author=author)
        actions.edit(comment=comment, body=" 고친 말 ", actor=author, at=NOON + timedelta(minutes=5))
        comment.refresh_from_db()
        assert (comment.body, comment.edited_at) == ("고친 말", NOON + timedelta(minutes=5))
        refused("comment_empty", actions.edit, comment=comment, body=" ", actor=author)
        refused("not_your_comment", actions.edit, comment=comment, body="남의 말", actor=actor_of(a_resident()))
        refused("edit_window_over", actions.edit, comment=comment, body="늦은 말", actor=author, at=NOON + timedelta(minutes=16))
        comment.refresh_from_db()
        assert comment.body == "고친 말"

    def test_withdrawn_words_are_gone_and_the_place_stays(self):
        author = actor_of(a_resident())
        comment = a_comment(author=author)
        a_comment(comment.thread, parent=comment)
        actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
        actions.withdraw(comment=comment, actor=author, at=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.body, comment.open_reports) == ("withdrawn", "", 0)
        assert not comment.reports.filter(state="open").exists()
        assert count(comment.thread) == 1
        refused("comment_not_there", actions.withdraw, comment=comment, actor=author)
        assert count(comment.thread) == 1


class TestLookingAfter:
    def test_a_report_waits_and_nothing_is_hidden_by_itself(self):
        comment = a_comment()
        for _n in range(3):
            actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.open_reports) == ("visible", 3)
        row = AuditEntry.objects.filter(verb="comment.reported").first()
        assert row.personal == {"reason": "광고"}
        assert not row.is_public

    def test_nobody_reports_twice_or_twenty_one_times_an_hour(self):
        reader = actor_of(a_resident())
        thread = a_thread()
        rows = [a_comment(thread) for _n in range(21)]
        for row in rows[:20]:
            actions.report(comment=row, reason="x", actor=reader, at=NOON)
        refused("already_reported", actions.report, comment=rows[0], reason="x", actor=reader)
        refused("too_often", actions.report, comment=rows[20], reason="x", actor=reader)

    def test_hidden_with_a_reason_the_author_hears(self):
        author = a_resident()
        comment = a_comment(author=author)
        actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
        actions.hide(comment=comment, why="광고입니다", actor=actor_of(an_official(a_town(), "moderator")), at=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.hidden_reason, comment.open_reports) == ("hidden", "광고입니다", 0)
        assert comment.body == "저도 그렇게 생각해요."
        assert comment.reports.get().state == "upheld"
        assert count(comment.thread) == 0
        notice = Notice.objects.get()
        assert (notice.account_id, notice.kind, notice.facts["why"]) == (author.account_id, "comment.hidden", "광고입니다")
        row = AuditEntry.objects.get(verb="comment.hidden")
        assert row.is_public
        assert row.kept["why"] == "광고입니다"

    def test_shown_again_and_hidden_again_is_told_twice(self):
        comment = a_comment()
        actions.hide(comment=comment, why="광고", actor=SYSTEM, at=NOON)
        actions.restore(comment=comment, why="잘못 가렸습니다", actor=SYSTEM, at=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.hidden_reason) == ("visible", "")
        assert count(comment.thread) == 1
        actions.hide(comment=comment, why="다시", actor=SYSTEM, at=NOON + timedelta(hours=1))
        assert Notice.objects.filter(kind="comment.hidden").count() == 2

    def test_left_as_it_is(self):
        comment = a_comment()
        actions.report(comment=comment, reason="싫어요", actor=actor_of(a_resident()), at=NOON)
        comment.refresh_from_db()
        actions.dismiss_report(comment=comment, why="의견일 뿐입니다", actor=SYSTEM, at=NOON)
        comment.refresh_from_db()
        assert (comment.state, comment.open_reports, comment.reports.get().state) == ("visible", 0, "dismissed")

    @pytest.mark.parametrize("verb", [actions.hide, actions.dismiss_report])
    def test_only_moderators_and_only_with_a_reason(self, verb):
        comment = a_comment()
        refused("reason_needed_to_moderate", verb, comment=comment, why="  ")
        refused("officials_only", verb, comment=comment, why="x", actor=actor_of(a_resident()))
        refused("role_needed", verb, comment=comment, why="x", actor=actor_of(an_official(a_town(), "dong_officer", "doksan2")))
        assert Comment.objects.get().state == "visible"

    def test_somebody_hid_it_first(self):
        comment = a_comment()
        stale = Comment.objects.get(pk=comment.pk)
        actions.hide(comment=comment, why="광고", actor=SYSTEM, at=NOON)
        refused("moved_meanwhile", actions.hide, comment=stale, why="광고")
        assert count(comment.thread) == 0
