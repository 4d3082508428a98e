"""Verbs of the town's own order: departments with names in time, posts and who holds them, bodies and who sits in them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from madang.ground.actor import Actor, Role
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Account, Place
from madang.ground.verdict import Refused, no
from madang.residents import rules
from madang.residents.models import Department, DepartmentName, Membership, Organisation, Post, PostHolding, Resident


@transaction.atomic
def make_department(
    *,
    place: Place,
    name: str,
    kind: str = Department.Kind.DEPARTMENT,
    parent: Department | None = None,
    duty: str = "",
    extension: str = "",
    order: int = 0,
    from_on: date,
    actor: Actor,
    at: datetime,
) -> Department:
    """A bureau, department, team or dong office. Raises Refused department_name_taken."""
    rules.may_organise(actor, at=at).or_raise()
    if Department.objects.filter(place=place, parent=parent, name=name).exists():  # NULL parents are not unique to the database
        raise Refused(no("department_name_taken"))
    row = Department.objects.create(place=place, parent=parent, kind=kind, name=name, extension=extension, order=order)
    DepartmentName.objects.create(department=row, name=name, duty=duty, from_on=from_on)
    record(
        "department.made", actor=actor, at=at, subject=row, place=place,
        facts={"name": name, "from_on": from_on.isoformat(), "kind": str(kind)},
    )  # fmt: skip
    return row


@transaction.atomic
def rename_department(
    *, department: Department, name: str, from_on: date, duty: str | None = None, actor: Actor, at: datetime
) -> DepartmentName:
    """A new name (and duty) from a day on; the past keeps the old one. Raises Refused: end_before_start, department_name_taken."""
    rules.may_organise(actor, at=at).or_raise()
    last = department.names.order_by("-from_on").first()
    if last and last.from_on >= from_on:
        raise Refused(no("end_before_start"))
    others = Department.objects.filter(place_id=department.place_id, parent_id=department.parent_id, name=name)
    if others.exclude(pk=department.pk).exists():
        raise Refused(no("department_name_taken"))
    if last:
        last.to_on = from_on
        last.save(update_fields=["to_on"])
    kept_duty = (last.duty if last else "") if duty is None else duty
    row = DepartmentName.objects.create(department=department, name=name, duty=kept_duty, from_on=from_on)
    if from_on <= today(at):
        department.name = name
        department.save(update_fields=["name"])
    record(
        "department.renamed", actor=actor, at=at, subject=department, place=department.place_id,
        facts={"name": name, "from_on": from_on.isoformat()},
    )  # fmt: skip
    return row


@transaction.atomic
def put_names_in_force(*, actor: Actor, at: datetime) -> int:
    """Names whose day has come stand on the departments themselves. Returns how many changed; a name taken meanwhile waits."""
    count = 0
    for row in DepartmentName.objects.on(today(at)).select_related("department").order_by("from_on"):
        if row.department.name != row.name:
            try:
                with transaction.atomic():
                    count += Department.objects.filter(pk=row.department_id).update(name=row.name)
            except IntegrityError:
                continue
    if count:
        record("departments.names_in_force", actor=actor, at=at, facts={"count": count})
    return count


@transaction.atomic
def make_post(*, department: Department, place: Place, role: str, title: str, extension: str = "", actor: Actor, at: datetime) -> Post:
    """A post of a department; its role counts in `place` (the town, or one dong)."""
    rules.may_organise(actor, at=at).or_raise()
    row = Post.objects.create(department=department, place=place, role=Role(role), title=title, extension=extension)
    record("post.made", actor=actor, at=at, subject=row, place=place, facts={"title": title, "role": str(role)})
    return row


@transaction.atomic
def appoint(*, post: Post, account: Account, from_on: date, to_on: date | None = None, actor: Actor, at: datetime) -> PostHolding:
    """Gives a post to an account from a day on; several may hold one. Raises Refused: already_appointed, end_before_start."""
    rules.may_organise(actor, at=at).or_raise()
    if to_on is not None and to_on <= from_on:
        raise Refused(no("end_before_start"))
    if PostHolding.objects.filter(post=post, account=account, to_on__isnull=True).exists():
        raise Refused(no("already_appointed"))
    row, _made = PostHolding.objects.get_or_create(post=post, account=account, from_on=from_on, defaults={"to_on": to_on})
    if not _made:
        raise Refused(no("already_appointed"))
    if not account.is_staff:
        account.is_staff = True
        account.save(update_fields=["is_staff"])
    record(
        "post.appointed", actor=actor, at=at, subject=post, place=post.place_id,
        facts={"title": post.title, "from_on": from_on.isoformat(), "account": account.pk},
    )  # fmt: skip
    return row


@transaction.atomic
def end_post(*, holding: PostHolding, to_on: date, actor: Actor, at: datetime) -> PostHolding:
    """The holder leaves: `to_on` is the first day without the post. Raises Refused end_before_start."""
    rules.may_organise(actor, at=at).or_raise()
    if to_on <= holding.from_on:
        raise Refused(no("end_before_start"))
    holding.to_on = to_on
    holding.save(update_fields=["to_on"])
    record(
        "post.ended", actor=actor, at=at, subject=holding.post, place=holding.post.place_id,
        facts={"title": holding.post.title, "to_on": to_on.isoformat(), "account": holding.account_id},
    )  # fmt: skip
    return holding


@transaction.atomic
def make_organisation(*, place: Place, kind: str, name: str, from_on: date, actor: Actor, at: datetime) -> Organisation:
    """A resident council, governance council or civic group of a town or dong."""
    rules.may_organise(actor, at=at).or_raise()
    row = Organisation.objects.create(place=place, kind=Organisation.Kind(kind), name=name, from_on=from_on)
    record("organisation.made", actor=actor, at=at, subject=row, place=place, facts={"name": name, "kind": str(kind)})
    return row


@transaction.atomic
def seat(
    *,
    organisation: Organisation,
    resident: Resident | None = None,
    post: Post | None = None,
    role: str = "member",
    term: int = 1,
    from_on: date,
    to_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Membership:
    """A seat in a body for a resident, or ex officio for a post (then whoever holds the post sits). Exactly one of the two."""
    rules.may_organise(actor, at=at).or_raise()
    if to_on is not None and to_on <= from_on:
        raise Refused(no("end_before_start"))
    row = Membership.objects.create(
        organisation=organisation, resident=resident, post=post, role=role, term=term, from_on=from_on, to_on=to_on
    )
    record(
        "seat.given", actor=actor, at=at, subject=organisation, place=organisation.place_id,
        facts={"organisation": organisation.name, "role": role, "term": term, "from_on": from_on.isoformat()},
    )  # fmt: skip
    return row


@transaction.atomic
def end_seat(*, membership: Membership, to_on: date, actor: Actor, at: datetime) -> Membership:
    """The seat ends: `to_on` is the first day without it. Raises Refused end_before_start."""
    rules.may_organise(actor, at=at).or_raise()
    if to_on <= membership.from_on:
        raise Refused(no("end_before_start"))
    membership.to_on = to_on
    membership.save(update_fields=["to_on"])
    record(
        "seat.ended", actor=actor, at=at, subject=membership.organisation, place=membership.organisation.place_id,
        facts={"organisation": membership.organisation.name, "to_on": to_on.isoformat()},
    )  # fmt: skip
    return membership
