"""Making a process from a blueprint or from last year's, and planning it while nobody has seen it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import KST
from madang.ground.models import Place
from madang.ground.verdict import YES, Refused, Verdict, first_no, no
from madang.ground.workflow import lock
from madang.processes import rules
from madang.processes.blueprints import BLUEPRINTS, Blueprint, StepTemplate
from madang.processes.finding import findable
from madang.processes.kinds import kinds, known_kind
from madang.processes.models import Process, Step
from madang.processes.words import LEVELS
from madang.residents.models import Department, Organisation

BASICS = ("title", "summary", "department", "council", "election_on")
STEP_WORDS = ("title", "summary", "where", "settings")


@transaction.atomic
def make_process(
    *,
    blueprint: str,
    place: Place,
    year: int,
    title: str,
    starts_on: date,
    actor: Actor,
    at: datetime,
    department: Department | None = None,
    council: Organisation | None = None,
    summary: str = "",
) -> Process:
    """A draft with the blueprint's steps dated from `starts_on`. An empty `title` takes the blueprint's.

    Raises Refused: not the actor's place, blueprint unknown or of another level, same title in that place and year."""
    chosen = BLUEPRINTS.get(blueprint)
    first_no(
        rules.may_run(actor, place.pk, at=at),
        YES if chosen else no("blueprint_unknown"),
        _level_fits(chosen, place) if chosen else YES,
    ).or_raise()
    assert chosen is not None
    title = title.strip() or chosen.title_for(year=year, place=place.name)
    _title_is_free(place, year, title).or_raise()
    process = Process.objects.create(
        place=place, blueprint=blueprint, title=title, summary=summary or str(chosen.summary), year=year, department=department,
        council=council, made_at=at,
    )  # fmt: skip
    Step.objects.bulk_create([_from_template(process, t, starts_on, order) for order, t in enumerate(chosen.steps)])
    record("process.made", actor=actor, at=at, subject=process, facts={"title": title, "blueprint": blueprint, "year": year})
    return process


@transaction.atomic
def copy_process(*, process: Process, year: int, actor: Actor, at: datetime, title: str = "") -> Process:
    """A draft for another year with the same steps, words and settings; dates are moved to the same weekday near the same day.

    Raises Refused as make_process does."""
    rules.may_run(actor, process.place_id, at=at).or_raise()
    title = title.strip() or _title_for_year(process.title, process.year, year)
    _title_is_free(process.place, year, title).or_raise()
    copy = Process.objects.create(
        place=process.place, blueprint=process.blueprint, title=title, summary=process.summary, year=year,
        department=process.department, council=process.council, copied_from=process, made_at=at,
    )  # fmt: skip
    years = year - process.year
    Step.objects.bulk_create(
        [
            Step(
                process=copy, kind=s.kind, title=s.title, summary=s.summary, always_open=s.always_open, order=s.order, where=s.where,
                settings=dict(s.settings), opens_at=_other_year(s.opens_at, years), closes_at=_other_year(s.closes_at, years, s.opens_at),
            )
            for s in process.steps.all()
        ]
    )  # fmt: skip
    record("process.copied", actor=actor, at=at, subject=copy, facts={"title": title, "from": process.pk, "year": year})
    return copy


@transaction.atomic
def change_process(*, process: Process, actor: Actor, at: datetime, **changes: Any) -> Process:
    """Changes any of title, summary, department, council, election_on. Raises Refused; TypeError for another field."""
    unknown = set(changes) - set(BASICS)
    if unknown:
        raise TypeError(f"no such field: {sorted(unknown)}")
    fresh = lock(process)
    rules.may_change(actor, fresh, at=at).or_raise()
    changed = [name for name in BASICS if name in changes and changes[name] != getattr(fresh, name)]
    if "title" in changed:
        _title_is_free(fresh.place, fresh.year, changes["title"], besides=fresh.pk).or_raise()
    for name in changed:
        setattr(fresh, name, changes[name])
        setattr(process, name, changes[name])
    if changed:
        fresh.save(update_fields=changed)
        record("process.changed", actor=actor, at=at, subject=fresh, facts={"fields": changed})
        if fresh.state != Process.State.DRAFT:
            search.put(findable(fresh), at=at)
    return process


@transaction.atomic
def plan_dates(*, process: Process, dates: Mapping[int, tuple[datetime | None, datetime | None]], actor: Actor, at: datetime) -> int:
    """Sets the dates of a draft's steps, {step number: (opens, closes)}; gaps are allowed while planning. Returns how many changed.

    Raises Refused when an end does not lie after its beginning or the process is open already."""
    fresh = lock(process)
    rules.may_plan(actor, fresh, at=at).or_raise()
    changed = 0
    for step in fresh.steps.filter(pk__in=dates):
        opens_at, closes_at = dates[step.pk]
        if opens_at and closes_at and closes_at <= opens_at:
            raise Refused(no("end_before_opening"))
        if (opens_at, closes_at) != (step.opens_at, step.closes_at):
            step.opens_at, step.closes_at = opens_at, closes_at
            step.always_open = closes_at is None and not known_kind(step.kind).needs_end
            step.save(update_fields=["opens_at", "closes_at", "always_open"])
            changed += 1
    if changed:
        record("process.planned", actor=actor, at=at, subject=fresh, facts={"count": changed})
    return changed


@transaction.atomic
def add_step(
    *,
    process: Process,
    kind: str,
    title: str,
    actor: Actor,
    at: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    summary: str = "",
    where: str = "",
    settings: Mapping[str, Any] | None = None,
) -> Step:
    """One more step at the end of a draft. Raises Refused; ValidationError when the kind does not know a setting."""
    fresh = lock(process)
    first_no(rules.may_plan(actor, fresh, at=at), YES if kind in kinds() else no("kind_unknown")).or_raise()
    known_kind(kind).read_settings(settings or {})
    last = fresh.steps.order_by("-order").values_list("order", flat=True).first()
    step = Step(
        process=fresh, kind=kind, title=title, summary=summary, where=where, settings=dict(settings or {}), opens_at=opens_at,
        closes_at=closes_at, order=0 if last is None else last + 1, always_open=closes_at is None and not known_kind(kind).needs_end,
    )  # fmt: skip
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused(no("end_before_opening"))
    step.save()
    record("step.added", actor=actor, at=at, subject=step, trail=fresh, place=fresh.place_id, facts={"step": title, "kind": kind})
    return step


@transaction.atomic
def change_step(*, step: Step, actor: Actor, at: datetime, **changes: Any) -> Step:
    """Changes any of title, summary, where, settings. `settings` replaces the whole of them; the kind checks them.

    Raises Refused; ValidationError for a setting that does not hold; TypeError for another field."""
    unknown = set(changes) - set(STEP_WORDS)
    if unknown:
        raise TypeError(f"no such field: {sorted(unknown)}")
    lock(step.process)
    fresh = Step.objects.select_related("process__place").get(pk=step.pk)
    rules.may_change_step(actor, fresh, at=at).or_raise()
    if "settings" in changes:
        known_kind(fresh.kind).read_settings(changes["settings"])
    changed = [name for name in STEP_WORDS if name in changes and changes[name] != getattr(fresh, name)]
    for name in changed:
        setattr(fresh, name, changes[name])
        setattr(step, name, changes[name])
    if changed:
        fresh.save(update_fields=changed)
        record(
            "step.changed", actor=actor, at=at, subject=fresh, trail=fresh.process, place=fresh.place_id,
            facts={"step": fresh.title, "kind": fresh.kind, "fields": changed},
        )  # fmt: skip
    return step


@transaction.atomic
def drop_step(*, step: Step, actor: Actor, at: datetime) -> None:
    """Takes a step out of a draft."""
    fresh = lock(step.process)
    rules.may_plan(actor, fresh, at=at).or_raise()
    record(
        "step.dropped", actor=actor, at=at, subject=step, trail=fresh, place=fresh.place_id, facts={"step": step.title, "kind": step.kind}
    )
    step.delete()


@transaction.atomic
def discard_process(*, process: Process, actor: Actor, at: datetime) -> None:
    """Drops a draft nobody has seen. Its record stays."""
    fresh = lock(process)
    rules.may_discard(actor, fresh, at=at).or_raise()
    record("process.discarded", actor=actor, at=at, subject=fresh, place=fresh.place_id, facts={"title": fresh.title})
    fresh.delete()


def _from_template(process: Process, template: StepTemplate, starts_on: date, order: int) -> Step:
    kind = known_kind(template.kind)
    settings = kind.known(template.settings)
    try:
        kind.read_settings(settings)
    except ValidationError:  # the installed kind gives this name another meaning: its own default holds
        settings = {}
    return Step(
        process=process, kind=template.kind, title=str(template.title), summary=str(template.summary), settings=settings, order=order,
        opens_at=template.opens.of(starts_on), closes_at=template.closes.of(starts_on) if template.closes else None,
        always_open=template.closes is None,
    )  # fmt: skip


def _level_fits(blueprint: Blueprint, place: Place) -> Verdict:
    return YES if place.level == blueprint.level else no("blueprint_place", level=LEVELS[blueprint.level])


def _title_is_free(place: Place, year: int, title: str, besides: int | None = None) -> Verdict:
    lock(place)  # two officers making the same at once: the second waits and is told
    taken = Process.objects.filter(place=place, year=year, title=title).exclude(pk=besides or 0).exists()
    return no("process_exists", title=title) if taken else YES


def _title_for_year(title: str, old: int, new: int) -> str:
    return title.replace(str(old), str(new)) if str(old) in title else f"{title} {new}"


def _other_year(moment: datetime | None, years: int, opens_at: datetime | None = None) -> datetime | None:
    """The same clock time years later: a step that begins at midnight keeps its date, one at an hour keeps its weekday."""
    if moment is None:
        return None
    anchor = opens_at or moment
    local = moment.astimezone(KST)
    try:
        moved = local.replace(year=local.year + years)
    except ValueError:  # 29 February
        moved = local.replace(year=local.year + years, day=28)
    if (anchor.astimezone(KST).hour, anchor.astimezone(KST).minute) == (0, 0):
        return moved
    shift = (local.weekday() - moved.weekday() + 3) % 7 - 3
    return moved + timedelta(days=shift)
