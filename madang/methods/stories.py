"""A count tells its story in lines of a code and its facts; whoever shows it puts them into sentences of a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a count. ``params`` holds whole numbers, ids and tuples of ids only, so it can be stored as JSON."""

    code: str
    params: Mapping[str, Fact] = field(default_factory=dict)
