"""Made-up voters, to see what rules do before anybody has voted. Nothing is predicted: only how rules differ on the same ballots."""

from collections.abc import Sequence

from madang.methods.lots import Blocks, shuffle
from madang.methods.voting.election import Project

OWN_IN_TEN = 6  # picks out of ten that go to the voter's own field, where it has projects left


def made_up(projects: Sequence[Project], *, voters: int, most: int, seed: str, least: int = 1) -> list[list[str]]:
    """So many ballots of `least` to `most` picks, always the same for the same seed.

    Each voter has a field (fields with more projects have more voters) and takes six picks in ten from it. Within a field a lot decides
    how well known a project is, and the k-th is taken 1/k as often as the first (Zipf), as votes of real elections roughly fall off."""
    ids = [p.id for p in projects]
    field_of = {p.id: p.fields[0] if p.fields else "" for p in projects}
    known = {code: place for place, code in enumerate(shuffle(ids, seed, "known"), 1)}
    weight = {code: len(ids) * 1000 // known[code] for code in ids}
    blocks = Blocks(seed, "voters")
    least, most = min(least, len(ids)), min(most, len(ids))
    return [_ballot(blocks, ids, field_of, weight, least, most) for _ in range(voters)]


def _ballot(blocks: Blocks, ids: list[str], field_of: dict[str, str], weight: dict[str, int], least: int, most: int) -> list[str]:
    own = field_of[ids[blocks.below(len(ids))]]
    left = list(ids)
    picks: list[str] = []
    for _ in range(least + blocks.below(most - least + 1)):
        near = [code for code in left if field_of[code] == own]
        pool = near if near and blocks.below(10) < OWN_IN_TEN else left
        mark = blocks.below(sum(weight[code] for code in pool))
        for code in pool:
            mark -= weight[code]
            if mark < 0:
                picks.append(code)
                left.remove(code)
                break
    return picks
