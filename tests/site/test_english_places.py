"""English pages call a place by its English name; the record and the papers keep the official one."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from madang.comments import actions as comments
from madang.comments.figures import thread_view
from madang.comments.models import CommentReport
from madang.comments.words import USUAL
from madang.ground.actor import ANYONE
from madang.ground.models import AuditEntry
from tests import NOON
from tests.ballots.makers import a_ballot
from tests.comments.makers import a_comment, a_thread
from tests.deliberation.makers import a_question
from tests.processes.makers import a_step
from tests.projects.makers import a_past_ballot, a_project, a_winner
from tests.proposals.makers import a_proposal
from tests.residents.makers import a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db
KOREAN, ENGLISH = "독산2동", "Doksan 2-dong"


@pytest.fixture(autouse=True)
def _korean_again():
    """The language of the last page stays with the thread."""
    with override("ko"):
        yield


def words(client, address, language="en"):
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    html = re.sub(r"<(script|style|title|svg)[^>]*>.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


@pytest.fixture
def things():
    """One of each in 독산2동, none with the name of a place in its title."""
    dong = a_town().dong("doksan2")
    assert (dong.name, dong.name_en) == (KOREAN, ENGLISH)
    proposal, ballot = a_proposal(), a_ballot(title="올해의 투표")
    past = a_past_ballot(title="지난 투표")
    project = a_project(a_winner(past))
    question = a_question(dong="doksan2")
    step = a_step("proposals", place=dong, opens_at=NOON + timedelta(days=2), closes_at=NOON + timedelta(days=5), title="제안 모으기")
    return {
        "site:home": "/?dong=doksan2", "site:dong": reverse("site:dong", args=["doksan2"]),
        "site:calendar": reverse("site:calendar"), "site:results": reverse("site:results"),
        "proposals:list": reverse("proposals:list"), "narrowed": f"{reverse('proposals:list')}?dong=doksan2",
        "proposals:detail": reverse("proposals:detail", args=[proposal.pk]), "proposals:idea": reverse("proposals:idea"),
        "ballots:list": reverse("ballots:list"), "ballots:detail": reverse("ballots:detail", args=[ballot.pk]),
        "ballots:result": reverse("ballots:result", args=[past.pk]), "projects:list": reverse("projects:list"),
        "projects:detail": reverse("projects:detail", args=[project.pk]), "projects:funnel": reverse("projects:funnel"),
        "processes:list": reverse("processes:list"), "processes:detail": reverse("processes:detail", args=[step.process_id]),
        "deliberation:list": reverse("deliberation:list"), "deliberation:detail": reverse("deliberation:detail", args=[question.pk]),
    }  # fmt: skip


def test_pages_for_everybody(client, things):
    for name, address in things.items():
        english = words(client, address)
        assert KOREAN not in english, f"{name}: {english[max(0, english.find(KOREAN) - 80) :][:200]}"
        assert ENGLISH not in words(client, address, "ko"), name


@pytest.mark.parametrize("name", ["site:home", "site:dong", "proposals:list", "proposals:detail", "ballots:detail", "ballots:result"])
def test_the_name_stands_there_in_both(client, things, name):
    assert ENGLISH in words(client, things[name])
    assert KOREAN in words(client, things[name], "ko")


def test_pages_of_ones_own_and_the_desk(client, things):
    sign_in(client, a_resident())
    for name in ("site:my", "residents:profile", "residents:letter", "proposals:write"):
        assert KOREAN not in words(client, reverse(name)), name
    assert f"{ENGLISH}" in words(client, reverse("site:my"))
    sign_in(client, an_official())
    for name in ("site:desk", "proposals:desk_list", "ballots:desk_list", "processes:desk_list"):
        assert KOREAN not in words(client, reverse(name)), name


def test_the_desks_queue_is_narrowed_to_a_dong_in_both(client, things):
    sign_in(client, an_official())
    for language in ("en", "ko"):
        rows = client.get(reverse("site:desk"), {"dong": "doksan2"}, headers={"accept-language": language}).content.decode()
        assert "골목 그늘막" in rows


def test_the_official_notice_keeps_the_official_name(client):
    ballot = a_ballot(title="올해의 투표")
    assert KOREAN in words(client, reverse("ballots:notice", args=[ballot.pk]))


class TestWhyACommentIsHidden:
    def test_the_usual_words_are_told_in_the_readers_language_and_kept_as_written(self, client):
        moderator = actor_of(an_official(role="moderator"))
        thread = a_thread()
        for why in ("광고", "같은 글을 여러 번 올림"):
            comments.hide(comment=a_comment(thread), why=why, actor=moderator, at=NOON)
        shown = thread_view(subject=thread.subject, actor=ANYONE, at=NOON).comments
        assert [c.hidden_why for c in shown] == ["광고", "같은 글을 여러 번 올림"]
        with override("en"):
            assert [str(c.hidden_why) for c in thread_view(subject=thread.subject, actor=ANYONE, at=NOON).comments] == [
                str(USUAL["광고"]), "같은 글을 여러 번 올림",
            ]  # fmt: skip
            assert str(USUAL["광고"]) != "광고"
        assert AuditEntry.objects.filter(verb="comment.hidden").order_by("pk").first().kept["why"] == "광고"

    def test_what_somebody_reports_is_kept_in_korean(self, client):
        comment = a_comment()
        sign_in(client, a_resident())
        client.post(reverse("comments:report", args=[comment.pk]), {"why": "advert", "words": "spam"}, headers={"accept-language": "en"})
        assert CommentReport.objects.get().reason == "광고예요 spam"
