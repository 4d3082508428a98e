"""Making programmes and telling their progress."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place, StoredFile
from madang.ground.verdict import YES, Refused, Verdict, no
from madang.methods.partial_dates import PartialDate
from madang.programmes.models import Programme, ProgressEntry, ProgressPhoto
from madang.programmes.rules import may_make_programme, may_tell_progress
from madang.residents.models import Department

ORDER = ("policy", "unit", "detailed", "project")


@transaction.atomic
def make_programme(
    *,
    place: Place,
    kind: str,
    title: str,
    year: int,
    actor: Actor,
    at: datetime,
    summary: str = "",
    department: Department | None = None,
    parent: Programme | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    precision: str = "month",
) -> Programme:
    """A node of the tree. A child's kind stands below its parent's. `precision` says how exact the two dates are: day, month, year."""
    may_make_programme(actor, at=at).or_raise()
    if parent is not None and ORDER.index(kind) <= ORDER.index(parent.kind):
        raise Refused(no("parent_kind_wrong", parent=parent.get_kind_display(), child=dict(Programme.Kind.choices)[kind]))
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(no("period_backwards"))
    row = Programme.objects.create(
        place=place, kind=kind, title=title, summary=summary, department=department, parent=parent, year=year,
        starts_on=starts_on, ends_on=ends_on, precision=precision, at=at,
    )  # fmt: skip
    record("programme.made", actor=actor, at=at, subject=row, place=place, facts={"title": title, "kind": kind, "year": year})
    return row


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    title: str,
    summary: str,
    department: Department | None,
    starts_on: date | None,
    ends_on: date | None,
    precision: str,
    actor: Actor,
    at: datetime,
) -> Programme:
    """Mends what a programme says of itself."""
    may_tell_progress(actor, programme, at=at).or_raise()
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(no("period_backwards"))
    new = {
        "title": title, "summary": summary, "department": department, "starts_on": starts_on, "ends_on": ends_on, "precision": precision,
    }  # fmt: skip
    changed = [name for name, value in new.items() if getattr(programme, name) != value]
    for name in changed:
        setattr(programme, name, new[name])
    if changed:
        programme.save(update_fields=changed)
    record("programme.changed", actor=actor, at=at, subject=programme, facts={"fields": changed})
    return programme


@transaction.atomic
def add_progress(
    *,
    programme: Programme,
    on: PartialDate,
    body: str,
    actor: Actor,
    at: datetime,
    percent: int | None = None,
    photos: Sequence[tuple[StoredFile, str, str]] = (),
    once: str = "",
) -> ProgressEntry:
    """One line of what was done, dated as exactly as it is known. `photos` are (file, alt text, caption); `percent` 0–100 or None.

    `once` is the mark of a form: a second call with the same mark gives back the entry of the first."""
    may_tell_progress(actor, programme, at=at).or_raise()
    there = ProgressEntry.objects.filter(programme=programme, once=once).first() if once else None
    if there:
        return there
    _may_be_told(on, percent, photos, at).or_raise()
    values = {"place_id": programme.place_id, "on": on.first_day, "precision": on.precision, "body": body, "percent": percent, "at": at}
    try:
        with transaction.atomic():
            row = ProgressEntry.objects.create(programme=programme, once=once or None, **values)
    except IntegrityError:  # the same form, sent twice in the same breath
        return ProgressEntry.objects.get(programme=programme, once=once)
    ProgressPhoto.objects.bulk_create([ProgressPhoto(entry=row, file=f, alt=alt, caption=caption) for f, alt, caption in photos])
    record("progress.added", actor=actor, at=at, subject=row, trail=programme, facts={"on": on.house(), "percent": percent})
    return row


def _may_be_told(on: PartialDate, percent: int | None, photos: Sequence[tuple[StoredFile, str, str]], at: datetime) -> Verdict:
    if on.first_day > today(at):
        return no("progress_in_future")
    if percent is not None and not 0 <= percent <= 100:
        return no("percent_past_hundred")
    return YES if all(alt.strip() for _file, alt, _caption in photos) else no("photo_without_alt")
