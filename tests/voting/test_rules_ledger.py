"""The ledger's tree against the definition of RFC 6962, written out again as the RFC writes it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.voting.rules.ledger import (
    canonical,
    inclusion_proof,
    leaf_hash,
    node_hash,
    proves_inclusion,
    tree_root,
)


def by_the_rfc(leaves):
    """MTH of RFC 6962, 2.1: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_the_rfc(leaves[:split]), by_the_rfc(leaves[split:]))


@pytest.mark.parametrize("size", range(40))
def test_the_root_is_the_rfcs(size):
    leaves = [leaf_hash(str(n)) for n in range(size)]
    assert tree_root(leaves) == by_the_rfc(leaves)


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_in_its_place_and_nowhere_else(size, data):
    leaves = [leaf_hash(str(n)) for n in range(size)]
    at, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(leaves, at), tree_root(leaves)
    assert proves_inclusion(leaves[at], at, size, proof, root)
    assert proves_inclusion(leaves[other], at, size, proof, root) == (other == at)
    assert not proves_inclusion(leaves[at], at, size, [*proof, root], root)


def test_canonical_text_does_not_depend_on_the_order_of_fields():
    assert canonical({"b": 1, "a": "同意"}) == canonical({"a": "同意", "b": 1}) == '{"a":"同意","b":1}'
