"""Whoever alters a bundle, or the tables beneath it, is named by the verifier, whatever they mend afterwards."""

import json
import random

import pytest
from django.db import connection

from tests.voting.counting import enter
from tests.voting.rewriting import rewritten
from tests.voting.test_bundle import taken
from tests.voting.verifier import line, opened, packed, rows, verify, written
from xieshang.lib.clock import now
from xieshang.voting import services
from xieshang.voting.queries import Depth, first_broken
from xieshang.voting.rules import EntryKind

pytestmark = pytest.mark.django_db
ALTERATIONS = 300


def altered_value(value, chance):
    """Another value of the same sort, or of another sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chance.choice([value + 1, value - 1, -value - 1, str(value), None])
    if isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        other = value[:at] + chance.choice("0123456789abcdef改") + value[at + 1 :]
        return chance.choice([other if other != value else value + "0", value[1:] or "x", None, 7])
    if isinstance(value, list):
        return chance.choice([[*value, 1], value[1:] if value else [1], None])
    if isinstance(value, dict):
        return {**value, "more": 1}
    return "x"


def alter(row, chance):
    """Change one value somewhere in a row, or drop or add a key."""
    row = json.loads(json.dumps(row))
    place, key = row, chance.choice(sorted(row))
    while isinstance(place[key], dict | list) and place[key] and chance.random() < 0.8:
        place = place[key]
        key = chance.choice(sorted(place) if isinstance(place, dict) else range(len(place)))
    if isinstance(place, dict) and chance.random() < 0.1:
        del place[key]
    else:
        place[key] = altered_value(place[key], chance)
    return row


def forged(files, chance):
    """One alteration of one file: a value, a line gone, a line twice, two lines changed over, or a file gone."""
    name = chance.choice([name for name in files if name != "manifest.json"])
    lines, way = rows(files[name]), chance.choice(["value"] * 6 + ["gone", "twice", "swap", "file"])
    at = chance.randrange(len(lines))
    if way == "value":
        lines[at] = alter(lines[at], chance)
    elif way == "gone":
        del lines[at]
    elif way == "twice":
        lines.insert(at, lines[at])
    elif way == "swap" and len(lines) > 1:
        other = (at + 1) % len(lines)
        lines[at], lines[other] = lines[other], lines[at]
    else:
        return {kept: content for kept, content in files.items() if kept != name}
    return files | {name: written(lines)}


@pytest.mark.parametrize("depth", Depth)
def test_every_alteration_of_a_bundle_is_named_though_the_manifest_is_mended(counted, depth):
    files, chance = opened(taken(counted(), depth)), random.Random(2026)
    assert verify(packed(files))[0] == []
    unnamed = []
    for _turn in range(ALTERATIONS // 3):
        other = forged(files, chance)
        if not verify(packed(other))[0]:
            changed = [name for name in files if other.get(name) != files[name]]
            unnamed.append([(name, files[name], other.get(name)) for name in changed])
    assert unnamed == []


def test_a_changed_byte_is_named_by_its_file(counted):
    files, chance = opened(taken(counted(), Depth.OWNERS)), random.Random(7)
    for name in files:
        at = chance.randrange(len(files[name]))
        content = files[name][:at] + bytes([files[name][at] ^ 1]) + files[name][at + 1 :]
        faults, _lines = verify(packed(files | {name: content}, with_new_manifest=False))
        assert faults
        assert name == "manifest.json" or any(name in fault for fault in faults)


def test_whoever_rewrites_the_whole_chain_has_no_signature(counted):
    files = rewritten(
        opened(taken(counted())), lambda entry: entry | {"channel": "paper"} if "slot" in entry else entry
    )
    faults, _lines = verify(packed(files))
    assert any("签名不对" in fault for fault in faults)


def test_a_head_left_out_and_another_key_are_named(counted):
    files = opened(taken(counted()))
    heads = rows(files["heads.jsonl"])
    assert len(heads) > 1
    faults, _lines = verify(packed(files | {"heads.jsonl": written(heads[1:])}))
    assert any("树头" in fault for fault in faults)
    key = rows(files["key.json"])[0] | {"public_key": "00" * 32}
    assert any("公钥" in fault for fault in verify(packed(files | {"key.json": line(key)}))[0])


# What somebody with the password of the database does to the tables. ---------------------------------------------

FIRST = "WHERE id = (SELECT min(id) FROM voting_{})"
LAST = "(SELECT max(id) FROM voting_{})"
TABLES = {
    "choice": f"UPDATE voting_ballotchoice SET option_id = {LAST.format('option')} {FIRST.format('ballotchoice')}",
    "right of a ballot": f"UPDATE voting_ballot SET right_id = {LAST.format('right')} {FIRST.format('ballot')}",
    "mark": f"UPDATE voting_ballot SET mark = 'invalid' {FIRST.format('ballot')}",
    "channel": f"UPDATE voting_ballot SET channel = 'paper' {FIRST.format('ballot')}",
    "receipt": f"UPDATE voting_ballot SET receipt = 'AAAA' {FIRST.format('ballot')}",
    "area": "UPDATE voting_right SET area_centi = area_centi + 1 WHERE number = 3",
    "head": "UPDATE voting_right SET head = 2 WHERE number = 3",
    "salt": "UPDATE voting_right SET salt = 'x' WHERE number = 3",
    "commitment of the roll": "UPDATE voting_right SET commitment = 'x' WHERE number = 3",
    "owner": "UPDATE voting_right SET name = '别人' WHERE number = 3",
    "home": f"UPDATE voting_rightunit SET label = '别处' {FIRST.format('rightunit')}",
    "roll": "UPDATE voting_roll SET value = '0'",
    "option": "UPDATE voting_option SET text = '改了' WHERE position = 1",
    "order of options": "UPDATE voting_option SET position = 9 WHERE position = 1",
    "question": "UPDATE voting_vote SET question = '改了'",
    "item": "UPDATE voting_decision SET item = 6",
    "line of the count": f"UPDATE voting_countline SET heads = heads + 1 {FIRST.format('countline')}",
    "outcome": "UPDATE voting_votecount SET outcome = 'NOT_PASSED'",
    "nonce": "UPDATE voting_ballotversion SET nonce = 'x' WHERE receipt = 'TEST-0005-NEW1'",
    "commitment": "UPDATE voting_ballotversion SET commitment = 'x' WHERE receipt = 'TEST-0005-NEW1'",
    "entry": "UPDATE voting_ledgerentry SET content = replace(content, 'online', 'proxy') WHERE kind = 'cast'",
    "kind": "UPDATE voting_ledgerentry SET kind = 'voided' WHERE kind = 'replaced'",
    "link": "UPDATE voting_ledgerlink SET value = before WHERE position = 4",
    "before": "UPDATE voting_ledgerlink SET before = value WHERE position = 4",
    "leaf": "UPDATE voting_ledgerlink SET leaf = value WHERE position = 4",
    "link gone": "DELETE FROM voting_ledgerlink WHERE position = 4",
    "root": "UPDATE voting_treehead SET root = chain",
    "signature": "UPDATE voting_treehead SET signature = root",
    "head gone": "DELETE FROM voting_treehead WHERE size = (SELECT min(size) FROM voting_treehead)",
}


def drop_triggers():
    """As the owner of the tables may; the rights of the web role do not reach so far (docs/operate.md)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'voting_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.mark.parametrize("what", TABLES)
def test_an_alteration_of_the_tables_is_named(counted, what):
    vote = counted()
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(TABLES[what])
        assert cursor.rowcount
    vote.refresh_from_db()
    faults, _lines = verify(taken(vote, Depth.NAMED))
    assert faults or first_broken(vote) is not None
    if what in {"entry", "kind", "link", "before", "leaf", "link gone", "commitment"}:
        assert first_broken(vote) is not None


def test_a_paper_that_beats_a_ballot_takes_its_place(owners_vote):
    made = owners_vote()
    services.write_opened(made.vote, now())
    enter(made.vote, made.rights[0], made.people[0], "同意")
    enter(made.vote, made.rights[0], made.people[0], "不同意", kind=EntryKind.CONFIRMED, paper="P1")
    services.settle_ledger(made.vote.pk)
    _faults, lines = verify(taken(made.vote))
    assert any("1张票，没有一个表决权投两次" in line for line in lines)


def test_each_altered_ballot_is_named_and_each_that_is_gone(counted):
    files = opened(taken(counted(), Depth.OWNERS))
    ballots = rows(files["ballots.jsonl"])
    first, second, third, gone = ballots[:4]
    other = [first | {"mark": "invalid"}, second | {"choice": [2]}, third | {"right": [3]}, *ballots[4:]]
    faults, _lines = verify(packed(files | {"ballots.jsonl": written(other)}))
    assert [fault.split("：")[0] for fault in faults] == [
        f"选票{one['receipt']}" for one in (first, second, third, gone)
    ]


def test_a_ballot_put_in_without_an_entry_is_named(counted):
    vote = counted()
    right = vote.rights.get(number=12)
    vote.ballots.create(
        right=right,
        community_id=vote.community_id,
        cast_by=right.holders.get().person,
        cast_at=vote.opens_at,
        receipt="TEST-EXTRA",
    )
    assert any("账本里没有" in fault for fault in verify(taken(vote, Depth.OWNERS))[0])
