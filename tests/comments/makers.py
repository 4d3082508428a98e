"""Talk for tests, made through the verbs."""

from datetime import datetime

from madang.comments import actions
from madang.comments.models import Comment, Thread
from madang.ground.actor import SYSTEM, Actor
from madang.ground.models import Account
from madang.residents.models import Resident
from tests import NOON
from tests.residents.makers import a_resident, a_town, actor_of


def a_thread(subject: str = "proposal/1", dong: str | None = "doksan2", *, title: str = "골목 그늘막", url: str = "/glossary/") -> Thread:
    """The talk beside a thing of a dong (of the town with `dong=None`); the same one when asked twice."""
    town = a_town()
    place = town.dong(dong) if dong else town.place
    return Thread.objects.filter(subject=subject).first() or actions.open_thread(
        subject=subject, place_id=place.pk, title=title, url=url, actor=SYSTEM, at=NOON
    )


def a_comment(
    thread: Thread | None = None,
    *,
    author: Resident | Account | Actor | None = None,
    body: str = "저도 그렇게 생각해요.",
    parent: Comment | None = None,
    at: datetime = NOON,
) -> Comment:
    """What somebody said; a new resident unless named."""
    author = author or a_resident()
    actor = author if isinstance(author, Actor) else actor_of(author, at=at)
    return actions.comment(thread=thread or a_thread(), body=body, parent=parent, actor=actor, at=at)
