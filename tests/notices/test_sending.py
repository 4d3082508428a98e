"""Sending: what waits goes out once, whatever fails, dies or runs twice."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, connections

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import AuditEntry
from madang.notices import actions, jobs
from madang.notices.actions import LOST_AFTER, MOST_TRIES
from madang.notices.models import Delivery, Notice
from madang.notices.texting import MemoryBackend, backend
from madang.residents.actions import erase_resident
from tests import NOON
from tests.notices.makers import HOST, DyingTexts, a_town_on_the_web, prefers, states, told, with_a_phone
from tests.residents.makers import a_resident, actor_of, an_account

pytestmark = pytest.mark.django_db
BROKEN = "tests.notices.makers.BrokenMail"


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Runs a sending verb as if its transaction had ended; returns how many it took up."""

    def run(verb=actions.deliver, at=NOON, **given):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(actor=SYSTEM, at=at, **given)

    return run


@pytest.fixture
def texts(settings):
    """The text messages a carrier was handed."""
    settings.TEXT_MESSAGE_BACKEND = "madang.notices.texting.MemoryBackend"
    MemoryBackend.outbox.clear()
    return MemoryBackend.outbox


class TestMail:
    def test_says_what_and_where(self, send, mailoutbox):
        town = a_town_on_the_web()
        told(an_account(email="a@example.kr"), url="/proposals/7/")
        assert send() == 1
        (mail,) = mailoutbox
        assert mail.to == ["a@example.kr"]
        assert mail.subject == "[마당] 제안을 하기로 했어요"
        assert "‘골목 그늘막’을 2021. 12. 31.까지 하기로 했어요." in mail.body
        assert f"http://{HOST}/proposals/7/\n" in mail.body
        assert f"http://{HOST}/notices/preferences/" in mail.body
        row = Delivery.objects.get()
        assert (row.state, row.sent_at, row.tries, row.problem) == ("sent", NOON, 1, "")
        assert AuditEntry.objects.get(verb="notice.delivered").kept == {"sent": 1, "failed": 0}
        assert town.settings(NOON.date()).site_name == "마당"

    def test_in_the_readers_language(self, send, mailoutbox):
        a_town_on_the_web()
        told(an_account(language="en"), an_account(language="ko"))
        send()
        english, korean = mailoutbox
        assert english.subject.startswith("[Madang] ")
        assert "골목 그늘막" in english.body
        assert "하기로" not in english.subject + english.body
        assert korean.subject == "[마당] 제안을 하기로 했어요"

    def test_signs_are_written_as_they_are(self, send, mailoutbox):
        a_town_on_the_web()
        told(an_account(), title="<그늘> & '의자' 100%")
        send()
        assert "<그늘> & '의자' 100%" in mailoutbox[0].body

    def test_a_line_break_never_makes_a_header(self, send, mailoutbox):
        a_town_on_the_web()
        told(an_account(), kind="project.finished", title="그늘막\r\nBcc: all@example.kr")
        send()
        assert "\n" not in mailoutbox[0].subject + "".join(mailoutbox[0].to)
        assert "Bcc: all" in mailoutbox[0].subject
        assert not mailoutbox[0].bcc

    def test_nothing_waiting_is_nothing_done(self, send, mailoutbox):
        assert send() == 0
        assert send(actions.deliver_digests) == 0
        assert not AuditEntry.objects.filter(verb="notice.delivered").exists()


class TestText:
    def test_one_line_with_the_link(self, send, texts, mailoutbox):
        a_town_on_the_web()
        account = with_a_phone(an_account(), "010-0000-7777")
        prefers(account, "inbox", "now")
        told(account, url="/proposals/7/")
        send()
        assert texts == [("010-0000-7777", f"[마당] 제안을 하기로 했어요 http://{HOST}/proposals/7/")]
        assert mailoutbox == []

    def test_the_file_backend_writes_a_file_a_day(self, send, settings, tmp_path):
        settings.TEXT_MESSAGE_BACKEND, settings.TEXT_FILE_PATH = "madang.notices.texting.FileBackend", tmp_path / "texts"
        a_town_on_the_web()
        account = with_a_phone(an_account())
        prefers(account, "inbox", "now")
        for n in range(2):
            told(account, key=f"matter{n}")
            send()
        with clock.fixed(kst(2021, 4, 8, 0, 5)):
            backend().send("010-0000-0000", "다음 날")
        assert sorted(p.name for p in (tmp_path / "texts").iterdir()) == ["2021-04-07.txt", "2021-04-08.txt"]
        lines = (tmp_path / "texts" / "2021-04-07.txt").read_text("utf-8").splitlines()
        assert len(lines) == 2
        assert lines[0].startswith("12:00:00\t010-0000-1234\t[마당] ")


class TestDigest:
    def test_one_message_for_all_of_a_day(self, send, mailoutbox, texts):
        a_town_on_the_web()
        account, other = with_a_phone(an_account()), an_account()
        prefers(account, "digest", "digest")
        prefers(other, "digest")
        for n in range(3):
            told(account, key=f"matter{n}", title=f"제안 {n}", url=f"/proposals/{n}/")
        told(other, key="one", title="다른 제안")
        assert send() == 0
        assert mailoutbox == []
        assert send(actions.deliver_digests) == 3
        first = next(m for m in mailoutbox if m.to == [account.email])
        assert first.subject == "[마당] 새 소식 3건"
        assert [f"‘제안 {n}’" in first.body and f"/proposals/{n}/" in first.body for n in range(3)] == [True] * 3
        assert "다른 제안" not in first.body
        assert next(m for m in mailoutbox if m.to == [other.email]).subject == "[마당] 제안을 하기로 했어요"
        assert [text for _number, text in texts] == [f"[마당] 제안을 하기로 했어요 밖 2건 http://{HOST}/proposals/0/"]
        assert {state for _channel, state in states()} == {"sent"}

    def test_in_english(self, send, mailoutbox):
        a_town_on_the_web()
        account = an_account(language="en")
        prefers(account, "digest")
        for n in range(2):
            told(account, key=f"m{n}", title=f"Shade {n}")
        send(actions.deliver_digests)
        assert not any("가" <= letter <= "힣" for letter in mailoutbox[0].subject + mailoutbox[0].body)

    def test_goes_out_once(self, send, mailoutbox):
        a_town_on_the_web()
        account = an_account()
        prefers(account, "digest")
        told(account)
        send(actions.deliver_digests)
        send(actions.deliver_digests)
        assert len(mailoutbox) == 1

    def test_a_failed_one_waits_for_the_next_morning(self, send, settings, mailoutbox):
        a_town_on_the_web()
        account = an_account()
        prefers(account, "digest")
        told(account)
        working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
        send(actions.deliver_digests)
        assert states() == [("mail", "digest")]
        assert send() == 0
        settings.EMAIL_BACKEND = working
        send(actions.deliver_digests)
        assert len(mailoutbox) == 1


class TestFailing:
    def test_tried_again_and_then_given_up_with_the_reason(self, send, settings):
        a_town_on_the_web()
        told(an_account())
        settings.EMAIL_BACKEND = BROKEN
        for n in range(1, MOST_TRIES + 1):
            assert send() == 1
            row = Delivery.objects.get()
            assert (row.tries, row.state) == (n, "failed" if n == MOST_TRIES else "waiting")
            assert row.problem == "unreachable"
            assert row.sent_at is None
        assert send() == 0
        assert [e.kept["failed"] for e in AuditEntry.objects.filter(verb="notice.delivered")] == [1] * MOST_TRIES

    def test_a_second_try_that_works_leaves_no_problem(self, send, settings, mailoutbox):
        a_town_on_the_web()
        told(an_account())
        working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
        send()
        settings.EMAIL_BACKEND = working
        send(at=NOON + timedelta(minutes=1))
        row = Delivery.objects.get()
        assert (row.state, row.tries, row.problem, row.sent_at) == ("sent", 2, "", NOON + timedelta(minutes=1))
        assert len(mailoutbox) == 1

    def test_one_that_cannot_be_sent_does_not_hold_up_the_rest(self, send, mailoutbox, texts):
        a_town_on_the_web()
        account = with_a_phone(an_account())
        prefers(account, "now", "now")
        told(account, an_account())
        Delivery.objects.filter(channel="mail", notice__account=account).update(address="no\naddress@example.kr")
        send()
        assert sorted(states()) == [("mail", "sent"), ("mail", "waiting"), ("text", "sent")]

    def test_only_so_many_in_one_go(self, send, mailoutbox):
        a_town_on_the_web()
        told(*[an_account() for _n in range(5)])
        assert [send(most=2) for _n in range(4)] == [2, 2, 1, 0]
        assert len({m.to[0] for m in mailoutbox}) == 5


class TestNothingTwice:
    def test_a_job_that_runs_twice(self, django_capture_on_commit_callbacks, mailoutbox):
        a_town_on_the_web()
        told(an_account(), an_account())
        for job in (jobs.deliver_waiting, jobs.deliver_waiting, jobs.deliver_digests):
            with django_capture_on_commit_callbacks(execute=True):
                job.call_local()
        assert len(mailoutbox) == 2

    def test_two_that_took_up_the_same(self, django_capture_on_commit_callbacks, mailoutbox):
        a_town_on_the_web()
        told(an_account())
        account = an_account()
        prefers(account, "digest")
        told(account, key="gathered")
        with django_capture_on_commit_callbacks(execute=True):
            for verb in (actions.deliver, actions.deliver, actions.deliver_digests, actions.deliver_digests):
                assert verb(actor=SYSTEM, at=NOON) == 1
        assert len(mailoutbox) == 2
        assert {(d.state, d.tries) for d in Delivery.objects.all()} == {("sent", 1)}

    def test_a_verb_that_is_undone_sends_nothing(self, mailoutbox):
        a_town_on_the_web()
        told(an_account())
        actions.deliver(actor=SYSTEM, at=NOON)  # the test's own transaction never ends
        assert mailoutbox == []
        assert states() == [("mail", "waiting")]

    @pytest.mark.django_db(transaction=True)
    def test_a_sender_that_dies_half_way(self, settings):
        settings.TEXT_MESSAGE_BACKEND = "tests.notices.makers.DyingTexts"
        a_town_on_the_web()
        people = [with_a_phone(an_account(email=""), f"010-0000-000{n}") for n in range(4)]
        for account in people:
            prefers(account, "inbox", "now")
        told(*people)
        DyingTexts.sent, DyingTexts.dies_at = [], 2
        with pytest.raises(SystemExit):
            actions.deliver(actor=SYSTEM, at=NOON)
        assert [state for _channel, state in states()] == ["sent", "sending", "waiting", "waiting"]
        DyingTexts.dies_at = 0
        actions.deliver(actor=SYSTEM, at=NOON + timedelta(minutes=1))
        assert DyingTexts.sent == [a.phone for a in people]
        assert [state for _channel, state in states()] == ["sent", "sending", "sent", "sent"]
        actions.deliver(actor=SYSTEM, at=NOON + LOST_AFTER + timedelta(minutes=1))
        lost = Delivery.objects.get(state="failed")
        assert (lost.problem, lost.sent_at) == ("interrupted", None)
        actions.deliver(actor=SYSTEM, at=NOON + timedelta(days=1))
        assert len(DyingTexts.sent) == len(set(DyingTexts.sent)) == 4

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
    def test_four_senders_at_once(self, mailoutbox):
        a_town_on_the_web()
        told(*[an_account() for _n in range(20)])
        ready, problems = threading.Barrier(4), []

        def sender():
            try:
                ready.wait()
                actions.deliver(actor=SYSTEM, at=NOON)
            except Exception as problem:
                problems.append(problem)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=sender) for _n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        assert len(mailoutbox) == len({m.to[0] for m in mailoutbox}) == 20
        assert sum(e.kept["sent"] for e in AuditEntry.objects.filter(verb="notice.delivered")) == 20


class TestErasure:
    def test_a_persons_messages_go_and_nothing_waits_for_them(self, send, mailoutbox):
        resident, neighbour = a_resident(), a_resident()
        prefers(resident.account, "now")
        told(resident.account, neighbour.account)
        told(resident.account, key="second")
        done = erase_resident(resident=resident, reason="탈퇴", actor=actor_of(resident), at=NOON)
        assert (done.removed["notices"], done.removed["preferences"]) == (4, 1)  # two notices and their two deliveries
        assert [n.account_id for n in Notice.objects.all()] == [neighbour.account_id]
        send()
        assert [m.to for m in mailoutbox] == [[neighbour.account.email]]

    def test_erased_after_the_sender_had_taken_it_up(self, django_capture_on_commit_callbacks, mailoutbox):
        resident = a_resident()
        told(resident.account)
        with django_capture_on_commit_callbacks(execute=True):
            actions.deliver(actor=SYSTEM, at=NOON)
            erase_resident(resident=resident, reason="탈퇴", actor=actor_of(resident), at=NOON)
        assert mailoutbox == []

    def test_nobody_is_told_after(self):
        resident = a_resident()
        account = SimpleNamespace(pk=resident.account_id)
        erase_resident(resident=resident, reason="탈퇴", actor=actor_of(resident), at=NOON)
        assert told(account) == 0


def test_the_jobs_run_every_minute_and_in_the_morning_of_korea(settings):
    assert settings.HUEY["utc"] is False
    assert settings.TIME_ZONE == "Asia/Seoul"
    morning, night = kst(2021, 4, 7, 8, 30), kst(2021, 4, 7, 23, 30)
    assert jobs.deliver_digests.task_class().validate_datetime(morning)
    assert not jobs.deliver_digests.task_class().validate_datetime(night)
    assert jobs.deliver_waiting.task_class().validate_datetime(night)
