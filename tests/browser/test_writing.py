"""A draft that saves itself says beside the field what it does not keep."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.proposals.models import Draft
from tests.proposals.makers import a_proposal_step

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_resident_number_is_refused_while_typing(phone: Page, live_server: Any) -> None:
    a_proposal_step()
    phone.goto(reverse("proposals:write"))
    phone.locator("#id_title").press_sequentially("그늘 쉼터를 놓아 주세요")
    phone.locator("#id_body").press_sequentially("제 번호는 900101-1234568")
    told = phone.locator("#id_body_refused")
    expect(told).to_contain_text("주민등록번호처럼 보이는 숫자가 있어요")
    expect(phone.locator("#id_body")).to_have_attribute("aria-errormessage", "id_body_refused")
    assert Draft.objects.get().data.get("title") == "그늘 쉼터를 놓아 주세요"
    assert "body" not in Draft.objects.get().data
    assert "900101" not in phone.evaluate("JSON.stringify(localStorage)")
    phone.locator("#id_body").fill("")
    phone.locator("#id_body").press_sequentially("여름에 덥습니다.")
    expect(told).to_have_count(0)
    assert Draft.objects.get().data["body"] == "여름에 덥습니다."
