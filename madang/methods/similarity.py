"""Similar short texts: which earlier proposals might say the same.

A text is the set of its search terms (``bigrams.terms``). A term weighs the more the rarer it is among the texts compared:
idf = ln((1 + N) / (1 + df)) + 1 with N texts of which df hold the term (Spärck Jones, J. Doc. 28, 1972, in its smoothed form).
The score is the weight shared, divided by the geometric mean of the two texts' weights (the cosine of sets whose terms count
with the root of their idf, so that one rare word ending cannot drown the rest): 1 for equal sets, 0 when nothing is shared.
Order of words and repeats do not count. It is a hint for a person to look, never a ground to refuse.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log, sqrt
from typing import Generic, TypeVar

from madang.methods.bigrams import terms

Key = TypeVar("Key", bound=Hashable)
MOST_SHARED = 8


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """``score`` from 0 to 1 with four decimals; ``shared`` holds up to eight common terms, the rarest first."""

    key: Key
    score: float
    shared: tuple[str, ...]


@lru_cache(maxsize=8192)
def _term_set(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def similar(target: str, corpus: Mapping[Key, str], limit: int = 5, floor: float = 0.25) -> list[Match[Key]]:
    """The ``limit`` most similar texts with a score of at least ``floor``, best first; equal scores in the order of ``corpus``.

    Leave the target itself out of ``corpus``. Time grows with the number of texts that share a term with the target.
    """
    wanted = _term_set(target)
    sets = {key: _term_set(text) for key, text in corpus.items()}
    seen: Counter[str] = Counter(wanted)
    for one in sets.values():
        seen.update(one)
    weight = {term: log((2 + len(sets)) / (1 + count)) + 1 for term, count in seen.items()}
    wanted_length = _length(wanted, weight)
    matches: list[Match[Key]] = []
    for key, one in sets.items():
        common = wanted & one
        if not common:
            continue
        score = round(fsum(weight[term] for term in common) / (wanted_length * _length(one, weight)), 4)
        if score >= floor:
            matches.append(Match(key, min(score, 1.0), tuple(sorted(common, key=lambda term: (-weight[term], term))[:MOST_SHARED])))
    return sorted(matches, key=lambda match: -match.score)[: max(limit, 0)]


def _length(one: frozenset[str], weight: Mapping[str, float]) -> float:
    return sqrt(fsum(weight[term] for term in one))
