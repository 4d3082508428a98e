"""Opening, closing and putting away."""

from datetime import datetime

from django.db import transaction

from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import YES, Verdict, no
from madang.ground.workflow import lock, move
from madang.processes import rules
from madang.processes.finding import findable
from madang.processes.kinds import known_kind
from madang.processes.models import Process, Step


@transaction.atomic
def open_process(*, process: Process, actor: Actor, at: datetime) -> Process:
    """Residents see the process from now on; each step opens by its own dates. Raises Refused when something serious is missing."""
    rules.may_open(actor, process, at=at).or_raise()
    move(process, to="open", verb="process.opened", actor=actor, at=at)
    search.put(findable(process), at=at)
    return process


@transaction.atomic
def close_process(*, process: Process, actor: Actor, at: datetime) -> Process:
    """The process is over. Steps without an end stop with it; steps whose time is over are closed first, if the sweep has not been."""
    rules.may_close(actor, process, at=at).or_raise()
    for step in process.steps.filter(closes_at__lte=at, closed_at__isnull=True).select_related("process__place"):
        close_step(step=step, actor=actor, at=at)
    return move(process, to="closed", verb="process.closed", actor=actor, at=at)


@transaction.atomic
def reopen_process(*, process: Process, why: str, actor: Actor, at: datetime) -> Process:
    """Takes a closed process up again, with a reason residents read."""
    (YES if why.strip() else no("reason_needed")).or_raise()
    rules.may_reopen(actor, process, at=at).or_raise()
    return move(process, to="open", verb="process.reopened", why=why.strip(), actor=actor, at=at)


@transaction.atomic
def archive_process(*, process: Process, actor: Actor, at: datetime) -> Process:
    """Puts a closed process away: it stays readable and never changes again."""
    rules.may_archive(actor, process, at=at).or_raise()
    return move(process, to="archived", verb="process.archived", actor=actor, at=at)


@transaction.atomic
def close_step(*, step: Step, actor: Actor, at: datetime) -> bool:
    """Ends a step whose time is over: its kind's own `close` runs, once. Returns False when that had been done before.

    Called by the sweep. What the kind does and the mark that it was done stand in one transaction: if the one fails, so does the other."""
    fresh = lock(step)
    if fresh.closed_at is not None:
        return False
    _time_is_over(fresh, at=at).or_raise()
    fresh.closed_at = step.closed_at = at
    fresh.save(update_fields=["closed_at"])
    close = known_kind(fresh.kind).close
    if close is not None:
        close(step=fresh, actor=actor, at=at)
    record(
        "step.closed", actor=actor, at=at, subject=fresh, trail=fresh.process, place=fresh.place_id,
        facts={"step": fresh.title, "kind": fresh.kind},
    )  # fmt: skip
    return True


def _time_is_over(step: Step, *, at: datetime) -> Verdict:
    return YES if step.closes_at is not None and step.closes_at <= at else no("step_not_over")
