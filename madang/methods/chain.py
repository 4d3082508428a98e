"""Seals for records: canonical bytes, Merkle tree, proof that one record is in it, commitments that can be forgotten.

- ``canonical``: one byte string per value. JSON with keys sorted by code point, strings in NFC, no spaces, UTF-8, no floats
  (a float prints differently in different languages; amounts are integers, rates are two integers).
- Merkle tree as in RFC 9162 §2.1 (Certificate Transparency 2.0): leaf = SHA-256(0x00 ‖ data), branch = SHA-256(0x01 ‖ left ‖ right),
  the left side holds the largest power of two below the number of leaves; the root of nothing is SHA-256 of nothing.
- ``seal`` ties a batch to the one before: SHA-256(0x02 ‖ previous seal ‖ number of leaves as 8 bytes, big-endian ‖ root). RFC 9162 has
  no such step; 0x02 keeps it apart from leaves and branches.
- ``commit``: HMAC-SHA-256 of the canonical value under a random salt kept beside the record. The seal covers the commitment,
  so erasing salt and value erases the person while the tree still verifies.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from unicodedata import normalize

_ALLOWED = "None, bool, int, str, list, tuple, dict with str keys"
SHORTEST_SALT = 16
GENESIS = bytes(32)
"""What stands for "the seal before" in the first batch."""


def canonical(value: object) -> bytes:
    """The one byte string that stands for ``value``.

    Takes None, bool, int, str, list, tuple and dict with str keys, nested at will. Raises TypeError for anything else
    (floats, dates, bytes) and ValueError for keys that become equal in NFC or text that is not valid Unicode.
    """
    try:
        text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except UnicodeEncodeError as broken:
        raise ValueError("text holds half a surrogate pair") from broken


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        plain: dict[str, object] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("keys are text")
            name = normalize("NFC", key)
            if name in plain:
                raise ValueError(f"the key {name!r} occurs twice")
            plain[name] = _plain(item)
        return plain
    raise TypeError(f"{type(value).__name__} has no canonical form; allowed are {_ALLOWED}")


def leaf(data: bytes) -> bytes:
    """Hash of one record (32 bytes)."""
    return sha256(b"\x00" + data).digest()


def branch(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees (32 bytes)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root over records given as their bytes (not yet hashed), in their order."""
    return root_of_hashes([leaf(data) for data in leaves])


def root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    """Root over leaf hashes, for whoever stored the hashes and not the records."""
    if not hashes:
        return sha256(b"").digest()
    level = list(hashes)
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    # An odd last node rises unchanged; that yields the same tree as splitting at the largest power of two.
    pairs = [branch(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + list(level[-1:]) if len(level) % 2 else pairs


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The neighbours' hashes that lead from record ``index`` up to the root (RFC 9162 §2.1.3.1). Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError("no such record")
    level = [leaf(data) for data in leaves]
    path: list[bytes] = []
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        level = _level_above(level)
        index //= 2
    return tuple(path)


def verify_inclusion(data: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes) -> bool:
    """Whether ``data`` is record ``index`` of ``size`` under ``expected_root`` (RFC 9162 §2.1.3.2). Never raises on a bad proof."""
    if not 0 <= index < size:
        return False
    position, last, node = index, size - 1, leaf(data)
    steps = iter(proof)
    while last:
        if position % 2 or position < last:
            neighbour = next(steps, None)
            if neighbour is None:
                return False
            node = branch(neighbour, node) if position % 2 else branch(node, neighbour)
        position //= 2
        last //= 2
    return next(steps, None) is None and hmac.compare_digest(node, expected_root)


def seal(previous: bytes, size: int, batch_root: bytes) -> bytes:
    """Seal of one batch, tied to the seal before it (``GENESIS`` for the first). Raises ValueError for hashes of wrong length."""
    if len(previous) != 32 or len(batch_root) != 32 or not 0 <= size < 1 << 64:
        raise ValueError("a seal takes two hashes of 32 bytes and a count")
    return sha256(b"\x02" + previous + size.to_bytes(8, "big") + batch_root).digest()


def commit(salt: bytes, value: object) -> str:
    """Hexadecimal commitment to ``value``. Raises ValueError for a salt under 16 bytes; see ``canonical`` for the rest."""
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"a salt has at least {SHORTEST_SALT} bytes")
    return hmac.new(salt, canonical(value), sha256).hexdigest()


def opens(commitment: str, salt: bytes, value: object) -> bool:
    """Whether ``salt`` and ``value`` are what was committed to."""
    return hmac.compare_digest(commit(salt, value), commitment)
