"""Who may talk, mend, report and moderate."""

from datetime import timedelta

import pytest

from madang.comments import actions
from madang.comments.rules import may_comment, may_edit, may_moderate, may_report, may_withdraw
from madang.ground.actor import ANYONE, SYSTEM, Proof
from tests import NOON
from tests.comments.makers import a_comment, a_thread
from tests.residents.makers import a_resident, a_town, actor_of, an_account, an_official

pytestmark = pytest.mark.django_db


class TestTalking:
    def test_by_proof(self):
        thread = a_thread()
        asked = {
            "sign_in_first": ANYONE,
            "profile_needed_to_talk": actor_of(an_account()),
            "contact_needed_to_talk": actor_of(a_resident(proof=Proof.VISITOR)),
            "": actor_of(a_resident(proof=Proof.CONTACT)),
        }
        assert {code: may_comment(actor, thread, at=NOON).code for code, actor in asked.items()} == {code: code for code in asked}

    def test_officials_at_their_desk_and_the_system(self):
        town, thread = a_town(), a_thread()
        assert may_comment(actor_of(an_official(town)), thread, at=NOON)
        assert not may_comment(actor_of(an_official(town, desk=False)), thread, at=NOON)
        assert may_comment(SYSTEM, thread, at=NOON)

    def test_not_in_a_closed_thread(self):
        thread = a_thread()
        actions.close_thread(thread=thread, actor=SYSTEM, at=NOON)
        for actor in (actor_of(a_resident()), SYSTEM):
            assert may_comment(actor, thread, at=NOON).code == "thread_closed"


class TestMending:
    def test_the_author_within_the_window(self):
        author = actor_of(a_resident())
        comment = a_comment(author=author)
        assert may_edit(author, comment, at=NOON + timedelta(minutes=15))
        late = may_edit(author, comment, at=NOON + timedelta(minutes=15, seconds=1))
        assert late.code == "edit_window_over"
        assert "15분" in late.sentence

    def test_the_window_is_the_towns(self):
        a_town(comment_edit_minutes=0)
        author = actor_of(a_resident())
        comment = a_comment(author=author)
        assert may_edit(author, comment, at=NOON)
        assert not may_edit(author, comment, at=NOON + timedelta(seconds=1))

    def test_nobody_else(self):
        comment, moderator = a_comment(), actor_of(an_official(a_town(), "moderator"))
        for actor, code in ((ANYONE, "sign_in_first"), (actor_of(a_resident()), "not_your_comment"), (moderator, "not_your_comment")):
            assert may_edit(actor, comment, at=NOON).code == code
            assert may_withdraw(actor, comment, at=NOON).code == code

    def test_withdrawing_has_no_window_but_happens_once(self):
        author = actor_of(a_resident())
        comment = a_comment(author=author)
        assert may_withdraw(author, comment, at=NOON + timedelta(days=900))
        actions.withdraw(comment=comment, actor=author, at=NOON)
        assert may_withdraw(author, comment, at=NOON).code == "comment_not_there"

    def test_officials_words_have_no_author_to_mend_them(self):
        official = actor_of(an_official(a_town()))
        assert may_edit(official, a_comment(author=official), at=NOON).code == "not_your_comment"


class TestReporting:
    def test_anybody_signed_in_once_and_not_their_own(self):
        author, reader = actor_of(a_resident()), actor_of(an_account())
        comment = a_comment(author=author)
        assert may_report(ANYONE, comment, at=NOON).code == "sign_in_first"
        assert may_report(author, comment, at=NOON).code == "own_comment_report"
        assert may_report(reader, comment, at=NOON)
        actions.report(comment=comment, reason="광고", actor=reader, at=NOON)
        assert may_report(reader, comment, at=NOON).code == "already_reported"

    def test_again_after_it_was_looked_at(self):
        reader = actor_of(a_resident())
        comment = a_comment()
        actions.report(comment=comment, reason="광고", actor=reader, at=NOON)
        actions.dismiss_report(comment=comment, why="광고가 아닙니다", actor=SYSTEM, at=NOON)
        assert may_report(reader, comment, at=NOON)

    def test_not_what_is_hidden(self):
        comment = a_comment()
        actions.hide(comment=comment, why="광고", actor=SYSTEM, at=NOON)
        assert may_report(actor_of(a_resident()), comment, at=NOON).code == "comment_not_there"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("moderator", ""),
        ("site_admin", ""),
        ("coordinating_officer", "role_needed"),
        ("dong_officer", "role_needed"),
        ("mayor_office", "role_needed"),
    ],
)
def test_moderating_is_for_two_roles_at_the_desk(role, code):
    town = a_town()
    assert may_moderate(actor_of(an_official(town, role)), at=NOON).code == code
    assert may_moderate(actor_of(an_official(town, role, desk=False)), at=NOON).code == "desk_closed"
    assert may_moderate(ANYONE, at=NOON).code == "sign_in_first"
    assert may_moderate(actor_of(a_resident()), at=NOON).code == "officials_only"
