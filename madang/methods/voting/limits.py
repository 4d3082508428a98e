"""What may be funded together, whatever the rule: least support, how many of a kind, what excludes what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from madang.methods.voting.election import Election


@dataclass(frozen=True)
class Limits:
    """`threshold`: fewest votes of a funded project. `most`: how many projects in all. `field_most`: how many of a field (a project's
    `fields`) at most. `field_least`: how many of the best of a field come before all others (one of each dong, say). `exclusive`: groups
    of ids of which at most one is funded (one place, two ideas)."""

    threshold: int = 0
    most: int | None = None
    field_most: Mapping[str, int] | None = None
    field_least: Mapping[str, int] | None = None
    exclusive: tuple[tuple[str, ...], ...] = ()

    def check(self, election: Election) -> None:
        """Raises ValueError for a number below 0 and for a group that names no project of the election."""
        ids = {p.id for p in election.projects}
        numbers = [self.threshold, self.most or 0, *(self.field_most or {}).values(), *(self.field_least or {}).values()]
        if min(numbers) < 0:
            raise ValueError("a limit is not negative")
        for group in self.exclusive:
            if unknown := set(group) - ids:
                raise ValueError(f"no such project: {min(unknown)}")

    @property
    def are_any(self) -> bool:
        return bool(self.most is not None or self.field_most or self.exclusive)


class Watch:
    """The limits during one count."""

    def __init__(self, limits: Limits, election: Election) -> None:
        self._limits, self._election = limits, election
        self._taken: Counter[str] = Counter()
        self._funded = 0
        place = {p.id: n for n, p in enumerate(election.projects)}
        self._rivals: dict[int, set[int]] = {}
        for group in limits.exclusive:
            members = {place[code] for code in group}
            for one in members:
                self._rivals.setdefault(one, set()).update(members - {one})
        self._out: dict[int, int] = {}

    def take(self, project: int) -> None:
        self._funded += 1
        self._taken.update(self._election.projects[project].fields)
        for rival in self._rivals.get(project, ()):
            self._out.setdefault(rival, project)

    def owes(self, project: int) -> bool:
        """Whether a field of it has fewer funded projects than it is owed."""
        least = self._limits.field_least or {}
        return any(self._taken[name] < least.get(name, 0) for name in self._election.projects[project].fields)

    def bars(self, project: int) -> tuple[str, str] | None:
        """Why it cannot be funded any more, and by what: ("exclusive", the other's id), ("field_full", the field), ("full", "")."""
        if project in self._out:
            return "exclusive", self._election.projects[self._out[project]].id
        if self._limits.most is not None and self._funded >= self._limits.most:
            return "full", ""
        for name in self._election.projects[project].fields:
            if (most := (self._limits.field_most or {}).get(name)) is not None and self._taken[name] >= most:
                return "field_full", name
        return None


def supported(election: Election, limits: Limits) -> Iterable[int]:
    """Positions of the projects with enough votes to be looked at."""
    return (n for n, votes in enumerate(election.votes) if votes >= limits.threshold)
