"""Who may talk, mend, report and moderate."""

from datetime import datetime, timedelta

from madang.comments.models import Comment, Thread
from madang.ground.actor import Actor, Proof, Role
from madang.ground.clock import today
from madang.ground.door import official
from madang.ground.town import town_of
from madang.ground.verdict import YES, Verdict, no


def may_comment(actor: Actor, thread: Thread, *, at: datetime) -> Verdict:
    """A resident whose contact is verified, or an official with the desk open, while the thread is open."""
    if not actor.is_signed_in and not actor.is_system:
        return no("sign_in_first")
    if not thread.is_open:
        return no("thread_closed")
    if actor.desk_open or actor.is_system:
        return YES
    if actor.resident_id is None:
        return no("profile_needed_to_talk")
    return YES if actor.proof >= Proof.CONTACT else no("contact_needed_to_talk")


def may_edit(actor: Actor, comment: Comment, *, at: datetime) -> Verdict:
    """The author, within the town's edit window."""
    mine = may_withdraw(actor, comment, at=at)
    if not mine:
        return mine
    minutes = town_of(comment.place_id).settings(today(at)).comment_edit_minutes
    return YES if at - comment.at <= timedelta(minutes=minutes) else no("edit_window_over", minutes=minutes)


def may_withdraw(actor: Actor, comment: Comment, *, at: datetime) -> Verdict:
    """The author, as long as it stands."""
    if not actor.is_signed_in:
        return no("sign_in_first")
    if actor.resident_id is None or comment.author_id != actor.resident_id:
        return no("not_your_comment")
    return YES if comment.state == Comment.State.VISIBLE else no("comment_not_there")


def may_report(actor: Actor, comment: Comment, *, at: datetime) -> Verdict:
    """Anybody signed in, once, not their own."""
    if not actor.is_signed_in:
        return no("sign_in_first")
    if comment.state != Comment.State.VISIBLE:
        return no("comment_not_there")
    if actor.resident_id is not None and comment.author_id == actor.resident_id:
        return no("own_comment_report")
    if comment.reports.filter(reporter_id=actor.account_id, state="open").exists():
        return no("already_reported")
    return YES


def may_moderate(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Moderators and the site's administrator."""
    verdict = official(actor, at=at) if not actor.is_system else YES
    if verdict and not actor.holds(Role.MODERATOR, Role.SITE_ADMIN):
        return no("role_needed")
    return verdict
