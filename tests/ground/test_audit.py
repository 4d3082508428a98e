"""The trail: what stays, what can go, what the database refuses, what a seal finds."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from madang.ground import audit, deeds
from madang.ground.actor import SYSTEM, Actor, PostRef
from madang.ground.guards import CREATE, DROP
from madang.ground.jobs import seal_audit_trail
from madang.ground.models import AuditEntry, AuditSeal
from tests import NOON
from tests.ground.makers import a_deed
from tests.residents.makers import a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


@contextmanager
def without_guards():
    """What somebody with the database's own password could do: take the triggers off."""
    with connection.cursor() as cursor:
        for statement in DROP[connection.vendor]:
            cursor.execute(statement)
        yield cursor
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def faults():
    return [f.what for f in audit.verify()]


class TestRecord:
    def test_kept_and_personal_facts_part_ways(self):
        row = a_deed(fields=["hue"], name="소리")
        assert row.kept == {"reason": "시험", "fields": ["hue"]}
        assert row.personal == {"name": "소리"}
        assert row.salt
        assert len(row.salt) == 32
        assert row.personal_digest == audit.personal_digest(row.salt, {"name": "소리"})

    def test_nothing_personal_leaves_no_salt(self):
        row = a_deed()
        assert (row.personal, row.salt, row.personal_digest) == (None, None, "")

    def test_two_rows_with_the_same_words_have_different_commitments(self):
        assert a_deed(name="소리").personal_digest != a_deed(name="소리").personal_digest

    def test_an_undeclared_verb_is_an_error(self):
        with pytest.raises(KeyError):
            a_deed("never.declared")

    def test_a_fact_no_seal_could_bind_is_refused_in_the_verb(self):
        for odd in (1.5, NOON.date()):
            with pytest.raises(TypeError):
                a_deed(fields=odd)

    def test_who_acted_in_which_office_for_whom(self):
        town = a_town()
        officer = actor_of(an_official(town, title="주민참여팀장"))
        row = a_deed(actor=officer.for_resident(77))
        assert (row.account_id, row.on_behalf_of_id, row.desk_id) == (officer.account_id, 77, officer.desk_id)
        assert row.role == "주민참여팀장"
        assert row.place_id == town.pk

    def test_a_closed_desk_gives_no_office(self):
        assert a_deed(actor=Actor(account_id=3, posts=(PostRef("moderator", 1, None, "돌봄이"),))).role == ""

    def test_a_resident_is_named_by_number_only(self):
        resident = a_resident(name="복숭아")
        row = a_deed(actor=actor_of(resident))
        assert row.resident_id == resident.pk
        assert "복숭아" not in str([row.kept, row.personal, row.role, row.subject, row.trail])

    def test_the_trail_is_the_subject_unless_named(self):
        town = a_town()
        row = audit.record("place.made", actor=SYSTEM, at=NOON, subject=town.place, facts={"name": "금천구"})
        assert row.subject == row.trail == f"place/{town.pk}"
        other = audit.record("place.made", actor=SYSTEM, at=NOON, subject=town.place, trail="proposal/7", facts={})
        assert (other.subject, other.trail) == (f"place/{town.pk}", "proposal/7")
        assert list(AuditEntry.objects.of_trail("proposal/7")) == [other]

    def test_the_sentence_shows_a_dash_for_what_is_gone(self):
        row = a_deed(from_on="2021-05-01")
        assert row.sentence == "동네 설정을 바꿨습니다(2021-05-01부터): 시험"
        assert "–" in AuditEntry(verb="place.settings_changed", kept={}).sentence
        assert AuditEntry(verb="old.verb", kept={}).sentence == "old.verb"

    def test_every_declared_sentence_can_be_said_with_nothing_left(self):
        for name in deeds.verbs():
            assert AuditEntry(verb=name, kept={}).sentence


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        ["verb = 'x'", "kept = '{\"reason\": \"y\"}'", "subject = 'x/1'", "trail = 'x/1'", "role = 'x'", "account_id = 9",
         "resident_id = 9",
         "on_behalf_of_id = 9", "desk_id = 9", "at = '2020-01-01 00:00:00+00:00'", "is_public = NOT is_public", "personal_digest = 'x'",
         "personal = '{\"name\": \"z\"}'", "salt = 'x'", "place_id = NULL"],
    )  # fmt: skip
    def test_a_change_of_any_column(self, change):
        row = a_deed(name="소리")
        with pytest.raises(DatabaseError), transaction.atomic():
            run(f"UPDATE ground_auditentry SET {change} WHERE id = %s", row.pk)
        row.refresh_from_db()
        assert row.personal == {"name": "소리"}

    def test_words_put_where_none_were(self):
        row = a_deed()
        with pytest.raises(DatabaseError), transaction.atomic():
            run("UPDATE ground_auditentry SET personal = '{\"name\": \"z\"}', salt = 'x' WHERE id = %s", row.pk)

    def test_deleting_a_row(self):
        row = a_deed()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
        assert AuditEntry.objects.filter(pk=row.pk).exists()

    def test_a_seal_is_neither_changed_nor_deleted_nor_given_up(self):
        row = a_deed()
        seal = audit.seal(at=NOON)
        for sql in ("UPDATE ground_auditseal SET count = 0", "DELETE FROM ground_auditseal"):
            with pytest.raises(DatabaseError), transaction.atomic():
                run(sql)
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEntry.objects.filter(pk=row.pk).update(seal=None)
        row.refresh_from_db()
        assert row.seal_id == seal.pk

    def test_emptying_the_whole_table(self):
        a_deed()
        emptying = "TRUNCATE ground_auditentry" if connection.vendor == "postgresql" else "DELETE FROM ground_auditentry"
        with pytest.raises(DatabaseError), transaction.atomic():
            run(emptying)


class TestSeals:
    def test_nothing_to_seal_is_no_seal(self):
        audit.seal(at=NOON)
        assert audit.seal(at=NOON) is None

    def test_each_seal_chains_to_the_one_before(self):
        a_deed()
        first = audit.seal(at=NOON)
        a_deed(name="소리")
        second = audit.seal(at=NOON + timedelta(minutes=1))
        assert (first.number, first.previous) == (1, audit.GENESIS)
        assert (second.number, second.previous, second.count) == (2, first.digest, 1)
        assert faults() == []

    def test_batches_are_bounded_and_the_job_seals_the_rest(self):
        for _n in range(5):
            a_deed()
        waiting = AuditEntry.objects.filter(seal=None).count()
        assert audit.seal(at=NOON, most=2).count == 2
        seal_audit_trail.call_local()
        assert not AuditEntry.objects.filter(seal=None).exists()
        assert sum(AuditSeal.objects.values_list("count", flat=True)) == waiting
        assert faults() == []

    def test_erasing_the_words_leaves_the_seals_whole(self):
        row = a_deed(name="소리")
        before = a_deed()
        audit.seal(at=NOON)
        assert audit.erase_personal(AuditEntry.objects.filter(pk__in=[row.pk, before.pk])) == 1
        assert audit.erase_personal(AuditEntry.objects.all()) == 0
        row.refresh_from_db()
        assert (row.personal, row.salt) == (None, None)
        assert row.personal_digest
        assert faults() == []

    @pytest.mark.parametrize(
        ("sql", "found"),
        [
            ("UPDATE ground_auditentry SET role = '구청장' WHERE id = %s", "root"),
            ('UPDATE ground_auditentry SET kept = \'{"reason": "바꿈"}\' WHERE id = %s', "root"),
            ("UPDATE ground_auditentry SET is_public = NOT is_public WHERE id = %s", "root"),
            ("DELETE FROM ground_auditentry WHERE id = %s", "count"),
        ],
    )
    def test_a_hand_in_the_database_is_found(self, sql, found):
        row = a_deed(name="소리")
        a_deed()
        audit.seal(at=NOON)
        with without_guards() as cursor:
            cursor.execute(sql, [row.pk])
        assert faults() == [found]

    def test_changed_words_are_found(self):
        row = a_deed(name="소리")
        audit.seal(at=NOON)
        with without_guards() as cursor:
            cursor.execute("UPDATE ground_auditentry SET personal = %s WHERE id = %s", ['{"name": "바람"}', row.pk])
        assert faults() == [f"personal of {row.pk}"]

    def test_a_row_slipped_in_is_found(self):
        a_deed()
        seal = audit.seal(at=NOON)
        late = a_deed()
        with without_guards() as cursor:
            cursor.execute("UPDATE ground_auditentry SET seal_id = %s WHERE id = %s", [seal.pk, late.pk])
        assert faults() == ["count"]

    def test_a_seal_made_to_fit_breaks_the_chain(self):
        row = a_deed()
        first = audit.seal(at=NOON)
        a_deed()
        audit.seal(at=NOON)
        with without_guards() as cursor:
            cursor.execute("UPDATE ground_auditentry SET role = 'x' WHERE id = %s", [row.pk])
            entries = list(AuditEntry.objects.filter(seal=first).order_by("pk"))
            forged = audit.root([audit.leaf(e) for e in entries]).hex()
            digest = audit.seal_digest(1, first.sealed_at, first.count, forged, first.previous)
            cursor.execute("UPDATE ground_auditseal SET root = %s, digest = %s WHERE id = %s", [forged, digest, first.pk])
        assert faults() == ["chain"]

    def test_a_lost_seal_is_found(self):
        a_deed()
        first = audit.seal(at=NOON)
        a_deed()
        audit.seal(at=NOON)
        with without_guards() as cursor:
            cursor.execute("DELETE FROM ground_auditentry WHERE seal_id = %s", [first.pk])
            cursor.execute("DELETE FROM ground_auditseal WHERE id = %s", [first.pk])
        assert faults() == ["chain"]

    def test_a_seal_with_another_hour_is_found(self):
        a_deed()
        first = audit.seal(at=NOON)
        with without_guards():
            AuditSeal.objects.filter(pk=first.pk).update(sealed_at=NOON - timedelta(days=1))
        assert faults() == ["digest"]
