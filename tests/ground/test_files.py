"""Files: sniffed, bounded, drawn again, served to whom they are for."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image, PngImagePlugin

from madang.ground import files
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry, StoredFile
from madang.ground.verdict import Refused
from tests import NOON
from tests.ground.makers import picture, took
from tests.residents.makers import a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db
ALL = files.PICTURES | files.PAPERS
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"
HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(*names, mimetype=""):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        if mimetype:
            packed.writestr("mimetype", mimetype)
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def packed(parts, mimetype=""):
    """A zipped paper with these parts, as word processors pack it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name, xml in parts.items():
            made.writestr(name, xml, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_exif():
    """A picture on its side, 40 × 60, with a place, a comment and a name in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "작가 이름"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 28.0, 1.0), 3: "E", 4: (126.0, 53.0, 1.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude=37.28</x:xmpmeta>"
    return picture(size=(60, 40), exif=exif, comment=b"taken at home", xmp=xmp)


def refusal(data, **over):
    with pytest.raises(Refused) as refused:
        took(data, **over)
    assert str(refused.value)
    return refused.value.verdict.code


class TestSniffing:
    @pytest.mark.parametrize(
        ("data", "mime"),
        [
            (picture("JPEG"), "image/jpeg"),
            (picture("PNG"), "image/png"),
            (picture("GIF"), "image/gif"),
            (picture("WEBP"), "image/webp"),
            (PDF, "application/pdf"),
            (HWP, "application/x-hwp"),
            (zipped("Contents/section0.xml", mimetype="application/hwp+zip"), "application/hwp+zip"),
            (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (zipped("setup.exe"), ""),
            ("회의록\n1. 개회".encode(), "text/plain"),
            ("회의록\r\n똠방각하".encode("cp949"), "text/plain"),
            ("회의록".encode("utf-16"), "text/plain"),
            ("글\x07".encode("cp949"), ""),
            (b"<script>alert(1)</script>", ""),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
            (b"text\x00with a nul", ""),
            (b"MZ\x90\x00\x03", ""),
        ],
    )
    def test_by_the_bytes(self, data, mime):
        assert files.sniff(data) == mime

    def test_the_name_counts_for_nothing(self):
        assert refusal(b"<html>", name="사진.jpg", kinds=ALL) == "file_kind"
        assert took(PDF, name="사진.jpg", kinds=ALL).mime == "application/pdf"


class TestRefusals:
    def test_empty_too_large_broken_or_another_kind(self):
        assert refusal(b"") == "file_empty"
        assert refusal(picture() + b"\x00" * files.LIMIT) == "file_too_large"
        assert refusal(b"\xff\xd8\xff" + b"no picture") == "file_broken"
        assert refusal(picture("PNG")[:60]) == "file_broken"
        assert refusal(PDF) == "file_kind"
        assert not StoredFile.objects.exists()

    def test_a_resident_number_in_a_text(self):
        assert refusal("이름 홍길동 800101-1234567".encode(), kinds=ALL) == "file_resident_number"
        assert took("접수 2021-04-07, 전화 02-2627-0000".encode(), kinds=ALL).mime == "text/plain"

    @pytest.mark.parametrize("way", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
    def test_however_korean_machines_write_it(self, way):
        assert refusal("이름 홍길동 800101-1234567".encode(way), kinds=ALL) == "file_resident_number"
        assert took("이름 홍길동, 1층".encode(way), kinds=ALL).mime == "text/plain"

    @pytest.mark.parametrize(
        "name", ["900101-1234568.txt", "900101_1234568.txt", "명단_900101-1234568_끝.txt", "９００１０１－１２３４５６８.txt"]
    )
    def test_a_resident_number_in_the_name(self, name):
        assert refusal("글".encode(), name=name, kinds=ALL) == "file_name_resident_number"
        assert refusal(picture(), name=name.replace(".txt", ".jpg")) == "file_name_resident_number"
        assert not StoredFile.objects.exists()

    def test_a_day_and_a_number_in_the_name_are_no_resident_number(self):
        assert took("글".encode(), name="20210407_1234567_회의록.txt", kinds=ALL).name == "20210407_1234567_회의록.txt"

    @pytest.mark.parametrize(
        ("part", "xml", "more"),
        [
            ("word/document.xml", "<w:p><w:r><w:t>주민 900101</w:t></w:r><w:r><w:t>-1234568</w:t></w:r></w:p>", ""),
            ("xl/sharedStrings.xml", "<sst><si><t>900101&#45;1234568</t></si></sst>", ""),
            ("Contents/section0.xml", "<hp:p><hp:run><hp:t>900101-1234568</hp:t></hp:run></hp:p>", "application/hwp+zip"),
        ],
    )
    def test_a_resident_number_inside_a_zipped_paper(self, part, xml, more):
        assert refusal(packed({part: xml}, more), kinds=ALL) == "file_resident_number"
        harmless = xml.replace("1234568", "123456")
        assert took(packed({part: harmless}, more), kinds=ALL).size

    def test_two_paragraphs_are_not_read_as_one_number(self):
        words = "<w:p><w:t>접수 900101-</w:t></w:p><w:p><w:t>1234568</w:t></w:p>"
        assert took(packed({"word/document.xml": words}), kinds=ALL).size

    def test_a_paper_that_cannot_be_looked_through_is_not_taken(self):
        locked = bytearray(packed({"word/document.xml": "<w:t>글</w:t>"}))
        for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            locked[locked.index(sign) + at] |= 1  # the mark of a password
        assert refusal(bytes(locked), kinds=ALL) == "file_unreadable"
        assert refusal(b"PK\x03\x04 word/ and no more", kinds=ALL) == "file_unreadable"

    def test_a_zip_bomb_is_given_up(self):
        bomb = packed({"word/document.xml": "<w:t>0</w:t>" * 2_000_000})
        assert len(bomb) < files.LIMIT
        assert refusal(bomb, kinds=ALL) == "file_unreadable"

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    def test_a_picture_bomb_is_refused_before_it_is_drawn(self):
        assert refusal(picture("PNG", size=(8000, 6300), mode="1")) == "file_broken"


class TestTakingIn:
    def test_where_it_was_taken_is_gone_and_it_stands_upright(self):
        stored = took(with_exif(), name="마을 사진.jpeg")
        data = files.read(stored)
        with Image.open(BytesIO(data)) as drawn:
            assert drawn.size == (40, 60) == (stored.width, stored.height)
            assert not dict(drawn.getexif())
            assert "comment" not in drawn.info
        for left in (b"GPS", b"taken at home", "작가".encode(), b"Exif", b"xmpmeta"):
            assert left not in data
        assert stored.name == "마을 사진.jpg"

    def test_words_in_a_png_are_gone(self):
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", "somebody")
        data = files.read(took(picture("PNG", pnginfo=words, mode="RGBA"), name="a.png"))
        assert b"somebody" not in data
        assert files.sniff(data) == "image/png"

    def test_large_pictures_are_made_smaller_and_small_ones_left(self):
        assert (took(picture(size=(3000, 1000))).width, took(picture(size=(30, 10))).width) == (files.LONGEST_SIDE, 30)

    @pytest.mark.parametrize(
        ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("GIF", "P"), ("PNG", "1"), ("JPEG", "CMYK"), ("WEBP", "RGB")]
    )
    def test_every_kind_of_picture_becomes_one_that_opens(self, kind, mode):
        stored = took(picture(kind, mode=mode), name=f"a.{kind.lower()}")
        assert stored.mime in ("image/jpeg", "image/png")
        with Image.open(BytesIO(files.read(stored))) as drawn:
            assert drawn.size == (60, 40)

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/비밀.pdf", "비밀.pdf"),
            ("..", "file"),
            ("a\x00b\n<c>.pdf", "a_b__c_.pdf"),
            ("가" * 300 + ".pdf", "가" * 116 + ".pdf"),
        ],
    )
    def test_names_are_made_harmless(self, given, kept):
        assert took(PDF, name=given, kinds=ALL).name == kept

    def test_it_is_recorded_without_its_name(self):
        took(PDF, name="진정서.pdf", kinds=ALL)
        row = AuditEntry.objects.get(verb="file.stored")
        assert row.kept == {"mime": "application/pdf", "size": len(PDF)}
        assert row.personal is None

    def test_erasing_leaves_what_others_hold(self):
        first, second = took(PDF, kinds=ALL), took(PDF, kinds=ALL)
        files.erase(first)
        assert files.read(second) == PDF
        files.erase(second)
        with pytest.raises(FileNotFoundError):
            files.read(second)
        first.refresh_from_db()
        assert (first.is_erased, first.name) == (True, "erased")

    def test_sizes_in_words(self):
        assert [files.size_words(StoredFile(size=n)) for n in (1, 350_000, 2_200_000)] == ["1KB", "341KB", "2.1MB"]


class TestServing:
    def test_a_picture_opens_and_nothing_in_it_may_run(self, client):
        answer = client.get(took(picture()).url)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "public, no-cache"
        assert "attachment" not in answer.get("Content-Disposition", "")

    def test_a_paper_is_saved_and_a_pdf_opens(self, client):
        text = client.get(took("글".encode(), name="글.txt", kinds=ALL).url)
        assert text["Content-Disposition"].startswith("attachment")
        assert client.get(took(PDF, kinds=ALL).url)["Content-Disposition"].startswith("inline")

    def test_not_public_ones_are_for_open_desks_of_this_town(self, client):
        town = a_town()
        stored = took(PDF, kinds=ALL, is_public=False)
        assert client.get(stored.url).status_code == 404
        sign_in(client, a_resident())
        assert client.get(stored.url).status_code == 404
        sign_in(client, an_official(town, desk=False))
        assert client.get(stored.url).status_code == 404
        sign_in(client, an_official(town))
        answer = client.get(stored.url)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        elsewhere = files.keep(PDF, name="a.pdf", mime="application/pdf", place=town.place.parent, actor=SYSTEM, at=NOON, is_public=False)
        assert client.get(elsewhere.url).status_code == 404

    def test_a_copy_is_kept_but_asked_about_each_time(self, client):
        stored = took(picture())
        etag = client.get(stored.url)["ETag"]
        again = client.get(stored.url, headers={"If-None-Match": etag})
        assert (again.status_code, again["Cache-Control"], again.content) == (304, "public, no-cache", b"")
        files.open_to_all([stored.pk], is_public=False)
        assert client.get(stored.url, headers={"If-None-Match": etag}).status_code == 404
        files.open_to_all([stored.pk], is_public=True)
        assert client.get(stored.url).status_code == 200

    def test_who_handed_a_closed_one_in_still_sees_it(self, client):
        mine = a_resident()
        stored = took(picture(), actor=actor_of(mine), is_public=False)
        sign_in(client, a_resident())
        assert client.get(stored.url).status_code == 404
        sign_in(client, mine)
        answer = client.get(stored.url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")

    def test_what_is_gone_or_never_was(self, client):
        stored = took(PDF, kinds=ALL)
        files.erase(stored)
        assert client.get(reverse("file", args=[stored.token, "a.pdf"])).status_code == 404
        assert client.get(reverse("file", args=["nothing", "a.pdf"])).status_code == 404
        assert client.get("/files/%00/a.pdf").status_code in (400, 404)
