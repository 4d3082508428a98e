"""The pages: what residents and officials see, what the wrong person gets, what is typed stays."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from madang.ground import clock, files
from madang.reports import actions
from madang.reports.models import OfficialPaper
from tests.proposals.makers import a_proposal
from tests.reports.makers import AFTER, a_paper, a_published_paper, a_signed_paper, acting, an_assembly, an_officer
from tests.residents.makers import a_resident, a_town, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_vote():
    a_town()
    with clock.fixed(AFTER):
        yield


@pytest.fixture
def officer(client):
    return sign_in(client, an_officer(title="마을자치과 담당"))


def said(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def at(name, *args):
    return reverse(f"reports:{name}", args=args)


class TestResidents:
    def test_list_shows_published_papers_only(self, client):
        paper = a_published_paper()
        draft = a_paper(an_assembly(dong="gasan", titles=("가", "나", "다", "라")))
        page = client.get(at("list"))
        assert paper.title in said(page)
        assert draft.title not in said(page)

    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ("?year=2021", True),
            ("?year=2020", True),
            ("?dong=gasan", False),
            ("?kind=assembly_year", False),
            ("?kind=x&year=9999999999", True),
        ],
    )
    def test_list_is_narrowed_by_what_makes_sense(self, client, query, seen):
        paper = a_published_paper()
        assert (paper.number in said(client.get(at("list") + query))) is seen

    def test_empty_list_says_so(self, client):
        assert "아직 낸 문서가 없어요" in said(client.get(at("list")))

    def test_paper_on_screen_with_links_from_numbers(self, client):
        ballot = an_assembly()
        paper = a_published_paper(ballot)
        page = client.get(at("detail", paper.pk))
        assert page.status_code == 200
        assert f'<a class="open-fig" href="{reverse("ballots:result", args=[ballot.pk])}">' in page.content.decode()
        for words in (paper.number, "구청장실", "붙임", "내려받기"):
            assert words in said(page)

    def test_a_draft_is_not_there(self, client):
        paper = a_paper()
        for name, args in (("detail", [paper.pk]), ("file", [paper.pk, "pdf"])):
            assert client.get(at(name, *args)).status_code == 404
        assert client.get(at("detail", 10**30 % 2**70)).status_code == 404

    def test_files_lead_to_the_deposited_ones(self, client):
        paper = a_published_paper()
        for one in paper.files.select_related("file"):
            response = client.get(at("file", paper.pk, one.format))
            assert response.headers["Location"] == one.file.url
            served = b"".join(client.get(one.file.url).streaming_content)
            assert served == files.read(one.file)
        assert client.get(at("file", paper.pk, "exe")).status_code == 404

    def test_a_replaced_paper_names_the_new_one(self, client):
        ballot = an_assembly()
        old = a_published_paper(ballot)
        a_proposal(title="늦게 온 제안", at=AFTER)
        new = actions.redraw(paper=old, why="늦은 제안", actor=acting(an_officer()), at=AFTER)
        assert new.number not in said(client.get(at("detail", old.pk)))
        actions.sign(paper=new, actor=acting(an_officer("mayor_office")), at=AFTER)
        actions.publish(paper=new, actor=acting(an_officer()), at=AFTER)
        assert "이 문서를 고친 새 문서가 있어요" in said(client.get(at("detail", old.pk)))
        assert old.number in said(client.get(at("detail", new.pk)))

    def test_in_english_the_paper_stays_korean(self, client):
        paper = a_published_paper()
        page = client.get(at("detail", paper.pk), headers={"accept-language": "en"}, cookies={"django_language": "en"})
        assert page.status_code == 200
        assert '<article class="paper" lang="ko"' in page.content.decode()


class TestDoors:
    def test_visitors_and_residents(self, client):
        paper = a_paper()
        addresses = [at("desk_list"), at("desk_new"), *(at(f"desk_{n}", paper.pk) for n in ("sign", "publish", "redraw", "withdraw"))]
        for address in addresses:
            response = client.post(address)
            assert response.status_code in (302, 404), address
            assert response.status_code == 404 or "login" in response.headers["Location"]
        sign_in(client, a_resident())
        assert client.get(at("desk_list")).status_code == 403
        assert client.post(at("desk_sign", paper.pk)).status_code == 404
        assert OfficialPaper.objects.get().state == "drawn_up"

    @pytest.mark.parametrize("role", ["department_officer", "moderator", "site_admin"])
    def test_the_wrong_official_reads_but_does_nothing(self, client, role):
        ballot = an_assembly()
        paper = a_paper(ballot)
        sign_in(client, an_officer(role))
        assert client.get(at("desk_detail", paper.pk)).status_code == 200
        for name in ("sign", "publish", "redraw", "withdraw"):
            assert client.post(at(f"desk_{name}", paper.pk), {"why": "x"}).status_code == 403
        assert client.get(at("desk_make", "assembly_result", ballot.pk)).status_code == 403
        assert OfficialPaper.objects.get().signatures == paper.signatures

    def test_another_dongs_office(self, client):
        ballot = an_assembly()
        paper = a_paper(ballot)
        sign_in(client, an_officer("dong_officer", "gasan"))
        assert client.post(at("desk_make", "assembly_result", ballot.pk), {"draw_up": "1"}).status_code == 403
        assert client.post(at("desk_sign", paper.pk)).status_code == 403
        assert ballot.title not in said(client.get(at("desk_new")))

    def test_another_date_reads_only(self, client, officer):
        paper = a_signed_paper()
        session = client.session
        session["preview_on"] = "2021-06-01"
        session.save()
        client.post(at("desk_publish", paper.pk))
        paper.refresh_from_db()
        assert paper.state in {"signed", "published"}


class TestDesk:
    def test_list_filters_and_exports(self, client, officer):
        paper = a_paper()
        assert paper.number in said(client.get(at("desk_list") + "?state=drawn_up&year=2021&q=독산2동"))
        assert paper.number not in said(client.get(at("desk_list") + "?state=published"))
        assert client.get(at("desk_list") + "?state=x&place=999&year=abc").status_code == 200
        table = client.get(at("desk_list") + "?format=csv").content.decode("utf-8-sig")
        assert paper.number in table
        assert "마을자치과 담당" in table
        assert client.get(at("desk_list") + "?format=xlsx").content.startswith(b"PK")

    def test_choosing_shows_what_can_be_reported(self, client, officer):
        ballot = an_assembly()
        page = client.get(at("desk_new"))
        assert at("desk_make", "assembly_result", ballot.pk) in page.content.decode()
        assert at("desk_make", "assembly_year", 2021) in page.content.decode()
        paper = a_paper(ballot)
        assert paper.number in said(client.get(at("desk_new")))
        assert client.get(at("desk_new") + "?year=2099").status_code == 200

    def test_nothing_to_report(self, client, officer):
        assert "보고할 것이 없습니다" in said(client.get(at("desk_new")))
        assert client.get(at("desk_make", "assembly_result", 99_999)).status_code == 404
        assert client.get(at("desk_make", "nothing", 1)).status_code == 404

    def test_preview_stores_nothing_and_keeps_what_was_typed(self, client, officer):
        address = at("desk_make", "assembly_result", an_assembly().pk)
        page = client.post(address, {"look": "1", "publicity": "골목 방송 10회"})
        assert said(page).count("골목 방송 10회") == 2, "in the preview and in the field"
        assert not OfficialPaper.objects.exists()

    def test_resident_numbers_are_refused_and_the_rest_is_kept(self, client, officer):
        address = at("desk_make", "assembly_result", an_assembly().pk)
        page = client.post(address, {"draw_up": "1", "opinions": "850101-1234567 씨 의견", "publicity": "현수막 12곳"})
        assert page.status_code == 422
        assert "주민등록번호" in said(page)
        assert "현수막 12곳" in page.content.decode()
        assert not OfficialPaper.objects.exists()

    def test_from_drawing_up_to_the_archive(self, client, officer):
        ballot = an_assembly()
        client.post(at("desk_make", "assembly_result", ballot.pk), {"draw_up": "1", "publicity": "현수막 12곳"}, follow=True)
        paper = OfficialPaper.objects.get()
        page = client.get(at("desk_detail", paper.pk))
        assert "결재 기다림" in said(page)
        assert "자기가 쓴 문서에는 결재할 수 없습니다" in said(page)
        assert at("desk_sign", paper.pk) not in page.content.decode()
        for format, head in (("pdf", b"%PDF"), ("hwpx", b"PK"), ("xlsx", b"PK")):
            assert client.get(at("file", paper.pk, format)).content.startswith(head)
        sign_in(client, an_officer("mayor_office"))
        assert "결재했습니다" in said(client.post(at("desk_sign", paper.pk), follow=True))
        sign_in(client, officer)
        assert "공개했습니다" in said(client.post(at("desk_publish", paper.pk), follow=True))
        paper.refresh_from_db()
        assert paper.state == "published"
        assert client.get(reverse("archive:detail", args=[paper.record_id])).status_code == 200

    def test_a_second_draw_up_says_which_one_exists(self, client, officer):
        ballot = an_assembly()
        paper = a_paper(ballot)
        page = client.post(at("desk_make", "assembly_result", ballot.pk), {"draw_up": "1", "publicity": "현수막 12곳"})
        assert page.status_code == 422
        assert paper.number in said(page)
        assert "현수막 12곳" in page.content.decode()

    def test_changed_records_are_marked(self, client, officer):
        paper = a_paper()
        assert "굳힌 때와 같음" in said(client.get(at("desk_detail", paper.pk)))
        a_proposal(title="늦게 온 제안", at=AFTER)
        page = client.get(at("desk_detail", paper.pk))
        assert "굳힌 뒤 바뀜" in said(page)
        assert "독산2동 · 제안 접수" in said(page)

    def test_published_is_compared_when_asked(self, client, officer):
        paper = a_published_paper()
        a_proposal(title="늦게 온 제안", at=AFTER)
        assert "굳힌 뒤 바뀜" not in said(client.get(at("desk_detail", paper.pk)))
        assert "굳힌 뒤 바뀜" in said(client.get(at("desk_detail", paper.pk) + "?compare=1"))

    def test_redrawing_keeps_the_words_and_needs_a_reason(self, client, officer):
        paper = a_paper(publicity="현수막 12곳")
        address = at("desk_redraw", paper.pk)
        assert "현수막 12곳" in client.get(address).content.decode()
        page = client.post(address, {"why": "", "publicity": "현수막 13곳"})
        assert page.status_code == 422
        assert "현수막 13곳" in page.content.decode()
        client.post(address, {"why": "현수막을 다시 셈", "publicity": "현수막 13곳"})
        new = OfficialPaper.objects.get(replaces=paper)
        assert (new.typed["publicity"], new.why) == ("현수막 13곳", "현수막을 다시 셈")
        same = client.post(at("desk_redraw", new.pk), {"why": "또", "publicity": "현수막 13곳"})
        assert "다시 쓸 것이 없습니다" in said(same)

    def test_withdrawing(self, client, officer):
        paper = a_paper()
        assert client.post(at("desk_withdraw", paper.pk), {"why": ""}).status_code == 422
        assert "거두었습니다" in said(client.post(at("desk_withdraw", paper.pk), {"why": "잘못 고름"}, follow=True))
        assert client.get(at("desk_redraw", paper.pk)).status_code == 403

    def test_opening_a_deeds_address_leads_back(self, client, officer):
        paper = a_signed_paper()
        assert client.get(at("desk_publish", paper.pk)).headers["Location"] == at("desk_detail", paper.pk)


class TestQueries:
    def test_residents(self, client, query_counts):
        paper = a_published_paper()
        query_counts.page("reports:list", lambda: client.get(at("list")))
        query_counts.page("reports:detail", lambda: client.get(at("detail", paper.pk)))

    def test_desk(self, client, officer, query_counts):
        paper = a_published_paper()
        query_counts.page("reports:desk_list", lambda: client.get(at("desk_list")))
        query_counts.page("reports:desk_detail", lambda: client.get(at("desk_detail", paper.pk)))
