"""Talking and looking after the talk."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from madang.comments.models import Comment, CommentReport, Thread
from madang.comments.rules import may_comment, may_edit, may_moderate, may_report, may_withdraw
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.limits import hit
from madang.ground.town import town_of
from madang.ground.verdict import Refused, no
from madang.ground.workflow import move
from madang.notices.actions import notify
from madang.residents.models import Resident


@transaction.atomic
def open_thread(*, subject: str, place_id: int, title: str, url: str, actor: Actor, at: datetime) -> Thread:
    """The talk beside a thing, once; a second call renews title and address and opens it again."""
    thread, _made = Thread.objects.update_or_create(
        subject=subject, defaults={"place_id": place_id, "title": title[:200], "url": url, "is_open": True}
    )
    record("thread.opened", actor=actor, at=at, subject=thread, place=place_id, trail=subject)
    return thread


@transaction.atomic
def close_thread(*, thread: Thread, actor: Actor, at: datetime) -> None:
    """No more talk here; what was said stays."""
    thread.is_open = False
    thread.save(update_fields=["is_open"])
    record("thread.closed", actor=actor, at=at, subject=thread, trail=thread.subject)


@transaction.atomic
def comment(*, thread: Thread, body: str, actor: Actor, at: datetime, parent: Comment | None = None) -> Comment:
    """Says something. A reply to a reply stands beside it: two levels, no deeper. Rate limited per person by the town's setting."""
    may_comment(actor, thread, at=at).or_raise()
    if not body.strip():
        raise Refused(no("comment_empty"))
    if parent is not None and (parent.thread_id != thread.pk or parent.state != Comment.State.VISIBLE):
        raise Refused(no("comment_not_there"))
    limit = town_of(thread.place_id).settings(today(at)).comments_per_hour
    if not actor.is_system:
        hit(f"comment:{actor.account_id}", limit=limit, seconds=3600, at=at).or_raise()
    if parent is not None and parent.parent_id is not None:
        parent = parent.parent
    is_official = actor.desk_open
    row = Comment.objects.create(
        thread=thread, parent=parent, place_id=thread.place_id, author_id=actor.resident_id, is_official=is_official,
        public_name=actor.posts[0].title if is_official and actor.posts else actor.public_name, body=body.strip(), at=at,
    )  # fmt: skip
    Thread.objects.filter(pk=thread.pk).update(count=F("count") + 1)
    record("comment.written", actor=actor, at=at, subject=row, trail=thread.subject)
    if parent is not None and parent.author_id and parent.author_id != actor.resident_id:
        account = Resident.objects.filter(pk=parent.author_id).values_list("account_id", flat=True).first()
        notify(
            kind="comment.replied", account_ids=[account] if account else [], place_id=thread.place_id,
            facts={"title": thread.title, "name": row.public_name}, url=f"{thread.url}#c{row.pk}",
            key=f"comment.replied:{row.pk}", actor=actor, at=at,
        )  # fmt: skip
    return row


@transaction.atomic
def edit(*, comment: Comment, body: str, actor: Actor, at: datetime) -> Comment:
    """The author mends their words within the window."""
    may_edit(actor, comment, at=at).or_raise()
    if not body.strip():
        raise Refused(no("comment_empty"))
    comment.body, comment.edited_at = body.strip(), at
    comment.save(update_fields=["body", "edited_at"])
    record("comment.edited", actor=actor, at=at, subject=comment, trail=comment.thread.subject)
    return comment


@transaction.atomic
def withdraw(*, comment: Comment, actor: Actor, at: datetime) -> Comment:
    """The author takes their words back: the place stays, the words go."""
    may_withdraw(actor, comment, at=at).or_raise()
    move(comment, to="withdrawn", verb="comment.withdrawn", actor=actor, at=at, trail=comment.thread.subject, body="", open_reports=0)
    comment.reports.filter(state="open").update(state="upheld")  # what they asked for has happened
    Thread.objects.filter(pk=comment.thread_id).update(count=F("count") - 1)
    return comment


@transaction.atomic
def report(*, comment: Comment, reason: str, actor: Actor, at: datetime) -> CommentReport:
    """Somebody finds a comment against the rules; it stays visible until a moderator looks."""
    may_report(actor, comment, at=at).or_raise()
    hit(f"report:{actor.account_id}", limit=20, seconds=3600, at=at).or_raise()
    row = CommentReport.objects.create(comment=comment, place_id=comment.place_id, reporter_id=actor.account_id, reason=reason[:200], at=at)
    Comment.objects.filter(pk=comment.pk).update(open_reports=F("open_reports") + 1)
    record("comment.reported", actor=actor, at=at, subject=comment, trail=comment.thread.subject, facts={"reason": reason[:200]})
    return row


@transaction.atomic
def hide(*, comment: Comment, why: str, actor: Actor, at: datetime) -> Comment:
    """A moderator hides a comment with a reason everybody sees; the words stay for a second look."""
    _moderate(why, actor, at)
    move(
        comment, to="hidden", verb="comment.hidden", actor=actor, at=at, why=why[:200], trail=comment.thread.subject,
        hidden_reason=why[:200], open_reports=0,
    )  # fmt: skip
    Thread.objects.filter(pk=comment.thread_id).update(count=F("count") - 1)
    comment.reports.filter(state="open").update(state="upheld")
    account = Resident.objects.filter(pk=comment.author_id).values_list("account_id", flat=True).first() if comment.author_id else None
    notify(
        kind="comment.hidden", account_ids=[account] if account else [], place_id=comment.place_id,
        facts={"title": comment.thread.title, "why": why[:200]}, url=f"{comment.thread.url}#c{comment.pk}",
        key=f"comment.hidden:{comment.pk}:{at.isoformat()}", actor=actor, at=at,
    )  # fmt: skip
    return comment


@transaction.atomic
def restore(*, comment: Comment, why: str, actor: Actor, at: datetime) -> Comment:
    """A moderator shows a hidden comment again."""
    _moderate(why, actor, at)
    move(comment, to="visible", verb="comment.restored", actor=actor, at=at, why=why[:200], trail=comment.thread.subject, hidden_reason="")
    Thread.objects.filter(pk=comment.thread_id).update(count=F("count") + 1)
    return comment


@transaction.atomic
def dismiss_report(*, comment: Comment, why: str, actor: Actor, at: datetime) -> None:
    """A moderator looked and leaves the comment as it is."""
    _moderate(why, actor, at)
    comment.reports.filter(state="open").update(state="dismissed")
    comment.open_reports = 0
    comment.save(update_fields=["open_reports"])
    record("comment.report_dismissed", actor=actor, at=at, subject=comment, trail=comment.thread.subject, facts={"why": why[:200]})


def _moderate(why: str, actor: Actor, at: datetime) -> None:
    may_moderate(actor, at=at).or_raise()
    if not why.strip():
        raise Refused(no("reason_needed_to_moderate"))
