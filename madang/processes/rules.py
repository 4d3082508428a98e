"""Who may run a process, what may be done to it now, and what is open in a step at a moment. Reads only."""

from collections.abc import Sequence
from datetime import datetime

from madang.ground import dates
from madang.ground.actor import Actor, Role
from madang.ground.door import official
from madang.ground.town import town_of
from madang.ground.verdict import YES, Verdict, first_no, no
from madang.ground.workflow import may_move
from madang.processes.checks import Check, check_list
from madang.processes.kinds import known_kind
from madang.processes.models import Process, Step


def deed_open(step: Step, deed: str, *, at: datetime) -> Verdict:
    """Whether a deed (`propose`, `vote` …) may be done in this step at a moment; the no says when it opens or when it ended."""
    if deed not in known_kind(step.kind).allows:
        return no("not_in_this_step")
    if step.opens_at is None or step.process.is_draft:
        return no("process_not_open")
    if step.closes_at is not None and step.closes_at <= at:
        return no("already_over", when=dates.moment(step.closes_at, at=at))
    if step.opens_at > at:
        return no("not_yet_open", when=dates.moment(step.opens_at, at=at))
    return YES if step.process.state == Process.State.OPEN else no("process_not_open")


def may_run(actor: Actor, place_id: int, *, at: datetime) -> Verdict:
    """Makes and changes processes of a place: the coordinating department and the site administrator of the town, and the dong's own
    officer for the dong."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if not verdict:
        return verdict
    town = town_of(actor.town_id) if actor.town_id else None  # kept in memory; asking by a dong's number would cost a query
    if town is None or town.place_of(place_id) is None:
        return no("process_not_yours")
    if actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN, place_ids=(town.pk,)):
        return YES
    if place_id != town.pk and actor.holds(Role.DONG_OFFICER, place_ids=(place_id,)):
        return YES
    return no("process_not_yours")


def may_run_any(actor: Actor, *, at: datetime) -> Verdict:
    """Runs processes somewhere in the town: the desk's list and the blueprints."""
    verdict = official(actor, at=at)
    if verdict and not actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN, Role.DONG_OFFICER):
        return no("process_not_yours")
    return verdict


def may_see_desk(actor: Actor, process: Process | None = None, *, at: datetime) -> Verdict:
    """Reads the desk's page of a process: any official with an open desk."""
    return official(actor, at=at)


def may_change(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Changes title, words, department, settings: till the process is archived."""
    return first_no(may_run(actor, process.place_id, at=at), _not_archived(process))


def may_plan(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Sets dates freely, adds and drops steps: only while nobody has seen them."""
    return first_no(may_run(actor, process.place_id, at=at), YES if process.is_draft else no("process_is_public"))


def may_change_step(actor: Actor, step: Step, *, at: datetime) -> Verdict:
    """Changes a step's words and settings: till it is over."""
    return first_no(may_change(actor, step.process, at=at), YES if step.closed_at is None else no("step_is_over"))


def may_redate(actor: Actor, step: Step, *, at: datetime) -> Verdict:
    """Changes dates that residents have seen; the kind may have its own reason against it (a frozen ballot)."""
    return first_no(
        may_run(actor, step.process.place_id, at=at),
        no("process_is_draft") if step.process.is_draft else _not_archived(step.process),
        YES if step.closed_at is None else no("step_is_over"),
        known_kind(step.kind).may_redate(step, at=at),
    )


def dates_hold(step: Step, opens_at: datetime | None, closes_at: datetime | None, *, at: datetime) -> Verdict:
    """Whether these dates make sense for a step whose dates residents have seen. What has begun cannot begin at another time."""
    began = step.opens_at is not None and step.opens_at <= at
    return first_no(
        dates_fit(step, opens_at, closes_at),
        no("dates_unchanged") if (opens_at, closes_at) == (step.opens_at, step.closes_at) else YES,
        no("step_has_begun") if began and opens_at != step.opens_at else YES,
        no("start_is_past") if not began and opens_at and opens_at < at else YES,
        no("end_is_past") if closes_at and closes_at < at else YES,
    )


def dates_fit(step: Step, opens_at: datetime | None, closes_at: datetime | None) -> Verdict:
    """Whether a beginning and an end fit the step's kind."""
    if opens_at is None:
        return no("start_needed")
    if closes_at is None:
        return no("end_needed") if known_kind(step.kind).needs_end else YES
    return YES if closes_at > opens_at else no("end_before_opening")


def may_open(actor: Actor, process: Process, *, at: datetime, checks: Sequence[Check] | None = None) -> Verdict:
    """Opens a process to residents: nothing serious may be missing. A page that has drawn up the `checks` already hands them in."""
    verdict = first_no(may_run(actor, process.place_id, at=at), may_move(process, "open"))
    if not verdict:
        return verdict
    missing = [c for c in (check_list(process, at=at) if checks is None else checks) if c.state == "missing"]
    if missing:
        return no("things_missing", count=len(missing), what=", ".join(str(c.title) for c in missing[:3]))
    return YES


def may_close(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Closes a process once no step with an end is still to come or under way. Steps without an end end with it."""
    verdict = first_no(may_run(actor, process.place_id, at=at), may_move(process, "closed"))
    if not verdict:
        return verdict
    left = next((s for s in process.steps.all() if s.closes_at is not None and s.closes_at > at), None)
    return no("steps_still_open", title=left.title) if left else YES


def may_reopen(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Takes a closed process up again."""
    return first_no(
        may_run(actor, process.place_id, at=at),
        no("process_is_draft") if process.is_draft else may_move(process, "open"),
    )


def may_archive(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Puts a closed process away for good."""
    return first_no(may_run(actor, process.place_id, at=at), may_move(process, "archived"))


def may_discard(actor: Actor, process: Process, *, at: datetime) -> Verdict:
    """Drops a draft that nobody has seen."""
    return may_plan(actor, process, at=at)


def _not_archived(process: Process) -> Verdict:
    return no("process_is_archived") if process.state == Process.State.ARCHIVED else YES
