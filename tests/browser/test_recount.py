"""The result page counts again in the reader's browser: another program, another language, the same result."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.ballots.counting_rules import WAYS
from madang.ballots.models import Tally
from tests.ballots.makers import a_counted_ballot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def recounted(page: Page, pk: int) -> str:
    page.goto(reverse("ballots:result", args=[pk]))
    box = page.locator("[data-recount]")
    box.get_by_role("button").click()
    expect(box).to_have_attribute("data-outcome", re.compile("same|different|failed"))
    return box.get_attribute("data-outcome") or ""


def test_every_way_of_counting(live_noon: None, phone: Page) -> None:
    for code in WAYS:
        ballot = a_counted_ballot(rule=code, title=f"{code} 투표")
        assert recounted(phone, ballot.pk) == "same", code
        again = phone.locator("[data-recount]").get_attribute("data-funded") or ""
        assert [int(n) for n in again.split()] == ballot.tally.funded, code
        expect(phone.locator("[data-said]")).to_have_text("같은 결과가 나왔어요. 추첨 씨앗도 공고한 값과 맞아요.")


def test_a_result_that_was_changed(live_noon: None, phone: Page) -> None:
    ballot = a_counted_ballot()
    Tally.objects.filter(ballot=ballot).update(funded=[3])
    assert recounted(phone, ballot.pk) == "different"
    expect(phone.locator("[data-said]")).to_contain_text("다른 결과")
