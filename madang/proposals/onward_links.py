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
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Registers `source(proposal_ids) -> {proposal id: [Link, …]}`, from the area's apps.ready. One query, however many ids."""
    if source not in _sources:
        _sources.append(source)
    return source


def links_of(proposal_ids: Iterable[int]) -> dict[int, list[Link]]:
    """The links of each proposal in the order the areas were registered; proposals that went nowhere are left out."""
    ids = list(proposal_ids)
    found: dict[int, list[Link]] = {}
    for source in _sources if ids else ():
        for pk, links in source(ids).items():
            found.setdefault(pk, []).extend(links)
    return found
