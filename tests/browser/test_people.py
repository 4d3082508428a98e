"""Every page of this area in a real browser, on a phone and an office screen; passkeys and authenticator apps end to end."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from madang.ground.actor import SYSTEM, Proof
from madang.residents import actions
from tests import NOON
from tests.browser.axe import axe, no_sideways_scroll
from tests.browser.conftest import PHONE, WIDE
from tests.residents.makers import (
    SINCE,
    a_department,
    a_paper_resident,
    a_post,
    a_resident,
    a_town,
    actor_of,
    an_account,
    an_official,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = os.environ.get("SCREENS", "")  # a folder: pictures of every page are kept there


def look(page: Page, name: str, found: list[str]) -> None:
    found += axe(page)
    try:
        no_sideways_scroll(page)
    except (AssertionError, pytest.fail.Exception) as sideways:
        found.append(f"{page.url} sideways: {sideways}")
    if SCREENS:
        size = page.viewport_size or {"width": 0}
        page.screenshot(path=str(Path(SCREENS) / f"{name}-{size['width']}.png"), full_page=True)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_pages_of_people(open_context: Callable[..., BrowserContext], login: Callable, size: dict[str, Any]) -> None:
    town = a_town()
    page = open_context(**size).new_page()
    found: list[str] = []
    for name in ("account_login", "account_signup", "account_reset_password", "account_request_login_code"):
        page.goto(reverse(name))
        look(page, name, found)
    page.goto(reverse("residents:proof"))
    look(page, "proof-visitor", found)
    newcomer = an_account("newcomer")
    login(page, newcomer.username)
    page.goto(reverse("residents:join"))
    look(page, "join", found)
    page.get_by_role("button", name="함께하기").click()
    page.goto(reverse("account_logout"))
    look(page, "logout", found)
    resident = a_resident(town, proof=Proof.CONTACT, name="느티나무그늘")
    login(page, resident.account.username)
    for name in ("proof", "profile", "consents", "close", "contact", "letter", "national"):
        page.goto(reverse(f"residents:{name}"))
        look(page, name, found)
    row = actions.ask_letter(
        resident=resident, name="홍길동", address="금천구 시흥대로73길 70", dong=town.dong("doksan2"), actor=actor_of(resident), at=NOON
    )
    actions.print_letters(town_id=town.pk, ids=[row.pk], actor=SYSTEM, at=NOON)
    page.goto(reverse("residents:letter"))
    look(page, "letter-sent", found)
    page.goto(reverse("residents:contact"))
    page.fill("[name=contact]", "아무 말")
    page.click("main form button")
    look(page, "contact-error", found)
    page.fill("[name=contact]", "name@example.kr")
    page.click("main form button")
    page.wait_for_url("**/code/**")
    look(page, "code", found)
    assert found == []


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_pages_of_the_desk(open_context: Callable[..., BrowserContext], login: Callable, size: dict[str, Any], tmp_path: Path) -> None:
    town = a_town()
    page = open_context(**size).new_page()
    found: list[str] = []
    admin = an_official(town, "site_admin", desk=False, title="누리집 담당 주무관")
    department = a_department(town, "마을자치과")
    a_department(town, "주민자치팀", kind="team", parent=department)
    actions.appoint(
        post=a_post(town, "coordinating_officer", title="주민자치팀장"), account=an_account("kim"), from_on=SINCE, actor=SYSTEM, at=NOON
    )
    actions.rename_department(department=department, name="자치행정과", from_on=date(2021, 1, 1), actor=SYSTEM, at=NOON)
    person = a_paper_resident(town, name="종이로참여")
    a_resident(town, name="종이비행기")
    asker = a_resident(town, proof=Proof.CONTACT)
    actions.ask_letter(
        resident=asker, name="홍길동", address="금천구 시흥대로73길 70", dong=town.dong("doksan2"), actor=actor_of(asker), at=NOON
    )
    login(page, admin.username)
    page.goto(reverse("residents:open_desk"))
    look(page, "desk-closed", found)
    page.get_by_role("button", name="60분 동안 열기").click()
    page.goto(reverse("residents:open_desk"))
    look(page, "desk-open", found)
    page.goto(reverse("residents:desk_people"))
    look(page, "desk-people", found)
    page.fill("#look_q", "종이")
    page.click("main form button")
    look(page, "desk-people-found", found)
    page.goto(reverse("residents:desk_person", args=[person.pk]))
    look(page, "desk-person", found)
    for name in ("desk_person_new", "desk_departments", "desk_roll", "desk_letters"):
        page.goto(reverse(f"residents:{name}"))
        look(page, name, found)
    page.get_by_role("button", name="고른 편지 인쇄하기").click()
    look(page, "desk-letter-sheet", found)
    page.goto(reverse("residents:desk_department", args=[department.pk]))
    look(page, "desk-department", found)
    file = tmp_path / "roll.csv"
    file.write_bytes("성명,생년월일,행정동\n홍길동,1970-01-02,독산제2동\n김,1980.1.1,독산2동\n성춘향,80.1.1,가산동\n".encode("cp949"))
    page.goto(reverse("residents:desk_roll"))
    page.set_input_files("[name=file]", str(file))
    page.get_by_role("button", name="읽어 보기").click()
    look(page, "desk-roll-preview", found)
    assert found == []


def test_a_passkey_is_made_and_opens_the_door(open_context: Callable[..., BrowserContext]) -> None:
    an_account("keyholder", password="very-long-password-21")
    page = open_context(**WIDE).new_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    a_town()
    found: list[str] = []
    page.goto(reverse("account_login") + "?next=/people/proof/")
    page.fill("[name=login]", "keyholder")
    page.fill("[name=password]", "very-long-password-21")
    page.get_by_role("button", name="들어가기", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("mfa_index"))
    look(page, "mfa-index", found)
    page.goto(reverse("mfa_activate_totp"))
    if "reauthenticate" in page.url:
        look(page, "reauthenticate", found)
        page.fill("[name=password]", "very-long-password-21")
        page.get_by_role("button", name="이어 가기").click()
        page.wait_for_url("**/totp/**")
    look(page, "mfa-totp", found)
    page.goto(reverse("mfa_add_webauthn"))
    look(page, "mfa-webauthn-add", found)
    page.fill("[name=name]", "내 컴퓨터")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "add" not in url)
    look(page, "mfa-after", found)
    page.goto(reverse("mfa_list_webauthn"))
    look(page, "mfa-webauthn-list", found)
    page.goto(reverse("mfa_generate_recovery_codes"))
    look(page, "mfa-generate", found)
    page.goto(reverse("account_email"))
    look(page, "email", found)
    page.goto(reverse("account_change_password"))
    look(page, "password-change", found)
    page.goto(reverse("account_logout") + "?next=/people/proof/")
    page.get_by_role("button", name="나가기", exact=True).first.click()
    page.wait_for_url("**/people/proof/")
    page.goto(reverse("account_login") + "?next=/people/proof/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("mfa_index"))
    assert "쓰고 있음" in page.inner_text("main")
    assert found == []
