"""The public log of what was hidden and shown again, whatever it was."""

import re

import pytest
from django.urls import reverse

from madang.deliberation import actions as questions
from madang.ground import deeds
from madang.ground.actor import SYSTEM
from madang.ground.audit import record
from madang.ground.models import Place
from madang.proposals import actions as proposals
from tests import NOON
from tests.deliberation.makers import a_closed_question
from tests.proposals.makers import a_proposal

pytestmark = pytest.mark.django_db
LOG = reverse("comments:log")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_deed_that_hides_or_shows_is_public_and_gives_no_words():
    hiding = {name for name in deeds.verbs() if name.endswith(("hidden", "shown", "restored"))} - {"comment.hidden", "comment.restored"}
    assert hiding == set(deeds.moderating())
    for name in deeds.moderating():
        assert deeds.verbs()[name].public
        assert deeds.verbs()[name].keeps <= {"why", "number", "from", "to"}


def test_the_log_tells_of_a_hidden_proposal_by_its_number(client):
    proposal = a_proposal(title="가릴 만한 제목", body="가릴 만한 글입니다.")
    proposals.hide(proposal=proposal, why="남의 전화번호가 있음", actor=SYSTEM, at=NOON)
    shown = text(client.get(LOG))
    assert f"<b>{proposal.number}</b> 운영 원칙에 맞지 않아 가렸어요: 남의 전화번호가 있음" in shown
    assert "4. 7." in shown or "오늘" in shown
    for word in ("가릴 만한", proposal.public_name, reverse("proposals:detail", args=[proposal.pk])):
        assert word not in shown
    proposals.show(proposal=proposal, why="번호를 지움", actor=SYSTEM, at=NOON)
    assert "다시 볼 수 있게 했어요: 번호를 지움" in text(client.get(LOG))


def test_the_log_tells_of_words_hidden_under_a_question(client):
    question = a_closed_question(0, words=["가릴 만한 말"])
    reply = question.replies.get()
    questions.hide_words(reply=reply, why="욕설", actor=SYSTEM, at=NOON)
    shown = text(client.get(LOG))
    assert "덧붙인 말 하나를 가렸습니다: 욕설" in shown
    assert "가릴 만한 말" not in shown


def test_the_log_of_another_town_is_its_own(client):
    proposals.hide(proposal=a_proposal(), why="남의 동네 까닭", actor=SYSTEM, at=NOON)
    other = Place.objects.create(code="1153000000", level="district", slug="guro", name="구로구", name_en="Guro-gu")
    record("proposal.hidden", actor=SYSTEM, at=NOON, place=other, facts={"why": "구로의 까닭", "number": "2021-제안-0001"})
    shown = text(client.get(LOG))
    assert "남의 동네 까닭" in shown
    assert "구로의 까닭" not in shown
