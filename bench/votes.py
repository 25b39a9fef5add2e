"""Seconds to verify the bundle of a large vote, and to count a larger one.

    python -m bench.votes [ballots in the bundle] [ballots counted]

Asked for: 50,000 verified in less than 60 s, 1,000,000 counted in less than 30 s. The bundle is made here by the site's
own rules, with a key of its own, and read by static/verify.py in a process of its own; no database is needed.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import run

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from xieshang.lib.zips import stream_zip
from xieshang.voting.rules import Channel, Item, Kind, Paper, Slate, Tally, Terms, conclude, entries
from xieshang.voting.rules.ledger import GENESIS, canonical, chain_value, instant, leaf_hash, tree_root
from xieshang.voting.rules.rolls import Row, commit, identity_of, opening_salt, roll_text

ROOT = Path(__file__).resolve().parent.parent
VOTE, AREA, OPTIONS = "决20260001", 9_050, [("agree", "同意"), ("against", "不同意"), ("abstain", "弃权")]
START = datetime(2026, 11, 1, tzinfo=UTC)
HEAD_EVERY = 500
SETTINGS = {"invalid_participates": False, "blank_is_abstain": False, "deemed": "none", "deemed_for_special": False}


class Ledger:
    """A ledger in memory, with its chain and its signed heads."""

    def __init__(self) -> None:
        self.key, self.links, self.heads, self.leaves, self.before = Ed25519PrivateKey.generate(), [], [], [], GENESIS
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.code = hashlib.sha256(self.public).hexdigest()

    def write(self, kind: str, at: datetime, fields: dict[str, object]) -> None:
        content = canonical({**fields, "kind": kind, "at": instant(at), "vote": VOTE})
        value, leaf = chain_value(self.before, content), leaf_hash(content)
        row = {"position": len(self.links) + 1, "content": content, "before": self.before, "value": value, "leaf": leaf}
        self.links.append(row)
        self.leaves.append(leaf)
        self.before = value

    def sign(self, at: datetime) -> None:
        size, root, before = len(self.leaves), tree_root(self.leaves), self.heads[-1]["size"] if self.heads else 0
        said = entries.head_content(vote=VOTE, size=size, root=root, chain=self.before, at=at, before=before)
        head = {"size": size, "root": root, "chain": self.before, "at": instant(at), "before": before}
        signature = self.key.sign(said.encode()).hex()
        self.heads.append({**head, "algorithm": "ed25519", "key_code": self.code, "signature": signature})


def roll_of(size: int) -> list[Row]:
    """So many homes of one owner each."""
    return [Row(n, 1, AREA, (f"业主{n}",), (f"{n}室",), f"{n:064d}") for n in range(1, size + 1)]


def fill(size: int) -> dict[str, list[dict[str, object]]]:
    """The rows of every file of an owners' bundle in which everybody votes."""
    ledger, roll = Ledger(), roll_of(size)
    commitments = [(row.number, commit(row)) for row in roll]
    code = hashlib.sha256(roll_text(VOTE, size, size * AREA, commitments).encode()).hexdigest()
    roll_facts = {"rights": size, "heads": size, "area": size * AREA, "code": code, "algorithm": "sha256"}
    terms = {"kind": "motion", "most_choices": 1, "item": 4, "law": "civil_code_2021", "settings": SETTINGS}
    closes = START + timedelta(days=30)
    opened = entries.opened(
        question="续聘", options=OPTIONS, terms=terms, roll=roll_facts, closes_at=closes, key_code=ledger.code
    )
    ledger.write("opened", START, opened)
    ballots = list(cast(ledger, roll))
    ledger.write("closed", closes, {"ballots": size})
    result = result_of(ballots, closes)
    ledger.write("result", closes, result)
    ledger.sign(closes)
    return {
        "rules.json": [opened],
        "roll.jsonl": [{"number": number, "commitment": value} for number, value in commitments],
        "ledger.jsonl": ledger.links,
        "heads.jsonl": ledger.heads,
        "result.json": [{"counts": [result], "buildings": []}],
        "key.json": [{"algorithm": "ed25519", "public_key": ledger.public.hex(), "key_code": ledger.code}],
        "rights.jsonl": [opened_right(row) for row in roll],
        "ballots.jsonl": ballots,
    }


def cast(ledger: Ledger, roll: list[Row]) -> Iterator[dict[str, object]]:
    """Every owner's ballot: three of four agree; a head is signed every so many."""
    for row in roll:
        at, receipt, choice = START + timedelta(seconds=row.number), f"R{row.number:011d}", [1 if row.number % 4 else 2]
        nonce = f"{row.number:032d}"
        sealed = entries.ballot_commitment(receipt, row.number, "valid", choice, nonce)
        slot, head = entries.slot_of(opening_salt(row.salt)), ledger.heads[-1]["size"] if ledger.heads else 0
        said = entries.ballot(receipt=receipt, channel="online", commitment=sealed, slot=slot, head=head)
        ledger.write("cast", at, said)
        if row.number % HEAD_EVERY == 0:
            ledger.sign(at)
        shown = {"receipt": receipt, "right": row.number, "channel": "online", "at": instant(at), "mark": "valid"}
        yield {**shown, "counted": "valid", "choice": choice, "nonce": nonce, "commitment": sealed}


def opened_right(row: Row) -> dict[str, object]:
    """A right as owners see it."""
    salt, identity = opening_salt(row.salt), identity_of(row)
    return {"number": row.number, "head": 1, "area": AREA, "identity": identity, "salt": salt, "served": False}


def result_of(ballots: list[dict[str, object]], at: datetime) -> dict[str, object]:
    """The count of these ballots as the ledger holds it."""
    size, agreed = len(ballots), sum(ballot["choice"] == [1] for ballot in ballots)
    figures = [[number, number * AREA] for number in (agreed, size - agreed, 0)]
    decision = {"outcome": "PASSED", "choice": None, "elected": [], "reserve": [], "flags": []}
    rows = {"part": [size, size * AREA], "invalid": [0, 0], "deemed": [0, 0]}
    given = {"number": 1, "reason": "", "counted_at": at, "whole": [size, size * AREA], "rows": rows}
    return entries.result(**given, options=figures, decision=decision, buildings="")


def packed(files: dict[str, list[dict[str, object]]], path: Path) -> None:
    """The files as a bundle."""
    contents = {name: b"".join(canonical(row).encode() + b"\n" for row in rows) for name, rows in files.items()}
    listed = [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in contents.items()
    ]
    manifest = {"format": "xieshang-vote/1", "depth": "owners", "vote": VOTE, "files": listed}
    pieces = [(name, [content]) for name, content in contents.items()]
    with path.open("wb") as out:
        out.writelines(stream_zip([*pieces, ("manifest.json", [canonical(manifest).encode() + b"\n"])]))


def verify(size: int) -> float:
    """Seconds that verify.py takes, start of the program included; the bundle must hold."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "vote.zip"
        packed(fill(size), path)
        began = time.monotonic()
        run([sys.executable, str(ROOT / "static" / "verify.py"), str(path)], check=True)
        return time.monotonic() - began


def count(size: int) -> float:
    """Seconds that the engine takes from papers to the decision."""
    slate = Slate(decidable=(1,), abstain=3, against=2)
    papers = (Paper(Tally(1, AREA), Channel.ONLINE, (1 if n % 4 else 2,)) for n in range(size))
    began = time.monotonic()
    result = conclude(Terms(Kind.MOTION, Item.COMPANY), slate, papers, Tally(size, size * AREA))
    seconds = time.monotonic() - began
    print(f"{result.decision.outcome}, {result.counted.part.heads} took part")
    return seconds


def main() -> None:
    """Measure both; the sizes may be given."""
    given = [int(word) for word in sys.argv[1:]]
    bundled, counted = [*given, *(50_000, 1_000_000)[len(given) :]]
    print(f"bundle of {bundled} ballots verified in {verify(bundled):.1f} s", flush=True)
    print(f"{counted} ballots counted in {count(counted):.1f} s", flush=True)


if __name__ == "__main__":
    main()
