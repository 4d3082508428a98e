import pytest
from django.test import Client
from django.urls import reverse

from madang.ground.clock import kst
from madang.ground.models import AuditEntry
from madang.processes.models import Process, Step
from tests.processes.makers import a_process, a_step
from tests.residents.makers import a_department, a_resident, a_town, an_official, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client()
    sign_in(client, an_official(a_town()))
    return client


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def url(name: str, *args: object) -> str:
    return reverse(f"processes:{name}", args=args)


def test_the_list_of_a_year_by_dong(client: Client) -> None:
    town = a_town()
    a_process(town, "assembly_year", title="독산2동 총회")
    a_process(town, "assembly_year", town.dong("gasan"), title="가산동 총회")
    a_process(title="늘 열린 제안", opened=False)
    a_process(year=2020, title="지난해 일", at=kst(2020, 1, 1))
    page = text(client.get(url("list")))
    assert page.index("가산동 총회") < page.index("독산2동 총회")
    assert "늘 열린 제안" not in page, "a draft is nobody's business yet"
    assert "지난해 일" not in page
    assert "지난해 일" in text(client.get(url("list") + "?year=2020"))
    one = text(client.get(url("list") + "?dong=gasan"))
    assert "가산동 총회" in one
    assert "독산2동 총회" not in one
    for strange in ("?year=abc", "?year=0000", "?year=１２３４", "?dong=nowhere&page=999", "?page=-1"):
        assert client.get(url("list") + strange).status_code == 200


def test_a_process_as_residents_see_it(client: Client) -> None:
    process = a_process(blueprint="assembly_year", title="독산2동 총회")
    page = text(client.get(url("detail", process.pk)))
    for words in ("독산2동 총회", "생각 모으기", "6. 12.(토) 14:00", "내 달력에 넣기", "과정을 열었습니다."):
        assert words in page
    assert "업무 화면" not in page
    assert client.get(url("detail", 10**30)).status_code == 404


def test_a_draft_is_found_by_officials_only(client: Client, officer: Client) -> None:
    process = a_process(opened=False)
    assert client.get(url("detail", process.pk)).status_code == 404
    sign_in(client, a_resident())
    for name in ("detail", "calendar", "desk_detail", "desk_dates", "desk_preview", "desk_basics", "desk_content", "desk_open"):
        assert client.get(url(name, process.pk)).status_code == 404, name
    assert client.post(url("desk_open", process.pk)).status_code == 404
    assert officer.get(url("desk_detail", process.pk)).status_code == 200


def test_other_people_stay_out_of_the_desk(client: Client) -> None:
    process = a_process(blueprint="assembly_year")
    step = process.steps.first()
    pages = [url(n, process.pk) for n in ("desk_detail", "desk_copy", "desk_basics", "desk_content", "desk_close", "desk_archive")]
    pages += [url("desk_step", step.pk), url("desk_redate", step.pk), url("desk_list"), url("desk_new"), url("desk_make", "question")]
    for address in pages:
        assert client.get(address).status_code == 302, f"a visitor goes to the login: {address}"
    sign_in(client, a_resident())
    for address in pages:
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    sign_in(client, an_official(a_town(), "dong_officer", "gasan"))
    assert client.post(url("desk_close", process.pk)).status_code == 403
    assert client.post(url("desk_redate", step.pk), {}).status_code == 403
    assert client.get(url("desk_detail", process.pk)).status_code == 200, "every official may read it"
    assert Process.objects.get(pk=process.pk).state == "open"


def test_the_dates_as_a_calendar_file(client: Client) -> None:
    process = a_process(blueprint="assembly_year")
    response = client.get(url("calendar", process.pk))
    assert response["Content-Type"].startswith("text/calendar")
    body = response.content.replace(b"\r\n ", b"").decode()
    assert "DTSTART:20210612T050000Z\r\nDTEND:20210612T080000Z\r\nSUMMARY:주민총회" in body
    assert "SUMMARY:생각 모으기 마감" in body
    assert body.count("BEGIN:VEVENT") == body.count("END:VEVENT") >= 10


def test_the_wizard_from_blueprint_to_open(officer: Client) -> None:
    town, department = a_town(), a_department()
    assert "동 주민총회 한 해" in text(officer.get(url("desk_new")))
    start = {"place": town.dong("doksan3").pk, "year": 2022, "starts_on": "2022-01-03", "title": "", "department": department.pk}
    wrong = officer.post(url("desk_make", "assembly_year"), {**start, "starts_on": "2021-01-03", "title": "우리 동 총회"})
    assert "2022년이 아닙니다" in text(wrong)
    assert "우리 동 총회" in text(wrong), "nothing typed is lost"
    made = officer.post(url("desk_make", "assembly_year"), start)
    process = Process.objects.get(year=2022)
    assert made.url == url("desk_dates", process.pk)
    assert process.title == "2022년 독산3동 주민총회"
    twice = officer.post(url("desk_make", "assembly_year"), start)
    assert "이미 있습니다" in text(twice)

    page = text(officer.get(made.url))
    assert "겹침" in page
    steps = list(process.steps.all())
    dates = {}
    for s in steps:
        dates |= {f"s{s.pk}-opens_on": "2022-03-01", f"s{s.pk}-closes_on": "2022-03-20"}
    bad = {**dates, f"s{steps[2].pk}-closes_on": "2022-02-01", f"s{steps[3].pk}-opens_hour": "99:99"}
    page = text(officer.post(made.url, bad))
    assert "닫는 때가 여는 때보다 앞섭니다" in page
    assert "시각은 14:00처럼" in page
    assert 'value="2022-02-01"' in page
    assert Step.objects.get(pk=steps[0].pk).opens_at == steps[0].opens_at, "nothing is kept while something is wrong"
    assert officer.post(made.url, {**dates, "next": "1"}).url == url("desk_content", process.pk)
    steps[2].refresh_from_db()
    assert (steps[2].opens_at, steps[2].closes_at) == (kst(2022, 3, 1), kst(2022, 3, 21))
    assert "삼일절" in text(officer.get(made.url)) or "3·1절" in text(officer.get(made.url))

    assert "정책검토회" in text(officer.get(url("desk_content", process.pk)))
    assert "주민에게 보일 모습" in text(officer.get(url("desk_detail", process.pk)))
    preview = text(officer.get(url("desk_preview", process.pk) + "?on=2022-03-05"))
    assert "미리 보는 중" in preview
    assert "열려 있어요" in preview
    assert Process.objects.get(pk=process.pk).state == "draft", "looking changes nothing"
    assert officer.post(url("desk_open", process.pk)).status_code == 302
    assert Process.objects.get(pk=process.pk).state == "open"
    assert officer.get(url("desk_dates", process.pk)).status_code == 403, "dates are changed with a reason from now on"


def test_a_dong_officer_sees_only_what_she_may_make(client: Client) -> None:
    sign_in(client, an_official(a_town(), "dong_officer", "doksan2"))
    page = text(client.get(url("desk_new")))
    assert "동 주민총회 한 해" in page
    assert "나풀나풀 온라인 투표" not in page
    assert client.get(url("desk_make", "district_vote")).status_code == 403
    form = text(client.get(url("desk_make", "assembly_year")))
    choices = form[form.index('name="place"') : form.index("</select>")]
    assert "독산2동" in choices
    assert "가산동" not in choices


def test_the_check_list_says_what_is_missing(officer: Client) -> None:
    process = a_process(blueprint="assembly_year", opened=False, department=None)
    page = text(officer.get(url("desk_detail", process.pk)))
    assert "열기 전에 남은 것 1가지" in page
    assert 'aria-disabled="true"' in page
    refused = officer.post(url("desk_open", process.pk))
    assert refused.status_code == 403
    assert "맡은 부서" in refused.content.decode()
    form = {"title": process.title, "summary": "소개", "department": a_department().pk, "election_on": "2021-04-07"}
    assert officer.post(url("desk_basics", process.pk), form).status_code == 302
    assert "선거 앞 60일과 겹치는 단계" in text(officer.get(url("desk_detail", process.pk)))


def test_steps_are_added_changed_and_dropped(officer: Client) -> None:
    process = a_process(opened=False)
    made = officer.post(url("desk_new_step", process.pk), {"kind": "gathering", "title": "설명회"})
    step = process.steps.get(title="설명회")
    assert made.url.endswith(f"#step-{step.pk}")
    assert "여는 때 없음" in text(officer.get(url("desk_dates", process.pk)))
    many = officer.post(url("desk_step", step.pk), {"title": "설명회", "where": "구청 강당", "set_seats": 9999999})
    assert "100,000" in text(many)
    assert "구청 강당" in text(many)
    officer.post(url("desk_step", step.pk), {"title": "설명회", "where": "구청 강당", "set_seats": 80, "set_is_online_too": "on"})
    step.refresh_from_db()
    assert step.settings == {"seats": 80, "is_online_too": True}
    assert "뺄까요" in text(officer.get(url("desk_drop", step.pk)))
    officer.post(url("desk_drop", step.pk))
    assert not process.steps.filter(pk=step.pk).exists()
    assert "없앨까요" in text(officer.get(url("desk_discard", process.pk)))
    officer.post(url("desk_discard", process.pk))
    assert not Process.objects.filter(pk=process.pk).exists()


def test_dates_after_opening_are_changed_in_public(officer: Client, client: Client) -> None:
    step = a_step("work", title="살펴보기")
    address = url("desk_redate", step.pk)
    form = {"opens_on": "2021-03-31", "opens_hour": "12:00", "closes_on": "2021-04-30"}
    assert "까닭" in text(officer.post(address, form))
    early = officer.post(address, {**form, "closes_on": "2021-04-01", "reason": "서둘러서"})
    assert "지금보다 뒤여야" in text(early)
    assert "서둘러서" in text(early)
    assert officer.post(address, {**form, "reason": "비가 와서"}).status_code == 302
    page = text(client.get(url("detail", step.process_id)))
    assert "비가 와서" in page
    assert "4. 30.(금)" in page
    assert AuditEntry.objects.filter(verb="step.dates_changed").get().role.endswith("담당")


def test_copying_last_years(officer: Client) -> None:
    process = a_process(blueprint="assembly_year", title="2021년 독산2동 주민총회")
    answer = officer.post(url("desk_copy", process.pk), {"year": 2022, "title": ""})
    copy = Process.objects.get(year=2022)
    assert answer.url == url("desk_dates", copy.pk)
    assert "이미 있습니다" in text(officer.post(url("desk_copy", process.pk), {"year": 2022, "title": ""}))
    assert "2100년 사이" in text(officer.post(url("desk_copy", process.pk), {"year": 99999, "title": ""}))


def test_closing_and_putting_away(officer: Client) -> None:
    process = a_process()
    officer.post(url("desk_close", process.pk))
    assert "다시 열기" in text(officer.get(url("desk_detail", process.pk)))
    officer.post(url("desk_reopen", process.pk), {"why": "더 받으려고"})
    officer.post(url("desk_close", process.pk))
    officer.post(url("desk_archive", process.pk))
    assert Process.objects.get(pk=process.pk).state == "archived"
    assert officer.post(url("desk_archive", process.pk)).status_code == 403
    assert officer.get(url("desk_basics", process.pk)).status_code == 403


def test_the_desks_list_filters_and_exports(officer: Client) -> None:
    town = a_town()
    a_process(town, "assembly_year", title="독산2동 총회")
    a_process(town, "assembly_year", town.dong("gasan"), title="=가산동 총회", opened=False)
    page = text(officer.get(url("desk_list")))
    assert "독산2동 총회" in page
    assert "=가산동 총회" in page
    only = text(officer.get(url("desk_list") + f"?place={town.dong('gasan').pk}&state=draft&year=2021&blueprint=assembly_year&q=가산"))
    assert "독산2동 총회" not in only
    assert "=가산동 총회" in only
    for strange in ("?year=x&place=y&state=z", "?page=0", "?q=" + "가" * 500):
        assert officer.get(url("desk_list") + strange).status_code == 200
    csv = officer.get(url("desk_list") + "?format=csv&state=draft").content.decode("utf-8-sig")
    assert "'=가산동 총회" in csv
    assert "독산2동" not in csv
    assert officer.get(url("desk_list") + "?format=xlsx").content[:2] == b"PK"


def test_strange_input_is_answered(officer: Client) -> None:
    process = a_process(opened=False)
    step = process.steps.get()
    for value in ("\x00", "😀" * 500, "\u202eabc", "2021-13-40", "9" * 400, "<script>"):
        officer.post(url("desk_dates", process.pk), {f"s{step.pk}-opens_on": value, f"s{step.pk}-closes_hour": value})
        officer.post(url("desk_basics", process.pk), {"title": value, "department": value, "election_on": value})
        officer.post(url("desk_make", "question"), {"place": value, "year": value, "starts_on": value})
        assert officer.get(url("desk_preview", process.pk), {"on": value}).status_code == 200
    assert officer.get(url("desk_make", "nothing")).status_code == 302


def test_on_another_date_the_page_is_that_dates(officer: Client) -> None:
    process = a_process(blueprint="assembly_year")
    session = officer.session
    session["preview_on"] = "2021-06-12"
    session.save()
    page = text(officer.get(url("detail", process.pk)))
    assert "주민투표" in page[page.index("지금 이것이 열려") :][:1500]
    refused = officer.post(url("desk_close", process.pk))
    assert refused.status_code == 403
    assert "보는 중" in refused.content.decode()


def test_queries(query_counts, client: Client, officer: Client) -> None:
    town = a_town()
    for slug in ("doksan1", "doksan2", "doksan3"):
        a_process(town, "assembly_year", town.dong(slug))
    process = Process.objects.first()
    query_counts.page("processes:list", lambda: client.get(url("list")))
    query_counts.page("processes:detail", lambda: client.get(url("detail", process.pk)))
    query_counts.page("processes:desk_list", lambda: officer.get(url("desk_list")))
    query_counts.page("processes:desk_detail", lambda: officer.get(url("desk_detail", process.pk)))
