"""A newcomer's step kind plays from the officer's question to the public result, through pages only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madang.ground import clock
from madang.ground.actor import SYSTEM, Proof
from madang.ground.models import AuditEntry
from madang.notices.models import Notice
from madang.processes import actions
from madang.processes.jobs import close_steps
from madang.processes.models import Process
from tests import NOON
from tests.fixtures.surveys.models import Survey, SurveyAnswer
from tests.processes.makers import a_step
from tests.residents.makers import a_resident, a_town, an_official, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def step():
    return a_step("survey", opened=False, title="그늘막 색")


@pytest.fixture
def officer():
    client = Client()
    sign_in(client, an_official(a_town()))
    return client


def asked(officer: Client, step) -> None:
    form = {"question": "그늘막을 무슨 색으로 할까요?", "choices": "초록\n파랑\n\n노랑"}
    assert officer.post(reverse("surveys:desk", args=[step.pk]), form).status_code == 302


def test_it_plays(officer: Client, step, client: Client) -> None:
    # The step is under way already, so its question is missing before the process may open.
    refused = officer.post(reverse("processes:desk_open", args=[step.process_id]))
    assert refused.status_code == 403
    assert "설문의 물음" in refused.content.decode()
    asked(officer, step)
    assert officer.post(reverse("processes:desk_open", args=[step.process_id])).status_code == 302
    assert Process.objects.get(pk=step.process_id).state == "open"

    sign_in(client, a_resident())
    page = client.get(reverse("surveys:detail", args=[step.pk])).content.decode()
    assert "노랑" in page
    assert "답하기" in client.get(reverse("processes:detail", args=[step.process_id])).content.decode()
    for choice in (0, 2):
        client.post(reverse("surveys:detail", args=[step.pk]), {"choice": choice})
    assert list(SurveyAnswer.objects.values_list("choice", flat=True)) == [2]
    assert "1명" not in client.get(reverse("surveys:detail", args=[step.pk])).content.decode()

    new_dates = {"opens_on": "2021-03-31", "opens_hour": "12:00", "closes_on": "2021-04-10", "reason": "비가 와서"}
    answer = officer.get(reverse("processes:desk_redate", args=[step.pk])).content.decode()
    assert "1명에게 알리기" in answer
    assert officer.post(reverse("processes:desk_redate", args=[step.pk]), new_dates).status_code == 302
    assert Notice.objects.filter(kind="step.dates_changed").count() == 1

    after = NOON + timedelta(days=9)
    with clock.fixed(after):
        close_steps.call_local()
        close_steps.call_local()
        assert Survey.objects.get().state == "closed"
        late = client.post(reverse("surveys:detail", args=[step.pk]), {"choice": 1})
        assert late.status_code == 403
        assert "끝났어요" in late.content.decode()
        page = client.get(reverse("surveys:detail", args=[step.pk])).content.decode()
        assert "1명" in page
    told = [e.sentence for e in AuditEntry.objects.filter(trail=f"process/{step.process_id}", is_public=True)]
    assert told[0] == "묻기 시작했습니다."
    assert told[-2:] == ["설문을 마쳤습니다: 1명이 답했습니다.", "‘그늘막 색’ 단계가 끝났습니다."]


def test_an_assembly_day_touches_everybody_who_took_part(officer: Client, step) -> None:
    day = actions.add_step(
        process=step.process, kind="gathering", title="모임", opens_at=NOON + timedelta(days=30), closes_at=NOON + timedelta(days=31),
        actor=SYSTEM, at=NOON,
    )  # fmt: skip
    asked(officer, step)
    officer.post(reverse("processes:desk_open", args=[step.process_id]))
    client, someone = Client(), a_resident()
    sign_in(client, someone)
    client.post(reverse("surveys:detail", args=[step.pk]), {"choice": 0})
    dates = {"opens_at": NOON + timedelta(days=40), "closes_at": NOON + timedelta(days=41)}
    assert actions.change_dates(step=day, reason="태풍", actor=SYSTEM, at=NOON, **dates) == 1
    notice = Notice.objects.get(account_id=someone.account_id)
    assert "태풍" in notice.facts["reason"]
    assert notice.url.endswith(f"#step-{day.pk}")


def test_it_refuses_the_wrong_person_and_the_wrong_answer(officer: Client, step, client: Client) -> None:
    asked(officer, step)
    officer.post(reverse("processes:desk_open", args=[step.process_id]))
    url = reverse("surveys:detail", args=[step.pk])
    assert client.post(url, {"choice": 1}).status_code == 302, "a visitor is sent to the login"
    sign_in(client, a_resident(proof=Proof.VISITOR))
    assert client.post(url, {"choice": 1}).status_code == 403
    sign_in(client, a_resident())
    assert client.post(url, {"choice": 7}).status_code == 200
    assert SurveyAnswer.objects.count() == 0
    assert client.get(reverse("surveys:desk", args=[step.pk])).status_code == 403


def test_the_officer_sets_who_may_answer(officer: Client, step) -> None:
    page = officer.get(reverse("processes:desk_step", args=[step.pk])).content.decode()
    assert "답할 때 필요한 확인 단계" in page
    officer.post(reverse("processes:desk_step", args=[step.pk]), {"title": "그늘막 색", "set_proof": int(Proof.RESIDENCE)})
    step.refresh_from_db()
    assert step.setting("proof") == Proof.RESIDENCE
