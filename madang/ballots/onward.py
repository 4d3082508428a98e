"""What became of a ballot's item: the areas above tell it here, so that this area never names them."""

from collections.abc import Callable, Iterable, Mapping

from madang.proposals.onward_links import Link

Source = Callable[[list[int]], Mapping[int, Iterable[Link]]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Registers `source(item_ids) -> {item id: [Link, …]}`, from the area's apps.ready. One query, however many ids."""
    if source not in _sources:
        _sources.append(source)
    return source


def links_of(item_ids: Iterable[int]) -> dict[int, list[Link]]:
    """The links of each item in the order the areas were registered; items that went nowhere are left out."""
    ids = list(item_ids)
    found: dict[int, list[Link]] = {}
    for source in _sources if ids else ():
        for pk, links in source(ids).items():
            found.setdefault(pk, []).extend(links)
    return found
