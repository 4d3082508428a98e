"""Drawing lots that anybody can replay.

The order of events is the protection: (1) the seed is fixed in secret and only its commitment is published, (2) the
list of keys is frozen and published, (3) the seed is revealed. Whoever holds seed and list can repeat the draw with
``sha256sum`` and a pocket calculator:

- commitment = SHA-256 of the seed's UTF-8 bytes, in hexadecimal. ``printf '%s' SEED | sha256sum`` prints it.
- keys are sorted by code point, so the order in which they were typed does not matter.
- block number k (0, 1, 2 …) is SHA-256 of the UTF-8 text ``SEED|CONTEXT|k`` read as one big-endian number x.
- a number below m is drawn by taking the next block; blocks of at least floor(2^256 / m) × m are thrown away (so that every
  remainder is equally likely); the result is x mod m.
- shuffle (Fisher–Yates): for i from the last position down to 1, draw j below i + 1 and swap positions i and j.

Fisher, Yates 1938; Durstenfeld, CACM 7 (7), 1964, algorithm 235.
"""

from collections.abc import Collection
from hashlib import sha256
from hmac import compare_digest
from unicodedata import normalize

SHORTEST_SEED = 16
_SPAN = 1 << 256


def seed_commitment(seed: str) -> str:
    """The 64 hexadecimal digits to publish before the draw. Raises ValueError for a seed one could guess (under 16 characters)."""
    return sha256(_seed_bytes(seed)).hexdigest()


def seed_matches(seed: str, commitment: str) -> bool:
    """Whether the revealed seed is the one that was promised."""
    return len(seed) >= SHORTEST_SEED and compare_digest(seed_commitment(seed), commitment.strip().lower())


def shuffle(keys: Collection[str], seed: str, context: str = "") -> tuple[str, ...]:
    """All keys in the order of the lot. ``context`` (a ballot's name, a seat class) gives one seed several independent draws.

    Raises ValueError for a key that occurs twice or a seed that is too short.
    """
    order = sorted(keys)
    if len(set(order)) != len(order):
        raise ValueError("a key occurs twice")
    blocks = Blocks(seed, context)
    for i in range(len(order) - 1, 0, -1):
        j = blocks.below(i + 1)
        order[i], order[j] = order[j], order[i]
    return tuple(order)


def draw(keys: Collection[str], n: int, seed: str, context: str = "") -> tuple[str, ...]:
    """The first ``n`` of the shuffle; what follows them in ``shuffle`` is the reserve list in order."""
    if not 0 <= n <= len(keys):
        raise ValueError("cannot draw more than there are")
    return shuffle(keys, seed, context)[:n]


def _seed_bytes(seed: str) -> bytes:
    if len(seed) < SHORTEST_SEED:
        raise ValueError(f"a seed has at least {SHORTEST_SEED} characters")
    if normalize("NFC", seed) != seed or seed.strip() != seed:
        raise ValueError("a seed is in composed form (NFC) without spaces around it")
    return seed.encode()


class Blocks:
    """Fair numbers from a seed, one after another, as the head of this module says. Raises ValueError for a seed one could guess."""

    def __init__(self, seed: str, context: str) -> None:
        self._head = _seed_bytes(seed) + b"|" + normalize("NFC", context).encode() + b"|"
        self._next = 0

    def below(self, m: int) -> int:
        """The next number from 0 to m - 1."""
        fair = _SPAN - _SPAN % m
        while True:
            x = int.from_bytes(sha256(self._head + str(self._next).encode()).digest(), "big")
            self._next += 1
            if x < fair:
                return x % m
