"""Changing dates that residents have seen: with a reason, on the public record, and told to those it touches."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import YES, first_no, no
from madang.ground.workflow import lock
from madang.notices.actions import notify
from madang.processes.checks import span
from madang.processes.figures import touched_by
from madang.processes.models import Step
from madang.processes.rules import dates_hold, may_redate


@transaction.atomic
def change_dates(*, step: Step, opens_at: datetime | None, closes_at: datetime | None, reason: str, actor: Actor, at: datetime) -> int:
    """Gives a step of an opened process other dates. Returns how many people were told.

    The moments are aware; `closes_at` is the first moment the step no longer runs. Raises Refused with the rule's reason."""
    lock(step.process)
    lock(step)  # the sweep may be closing it this moment
    fresh = Step.objects.select_related("process__place").get(pk=step.pk)
    reason = reason.strip()
    first_no(
        may_redate(actor, fresh, at=at),
        YES if reason else no("reason_needed"),
        dates_hold(fresh, opens_at, closes_at, at=at),
    ).or_raise()
    before, after = span(fresh.opens_at, fresh.closes_at), span(opens_at, closes_at)
    for one in (fresh, step):
        one.opens_at, one.closes_at = opens_at, closes_at
        one.always_open = closes_at is None
    fresh.save(update_fields=["opens_at", "closes_at", "always_open"])
    people = touched_by(fresh)
    entry = record(
        "step.dates_changed",
        actor=actor,
        at=at,
        subject=fresh,
        trail=fresh.process,
        place=fresh.place_id,
        facts={"step": fresh.title, "kind": fresh.kind, "before": before, "after": after, "reason": reason, "told": len(people)},
    )
    return notify(
        kind="step.dates_changed",
        account_ids=people,
        place_id=fresh.place_id,
        facts={"step": fresh.title, "process": fresh.process.title, "before": before, "after": after, "reason": reason},
        url=f"{reverse('processes:detail', args=[fresh.process_id])}#step-{fresh.pk}",
        key=f"step.dates_changed:{entry.pk}",
        actor=actor,
        at=at,
    )
