"""The whole loop on a phone, by three people: a resident, an officer, a visitor. From a thought to the printed paper."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from madang.ballots import actions as ballots
from madang.ballots.models import Ballot
from madang.budgets.actions import make_source
from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.models import ClockShift
from madang.processes import actions as processes
from madang.proposals.models import Proposal
from madang.residents.models import Organisation
from tests import NOON
from tests.browser.conftest import PHONE
from tests.residents.makers import a_council, a_department, a_resident, a_town, an_account, an_official

TITLE = "새벽에도 쓸 수 있게 화장실 불을 켜 주세요"
OTHER = "버스 정류장에 바람막이를 놓아 주세요"


def the_year(town: Any) -> Any:
    """독산2동's assembly year with everything open today: proposals, and a vote of the next three days whose ballot stands empty."""
    dong = town.dong("doksan2")
    process = processes.make_process(
        blueprint="assembly_year", place=dong, year=2021, title="2021년 독산2동 주민총회", starts_on=date(2021, 1, 4),
        department=a_department(town), council=a_council(town), actor=SYSTEM, at=NOON - timedelta(days=60),
    )  # fmt: skip
    dates = {}
    for step in process.steps.all():
        if step.kind == "proposals":
            dates[step.pk] = (NOON - timedelta(days=30), NOON + timedelta(days=2))
        elif step.kind == "ballot":
            dates[step.pk] = (NOON, NOON + timedelta(days=3))
    processes.plan_dates(process=process, dates=dates, actor=SYSTEM, at=NOON - timedelta(days=60))
    ballots.make_ballot(
        step=process.steps.get(kind="ballot"), title="2021년 독산2동 주민총회 투표", picks_max=2, budget_won=40_000_000, quorum=1,
        reference_on=date(2021, 4, 1), electorate_size=18_900, electorate_source="2021. 3. 31. 주민등록", actor=SYSTEM,
        at=NOON - timedelta(days=50),
    )  # fmt: skip
    processes.open_process(process=process, actor=SYSTEM, at=NOON - timedelta(days=50))
    make_source(place=town.place, code="district", name="구비", order=1, actor=SYSTEM, at=NOON)
    return process


def later(**by: float) -> None:
    """The server's clock moves on."""
    row = ClockShift.objects.get()
    row.seconds += int(timedelta(**by).total_seconds())
    row.save()
    clock.forget_shift()


def propose(page: Page, title: str, cost: str) -> None:
    """A resident writes a proposal in its parts."""
    page.goto("/proposals/write/")
    page.fill("[name=title]", title)
    page.fill("[name=body]", "새벽 다섯 시에 나가면 불이 꺼져 있습니다. 한 시간만 일찍 켜 주세요.")
    page.fill("[name=cost]", cost)
    page.click("button.btn--main[name=go]")
    page.locator("label.chip", has_text="독산2동").click()
    page.locator("label.chip", has_text="복지·건강").click()
    page.click("button.btn--main[name=go]")
    page.click("button.btn--main[name=go]")
    page.check("[name=agree]")
    page.click("button.btn--main[value=send]")
    expect(page.locator("main")).to_contain_text("2021-제안-")


def deed(page: Page, proposal: Proposal, slug: str) -> None:
    """Sends one form of the desk's page of a proposal."""
    fold = page.locator(f"details:has(#{slug}):not([open]) > summary")
    if fold.count():
        fold.first.click()
    page.locator(f"#{slug} button.btn").last.click()
    page.wait_for_load_state()
    expect(page.locator(".errors")).to_have_count(0)


def handle(page: Page, proposal: Proposal) -> None:
    """The officer gives it to a department, finds it feasible and puts it on the list of candidates."""
    desk = f"/proposals/desk/{proposal.pk}/"
    page.goto(desk)
    _open_fold(page, "assign")
    page.select_option("#assign select[name=department]", index=1)
    deed(page, proposal, "assign")
    page.goto(desk)
    _open_fold(page, "opinion")
    page.locator("#opinion [name=is_public_task]").first.check(force=True)
    page.locator("#opinion [name=is_budgeted_already]").last.check(force=True)
    page.locator("#opinion [name=finding]").first.check(force=True)
    page.fill("#opinion [name=basis]", "공원 화장실 관리 규정과 올해 예산을 살폈습니다.")
    page.fill("#opinion [name=opinion]", "할 수 있는 일입니다.")
    deed(page, proposal, "opinion")
    page.goto(desk)
    _open_fold(page, "shortlist")
    page.fill("#shortlist [name=why]", "주민자치회가 총회 의제로 골랐습니다.")
    deed(page, proposal, "shortlist")


def _open_fold(page: Page, slug: str) -> None:
    fold = page.locator(f"details:has(#{slug}):not([open]) > summary")
    if fold.count():
        fold.first.click()


@pytest.mark.usefixtures("live_noon")
def test_one_thought_becomes_a_printed_paper(open_context: Any, login: Any, no_sideways_scroll: Any) -> None:
    town = a_town()
    process = the_year(town)
    assert Organisation.objects.filter(place=town.dong("doksan2")).exists()
    a_resident(town, account=an_account("grandmother"), name="새벽산책", birth_year=1950)
    a_resident(town, account=an_account("neighbour"), name="옆집아저씨", birth_year=1971)
    officer = an_official(town, "coordinating_officer", desk=False, title="주민참여팀장")
    signer = an_official(town, "mayor_office", desk=False, title="구청장실")

    # The resident proposes; a neighbour proposes too, endorses and talks.
    resident, neighbour, desk, visitor = (open_context(**PHONE).new_page() for _n in range(4))
    login(resident, "grandmother")
    login(neighbour, "neighbour")
    propose(resident, TITLE, "1,500만원")
    propose(neighbour, OTHER, "3,000만원")
    first, second = Proposal.objects.get(title=TITLE), Proposal.objects.get(title=OTHER)

    # The officer opens the desk (which is recorded) and screens.
    login(desk, officer.username)
    desk.goto("/desk/")
    desk.locator("main form button.btn--main").click()
    desk.goto(f"/proposals/desk/{first.pk}/")
    deed(desk, first, "open")
    neighbour.goto(f"/proposals/{first.pk}/")
    neighbour.locator("button", has_text="나도 공감해요").locator("visible=true").first.click()
    expect(neighbour.locator("main")).to_contain_text("1명")
    neighbour.fill("#talk [name=body]", "저도 새벽에 나가는데 꼭 필요해요.")
    neighbour.click("#talk button.btn--main")
    expect(neighbour.locator("#talk")).to_contain_text("꼭 필요해요")
    first.refresh_from_db()
    assert first.endorsements == 1

    # Review, list of candidates, ballot, notice.
    handle(desk, first)
    desk.goto(f"/proposals/desk/{second.pk}/")
    deed(desk, second, "open")
    handle(desk, second)
    ballot = ballots_of(process)
    desk.goto(f"/ballots/desk/{ballot.pk}/fill/")
    for box in desk.locator("input[name=proposals]").all():
        box.check()
    desk.locator("main form button.btn--main").click()
    desk.goto(f"/ballots/desk/{ballot.pk}/announce/")
    desk.locator("main form button.btn--main").click()
    expect(desk.locator("main")).to_contain_text("공고")

    # Both vote on their phones.
    for page, picks in ((resident, [TITLE]), (neighbour, [TITLE, OTHER])):
        page.goto(f"/ballots/{ballot.pk}/vote/")
        no_sideways_scroll(page)
        for title in picks:
            page.get_by_role("checkbox", name=title).check()
        page.locator("button.btn--main", has_text="확인").locator("visible=true").first.click()
        page.get_by_role("button", name="표 내기").click()
        expect(page.locator("main")).to_contain_text(re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}"))

    # The vote ends: closed, counted, adopted, told of, finished.
    later(days=3, minutes=5)
    login(desk, officer.username)
    desk.goto("/desk/")
    if desk.locator("main form button.btn--main").count() and "open" in desk.url:
        desk.locator("main form button.btn--main").click()
    for step in ("close", "count"):
        desk.goto(f"/ballots/desk/{ballot.pk}/{step}/")
        desk.locator("main form button.btn--main").click()
    desk.goto(f"/projects/desk/adopt/{ballot.pk}/")
    desk.select_option("select[name=source]", label="구비")
    desk.locator("main form button.btn--main").last.click()
    desk.wait_for_load_state()
    first.refresh_from_db()
    assert first.state == "implementing"

    # The paper: drawn up, signed by the mayor's office, published.
    desk.goto(f"/papers/desk/new/assembly_result/{ballot.pk}/")
    desk.locator("button[name=draw_up]").click()
    desk.wait_for_load_state()
    number = re.search(r"/papers/desk/(\d+)/", desk.url)
    assert number, desk.url
    mayor = open_context(**PHONE).new_page()
    login(mayor, signer.username)
    mayor.goto("/desk/")
    mayor.locator("main form button.btn--main").click()
    mayor.goto(f"/papers/desk/{number[1]}/")
    mayor.locator("form[action$='/sign/'] button").first.click()
    mayor.wait_for_load_state()
    desk.goto(f"/papers/desk/{number[1]}/")
    desk.locator("[popovertarget=ask-publish]").first.click()
    desk.get_by_role("button", name="공개하기", exact=True).locator("visible=true").last.click()
    desk.wait_for_load_state()

    # A visitor reads the result and prints the paper.
    visitor.goto(f"/ballots/{ballot.pk}/result/")
    no_sideways_scroll(visitor)
    expect(visitor.locator("main")).to_contain_text(TITLE)
    expect(visitor.locator("main")).to_contain_text("2표")
    visitor.goto(f"/papers/{number[1]}/")
    answer = visitor.request.get(f"/papers/{number[1]}/file.pdf")
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")
    assert b"StructTreeRoot" in answer.body()
    visitor.goto(f"/proposals/{first.pk}/")
    expect(visitor.locator("main")).to_contain_text("사업")


def ballots_of(process: Any) -> Any:
    return Ballot.objects.get(step__process=process)
