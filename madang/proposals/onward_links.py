"""Where a proposal went: the areas above tell it here, so that this area never names them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """One place further on the way: words, address, and the state there in words."""

    label: Any
    url: str
    state: Any = ""


Source = Callable[[list[int]], Mapping[int, Iterable[Link]]]


class Onward:
    """The sources that tell of one kind of thing where it went."""

    def __init__(self) -> None:
        self.sources: list[Source] = []

    def register(self, source: Source) -> Source:
        """Registers `source(ids) -> {id: [Link, …]}`, from the area's apps.ready. One query, however many ids."""
        if source not in self.sources:
            self.sources.append(source)
        return source

    def links_of(self, ids: Iterable[int]) -> dict[int, list[Link]]:
        """The links of each thing in the order the areas were registered; things that went nowhere are left out."""
        asked = list(ids)
        found: dict[int, list[Link]] = {}
        for source in self.sources if asked else ():
            for pk, links in source(asked).items():
                found.setdefault(pk, []).extend(links)
        return found


PROPOSALS = Onward()
register, links_of = PROPOSALS.register, PROPOSALS.links_of
