"""Verbs of the desk: an official acts as one only for a limited time, which is recorded."""

from datetime import datetime, timedelta

from django.db import transaction

from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import record
from madang.ground.clock import KST, today
from madang.ground.models import Account
from madang.ground.town import town_of
from madang.residents import rules
from madang.residents.models import DeskSession


@transaction.atomic
def open_desk(*, account: Account, reason: str, actor: Actor, at: datetime) -> DeskSession:
    """Opens the desk for the town's `desk_minutes`; one still open is closed first. Raises Refused: no_post, factor_needed."""
    rules.may_open_desk(actor, at=at).or_raise()
    DeskSession.objects.open(at).filter(account=account).update(closed_at=at)
    row = DeskSession.objects.create(account=account, reason=reason, opened_at=at, expires_at=at + _length(actor, at))
    record(
        "desk.opened", actor=actor, at=at, subject=row, place=actor.town_id,
        facts={"reason": reason, "until": _clock(row.expires_at)},
    )  # fmt: skip
    return row


@transaction.atomic
def extend_desk(*, session: DeskSession, actor: Actor, at: datetime) -> DeskSession:
    """The full time again from now. Raises Refused: desk_not_yours, desk_over."""
    rules.may_keep_desk(actor, session, at=at).or_raise()
    session.expires_at = at + _length(actor, at)
    session.save(update_fields=["expires_at"])
    record("desk.extended", actor=actor, at=at, subject=session, place=actor.town_id, facts={"until": _clock(session.expires_at)})
    return session


@transaction.atomic
def close_desk(*, session: DeskSession, actor: Actor, at: datetime) -> DeskSession:
    """Ends the session now. Closing one that has ended already changes nothing."""
    if session.closed_at is None and rules.may_keep_desk(actor, session, at=at):
        session.closed_at = at
        session.save(update_fields=["closed_at"])
        record("desk.closed", actor=actor, at=at, subject=session, place=actor.town_id)
    return session


@transaction.atomic
def end_overdue_desks(*, actor: Actor = SYSTEM, at: datetime) -> int:
    """Writes the end into sessions whose time ran out; returns how many."""
    count = 0
    for row in DeskSession.objects.filter(closed_at__isnull=True, expires_at__lte=at):
        DeskSession.objects.filter(pk=row.pk).update(closed_at=row.expires_at)
        count += 1
    if count:
        record("desk.ran_out", actor=actor, at=at, facts={"count": count})
    return count


def _length(actor: Actor, at: datetime) -> timedelta:
    minutes = town_of(actor.town_id).settings(today(at)).desk_minutes if actor.town_id else 60
    return timedelta(minutes=minutes)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(KST):%H:%M}"
