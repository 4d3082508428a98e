"""Search terms for Korean without a dictionary.

A run of Hangul, Han or Kana becomes its overlapping pairs (보행로 → 보행, 행로), so that two letters find a word
wherever they stand in it; a run of one syllable stays itself; a word of Latin letters or digits stays whole. The index
(``tokens``) holds besides each run's last syllable, so that a query of one syllable finds every place by prefix.

Terms are encoded as plain ASCII words that neither SQLite's unicode61 tokenizer nor PostgreSQL's parser with the "simple"
configuration can split, fold or stem: ``w`` + the word if it is ASCII, else ``k`` + five hexadecimal digits per character.
Equal width makes the code of one character a prefix of the codes that begin with it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, normalize

LONGEST_WORD = 40
"""Longer Latin words are cut; PostgreSQL refuses words over 2,046 bytes."""
MOST_QUERY_TERMS = 24

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_KANA_AND_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN_CHARS = _HANGUL + _KANA_AND_HAN
_PIECES = re.compile(rf"(?P<run>[{_RUN_CHARS}]+)|(?P<word>[^\W_{_RUN_CHARS}]+)")
_CLUSTER = re.compile(r"[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11ff\ud7b0-\ud7fb]*|.", re.DOTALL)


class _Invisible(dict[int, int | None]):
    """Translation table that drops format characters (zero-width, marks of direction, soft hyphen) and remembers its answers."""

    def __missing__(self, code: int) -> int | None:
        self[code] = answer = None if category(chr(code)) in ("Cf", "Cs") else code
        return answer


_INVISIBLE = _Invisible()


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """An encoded term to look for; ``prefix`` when words that merely begin with it count too."""

    token: str
    prefix: bool


def normalise(text: str) -> str:
    """NFKC, lower case, without invisible characters; punctuation becomes spaces and spaces are single."""
    plain = normalize("NFKC", text.translate(_INVISIBLE)).lower()
    return " ".join(found[0] for found in re.finditer(r"[^\W_]+", normalize("NFC", plain)))


def terms(text: str) -> list[str]:
    """Terms in reading order, repeats kept, not encoded: ``보행로 LED등`` → ``보행 행로 led 등``."""
    found: list[str] = []
    for piece in _PIECES.finditer(normalise(text)):
        if word := piece["word"]:
            found.append(word[:LONGEST_WORD])
        else:
            found.extend(_pairs(piece["run"]))
    return found


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [first + second for first, second in pairwise(run)]


def encode(term: str) -> str:
    """One term as an ASCII word of letters and digits."""
    if term.isascii():
        return "w" + term
    return "k" + "".join(f"{ord(char):05x}" for char in term)


def tokens(text: str) -> str:
    """Everything the index stores for ``text``: encoded terms and each run's last syllable, separated by spaces."""
    found: list[str] = []
    for piece in _PIECES.finditer(normalise(text)):
        if word := piece["word"]:
            found.append(encode(word[:LONGEST_WORD]))
            continue
        run = piece["run"]
        found.extend(encode(pair) for pair in _pairs(run))
        if len(run) > 1:
            found.append(encode(run[-1]))
    return " ".join(found)


def query_terms(q: str) -> list[QueryTerm]:
    """What to look for, each term once, at most ``MOST_QUERY_TERMS``; all of them must be found. Empty when ``q`` holds no letter.

    Single syllables and words of Latin letters are looked for by prefix, pairs and numbers exactly.
    """
    found: dict[str, QueryTerm] = {}
    for term in terms(q):
        word = term.isascii()
        prefix = not term.isdigit() if word else len(term) == 1
        token = encode(term)
        found.setdefault(token, QueryTerm(token, prefix))
    return list(found.values())[:MOST_QUERY_TERMS]


def fts5_match(q: str) -> str:
    """A MATCH expression for SQLite FTS5; empty when there is nothing to look for (FTS5 refuses an empty one)."""
    return " AND ".join(f'"{term.token}"{"*" if term.prefix else ""}' for term in query_terms(q))


def tsquery(q: str) -> str:
    """Text for PostgreSQL's ``to_tsquery('simple', …)`` (Django: SearchQuery(…, search_type="raw", config="simple")); may be empty."""
    return " & ".join(f"{term.token}{':*' if term.prefix else ''}" for term in query_terms(q))


def highlight_spans(text: str, q: str) -> list[tuple[int, int]]:
    """Half-open spans of ``text`` to mark for the query, in order, not overlapping.

    Whole words of the query are marked where they occur; a word that occurs nowhere is marked by its pairs.
    """
    folded, origins = _fold(text)
    marked: list[tuple[int, int]] = []
    for word in dict.fromkeys(normalise(q).split()):
        spans = list(_occurrences(folded, word))
        if not spans:
            spans = [span for term in dict.fromkeys(terms(word)) if len(term) > 1 for span in _occurrences(folded, term)]
        marked.extend(spans)
    return _merged([(origins[start][0], origins[end - 1][1]) for start, end in marked])


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Normalised text of the same order and, for each of its characters, the span it came from."""
    out: list[str] = []
    origins: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        for char in normalize("NFKC", cluster[0].translate(_INVISIBLE)).lower():
            out.append(char if char.isalnum() else " ")
            origins.append(cluster.span())
    return "".join(out), origins


def _occurrences(folded: str, word: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = folded.find(word)
    while start >= 0:
        spans.append((start, start + len(word)))
        start = folded.find(word, start + len(word))
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
