"""Depositing: every file with its checksum, for as long as the law says, never changed, and any change found."""

import hashlib
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation

from madang.archive import figures
from madang.archive.models import Record, RecordFile
from madang.ground import files, search
from madang.ground.actor import ANYONE, SYSTEM, Actor
from madang.ground.models import AuditEntry, SearchText, StoredFile
from tests import NOON
from tests.archive.makers import PDF, WORDS, a_file, a_record, elsewhere, path_of
from tests.residents.makers import a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


def sha(data):
    return hashlib.sha256(data).hexdigest()


class TestDeposit:
    def test_keeps_what_it_was_given_with_checksums(self):
        record = a_record(number="마을자치과-2021-77")
        assert (record.number, record.made_on, record.deposited_at) == ("마을자치과-2021-77", date(2021, 4, 1), NOON)
        assert [(f.label, f.sha256) for f in record.files.order_by("pk")] == [("PDF", sha(PDF)), ("TXT", sha(WORDS))]
        assert [files.read(f.file) for f in record.files.order_by("pk")] == [PDF, WORDS]

    def test_the_trail_of_what_it_tells_of_says_so_for_ever(self):
        record = a_record(number="마을자치과-2021-78", subject="ballot/7", retention="years_10")
        row = AuditEntry.objects.get(verb="record.deposited")
        assert (row.subject, row.trail, row.is_public) == (f"record/{record.pk}", "ballot/7", True)
        assert row.place_id == record.place_id
        assert row.personal is None
        assert row.kept["sha256"] == [sha(PDF), sha(WORDS)]
        assert row.sentence == "기록으로 보관했습니다: 마을자치과-2021-78 (2개 파일, 10년 보존)"
        with translation.override("en"):
            assert row.sentence != "기록으로 보관했습니다: 마을자치과-2021-78 (2개 파일, 10년 보존)"
            assert "마을자치과-2021-78" in row.sentence

    def test_a_public_one_is_found_by_search_and_a_closed_one_is_not(self):
        opened, _closed = a_record(title="그늘막 결과"), a_record(title="그늘막 속기록", is_public=False)
        assert list(search.matching("그늘막").values_list("kind", "subject_id")) == [("record", opened.pk)]
        assert SearchText.objects.get(kind="record").url == reverse("archive:detail", args=[opened.pk])

    def test_a_number_is_given_once_in_a_place(self):
        a_record(number="가-1")
        with pytest.raises(IntegrityError), transaction.atomic():
            a_record(number="가-1")
        assert Record.objects.count() == 1
        assert RecordFile.objects.count() == 2
        assert a_record(number="가-1", place=a_town().place).number == "가-1"

    def test_what_was_undone_was_never_deposited(self):
        with transaction.atomic():
            a_record()
            transaction.set_rollback(True)
        assert not Record.objects.exists()
        assert not SearchText.objects.filter(kind="record").exists()

    def test_a_new_version_names_the_old_which_stays(self):
        old = a_record()
        new = a_record(replaces=old, title="고친 결과 보고")
        old.refresh_from_db()
        assert new.replaces == old
        assert old.title == "2021년 독산2동 주민총회 결과 보고"
        with pytest.raises(ProtectedError):
            old.delete()


class TestTheSameBytesTwice:
    def test_lie_on_the_disk_once_and_belong_to_both(self):
        first = a_record(files=[("PDF", a_file())])
        second = a_record(files=[("PDF", a_file(name="다른 이름.pdf"))])
        (one,), (other,) = first.files.all(), second.files.all()
        assert one.sha256 == other.sha256
        assert one.file_id != other.file_id
        assert path_of(one.file) == path_of(other.file)

    def test_erasing_the_one_leaves_the_other_whole(self):
        first, second = a_record(files=[("PDF", a_file())]), a_record(files=[("PDF", a_file())])
        files.erase(first.files.get().file)
        assert [c.is_whole for c in figures.checked_files(second)] == [True]

    def test_one_stored_file_in_two_records(self):
        stored = a_file()
        first, second = a_record(files=[("PDF", stored)]), a_record(files=[("PDF", stored), ("PDF", stored)])
        assert [len(figures.checked_files(r)) for r in (first, second)] == [1, 2]

    def test_a_file_of_a_record_cannot_be_lost_with_its_row(self):
        record = a_record()
        with pytest.raises(ProtectedError):
            StoredFile.objects.get(pk=record.files.first().file_id).delete()


class TestClasses:
    @pytest.mark.parametrize(
        ("retention", "words"),
        [("permanent", "영구"), ("semi_permanent", "준영구"), ("years_30", "30년"), ("years_10", "10년"), ("years_5", "5년"),
         ("years_3", "3년"), ("year_1", "1년")],
    )  # fmt: skip
    def test_every_class_of_the_law(self, retention, words):
        record = a_record(retention=retention)
        assert record.get_retention_display() == words
        assert f"{words} 보존" in AuditEntry.objects.get(verb="record.deposited").sentence

    def test_no_class_is_missing(self):
        assert len(Record.Retention.values) == 7

    @pytest.mark.parametrize("retention", ["", "for ever", "영구", "years_7"])
    def test_another_class_is_an_error(self, retention):
        with pytest.raises(ValueError):
            a_record(retention=retention)
        assert not Record.objects.exists()

    @pytest.mark.parametrize("licence", [-1, 5, 99])
    def test_another_licence_is_an_error(self, licence):
        with pytest.raises(ValueError):
            a_record(licence=licence)
        assert not Record.objects.exists()

    @pytest.mark.parametrize("licence", range(5))
    def test_the_licences_there_are(self, licence):
        assert a_record(licence=licence).licence == licence

    @pytest.mark.parametrize("is_public", [True, False])
    def test_a_record_and_its_files_are_open_to_the_same_people(self, is_public):
        with pytest.raises(ValueError):
            a_record(is_public=is_public, files=[("PDF", a_file(is_public=is_public)), ("PDF", a_file(is_public=not is_public))])
        assert not Record.objects.exists()


class TestTampering:
    def test_untouched_bytes_are_whole(self):
        assert [c.is_whole for c in figures.checked_files(a_record())] == [True, True]

    @pytest.mark.parametrize("bytes_now", [b"", PDF + b" ", PDF.replace(b"1.7", b"1.4"), WORDS])
    def test_changed_bytes_are_found(self, bytes_now):
        record = a_record()
        first, second = record.files.order_by("pk")
        path_of(first.file).write_bytes(bytes_now)
        try:
            assert [(c.file, c.is_whole) for c in figures.checked_files(record)] == [(first, False), (second, True)]
        finally:
            path_of(first.file).unlink()

    def test_bytes_that_are_gone_are_found(self):
        record = a_record()
        path_of(record.files.order_by("pk")[0].file).unlink()
        assert [c.is_whole for c in figures.checked_files(record)] == [False, True]

    def test_another_file_put_in_its_place_is_found(self):
        record = a_record()
        first = record.files.order_by("pk")[0]
        StoredFile.objects.filter(pk=first.file_id).update(sha256=a_file(b"%PDF-1.7 other").sha256)
        assert [c.is_whole for c in figures.checked_files(record)] == [False, True]

    def test_a_checksum_made_to_fit_contradicts_the_audit_trail(self):
        record = a_record()
        forged = a_file(b"%PDF-1.7 forged").sha256
        first = record.files.order_by("pk")[0]
        StoredFile.objects.filter(pk=first.file_id).update(sha256=forged)
        RecordFile.objects.filter(pk=first.pk).update(sha256=forged)
        assert [c.is_whole for c in figures.checked_files(record)] == [True, True]
        told = AuditEntry.objects.get(verb="record.deposited").kept["sha256"]
        assert told != list(record.files.order_by("pk").values_list("sha256", flat=True))


class TestWhoMaySee:
    def test_everybody_the_public_ones_of_their_town_the_desk_all(self):
        town = a_town()
        opened, closed = a_record(), a_record(is_public=False)
        a_record(place=elsewhere())
        everybody = Actor(town_id=town.pk)
        at_home = an_official(town, desk=False)
        for actor in (everybody, actor_of(a_resident()), actor_of(at_home)):
            assert list(Record.objects.visible_to(actor)) == [opened]
        assert set(Record.objects.visible_to(actor_of(an_official(town, "department_officer")))) == {opened, closed}
        assert not Record.objects.visible_to(ANYONE).exists()
        assert not Record.objects.visible_to(SYSTEM).exists()

    def test_the_newest_deposit_stands_first(self):
        first, second = a_record(), a_record()
        assert list(Record.objects.in_town(a_town().pk)) == [second, first]
