"""The ledger's bytes: canonical entries, the chain, the tree of RFC 6962, proofs that a leaf is in it. Pure.

Whoever writes another verifier needs only this page and docs/vote-bundle.md.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

GENESIS = "0" * 64
ALGORITHM = "sha256"


def canonical(fields: Mapping[str, object]) -> str:
    """Fields as the one JSON text that is hashed: keys in order, no blanks, no escapes for Chinese."""
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """An instant in the one form the ledger writes: UTC, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def chain_value(before: str, content: str) -> str:
    """Value of a link: hash over the value before it, a line feed, and the content."""
    return hashlib.sha256(before.encode() + b"\n" + content.encode()).hexdigest()


def leaf_hash(content: str) -> str:
    """Hash of a leaf of the tree (RFC 6962, 2.1): a zero byte before the content."""
    return hashlib.sha256(b"\x00" + content.encode()).hexdigest()


def node_hash(left: str, right: str) -> str:
    """Hash of an inner node (RFC 6962, 2.1): a one byte before both."""
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def tree_root(leaves: Sequence[str]) -> str:
    """Root over leaf hashes in order; of none, the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    level = list(leaves)
    # Pairing from the left and carrying an odd one up gives the tree of the RFC, whose left side is always full.
    while len(level) > 1:
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
    return level[0]


def inclusion_proof(leaves: Sequence[str], index: int) -> list[str]:
    """Hashes beside the way from a leaf to the root (RFC 6962, 2.1.1), lowest first."""
    proof, level, at = [], list(leaves), index
    while len(level) > 1:
        sibling = at ^ 1
        if sibling < len(level):
            proof.append(level[sibling])
        paired = [node_hash(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
        level, at = paired + level[len(level) & ~1 :], at // 2
    return proof


def proves_inclusion(leaf: str, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """Whether a proof leads from this leaf at this place of a tree of that size to that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, value = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            value = node_hash(other, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, other)
        at, last = at >> 1, last >> 1
    return last == 0 and value == root
