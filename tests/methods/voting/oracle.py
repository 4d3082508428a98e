"""The same counts by pabutools, which is in the development environment only (GPL; nothing that runs imports it)."""

from collections.abc import Iterable
from pathlib import Path

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen


def winners(path: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """Ids in the order in which pabutools funds them, for rules such as "add1, cost"; ties by name, its default."""
    instance, profile = parse_pabulib(str(path))
    ballots = profile.as_multiprofile()
    found = {}
    for name in names:
        rule, _comma, utility = name.partition(", ")
        by = {"sat_class": Cost_Sat if utility == "cost" else Cardinality_Sat}
        if rule == "greedy":
            chosen = greedy_utilitarian_welfare(instance, ballots, **by)
        elif rule == "phragmen":
            chosen = sequential_phragmen(instance, ballots)
        else:
            chosen = method_of_equal_shares(instance, ballots, **by, **({"voter_budget_increment": 1} if rule == "add1" else {}))
        found[name] = [project.name for project in chosen]
    return found
