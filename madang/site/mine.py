"""내 마당: what I took part in and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from madang.ballots import figures as ballots
from madang.comments import figures as comments
from madang.ground.door import Request, door, page, signed_in
from madang.notices.models import Notice
from madang.notices.sentences import said
from madang.projects import figures as projects
from madang.projects.models import Project
from madang.proposals import figures as proposals
from madang.proposals.models import Draft
from madang.site.home import open_items


@dataclass(frozen=True)
class MyPage:
    own: Sequence[Any]
    endorsed: Sequence[Any]
    drafts: Iterable[Draft]
    votes: Sequence[ballots.Participation]
    to_do: Sequence[Any]
    talk: Sequence[Any]
    news: Sequence[dict[str, Any]]
    unread: int
    joined: Sequence[projects.Card]
    home: Any


@door(signed_in)
def my(request: Request) -> HttpResponse:
    """One page with everything of mine."""
    actor, at, town = request.actor, request.at, request.town
    mine = proposals.of_resident(actor.resident_id, at=at) if actor.resident_id else proposals.Mine([], [])
    votes = ballots.participation_of(actor.resident_id) if actor.resident_id else ()
    voted = {f"/ballots/{v.ballot_id}/" for v in votes}
    rows = Notice.objects.of_account(actor.account_id)
    joined = (
        Project.objects.filter(helpers__resident_id=actor.resident_id).select_related("programme", "place") if actor.resident_id else []
    )
    to_do = [i for i in open_items(town, at=at, place_id=actor.home_id) if i.is_main and not any(i.url.startswith(v) for v in voted)]
    return page(
        request,
        "site/my.html",
        MyPage(
            mine.own,
            mine.endorsed,
            Draft.objects.filter(account_id=actor.account_id or 0, submitted__isnull=True).order_by("-saved_at")[:5],
            votes,
            to_do[:3],
            comments.of_resident(actor.resident_id, most=5) if actor.resident_id else (),
            [{"notice": n, "said": said(n)} for n in rows[:6]],
            rows.unread().count(),
            projects.cards(joined),
            town.place_of(actor.home_id),
        ),
    )
