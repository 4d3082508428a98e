"""Sending again: who may, what goes, what stays, and that nothing goes twice without somebody saying so."""

import smtplib
import threading
import time
from datetime import timedelta

import pytest
from django.core.mail import BadHeaderError
from django.db import connection, connections, transaction

from madang.ground.actor import ANYONE, SYSTEM
from madang.ground.clock import kst
from madang.ground.models import Account, AuditEntry, Place
from madang.ground.town import town_of
from madang.ground.verdict import Refused
from madang.notices import actions
from madang.notices.models import Delivery, Notice
from madang.notices.problems import CODES, code_of, problem_of
from madang.notices.rules import may_retry, may_see_desk
from madang.notices.words import ADVICE, REASONS
from tests import NOON
from tests.notices.makers import a_town_on_the_web, failures, not_sent, prefers, states, told, with_a_phone
from tests.residents.makers import a_resident, a_town, actor_of, an_account, an_official, elsewhere

pytestmark = pytest.mark.django_db


def retry(group, actor=SYSTEM, **given):
    return actions.retry(failures=group, actor=actor, at=NOON, **given)


class TestWhatGoes:
    def test_a_group_waits_again_and_is_sent(self, django_capture_on_commit_callbacks, mailoutbox):
        a_town_on_the_web()
        not_sent(an_account(), an_account())
        told(an_account(), key="other")
        assert retry(failures()) == 2
        assert {(d.state, d.tries, d.problem) for d in Delivery.objects.all()} == {("waiting", 0, "")}
        with django_capture_on_commit_callbacks(execute=True):
            actions.deliver(actor=SYSTEM, at=NOON)
        assert len(mailoutbox) == 3
        assert {state for _channel, state in states()} == {"sent"}

    def test_only_the_channel_and_the_reason_asked_for(self):
        account = with_a_phone(an_account())
        prefers(account, "now", "now")
        not_sent(account, problem="busy")
        Delivery.objects.filter(channel="text").update(state="failed", problem="unreachable")
        assert retry(failures("unreachable", "text")) == 1
        assert states() == [("mail", "failed"), ("text", "waiting")]

    def test_other_gathers_what_has_no_reason_of_its_own(self):
        not_sent(an_account(), problem="SMTPServerDisconnected: grandmother@example.kr", key="old")
        not_sent(an_account(), problem="other", key="new")
        not_sent(an_account(), problem="busy", key="busy")
        assert retry(failures("other")) == 2
        assert Delivery.objects.get(state="failed").problem == "busy"

    def test_of_one_deed_one_kind_or_some_days(self):
        first = not_sent(an_account(), an_account(), key="first")
        not_sent(an_account(), key="later", at=NOON + timedelta(days=2))
        not_sent(an_account(), key="vote", kind="ballot.counted", voters=1, funded=1)
        assert failures(told_with=first).rows().count() == 2
        assert failures(kind="ballot.counted").rows().count() == 1
        assert failures(since=kst(2021, 4, 8)).rows().count() == 1
        assert failures(until=kst(2021, 4, 8)).rows().count() == 3
        assert retry(failures(told_with=first)) == 2
        assert AuditEntry.objects.get(verb="notice.retried").subject == f"notice/{first.pk}"
        assert Delivery.objects.filter(state="failed").count() == 2

    def test_to_the_address_a_person_has_now(self):
        account = an_account(email="old@example.kr")
        not_sent(account, problem="nobody_there")
        Account.objects.filter(pk=account.pk).update(email="new@example.kr")
        retry(failures("nobody_there"))
        assert Delivery.objects.get().address == "new@example.kr"

    def test_nobody_is_sent_to_who_has_no_address_or_wants_none(self):
        gone, quiet, other, willing = an_account(), an_account(), an_account(), an_account()
        not_sent(gone, quiet, other, willing)
        Account.objects.filter(pk=gone.pk).update(email="")
        prefers(quiet, "inbox")
        prefers(other, "inbox", family="ballots")
        assert retry(failures()) == 2
        waiting = Delivery.objects.filter(state="waiting").values_list("notice__account_id", flat=True)
        assert set(waiting) == {other.pk, willing.pk}
        with pytest.raises(Refused) as refused:
            retry(failures())
        assert refused.value.verdict.code == "nothing_to_retry"

    def test_what_must_reach_people_goes_all_the_same_by_mail(self):
        account = with_a_phone(an_account())
        prefers(account, "now", "now", family="comments")
        not_sent(account, kind="comment.hidden", why="광고")
        Delivery.objects.update(state="failed", problem="unreachable")
        prefers(account, "inbox", "inbox", family="comments")
        assert retry(failures()) == 1
        with pytest.raises(Refused):
            retry(failures(channel="text"))
        assert states() == [("mail", "waiting"), ("text", "failed")]

    @pytest.mark.parametrize("change", [{"is_active": False}, {"is_erased": True}])
    def test_nobody_is_sent_to_who_has_gone(self, change):
        account = an_account()
        not_sent(account)
        Account.objects.filter(pk=account.pk).update(**change)
        with pytest.raises(Refused):
            retry(failures())

    def test_the_record_counts_and_names_nobody(self):
        town = a_town()
        not_sent(an_account("grandmother"), an_account())
        retry(failures(), actor=actor_of(an_official(town, "site_admin")))
        row = AuditEntry.objects.get(verb="notice.retried")
        assert row.kept == {"count": 2, "channel": "mail", "problem": "unreachable"}
        assert (row.personal, row.is_public, row.place_id) == (None, False, town.pk)
        assert row.sentence == "보내지 못한 알림 2건을 다시 보내게 했습니다(전자우편, 보내는 서버와 이어지지 않음)."


class TestInterrupted:
    def test_only_knowingly(self):
        not_sent(an_account(), problem="interrupted")
        with pytest.raises(Refused) as refused:
            retry(failures("interrupted"))
        assert refused.value.verdict.code == "retry_may_repeat"
        assert states() == [("mail", "failed")]
        assert retry(failures("interrupted"), knowingly=True) == 1

    def test_another_group_leaves_it_alone(self):
        not_sent(an_account(), problem="interrupted", key="half")
        not_sent(an_account(), problem="other", key="whole")
        assert retry(failures("other"), knowingly=True) == 1
        assert Delivery.objects.get(state="failed").problem == "interrupted"


class TestWho:
    @pytest.mark.parametrize(
        ("role", "reads", "sends"),
        [
            ("coordinating_officer", True, True),
            ("site_admin", True, True),
            ("moderator", True, False),
            ("mayor_office", True, False),
            ("department_officer", False, False),
            ("dong_officer", False, False),
        ],
    )
    def test_by_role(self, role, reads, sends):
        town = a_town()
        actor = actor_of(an_official(town, role))
        assert bool(may_see_desk(actor, at=NOON)) is reads
        verdict = may_retry(actor, town.pk, at=NOON)
        assert bool(verdict) is sends
        assert sends or verdict.code == "role_needed"

    def test_with_the_desk_open_and_in_their_own_town(self):
        town = a_town()
        assert may_retry(actor_of(an_official(town, desk=False)), town.pk, at=NOON).code == "desk_closed"
        assert may_retry(elsewhere(actor_of(an_official(town))), town.pk, at=NOON).code == "notices_of_another_town"
        assert may_retry(actor_of(a_resident()), town.pk, at=NOON).code == "officials_only"
        assert may_retry(ANYONE, town.pk, at=NOON).code == "sign_in_first"
        assert may_retry(SYSTEM, town.pk, at=NOON)

    def test_the_verb_asks_too(self):
        not_sent(an_account())
        for actor in (ANYONE, actor_of(a_resident()), actor_of(an_official(a_town(), "moderator"))):
            with pytest.raises(Refused):
                retry(failures(), actor=actor)
        assert states() == [("mail", "failed")]
        assert not AuditEntry.objects.filter(verb="notice.retried").exists()

    def test_another_towns_messages_stay(self):
        not_sent(an_account())
        other = Place.objects.create(parent=a_town().place.parent, level="district", code="1100000001", slug="other", name="다른구")
        with pytest.raises(Refused):
            retry(failures(town=town_of(other.pk)))
        assert states() == [("mail", "failed")]


class TestReasons:
    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (smtplib.SMTPServerDisconnected("gone"), "unreachable"),
            (smtplib.SMTPConnectError(421, b"busy"), "unreachable"),
            (ConnectionRefusedError(), "unreachable"),
            (TimeoutError(), "unreachable"),
            (smtplib.SMTPAuthenticationError(535, b"no"), "not_let_in"),
            (smtplib.SMTPSenderRefused(550, b"no", "town@example.kr"), "not_let_in"),
            (smtplib.SMTPRecipientsRefused({"a@example.kr": (550, b"no such user")}), "nobody_there"),
            (smtplib.SMTPRecipientsRefused({"a@example.kr": (451, b"later")}), "busy"),
            (smtplib.SMTPDataError(554, b"spam"), "refused"),
            (smtplib.SMTPDataError(451, b"later"), "busy"),
            (smtplib.SMTPNotSupportedError("no"), "refused"),
            (BadHeaderError("newline"), "malformed"),
            (UnicodeEncodeError("ascii", "가", 0, 1, "no"), "malformed"),
            (RuntimeError("a@example.kr"), "other"),
        ],
        ids=str,
    )
    def test_every_trouble_has_a_code(self, error, code):
        assert problem_of(error) == code

    def test_every_code_has_words(self):
        assert set(REASONS) == set(ADVICE) == set(CODES)
        assert code_of("wrote to a@example.kr") == "other"
        assert [code_of(code) for code in CODES] == list(CODES)


def at_once(deeds):
    """Runs the deeds in threads that start together; what they gave back, or the errors they ended in."""
    ready, found = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            ready.wait()
            found.append(deed())
        except Exception as problem:
            found.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def until_somebody_waits():
    """Keeps this transaction open until another stands behind one of its locks."""
    behind = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        for _turn in range(500):
            cursor.execute(behind)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waited")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
class TestAtOnce:
    def test_two_officers_press_together(self):
        not_sent(*[an_account() for _n in range(20)])
        group = failures()
        found = at_once([lambda: retry(group)] * 3)
        assert sorted(map(str, found)) == sorted(["20", *[str(f) for f in found if isinstance(f, Refused)]])
        assert [f.verdict.code for f in found if isinstance(f, Refused)] == ["nothing_to_retry"] * 2
        assert AuditEntry.objects.filter(verb="notice.retried").count() == 1

    def test_two_verbs_tell_of_one_matter(self):
        """The second has asked who heard of it before the first is through; it waits, then tells whoever is left."""
        town, people = a_town(), [an_account() for _n in range(6)]
        has_told = threading.Event()

        def first():
            with transaction.atomic():
                count = told(*people[:4], town=town)
                has_told.set()
                until_somebody_waits()
                return count

        def second():
            has_told.wait()
            with transaction.atomic():
                count = told(*people[2:], town=town)
                return count, Notice.objects.count()  # its transaction is still good for more

        found = at_once([first, second])
        assert sorted(found, key=str) == [(2, 6), 4]
        assert Notice.objects.count() == Delivery.objects.count() == 6
        assert sorted(e.kept["count"] for e in AuditEntry.objects.filter(verb="notice.sent")) == [2, 4]

    def test_when_everybody_was_told_meanwhile(self):
        town, person, has_told = a_town(), an_account(), threading.Event()

        def first():
            with transaction.atomic():
                count = told(person, town=town)
                has_told.set()
                until_somebody_waits()
                return count

        def second():
            has_told.wait()
            return told(person, town=town)

        assert sorted(at_once([first, second]), key=str) == [0, 1]
        assert AuditEntry.objects.filter(verb="notice.sent").count() == 1
