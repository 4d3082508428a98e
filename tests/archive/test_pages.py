"""The archive's pages: what is listed, how a file is taken along, what a stranger and a bad address see."""

import hashlib
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from madang.ground import files
from tests import NOON
from tests.archive.makers import PDF, WORDS, a_file, a_record, elsewhere, path_of
from tests.residents.makers import a_resident, a_town, an_official, sign_in

pytestmark = pytest.mark.django_db
LIST = reverse("archive:list")


def url(record):
    return reverse("archive:detail", args=[record.pk])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


class TestList:
    def test_newest_first_with_place_number_and_retention(self, client):
        a_record(title="먼저 맡긴 것", number="가-1")
        a_record(title="나중 맡긴 것", number="가-2", retention="years_5", at=NOON + timedelta(hours=1))
        shown = text(client.get(LIST))
        assert shown.index("나중 맡긴 것") < shown.index("먼저 맡긴 것")
        assert "독산2동" in shown
        assert "가-2" in shown
        assert "보존 5년" in shown

    def test_by_year(self, client):
        a_record(title="지난해 기록", made_on=date(2020, 12, 31))
        a_record(title="올해 기록", made_on=date(2021, 1, 1))
        shown = text(client.get(LIST, {"year": 2020}))
        assert "지난해 기록" in shown
        assert "올해 기록" not in shown

    @pytest.mark.parametrize(
        "query", [{"year": "abc"}, {"year": "²"}, {"year": "9" * 30}, {"year": "-1"}, {"page": "x"}, {"page": "99"}, {"year": "\x00"}]
    )
    def test_odd_questions_show_everything(self, client, query):
        a_record(title="올해 기록")
        answer = client.get(LIST, query)
        assert answer.status_code == 200
        assert "올해 기록" in text(answer)

    def test_empty(self, client):
        a_town()
        assert "아직 보관한 기록이 없어요" in text(client.get(LIST))

    def test_in_english(self, client):
        a_record(title="Result", number="A-1")
        client.cookies["django_language"] = "en"
        answer = client.get(LIST, headers={"Accept-Language": "en"})
        assert "아직 보관한" not in text(answer)
        assert "보존" not in text(answer)


class TestRecord:
    def test_says_all_that_is_kept_of_it(self, client):
        old = a_record(number="가-1")
        record = a_record(number="가-2", licence=4, retention="years_30", replaces=old)
        shown = text(client.get(url(record)))
        for words in ("가-2", "독산2동", "30년", "공공누리 제4유형", "주민이 고른 일 셋", url(old)):
            assert words in shown
        assert shown.count("맡긴 그대로예요") == 2
        assert hashlib.sha256(PDF).hexdigest() in shown

    def test_each_file_is_taken_along_as_it_was_deposited(self, client):
        record = a_record()
        shown = client.get(url(record)).content.decode()
        for row, data in zip(record.files.order_by("pk"), (PDF, WORDS), strict=True):
            assert f'href="{row.file.url}"' in shown
            answer = client.get(row.file.url)
            taken = b"".join(answer.streaming_content)
            assert taken == data
            assert hashlib.sha256(taken).hexdigest() == row.sha256
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_a_changed_file_is_named_and_not_offered(self, client):
        record = a_record()
        first, second = record.files.order_by("pk")
        path_of(first.file).write_bytes(PDF + b"x")
        try:
            shown = text(client.get(url(record)))
        finally:
            path_of(first.file).unlink()
        assert shown.count("맡길 때와 달라요") == 1
        assert first.file.url not in shown
        assert second.file.url in shown
        assert first.sha256 in shown

    def test_an_erased_file_is_no_error(self, client):
        record = a_record(files=[("PDF", a_file(b"%PDF-1.7 alone"))])
        files.erase(record.files.get().file)
        assert "맡길 때와 달라요" in text(client.get(url(record)))

    def test_words_are_no_markup(self, client):
        record = a_record(title="<b>제목</b>", description="<script>alert(1)</script>")
        for page in (LIST, url(record)):
            shown = client.get(page).content.decode()
            assert "<b>제목" not in shown
            assert "<script>alert(1)" not in shown

    def test_nothing_is_changed_from_outside(self, client):
        record = a_record()
        sign_in(client, an_official(a_town(), "site_admin"))
        for method in (client.post, client.put, client.delete, client.patch):
            method(url(record), {"title": "바꿈"})
        record.refresh_from_db()
        assert record.title == "2021년 독산2동 주민총회 결과 보고"
        assert record.files.count() == 2


class TestWrongPerson:
    def test_a_closed_record_and_its_files_are_the_desks(self, client):
        record = a_record(title="닫힌 기록", is_public=False)
        stored = record.files.order_by("pk")[0].file
        for who in (None, a_resident(), an_official(a_town(), desk=False)):
            client.logout()
            if who:
                sign_in(client, who)
            assert client.get(url(record)).status_code == 404
            assert "닫힌 기록" not in text(client.get(LIST))
            assert client.get(stored.url).status_code == 404
        sign_in(client, an_official(a_town(), "dong_officer", "doksan2"))
        assert "닫힌 기록" in text(client.get(LIST))
        assert client.get(url(record)).status_code == 200
        assert client.get(stored.url)["Cache-Control"] == "private, no-store"

    def test_a_year_that_only_closed_records_have_is_not_told(self, client):
        a_record(is_public=False, made_on=date(1999, 1, 1))
        assert "1999" not in text(client.get(LIST))

    def test_another_towns_record_is_not_here(self, client):
        record = a_record(place=elsewhere(), title="남의 기록")
        assert client.get(url(record)).status_code == 404
        assert "남의 기록" not in text(client.get(LIST))
        sign_in(client, an_official(a_town(), "site_admin"))
        assert client.get(url(record)).status_code == 404

    def test_what_never_was(self, client):
        a_town()
        for pk in (0, 10**18, 10**30):
            assert client.get(f"{LIST}{pk}/").status_code == 404


def test_queries(client, query_counts):
    for n in range(3):
        record = a_record(made_on=date(2021, 4, 1 + n))
    query_counts.page("archive:list", lambda: client.get(LIST))
    query_counts.page("archive:detail", lambda: client.get(url(record)))
    for n in range(37):
        a_record(place=(a_town().place, a_town().dong("gasan"))[n % 2], made_on=date(1990 + n % 30, 4, 1))
    many = a_record(files=[("TXT", a_file(f"{n}".encode(), f"{n}.txt", "text/plain")) for n in range(40)])
    query_counts.page("archive:list", lambda: client.get(LIST))
    query_counts.page("archive:detail", lambda: client.get(url(many)))
