"""Telling people: one notice per person and matter, one delivery per channel as each person chose."""

import pytest
from django.db import IntegrityError, transaction

from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.notices import actions
from madang.notices.kinds import FAMILIES, message, message_of, messages
from madang.notices.models import Delivery, Notice, Preference
from tests import NOON
from tests.notices.makers import a_notice, prefers, states, told, with_a_phone
from tests.residents.makers import a_resident, a_town, actor_of, an_account

pytestmark = pytest.mark.django_db


class TestNotify:
    def test_everybody_once_whatever_the_list_says(self):
        first, second = an_account(), an_account()
        assert told(first, second, first) == 2
        assert {n.account_id for n in Notice.objects.all()} == {first.pk, second.pk}

    def test_the_same_matter_is_told_only_to_those_who_have_not_heard(self):
        first, second = an_account(), an_account()
        assert told(first) == 1
        assert told(first) == 0
        assert told(first, second) == 1
        assert told(first, key="another") == 1
        assert Notice.objects.filter(account=first).count() == 2
        assert Delivery.objects.count() == 3

    def test_the_database_has_the_last_word_on_that(self):
        notice = a_notice()
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(account=notice.account, place=notice.place, kind=notice.kind, at=NOON, key=notice.key)
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(notice=notice, channel="mail", address="b@example.kr")

    def test_nobody_is_told_who_has_gone(self):
        gone, closed = an_account(is_erased=True), an_account(is_active=False)
        assert told(gone, closed) == 0
        assert not Notice.objects.exists()
        assert not AuditEntry.objects.filter(verb="notice.sent").exists()

    def test_an_undeclared_kind_is_an_error_and_leaves_nothing(self):
        with pytest.raises(KeyError):
            told(an_account(), kind="never.declared")
        assert not Notice.objects.exists()

    def test_the_record_counts_and_names_nobody(self):
        told(an_account("grandmother"), an_account())
        row = AuditEntry.objects.get(verb="notice.sent")
        assert row.kept == {"count": 2, "kind": "proposal.adopted", "key": "matter"}
        assert row.personal is None
        assert not row.is_public
        assert row.place_id == a_town().pk

    def test_what_was_undone_was_never_told(self):
        with transaction.atomic():
            told(an_account())
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert not Delivery.objects.exists()


class TestChannels:
    def test_mail_at_once_and_no_text_unless_chosen(self):
        told(with_a_phone(an_account(email="a@example.kr")))
        row = Delivery.objects.get()
        assert (row.channel, row.address, row.state) == ("mail", "a@example.kr", "waiting")

    def test_without_an_address_there_is_only_the_inbox(self):
        account = an_account(email="")
        prefers(account, "now", "now")
        assert told(account) == 1
        assert states() == []

    @pytest.mark.parametrize(
        ("mail", "text", "found"),
        [
            ("now", "now", [("mail", "waiting"), ("text", "waiting")]),
            ("digest", "now", [("mail", "digest"), ("text", "waiting")]),
            ("digest", "digest", [("mail", "digest"), ("text", "digest")]),
            ("inbox", "now", [("text", "waiting")]),
            ("inbox", "inbox", []),
        ],
    )
    def test_as_each_person_chose(self, mail, text, found):
        account = with_a_phone(an_account())
        prefers(account, mail, text)
        told(account, an_account(email=""))
        assert states() == found

    def test_a_choice_is_of_one_family(self):
        account = an_account()
        prefers(account, mail="inbox", family="ballots")
        told(account)
        assert states() == [("mail", "waiting")]
        told(account, kind="ballot.counted", key="vote", voters=3, funded=1)
        assert len(states()) == 1

    def test_what_must_reach_people_comes_by_mail_all_the_same(self):
        account = with_a_phone(an_account())
        prefers(account, mail="inbox", text="inbox", family="comments")
        told(account, kind="comment.hidden", key="hidden", why="광고")
        told(account, kind="comment.replied", key="reply", name="옆집")
        assert states() == [("mail", "waiting")]
        assert message_of("comment.hidden").is_service


class TestChoosing:
    def test_one_row_per_family_changed_by_a_second_choice(self):
        account = an_account()
        prefers(account, "digest", "inbox")
        prefers(account, "inbox", "now")
        row = Preference.objects.get(account=account)
        assert (row.mail, row.text) == ("inbox", "now")
        assert AuditEntry.objects.filter(verb="notice.preferred", account_id=account.pk).count() == 2

    def test_an_unknown_family_or_way_is_an_error(self):
        account = an_account()
        with pytest.raises(KeyError):
            prefers(account, family="weather")
        for ways in ({"mail": "pigeon"}, {"text": ""}):
            with pytest.raises(ValueError):
                prefers(account, **ways)
        assert not Preference.objects.exists()

    def test_every_message_is_of_a_family_people_may_choose(self):
        assert {m.family for m in messages().values()} <= set(FAMILIES)
        with pytest.raises(KeyError):
            message("x.y", family="weather", title="날씨")
        assert "x.y" not in messages()


class TestReading:
    def test_one_and_all_of_ones_own(self):
        account, other = an_account(), an_account()
        notice = a_notice(account)
        told(account, key="second")
        told(account, other, key="third")
        actions.read_one(notice=notice, actor=actor_of(account), at=NOON)
        assert Notice.objects.of_account(account.pk).unread().count() == 2
        assert actions.read_all(actor=actor_of(account), at=NOON) == 2
        assert not Notice.objects.of_account(account.pk).unread().exists()
        assert Notice.objects.of_account(other.pk).unread().count() == 1

    def test_a_second_look_changes_nothing(self):
        account = an_account()
        notice = a_notice(account)
        stale = Notice.objects.get(pk=notice.pk)
        actions.read_one(notice=notice, actor=actor_of(account), at=NOON)
        actions.read_one(notice=stale, actor=actor_of(account), at=NOON.replace(hour=18))
        notice.refresh_from_db()
        assert notice.read_at == NOON
        assert AuditEntry.objects.filter(verb="notice.read").count() == 1

    def test_somebody_elses_stays_unread(self):
        notice = a_notice()
        actions.read_one(notice=notice, actor=actor_of(an_account()), at=NOON)
        actions.read_one(notice=notice, actor=SYSTEM, at=NOON)
        notice.refresh_from_db()
        assert notice.read_at is None
        assert not AuditEntry.objects.filter(verb="notice.read").exists()

    def test_nobody_has_no_notices(self):
        a_notice()
        assert not Notice.objects.of_account(None).exists()
        assert not Notice.objects.of_account(0).exists()


def test_a_residents_notices_hang_on_the_account():
    resident = a_resident()
    notice = a_notice(resident.account)
    assert list(Notice.objects.of_account(resident.account_id)) == [notice]
    assert str(notice) == f"matter:{resident.account_id}"
