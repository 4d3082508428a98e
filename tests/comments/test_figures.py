"""The talk as others show it: few queries whatever its size, and to each reader what they may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.comments import actions
from madang.comments.figures import A_PAGE, counts, of_resident, thread_view, waiting_for_moderation
from madang.comments.models import Comment
from madang.ground.actor import ANYONE, SYSTEM
from madang.ground.town import town_of
from tests import NOON
from tests.comments.makers import a_comment, a_thread
from tests.residents.makers import a_resident, a_town, actor_of, an_account

pytestmark = pytest.mark.django_db


def view(actor=ANYONE, subject="proposal/1", at=NOON, **over):
    return thread_view(subject=subject, actor=actor, at=at, **over)


def a_long_talk(tops, replies=3):
    thread, author = a_thread(), a_resident()
    said = {"thread": thread, "place_id": thread.place_id, "author": author, "public_name": "여럿", "at": NOON}
    rows = Comment.objects.bulk_create([Comment(body=f"말 {n}", **said) for n in range(tops)])
    Comment.objects.bulk_create([Comment(body="답", parent=r, **said) for r in rows for _n in range(replies)])
    return actor_of(author)


@pytest.mark.parametrize("tops", [1, 49, 130])
def test_at_most_four_queries(tops):
    author = a_long_talk(tops)
    town_of(a_town().pk)
    for actor in (ANYONE, author):
        with CaptureQueriesContext(connection) as asked:
            found = view(actor)
        assert len(asked) <= 4
        assert len(found.comments) == min(tops, A_PAGE)
        assert all(len(c.replies) == 3 for c in found.comments)


def test_pages_of_fifty():
    a_long_talk(120, replies=0)
    assert [len(view(page_number=n).comments) for n in (1, 2, 3)] == [50, 50, 20]
    assert view(page_number=3).comments[0].text == "말 100"
    assert view(page_number="abc").page.number == 1
    assert view(page_number=99).page.number == 3


def test_nothing_was_opened():
    found = view(subject="proposal/404")
    assert (found.thread, found.comments, found.count) == (None, (), 0)
    assert not found.may_comment


def test_what_each_reader_may_do():
    author = actor_of(a_resident())
    comment = a_comment(author=author)
    (seen,) = view(ANYONE).comments
    assert seen.reply_url
    assert seen.report_url
    assert (seen.edit_url, seen.withdraw_url) == ("", "")
    (seen,) = view(author).comments
    assert seen.edit_url == f"/comments/{comment.pk}/edit/"
    assert seen.withdraw_url
    assert not seen.report_url
    (later,) = view(author, at=NOON + timedelta(hours=1)).comments
    assert not later.edit_url
    assert later.withdraw_url
    (seen,) = view(actor_of(an_account())).comments
    assert not seen.reply_url


def test_hidden_and_withdrawn_words_are_not_handed_on():
    author = actor_of(a_resident())
    hidden, gone = a_comment(body="가릴 말"), a_comment(author=author, body="지울 말")
    a_comment(hidden.thread, parent=hidden, body="남은 답")
    actions.hide(comment=hidden, why="광고입니다", actor=SYSTEM, at=NOON)
    actions.withdraw(comment=gone, actor=author, at=NOON)
    first, second = view(author).comments
    assert (first.text, first.hidden_why, first.replies[0].text) == ("", "광고입니다", "남은 답")
    assert (second.text, second.hidden_why) == ("", "쓴 사람이 지웠어요")
    assert (first.reply_url, first.report_url, second.withdraw_url) == ("", "", "")
    assert view().count == 1


def test_a_reply_has_no_reply_link():
    top = a_comment()
    a_comment(top.thread, parent=top)
    (seen,) = view(actor_of(a_resident())).comments
    assert seen.reply_url
    assert not seen.replies[0].reply_url


def test_counts_in_one_query():
    for n in range(3):
        thread = a_thread(f"proposal/{n}")
        for _m in range(n):
            a_comment(thread)
    with CaptureQueriesContext(connection) as asked:
        assert counts(["proposal/0", "proposal/1", "proposal/2", "proposal/9"]) == {"proposal/0": 0, "proposal/1": 1, "proposal/2": 2}
    assert len(asked) == 1


def test_a_persons_own_words():
    author = a_resident()
    first, second = a_comment(author=author), a_comment(author=author)
    a_comment()
    actions.withdraw(comment=first, actor=actor_of(author), at=NOON)
    assert of_resident(author.pk) == [second]


def test_what_waits_in_this_town():
    comment = a_comment()
    for _n in range(2):
        actions.report(comment=comment, reason="광고", actor=actor_of(a_resident()), at=NOON)
    assert waiting_for_moderation(a_town().pk) == 1
    assert waiting_for_moderation(0) == 0
