"""move(): the one way a thing changes its state. The table of moves on the model is the picture of the process."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import YES, Refused, Verdict, no

Thing = TypeVar("Thing", bound=models.Model)


def may_move(thing: models.Model, to: str) -> Verdict:
    """Whether the table of moves leads from the thing's state to `to`."""
    if to in thing.MOVES.get(thing.state, ()):  # type: ignore[attr-defined]
        return YES
    return no("no_such_move", now=state_name(thing, thing.state), to=state_name(thing, to))  # type: ignore[attr-defined]


def state_name(thing: models.Model, state: str) -> str:
    """The state in the reader's words."""
    return str(dict(thing._meta.get_field("state").flatchoices).get(state, state))  # type: ignore[union-attr]


def lock(thing: Thing) -> Thing:
    """The same row, read again and locked till the transaction ends.

    SQLite locks the whole database when a transaction begins (IMMEDIATE)."""
    rows = type(thing)._base_manager.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=thing.pk)


def move(
    thing: Thing,
    *,
    to: str,
    verb: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    facts: Mapping[str, Any] | None = None,
    trail: models.Model | str | None = None,
    **changes: Any,
) -> Thing:
    """Moves a thing to another state with the given field changes, and records it. Call inside the verb's transaction.

    Raises Refused: `moved_meanwhile` when somebody else moved it since `thing` was read, `no_such_move` when MOVES has no such way.
    The given instance is brought up to date and returned."""
    fresh = lock(thing)
    if fresh.state != thing.state:  # type: ignore[attr-defined]
        raise Refused(no("moved_meanwhile", now=state_name(fresh, fresh.state)))  # type: ignore[attr-defined]
    may_move(fresh, to).or_raise()
    came_from = fresh.state  # type: ignore[attr-defined]
    for name, value in {"state": to, **changes}.items():
        setattr(fresh, name, value)
        setattr(thing, name, value)
    fresh.save(update_fields=["state", *changes])
    record(
        verb,
        actor=actor,
        at=at,
        subject=fresh,
        trail=trail,
        facts={"from": came_from, "to": to, **({"why": why} if why else {}), **(facts or {})},
    )
    return thing
