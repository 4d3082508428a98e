"""The talk as others show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from madang.comments.forms import CommentForm
from madang.comments.models import Comment, CommentReport, Thread
from madang.comments.rules import may_comment, may_edit
from madang.comments.words import USUAL
from madang.ground.actor import Actor
from madang.ground.verdict import Verdict, no

A_PAGE = 50


@dataclass(frozen=True)
class CommentView:
    """One comment as parts/thread.html draws it, with what this reader may do."""

    pk: int
    author: str
    at: datetime
    text: str
    is_official: bool = False
    is_edited: bool = False
    hidden_why: str = ""
    reply_url: str = ""
    report_url: str = ""
    edit_url: str = ""
    withdraw_url: str = ""
    replies: tuple["CommentView", ...] = ()


@dataclass(frozen=True)
class ThreadView:
    """A page of a thread."""

    thread: Thread | None
    comments: tuple[CommentView, ...]
    page: Page | None
    may_comment: Verdict
    form: CommentForm

    @property
    def count(self) -> int:
        return self.thread.count if self.thread else 0


def thread_view(*, subject: str, actor: Actor, at: datetime, page_number: int | str | None = 1) -> ThreadView:
    """The thread of a thing for a reader: at most 4 queries whatever its size, A_PAGE first-level comments a page."""
    thread = Thread.objects.filter(subject=subject).first()
    if thread is None:
        return ThreadView(None, (), None, no("thread_closed"), CommentForm())
    tops = Paginator(Comment.objects.filter(thread=thread, parent__isnull=True), A_PAGE).get_page(page_number)
    rows = list(tops.object_list)
    replies: dict[int, list[Comment]] = {}
    if rows:
        for reply in Comment.objects.filter(parent__in=[r.pk for r in rows]):
            replies.setdefault(reply.parent_id or 0, []).append(reply)
    allowed = may_comment(actor, thread, at=at)
    can_reply = bool(allowed) or allowed.code == "sign_in_first"
    views = tuple(_view(r, actor, at, can_reply, tuple(_view(x, actor, at, False) for x in replies.get(r.pk, []))) for r in rows)
    return ThreadView(thread, views, tops, allowed, CommentForm())


def _view(row: Comment, actor: Actor, at: datetime, can_reply: bool, replies: tuple[CommentView, ...] = ()) -> CommentView:
    common = {"pk": row.pk, "at": row.at, "author": row.public_name, "is_official": row.is_official, "replies": replies}
    if row.state == Comment.State.HIDDEN:
        return CommentView(**common, text="", hidden_why=str(USUAL.get(row.hidden_reason, row.hidden_reason)))  # type: ignore[arg-type]
    if row.state == Comment.State.WITHDRAWN:
        return CommentView(**common, text="", hidden_why=gettext("쓴 사람이 지웠어요"))  # type: ignore[arg-type]
    mine = actor.resident_id is not None and row.author_id == actor.resident_id
    reply_to = f"{reverse('comments:write', args=[row.thread_id])}?parent={row.pk}"
    return CommentView(
        **common,  # type: ignore[arg-type]
        text=row.body,
        is_edited=row.edited_at is not None,
        reply_url=reply_to if can_reply else "",
        report_url="" if mine else reverse("comments:report", args=[row.pk]),
        edit_url=reverse("comments:edit", args=[row.pk]) if mine and may_edit(actor, row, at=at) else "",
        withdraw_url=reverse("comments:withdraw", args=[row.pk]) if mine else "",
    )


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
