from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import chain, lots

SEED = "금천구 2021. 5. 29. 주민총회"
KEYS = st.lists(st.text(max_size=6), unique=True, max_size=30)


def test_commitment_is_plain_sha256() -> None:
    assert lots.seed_commitment(SEED) == sha256(SEED.encode()).hexdigest()
    assert lots.seed_matches(SEED, lots.seed_commitment(SEED).upper() + "\n")
    assert not lots.seed_matches("too short", "0" * 64)


@pytest.mark.parametrize("seed", ["short", " padded with spaces ", "\u1100\u1161" * 12])
def test_poor_seeds_are_refused(seed: str) -> None:
    with pytest.raises(ValueError):
        lots.seed_commitment(seed)


def test_shuffle_replayed_by_hand() -> None:
    """Three keys: two draws, computed here from the description alone."""
    order = ["a", "b", "c"]
    for number, i in enumerate((2, 1)):
        x = int.from_bytes(sha256(f"{SEED}|tie|{number}".encode()).digest(), "big")
        j = x % (i + 1)
        order[i], order[j] = order[j], order[i]
    assert lots.shuffle(["c", "a", "b"], SEED, "tie") == tuple(order)


@given(KEYS)
def test_shuffle_keeps_everybody_and_ignores_input_order(keys: list[str]) -> None:
    order = lots.shuffle(keys, SEED)
    assert sorted(order) == sorted(keys)
    assert lots.shuffle(list(reversed(keys)), SEED) == order
    assert lots.draw(keys, len(keys) // 2, SEED) == order[: len(keys) // 2]


def test_every_place_is_equally_likely() -> None:
    first = [lots.shuffle("abcd", f"seed number {n:010}")[0] for n in range(4000)]
    for key in "abcd":
        assert 900 < first.count(key) < 1100


def test_lots_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="twice"):
        lots.shuffle(["a", "a"], SEED)
    with pytest.raises(ValueError, match="more than"):
        lots.draw(["a"], 2, SEED)


# Test vectors of Certificate Transparency logs: eight leaves, published roots.
CT_LEAVES = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
CT_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def split_root(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 9162, to hold the level-wise one against."""
    if len(leaves) < 2:
        return chain.leaf(leaves[0]) if leaves else sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return chain.branch(split_root(leaves[:k]), split_root(leaves[k:]))


@pytest.mark.parametrize("size", sorted(CT_ROOTS))
def test_published_roots(size: int) -> None:
    assert chain.root(CT_LEAVES[:size]).hex() == CT_ROOTS[size]


@pytest.mark.parametrize("size", range(1, 34))
def test_root_and_every_proof(size: int) -> None:
    leaves = [str(n).encode() for n in range(size)]
    top = chain.root(leaves)
    assert top == split_root(leaves) == chain.root_of_hashes([chain.leaf(data) for data in leaves])
    for index, data in enumerate(leaves):
        proof = chain.inclusion_proof(leaves, index)
        assert chain.verify_inclusion(data, index, size, proof, top)
        assert not chain.verify_inclusion(b"other", index, size, proof, top)
        assert not chain.verify_inclusion(data, index, size, (*proof, top), top)
        if proof:
            assert not chain.verify_inclusion(data, index, size, proof[:-1], top)
            assert not chain.verify_inclusion(data, index ^ 1, size, proof, top)
    assert not chain.verify_inclusion(leaves[0], size, size, (), top)


def test_canonical_is_one_form() -> None:
    assert chain.canonical({"나": [1, True, None], "가": "\u1100\u1161"}) == '{"가":"가","나":[1,true,null]}'.encode()
    assert chain.canonical({"a": 1, "b": 2}) == chain.canonical({"b": 2, "a": 1})
    assert chain.canonical((1, 2)) == chain.canonical([1, 2])


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1: 2}, object(), {"a": {"b": 0.1}}])
def test_canonical_refuses_other_types(value: object) -> None:
    with pytest.raises(TypeError):
        chain.canonical(value)


@pytest.mark.parametrize("value", [{"가": 1, "\u1100\u1161": 2}, "\ud800"])
def test_canonical_refuses_ambiguous_text(value: object) -> None:
    with pytest.raises(ValueError):
        chain.canonical(value)


def test_seals_depend_on_all_before() -> None:
    first = chain.seal(chain.GENESIS, 2, chain.root([b"a", b"b"]))
    assert chain.seal(first, 1, chain.root([b"c"])) != chain.seal(chain.GENESIS, 1, chain.root([b"c"]))
    with pytest.raises(ValueError, match="32 bytes"):
        chain.seal(b"", 1, first)


def test_commitment_opens_only_with_salt_and_value() -> None:
    salt = bytes(range(16))
    promised = chain.commit(salt, {"choice": "p7"})
    assert chain.opens(promised, salt, {"choice": "p7"})
    assert not chain.opens(promised, salt, {"choice": "p8"})
    assert not chain.opens(promised, salt[::-1], {"choice": "p7"})
    with pytest.raises(ValueError, match="salt"):
        chain.commit(b"short", 1)
