"""The pages: what everybody reads, what only officers write, what a mistake leaves standing."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from madang.budgets.actions import commit, spend
from madang.budgets.models import Appropriation, Source, Spending
from madang.ground.actor import SYSTEM
from madang.programmes.models import ProgressEntry
from madang.projects import actions
from madang.projects.models import Project
from tests import NOON
from tests.budgets.makers import a_programme, a_source, an_appropriation
from tests.projects.makers import a_past_ballot, a_project, a_running_project, a_winner, again
from tests.proposals.makers import a_picture
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def desk(client, role="coordinating_officer", **over):
    account = an_official(a_town(), role, **over)
    sign_in(client, account)
    return account


class TestList:
    def test_narrowed_by_every_filter(self, client):
        project = a_running_project()
        url = reverse("projects:list")
        for query in ({}, {"year": 2021}, {"dong": "doksan2"}, {"state": "running"}, {"category": "환경·공원"}):
            assert project.programme.title in text(client.get(url, query)), query
        for query in ({"dong": "gasan"}, {"state": "done"}, {"category": "문화·교육"}):
            answer = text(client.get(url, query))
            assert project.programme.title not in answer
            assert "조건에 맞는 사업이 없어요" in answer

    @pytest.mark.parametrize("query", ["year=x", "dong=nowhere", "state=%00", "page=999999999999999999999", "category=" + "가" * 3000])
    def test_any_address_is_answered(self, client, query):
        a_town()
        assert client.get(f"{reverse('projects:list')}?{query}").status_code == 200

    def test_empty_town(self, client):
        a_town()
        assert "아직 하기로 한 사업이 없어요" in text(client.get(reverse("projects:list")))

    def test_open_data(self, client):
        project = a_project()
        rows = list(csv.reader(StringIO(client.get(reverse("projects:list"), {"format": "csv"}).content.decode("utf-8-sig"))))
        assert rows[0][1] == "사업"
        assert rows[1][1] == project.programme.title
        assert rows[1][rows[0].index("예산(원)")] == "30000000"
        book = load_workbook(BytesIO(client.get(reverse("projects:list"), {"format": "xlsx"}).content))
        assert book.active["H2"].value == 30_000_000

    def test_queries(self, client, query_counts):
        a_running_project()
        query_counts.page("projects:list", lambda: client.get(reverse("projects:list")))


class TestDetail:
    def test_tells_money_news_and_where_it_came_from(self, client):
        project = a_running_project(department=a_department(name="도로과"))
        money = Appropriation.objects.get(programme=project.programme)
        spend(appropriation=money, amount_won=4_500_000, on=NOON.date(), what="그늘막 천", commits=True, actor=SYSTEM, at=NOON)
        commit(appropriation=money, amount_won=1_000_000, on=NOON.date(), what="기둥", actor=SYSTEM, at=NOON)
        page = text(client.get(reverse("projects:detail", args=[project.pk])))
        for said in (
            "450만원", "3,000만원 가운데 15%", "계약해서 곧 나갈 돈 100만원", "그늘막 천", "4,500,000원", "자리를 정했습니다.",
            "주민 열 명이 함께 걸었습니다.", "도로과", "02-2627-2345", reverse("proposals:detail", args=[project.proposal_id]),
            reverse("ballots:result", args=[project.ballot_item.ballot_id]), "1위", "이야기",
        ):  # fmt: skip
            assert said in page, said

    def test_a_hidden_proposal_is_not_shown(self, client):
        project = a_project()
        project.proposal.is_public = False
        project.proposal.save()
        assert reverse("proposals:detail", args=[project.proposal_id]) not in text(
            client.get(reverse("projects:detail", args=[project.pk]))
        )

    @pytest.mark.parametrize("pk", [0, 10**18, 10**30])
    def test_unknown(self, client, pk):
        a_town()
        assert client.get(f"/projects/{pk}/").status_code == 404

    def test_queries(self, client, query_counts):
        url = reverse("projects:detail", args=[a_running_project().pk])
        query_counts.page("projects:detail", lambda: client.get(url))


class TestTakingPart:
    def test_in_and_out_and_twice(self, client):
        project, neighbour = a_project(), a_resident()
        sign_in(client, neighbour)
        url = reverse("projects:join", args=[project.pk])
        assert "함께하기로 했어요" in text(client.post(url, follow=True))
        assert client.post(url).status_code == 302
        assert project.helpers.count() == 1
        assert "주민 1명이 함께하고 있어요" in text(client.get(reverse("projects:detail", args=[project.pk])))
        client.post(url, {"do": "leave"})
        client.post(url, {"do": "leave"})
        assert project.helpers.count() == 0

    def test_a_visitor_is_asked_to_sign_in(self, client):
        project = a_project()
        answer = client.post(reverse("projects:join", args=[project.pk]))
        assert answer.status_code == 302
        assert "login" in answer.url
        assert client.get(reverse("projects:join", args=[project.pk])).status_code == 302


class TestFunnel:
    def test_town_dong_and_files(self, client):
        a_project()
        url = reverse("projects:funnel")
        assert "예산을 받은 제안" in text(client.get(url))
        assert "2021년 가산동" in text(client.get(url, {"year": 2021, "dong": "gasan"}))
        rows = list(csv.reader(StringIO(client.get(url, {"year": 2021, "format": "csv"}).content.decode("utf-8-sig"))))
        assert rows[3] == ["독산2동", "4", "4", "4", "1", "0"]
        assert rows[-1][0] == "합계"

    @pytest.mark.parametrize("query", ["year=99999", "year=-1", "year=²", "dong=x", "year=0000"])
    def test_any_address_is_answered(self, client, query):
        a_town()
        assert client.get(f"{reverse('projects:funnel')}?{query}").status_code == 200

    @pytest.mark.parametrize("query", ["stage=", "stage=nothing", "stage=done&dong=nowhere"])
    def test_a_list_of_nothing_we_know(self, client, query):
        a_town()
        assert client.get(f"{reverse('projects:funnel_list')}?{query}").status_code == 404

    def test_queries(self, client, query_counts):
        a_project()
        query_counts.page("projects:funnel", lambda: client.get(reverse("projects:funnel")))
        url = f"{reverse('projects:funnel_list')}?year=2021&stage=balloted"
        query_counts.page("projects:funnel_list", lambda: client.get(url))


DESK = (
    "desk_list",
    "desk_sources",
    "desk_detail",
    "desk_change",
    "desk_money",
    "desk_appropriate",
    "desk_amount",
    "desk_cancel",
    "desk_adopt",
)


@pytest.fixture
def addresses():
    project = a_project()
    money = Appropriation.objects.get(programme=project.programme)
    line = commit(appropriation=money, amount_won=1_000, on=NOON.date(), what="못", actor=SYSTEM, at=NOON)
    ids = {
        "desk_detail": project.pk, "desk_change": project.pk, "desk_money": project.programme_id, "desk_appropriate": project.programme_id,
        "desk_amount": money.pk, "desk_cancel": line.pk, "desk_adopt": project.ballot_item.ballot_id,
    }  # fmt: skip
    found = {name: reverse(f"projects:{name}", args=[ids[name]] if name in ids else []) for name in DESK}
    return found | {"desk_move": reverse("projects:desk_move", args=[project.pk, "start"])}


class TestTheDeskIsClosed:
    def test_to_visitors_and_residents(self, client, addresses):
        for name, url in addresses.items():
            assert "login" in client.get(url).url, name
        sign_in(client, a_resident())
        for name, url in addresses.items():
            assert client.get(url).status_code == 403, name
            assert client.post(url).status_code == 403, name

    def test_to_officials_without_an_open_desk(self, client, addresses):
        desk(client, desk=False)
        for name, url in addresses.items():
            assert "/desk" in client.get(url).url, name

    def test_another_department_reads_and_does_not_write(self, client, addresses):
        desk(client, "department_officer", department=a_department(name="공원녹지과"))
        for name in ("desk_list", "desk_detail", "desk_money"):
            assert client.get(addresses[name]).status_code == 200, name
        for name in ("desk_change", "desk_appropriate", "desk_amount", "desk_cancel", "desk_adopt", "desk_sources", "desk_move"):
            assert client.post(addresses[name], {"why": "까닭"}).status_code == 403, name
        assert Spending.objects.get().cancelled_at is None

    def test_every_page_opens_for_the_coordinating_department(self, client, addresses):
        desk(client)
        for name, url in addresses.items():
            assert client.get(url).status_code == 200, name

    def test_things_of_nowhere(self, client):
        desk(client)
        for name in DESK[2:]:
            assert client.get(reverse(f"projects:{name}", args=[10**17])).status_code == 404, name
        assert client.get(reverse("projects:desk_move", args=[a_project().pk, "explode"])).status_code == 404


class TestExecutionTable:
    def test_in_thousands_with_sums_and_late_ones(self, client):
        desk(client)
        project = a_project()
        page = text(client.get(reverse("projects:desk_list")))
        for said in (project.programme.title, "30,000", "착수 늦음", "계 (1개 사업)", "독산2동", "아직 사업이 아닙니다"):
            assert said in page, said

    @pytest.mark.parametrize("query", ["sort=-rate", "sort=x", "late=on", "basis=committed", "year=1", "department=x", "q=%00", "source=0"])
    def test_any_address_is_answered(self, client, query):
        desk(client)
        a_project()
        assert client.get(f"{reverse('projects:desk_list')}?{query}").status_code == 200

    def test_files(self, client):
        desk(client)
        project = a_project()
        rows = list(csv.reader(StringIO(client.get(reverse("projects:desk_list"), {"format": "csv"}).content.decode("utf-8-sig"))))
        assert rows[1][:4] == [project.programme.title, "독산2동", "", "준비 중"]
        assert rows[1][4:] == ["30000", "0", "0", "30000", "0", "27", "△27", "착수 늦음"]
        assert rows[2][0] == "합계"
        book = load_workbook(BytesIO(client.get(reverse("projects:desk_list"), {"format": "xlsx"}).content))
        assert (book.active["E2"].value, book.active["K2"].value) == (30000, "△27")

    def test_queries(self, client, query_counts):
        desk(client)
        a_project()
        an_appropriation(a_programme(title="주민자치 학교", dong=None))
        query_counts.page("projects:desk_list", lambda: client.get(reverse("projects:desk_list")))


class TestAdopting:
    def test_one_then_all_the_rest(self, client):
        desk(client)
        ballot, source, roads = a_past_ballot(), a_source(), a_department(name="도로과")
        url, first = reverse("projects:desk_adopt", args=[ballot.pk]), a_winner(ballot)
        values = {"source": source.pk, "year": 2022, f"department_{first.pk}": roads.pk}
        assert "사업 1건을 만들었습니다" in text(client.post(url, {**values, "item": first.pk}, follow=True))
        project = Project.objects.get()
        assert (project.programme.department, project.programme.year) == (roads, 2022)
        client.post(url, {**values, "item": first.pk})  # pressed again
        assert Project.objects.count() == 1
        page = text(client.post(url, {"source": source.pk, "year": 2022, "item": "all"}, follow=True))
        assert "모두 사업이 되었습니다" in page
        assert Project.objects.count() == 3

    def test_bad_input_keeps_what_was_chosen(self, client):
        desk(client)
        ballot, source, roads = a_past_ballot(), a_source(), a_department(name="도로과")
        first = a_winner(ballot)
        values = {"source": source.pk, "year": "이천", f"department_{first.pk}": roads.pk, "item": "all"}
        page = text(client.post(reverse("projects:desk_adopt", args=[ballot.pk]), values))
        assert 'value="이천"' in page
        assert f'<option value="{roads.pk}" selected>' in page
        assert not Project.objects.exists()

    def test_the_enter_key_makes_nothing(self, client):
        desk(client)
        ballot, source = a_past_ballot(), a_source()
        url = reverse("projects:desk_adopt", args=[ballot.pk])
        assert text(client.get(url)).index('value="none"') < text(client.get(url)).index("이것만 만들기")
        assert client.post(url, {"source": source.pk, "year": 2022, "item": "none"}).status_code == 200
        assert not Project.objects.exists()

    def test_an_item_of_another_vote(self, client):
        desk(client)
        ballot, other = a_past_ballot(), a_past_ballot(title="다른 투표")
        values = {"source": a_source().pk, "year": 2022, "item": a_winner(other).pk}
        assert client.post(reverse("projects:desk_adopt", args=[ballot.pk]), values).status_code == 404
        assert client.post(reverse("projects:desk_adopt", args=[ballot.pk]), {**values, "item": "x"}).status_code == 404

    def test_without_a_source(self, client):
        desk(client)
        page = text(client.get(reverse("projects:desk_adopt", args=[a_past_ballot().pk])))
        assert "재원이 없습니다" in page
        url = reverse("projects:desk_sources")
        client.post(url, {"name": "구비"})
        assert "이미 있는 재원입니다" in text(client.post(url, {"name": "구비"}))
        assert Source.objects.count() == 1

    def test_queries(self, client, query_counts):
        desk(client)
        ballot = a_past_ballot()
        a_source()
        query_counts.page("projects:desk_adopt", lambda: client.get(reverse("projects:desk_adopt", args=[ballot.pk])))


class TestProgress:
    def send(self, client, project, **over):
        values = {"on": "2021. 4.", "body": "기둥을 세웠습니다.", "percent": "40", "once": "mark", **over}
        return client.post(reverse("projects:desk_progress", args=[project.pk]), values, follow=True)

    def test_with_photo_sent_twice_is_one(self, client):
        desk(client)
        project = a_project()
        for _n in range(2):
            photo = SimpleUploadedFile("a.png", a_picture())
            page = text(self.send(client, project, photo1=photo, alt1="기둥 셋", caption1="세운 날"))
        assert "소식을 올렸습니다" in page
        entry = ProgressEntry.objects.get()
        assert (entry.percent, entry.photos.get().alt) == (40, "기둥 셋")
        assert "기둥 셋" in text(client.get(reverse("projects:detail", args=[project.pk])))

    @pytest.mark.parametrize(
        ("written", "read"), [("’21. 4.", "2021. 4."), ("2021년 4월", "2021. 4."), ("2021", "2021년"), ("2021-04-05", "2021. 4. 5.")]
    )
    def test_dates_of_every_style(self, client, written, read):
        desk(client)
        project = a_project()
        self.send(client, project, on=written)
        assert read in text(client.get(reverse("projects:desk_detail", args=[project.pk])))

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"on": "언젠가"}, "날짜로 읽지 못했습니다"),
            ({"on": "2021. 5."}, "아직 오지 않은 때"),
            ({"percent": "140"}, "100"),
            ({"body": "800101-1234567 님이 도왔습니다"}, "주민등록번호"),
            ({"photo1": b"no picture", "alt1": "무엇"}, "JPG"),
            ({"photo1": "png"}, "무엇이 보이는지"),
        ],
    )
    def test_what_is_wrong_is_said_beside_and_the_rest_stays(self, client, wrong, said):
        desk(client)
        project = a_project()
        if "photo1" in wrong:
            data = a_picture() if wrong["photo1"] == "png" else wrong["photo1"]
            wrong = {**wrong, "photo1": SimpleUploadedFile("a.png", data)}
        page = text(self.send(client, project, **wrong))
        assert said in page
        assert "기둥을 세웠습니다." in page or "body" in wrong
        assert not ProgressEntry.objects.exists()

    def test_queries(self, client, query_counts):
        desk(client)
        url = reverse("projects:desk_detail", args=[a_running_project().pk])
        query_counts.page("projects:desk_detail", lambda: client.get(url))


class TestMoves:
    def test_start_finish_and_again(self, client):
        desk(client)
        project = a_project()
        start, finish = (reverse("projects:desk_move", args=[project.pk, deed]) for deed in ("start", "finish"))
        assert "이제 ‘하는 중’입니다" in text(client.post(start, follow=True))
        assert client.post(start).status_code == 302  # the back button
        assert "표시해 주세요" in text(client.post(finish))
        assert "이제 ‘마쳤어요’입니다" in text(client.post(finish, {"sure": "on"}, follow=True))
        assert client.post(finish, {"sure": "on"}).status_code == 302
        assert "소식은 더 쓸 수 있습니다" in text(client.get(reverse("projects:desk_detail", args=[project.pk])))

    def test_stop_with_a_reason(self, client):
        desk(client)
        project = a_running_project()
        url = reverse("projects:desk_move", args=[project.pk, "stop"])
        assert "까닭을 적어 주세요" in text(client.post(url, {"why": " "}))
        client.post(url, {"why": "장마"})
        assert again(project).state == "stopped"
        page = text(client.get(reverse("projects:detail", args=[project.pk])))
        assert "사업을 멈췄습니다: 장마" in page
        assert "이미 끝난 사업이에요" in page or "함께하기" in page

    def test_what_is_done_does_not_start_again(self, client):
        desk(client)
        project = a_running_project()
        actions.finish(project=project, actor=SYSTEM, at=NOON)
        answer = text(client.post(reverse("projects:desk_move", args=[project.pk, "resume"])))
        assert "바꿀 수 없" in answer or "옮길 수 없" in answer or "없습니다" in answer
        assert again(project).state == "done"


class TestMoney:
    def write(self, client, project, **over):
        money = Appropriation.objects.filter(programme=project.programme).first()
        values = {
            "appropriation": money.pk,
            "kind": "both",
            "amount_won": "120만원",
            "on": "2021-04-05",
            "what": "그늘막 천",
            "once": "mark",
            **over,
        }
        return client.post(reverse("projects:desk_money", args=[project.programme_id]), values, follow=True)

    def test_written_once_and_read_by_everybody(self, client):
        desk(client)
        project = a_project()
        self.write(client, project)
        assert "적었습니다" in text(self.write(client, project)) or Spending.objects.count() == 2
        assert Appropriation.objects.get().spent_won == 1_200_000
        client.logout()
        assert "1,200,000원" in text(client.get(reverse("projects:detail", args=[project.pk])))

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"amount_won": "많이"}, "읽지 못했어요"),
            ({"amount_won": "0"}, "0원보다 커야"),
            ({"amount_won": "4000만원"}, "남은 30,000,000원보다 많은"),
            ({"kind": "expenditure"}, "원인행위를 먼저"),
            ({"on": "2020-12-31"}, "2021. 1. 1.부터"),
            ({"on": "2021-04-08"}, "아직 오지 않은 날"),
            ({"kind": "gift"}, "gift"),
            ({"appropriation": "999"}, "골라"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client, wrong, said):
        desk(client)
        project = a_project()
        page = text(self.write(client, project, **wrong))
        assert said in page or "올바" in page
        assert 'value="그늘막 천"' in page
        assert not Spending.objects.exists()

    def test_money_of_another_programme_is_out_of_reach(self, client):
        desk(client, "dong_officer", dong="doksan2")
        project, other = a_project(), an_appropriation(a_programme(dong="gasan"))
        self.write(client, project, appropriation=other.pk)
        assert not Spending.objects.exists()
        answer = client.post(
            reverse("projects:desk_money", args=[other.programme_id]),
            {"appropriation": other.pk, "kind": "both", "amount_won": "1", "on": "2021-04-05", "what": "못"},
        )
        assert not Spending.objects.exists()
        assert "총괄 부서" in text(answer)

    def test_taken_back_with_a_reason(self, client):
        desk(client)
        project = a_project()
        self.write(client, project, kind="commitment")
        url = reverse("projects:desk_cancel", args=[Spending.objects.get().pk])
        assert "까닭을 적어 주세요" in text(client.post(url, {"why": ""}))
        client.post(url, {"why": "두 번 적음"})
        assert client.post(url, {"why": "또"}).status_code == 302
        client.logout()
        assert "취소했어요. 까닭: 두 번 적음" in text(client.get(reverse("projects:detail", args=[project.pk])))

    def test_more_and_other_amounts(self, client):
        desk(client)
        project = a_project()
        money = Appropriation.objects.get()
        more, other = reverse("projects:desk_appropriate", args=[project.programme_id]), reverse("projects:desk_amount", args=[money.pk])
        values = {"source": money.source_id, "year": 2021, "amount_won": "100만"}
        assert "이미 있습니다" in text(client.post(more, values))
        client.post(more, {**values, "year": 2022})
        assert Appropriation.objects.count() == 2
        self.write(client, project)
        page = text(client.post(other, {"amount_won": "100만", "reason": "감액"}))
        assert "이미 1,200,000원을 쓰기로 해서" in page
        assert 'value="감액"' in page
        client.post(other, {"amount_won": "200만", "reason": "제1회 추경"})
        money.refresh_from_db()
        assert money.amount_won == 2_000_000

    def test_queries(self, client, query_counts):
        desk(client)
        project = a_project()
        self.write(client, project)
        query_counts.page("projects:desk_money", lambda: client.get(reverse("projects:desk_money", args=[project.programme_id])))


def test_a_change_keeps_what_was_typed(client):
    desk(client)
    project = a_project()
    url = reverse("projects:desk_change", args=[project.pk])
    assert 'value="2021. 12."' in text(client.get(url))
    values = {"title": "바닥 등불", "summary": "밤길을 밝힙니다.", "department": "", "starts": "2021. 6.", "ends": "2021. 2."}
    page = text(client.post(url, values))
    assert "앞섭니다" in page
    assert 'value="바닥 등불"' in page
    client.post(url, {**values, "starts": "2021", "ends": "2021. 11."})
    programme = again(project).programme
    assert (programme.title, programme.precision, str(programme.ends_on)) == ("바닥 등불", "year", "2021-11-30")


def test_helpers_are_named_to_officers_only(client):
    project = a_project()
    actions.sign_up(project=project, actor=actor_of(a_resident(name="언덕위노란집")), at=NOON)
    assert "언덕위노란집" not in text(client.get(reverse("projects:detail", args=[project.pk])))
    desk(client)
    assert "언덕위노란집" in text(client.get(reverse("projects:desk_detail", args=[project.pk])))
