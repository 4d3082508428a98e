"""move(): the table of moves, two hands at once, what is written."""

import pytest

from madang.comments.models import Comment
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.ground.workflow import lock, may_move, move, state_name
from tests import NOON
from tests.comments.makers import a_comment

pytestmark = pytest.mark.django_db


def hide(comment, **over):
    return move(comment, to="hidden", verb="comment.hidden", actor=SYSTEM, at=NOON, why="광고", hidden_reason="광고", **over)


def test_the_move_is_made_and_told():
    comment = a_comment()
    given = hide(comment, facts={"extra": "말"}, trail="proposal/7")
    assert given is comment
    assert (comment.state, comment.hidden_reason) == ("hidden", "광고")
    assert Comment.objects.get(pk=comment.pk).state == "hidden"
    row = AuditEntry.objects.get(verb="comment.hidden")
    assert row.kept == {"from": "visible", "to": "hidden", "why": "광고"}
    assert row.personal == {"extra": "말"}
    assert row.trail == "proposal/7"


def test_no_such_move_names_both_states_in_words():
    comment = a_comment()
    hide(comment)
    with pytest.raises(Refused) as refused:
        move(comment, to="withdrawn", verb="comment.withdrawn", actor=SYSTEM, at=NOON)
    assert refused.value.verdict.code == "no_such_move"
    assert "가림" in str(refused.value)
    assert "글쓴이가 지움" in str(refused.value)
    assert Comment.objects.get(pk=comment.pk).state == "hidden"


def test_somebody_was_faster():
    comment = a_comment()
    stale = Comment.objects.get(pk=comment.pk)
    hide(comment)
    with pytest.raises(Refused) as refused:
        hide(stale)
    assert refused.value.verdict.code == "moved_meanwhile"
    assert "가림" in str(refused.value)
    assert AuditEntry.objects.filter(verb="comment.hidden").count() == 1


def test_may_move_asks_the_table_only():
    comment = a_comment()
    assert may_move(comment, "hidden")
    assert not may_move(comment, "visible")
    assert not may_move(comment, "nowhere")
    assert state_name(comment, "nowhere") == "nowhere"


def test_only_the_named_fields_are_saved():
    comment = a_comment(body="처음 말")
    comment.body = "저장하지 않은 말"
    hide(comment)
    assert Comment.objects.get(pk=comment.pk).body == "처음 말"


def test_lock_reads_the_row_again():
    comment = a_comment(body="처음 말")
    Comment.objects.filter(pk=comment.pk).update(body="그 사이의 말")
    assert lock(comment).body == "그 사이의 말"
