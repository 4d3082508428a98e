"""Numbers and lists of people's standing that other areas read."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from madang.ground.clock import today
from madang.residents.models import Department, PostHolding, Resident


def officials_of(department_id: int, at: datetime) -> list[int]:
    """Accounts that hold a post in a department (or one of its teams) on that day, in order of appointment, each once."""
    rows = (
        PostHolding.objects.on(today(at))
        .filter(Q(post__department_id=department_id) | Q(post__department__parent_id=department_id), account__is_active=True)
        .order_by("pk")
        .values_list("account_id", flat=True)
    )
    return list(dict.fromkeys(rows))


def officials_with(role: str, place_id: int, at: datetime) -> list[int]:
    """Accounts that hold a role in exactly this place on that day, each once."""
    rows = (
        PostHolding.objects.on(today(at))
        .filter(post__role=role, post__place_id=place_id, account__is_active=True)
        .order_by("pk")
        .values_list("account_id", flat=True)
    )
    return list(dict.fromkeys(rows))


def accounts_of(resident_ids: Iterable[int]) -> dict[int, int]:
    """Resident -> account, for those who have one and were not erased."""
    return dict(Resident.objects.living().filter(pk__in=list(resident_ids), account__isnull=False).values_list("pk", "account_id"))


def names_of(resident_ids: Iterable[int]) -> dict[int, str]:
    """Resident -> public name."""
    return dict(Resident.objects.filter(pk__in=list(resident_ids)).values_list("pk", "public_name"))


def department_choices(town_id: int) -> list[tuple[int, str]]:
    """Departments of a town for a select: teams stand under their department as `과 › 팀`."""
    rows = list(
        Department.objects.filter(Q(place_id=town_id) | Q(place__parent_id=town_id)).select_related("parent").order_by("order", "pk")
    )
    return [(row.pk, f"{row.parent.name} › {row.name}" if row.parent and row.kind == "team" else row.name) for row in rows]
