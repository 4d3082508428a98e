"""내 마당: what I took part in and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import figures as ballots
from madang.comments import figures as comments
from madang.deliberation import figures as questions
from madang.deliberation.models import DAYS_TO_TELL, Question
from madang.ground.clock import today
from madang.ground.door import Request, door, page, signed_in
from madang.notices.models import Notice
from madang.notices.sentences import said
from madang.projects import figures as projects
from madang.projects.models import Project
from madang.proposals import figures as proposals
from madang.proposals.models import Draft
from madang.site.home import open_items


@dataclass(frozen=True)
class MyReply:
    """A question I answered, and what was done with the answers: `used` in the town's words, else the day it is promised for."""

    on: datetime
    wording: str
    tone: str
    state: str
    url: str
    act: str
    used: str
    use_due_on: date | None


@dataclass(frozen=True)
class MyPage:
    own: Sequence[Any]
    endorsed: Sequence[Any]
    drafts: Iterable[Draft]
    votes: Sequence[ballots.Participation]
    to_do: Sequence[Any]
    replies: Sequence[MyReply]
    talk: Sequence[Any]
    news: Sequence[dict[str, Any]]
    unread: int
    joined: Sequence[projects.Card]
    home: Any


def replies_of(resident_id: int, *, at: datetime) -> list[MyReply]:
    """What a person answered, newest first. Two queries, one when there is nothing."""
    rows = questions.of_resident(resident_id)
    used = dict(Question.objects.filter(pk__in=[r.question_id for r in rows]).values_list("pk", "how_used"))
    return [_reply(r, used.get(r.question_id, ""), at) for r in rows]


def _reply(row: questions.MyReply, used: str, at: datetime) -> MyReply:
    url, due = reverse("deliberation:detail", args=[row.question_id]), None
    if row.state == Question.State.ANSWERED:
        tone, state, act, url = "good", Question.State.ANSWERED.label, _("어떻게 썼는지 보기"), f"{url}#used"
    elif row.state == Question.State.CLOSED or (row.closes_at and row.closes_at <= at):
        tone, state, act = "info", Question.State.CLOSED.label, _("결과 보기")
        due = today(row.closes_at) + timedelta(days=DAYS_TO_TELL) if row.closes_at else None
    else:
        tone, state, act = "open", Question.State.PUBLISHED.label, _("내 답 고치기")
    return MyReply(row.at, row.wording, tone, str(state), url, act, used, due)


@door(signed_in)
def my(request: Request) -> HttpResponse:
    """One page with everything of mine."""
    actor, at, town = request.actor, request.at, request.town
    mine = proposals.of_resident(actor.resident_id, at=at) if actor.resident_id else proposals.Mine([], [])
    votes = ballots.participation_of(actor.resident_id) if actor.resident_id else ()
    replies = replies_of(actor.resident_id, at=at) if actor.resident_id else []
    done = {reverse("ballots:detail", args=[v.ballot_id]) for v in votes} | {r.url for r in replies}
    rows = Notice.objects.of_account(actor.account_id)
    joined = (
        Project.objects.filter(helpers__resident_id=actor.resident_id).select_related("programme", "place") if actor.resident_id else []
    )
    to_do = [i for i in open_items(town, at=at, place_id=actor.home_id) if i.is_main and not any(i.url.startswith(url) for url in done)]
    return page(
        request,
        "site/my.html",
        MyPage(
            mine.own,
            mine.endorsed,
            Draft.objects.filter(account_id=actor.account_id or 0, submitted__isnull=True).order_by("-saved_at")[:5],
            votes,
            to_do[:3],
            replies,
            comments.of_resident(actor.resident_id, most=5) if actor.resident_id else (),
            [{"notice": n, "said": said(n)} for n in rows[:6]],
            rows.unread().count(),
            projects.cards(joined),
            town.place_of(actor.home_id),
        ),
    )
