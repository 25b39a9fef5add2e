"""What a forger with the whole ledger in hand does: changes entries, then makes chain, leaves and roots fit again.

Written with rules/ledger.py, the other of the two implementations: where it is right, only the signatures are wrong.
"""

import json

from tests.voting.verifier import rows, written
from xieshang.voting.rules.ledger import GENESIS, canonical, chain_value, leaf_hash, tree_root


def rewritten(files, change):
    """The files of a bundle with every entry changed as told, and everything that can be computed mended."""
    before, ledger = GENESIS, []
    for position, row in enumerate(rows(files["ledger.jsonl"]), start=1):
        content = canonical(change(json.loads(row["content"])))
        value = chain_value(before, content)
        ledger.append(
            {"position": position, "content": content, "before": before, "value": value, "leaf": leaf_hash(content)}
        )
        before = value
    leaves = [row["leaf"] for row in ledger]
    heads = [
        head | {"root": tree_root(leaves[: head["size"]]), "chain": ledger[head["size"] - 1]["value"]}
        for head in rows(files["heads.jsonl"])
    ]
    return files | {"ledger.jsonl": written(ledger), "heads.jsonl": written(heads)}
