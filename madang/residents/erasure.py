"""The register of what must be erased with a person: each higher area adds a function for what it holds.

    from madang.residents import erasure
    erasure.register(actions.forget_author)   # fn(resident, at) -> {"proposals": 3}

A function runs inside the transaction of `erase_resident`. It removes or anonymises its area's data and returns counts; a key that
begins with "kept." says what stayed and is told apart ("kept.votes": 2)."""

from collections.abc import Callable
from datetime import datetime

from madang.residents.models import Resident

Eraser = Callable[[Resident, datetime], dict[str, int]]
_erasers: list[Eraser] = []


def register(fn: Eraser) -> Eraser:
    """Adds an area's function; the same one twice counts once. Usable as a decorator."""
    if fn not in _erasers:
        _erasers.append(fn)
    return fn


def erasers() -> tuple[Eraser, ...]:
    """All registered functions, in order of registration."""
    return tuple(_erasers)
