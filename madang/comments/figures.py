"""The talk as others show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from madang.comments.models import Comment, CommentReport, Thread
from madang.comments.rules import may_comment, may_edit
from madang.ground.actor import Actor, Role
from madang.ground.verdict import Verdict, no

A_PAGE = 50


@dataclass(frozen=True)
class CommentView:
    """One comment with its replies and what this reader may do with it."""

    comment: Comment
    replies: tuple["CommentView", ...]
    is_mine: bool
    may_edit: bool
    is_author_of_thing: bool = False


@dataclass(frozen=True)
class ThreadView:
    """A page of a thread."""

    thread: Thread | None
    comments: tuple[CommentView, ...]
    page: Page | None
    may_comment: Verdict
    may_moderate: bool

    @property
    def count(self) -> int:
        return self.thread.count if self.thread else 0


def thread_view(*, subject: str, actor: Actor, at: datetime, page_number: int | str | None = 1) -> ThreadView:
    """The thread of a thing for a reader: at most 4 queries whatever its size, A_PAGE first-level comments a page."""
    thread = Thread.objects.filter(subject=subject).first()
    if thread is None:
        return ThreadView(None, (), None, no("thread_closed"), False)
    tops = Paginator(Comment.objects.filter(thread=thread, parent__isnull=True), A_PAGE).get_page(page_number)
    rows = list(tops.object_list)
    replies: dict[int, list[Comment]] = {}
    if rows:
        for reply in Comment.objects.filter(parent__in=[r.pk for r in rows]):
            replies.setdefault(reply.parent_id or 0, []).append(reply)
    views = tuple(_view(r, actor, at, tuple(_view(x, actor, at) for x in replies.get(r.pk, []))) for r in rows)
    moderates = actor.holds(Role.MODERATOR, Role.SITE_ADMIN)
    return ThreadView(thread, views, tops, may_comment(actor, thread, at=at), moderates)


def _view(row: Comment, actor: Actor, at: datetime, replies: tuple[CommentView, ...] = ()) -> CommentView:
    mine = actor.resident_id is not None and row.author_id == actor.resident_id and row.state == Comment.State.VISIBLE
    return CommentView(row, replies, mine, mine and bool(may_edit(actor, row, at=at)))


def counts(subjects: Iterable[str]) -> dict[str, int]:
    """How many visible comments each thing has; things without a thread are left out. One query."""
    return dict(Thread.objects.filter(subject__in=list(subjects)).values_list("subject", "count"))


def of_resident(resident_id: int, *, most: int = 20) -> list[Comment]:
    """What a person said lately, newest first."""
    return list(Comment.objects.filter(author_id=resident_id).exclude(state="withdrawn").select_related("thread").order_by("-pk")[:most])


def waiting_for_moderation(town_id: int) -> int:
    """How many comments with open reports wait in a town."""
    here = Q(place_id=town_id) | Q(place__parent_id=town_id)
    return CommentReport.objects.filter(here, state="open").values("comment").distinct().count()
