"""The format of the page: its example, every fault with its place, and the command."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.voting.test_rules_notice import EXAMPLE as NOTICE
from xieshang.voting.rules import countfile

EXAMPLE = """{"format": "xieshang-count/1", "rule_set": "civil_code_2021", "item": 4,
 "invalid_counts_as_participating": false, "blank_is_abstain": false,
 "deemed": "none", "deemed_for_special": false, "parking": "exclude",
 "units": [
   {"unit": "1-1-101", "kind": "home", "area": "90.50", "owners": ["A"], "sale": "sold"},
   {"unit": "1-1-102", "kind": "home", "area": "88.00", "owners": ["A", "B"], "sale": "sold"},
   {"unit": "1-1-201", "kind": "home", "area": "90.50", "owners": ["C"], "sale": "sold"},
   {"unit": "P-001", "kind": "parking", "area": "13.25", "owners": ["C"], "sale": "sold"},
   {"unit": "1-1-202", "kind": "home", "area": "88.00", "owners": ["DEV"], "sale": "unsold"}],
 "ballots": [{"unit": "1-1-101", "choice": "agree"}, {"unit": "1-1-102", "choice": "against"},
   {"unit": "1-1-201", "choice": "agree"}],
 "delivered": ["1-1-202"]}
"""
RESULT = """{"outcome": "PASSED", "choice": null,
 "total": {"heads": 4, "area": "357.00"}, "participating": {"heads": 3, "area": "269.00"},
 "choices": {"agree": {"heads": 2, "area": "181.00"}, "against": {"heads": 1, "area": "88.00"},
   "abstain": {"heads": 0, "area": "0.00"}},
 "invalid": {"heads": 0, "area": "0.00"}, "deemed": {"heads": 0, "area": "0.00"}, "flags": []}
"""


def read(text):
    return countfile.result_of_file(text if isinstance(text, bytes) else text.encode())


def places(text):
    faults = read(text)
    assert isinstance(faults, list)
    return [fault.place for fault in faults]


@pytest.mark.parametrize("start", ["", "\ufeff", "\n \t"])
def test_the_example_of_the_page(start):
    assert json.dumps(read(start + EXAMPLE)) == json.dumps(json.loads(RESULT))


def edited(old, new):
    assert EXAMPLE.count(old) >= 1
    return EXAMPLE.replace(old, new, 1)


FIRST = '{"unit": "1-1-101", "kind": "home", "area": "90.50", "owners": ["A"], "sale": "sold"}'
BALLOT = '{"unit": "1-1-101", "choice": "agree"}'
ELECTION = ('"item": 4,', '"item": 3, "seats": 1, "candidates": ["X", "Y"],')


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"xieshang-count/1"', '"xieshang-count/2"', ["format"]),
        ('"format": "xieshang-count/1", ', "", ["format"]),
        ('"item": 4', '"item": 0', ["item"]),
        ('"item": 4', '"item": 10', ["item"]),
        ('"item": 4', '"item": true', ["item"]),
        ('"item": 4', '"item": "4"', ["item"]),
        ('"item": 4', '"item": 4.0', ["item"]),
        ('"item": 4,', "", ["item"]),
        ('"item": 4', f'"item": {"9" * 5000}', ["item"]),
        ('"civil_code_2021"', '"civil_code"', ["rule_set"]),
        ('"civil_code_2021"', '["civil_code_2021"]', ["rule_set"]),
        ('"deemed": "none"', '"deemed": null', ["deemed"]),
        ('"deemed": "none"', '"deemed": false', ["deemed"]),
        ('"exclude"', '"include"', ["parking"]),
        ('"blank_is_abstain": false', '"blank_is_abstain": 0', ["blank_is_abstain"]),
        ('"blank_is_abstain": false', '"blank_is_abstain": "false"', ["blank_is_abstain"]),
        ('"deemed_for_special": false', '"deemed_for_specal": false', ["deemed_for_specal"]),
        ('"item": 4', '"item": 4, "item": 6', ["item"]),
        ('"kind": "home", "area": "90.50"', '"kind": "flat", "area": "90.50"', ["units[0].kind"]),
        ('"sale": "sold"', '"sale": "rented"', ["units[0].sale"]),
        ('"unit": "1-1-101", "kind"', '"unit": "1-1-102", "kind"', ["units[1].unit", "ballots[0].unit"]),
        ('"unit": "1-1-101", "kind"', '"unit": "1-1-101", "unit": "x", "kind"', ["units[0].unit", "ballots[0].unit"]),
        ('"90.50"', "90.50", ["units[0].area"]),
        ('"90.50"', '"90.505"', ["units[0].area"]),
        ('"90.50"', '"90.50 "', ["units[0].area"]),
        ('"90.50"', '"90.50\\n"', ["units[0].area"]),
        ('"90.50"', '"９０"', ["units[0].area"]),
        ('"90.50"', '"9e1"', ["units[0].area"]),
        ('"90.50"', '"0.00"', ["units[0].area"]),
        ('"90.50"', '"-90.50"', ["units[0].area"]),
        ('"90.50"', '"NaN"', ["units[0].area"]),
        ('"90.50"', "NaN", ["units[0].area"]),
        ('"90.50"', "null", ["units[0].area"]),
        ('"area": "90.50", ', "", ["units[0].area"]),
        ('"90.50"', f'"{"9" * 5000}"', ["units[0].area"]),
        ('"owners": ["A"], ', "", ["units[0].owners"]),
        ('"owners": ["A"]', '"owners": []', ["units[0].owners"]),
        ('"owners": ["A"]', '"owners": "A"', ["units[0].owners"]),
        ('"owners": ["A"]', '"owners": [1, ""]', ["units[0].owners[0]", "units[0].owners[1]"]),
        (FIRST, "7", ["units[0]", "ballots[0].unit"]),
        ('"units": [', '"units": {}, "more": [', ["more", "units", *(f"ballots[{at}].unit" for at in range(3)),
                                                 "delivered[0]"]),
        (BALLOT, "null", ["ballots[0]"]),
        (BALLOT, '{"unit": "9-9", "choice": "agree"}', ["ballots[0].unit"]),
        (BALLOT, '{"unit": ["1-1-101"], "choice": "agree"}', ["ballots[0].unit"]),
        (BALLOT, '{"unit": "P-001", "choice": "agree"}', ["ballots[0].unit"]),
        (BALLOT, '{"unit": "1-1-101", "choice": "AGREE"}', ["ballots[0].choice"]),
        (BALLOT, '{"unit": "1-1-101", "choice": ["agree"]}', ["ballots[0].choice"]),
        (BALLOT, '{"unit": "1-1-101"}', ["ballots[0].choice"]),
        (BALLOT, f"{BALLOT}, {BALLOT}", ["ballots[1].unit"]),
        ('"delivered": ["1-1-202"]', '"delivered": [3, "1-1-202", "x"]', ["delivered[0]", "delivered[2]"]),
        ('"delivered": ["1-1-202"]', '"delivered": "1-1-202"', ["delivered"]),
        ('"delivered"', '"options": [], "delivered"', ["options"]),
        ('"delivered"', '"seats": 1, "delivered"', ["seats"]),
        ('"delivered"', '"published_outcome": "PASSED", "delivered"', ["published_outcome"]),
        ('"delivered"', '"a b": 1, "delivered"', ['"a b"']),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place(old, new, found):
    assert places(edited(old, new)) == found


PARKING = {"unit": "p", "kind": "parking", "area": "1", "owners": ["A"]}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"options": ["A", "A"]}, ["options"]),
        ({"options": ["agree", "B"]}, ["options"]),
        ({"options": ["A", " "]}, ["options[1]"]),
        ({"options": None}, ["options"]),
        ({"options": ["A"], "candidates": ["B"], "seats": 1}, ["options"]),
        ({"candidates": ["A", "B"]}, ["seats"]),
        ({"candidates": ["A", "B"], "seats": 0}, ["seats"]),
        ({"candidates": ["A", "B"], "seats": True}, ["seats"]),
        ({"candidates": ["A", "B"], "seats": 3}, ["seats"]),
        ({"candidates": ["A", "disputed"], "seats": 1}, ["candidates"]),
        ({"candidates": ["A", "A"], "seats": 1}, ["candidates"]),
        ({"candidates": ["A"], "seats": 1, "ballots": [{"unit": "u", "choice": "A"}]}, ["ballots[0].choice"]),
        ({"candidates": ["A"], "seats": 1, "ballots": [{"unit": "u", "choice": "agree"}]}, ["ballots[0].choice"]),
        ({"candidates": ["A"], "seats": 1, "ballots": [{"unit": "u", "choice": ["B"]}]}, ["ballots[0].choice[0]"]),
        ({"candidates": ["A"], "seats": 1, "ballots": [{"unit": "u", "choice": [["A"]]}]}, ["ballots[0].choice[0]"]),
        ({"options": ["A"], "ballots": [{"unit": "u", "choice": "agree"}]}, ["ballots[0].choice"]),
        ({"units": []}, ["units", "units"]),
        ({"units": [{"unit": "c", "kind": "common", "area": "0"}]}, ["units", "units"]),
        (
            {"parking": "area_only", "units": [{"unit": "p", "kind": "parking", "area": "1", "owners": ["A"]}]},
            ["units"],
        ),
        ({"ballots": [{"unit": "c", "choice": "agree"}]}, ["ballots[0].unit"]),
    ],
)
def test_every_fault_of_options_candidates_and_totals(fields, found):
    units = [{"unit": "u", "kind": "home", "area": "1", "owners": ["A"]}, {"unit": "c", "kind": "common", "area": "0"}]
    assert places(json.dumps({"format": "xieshang-count/1", "item": 3, "units": units} | fields)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", ["line 1"]),
        (b"{\n\n,}", ["line 3"]),
        (b"{}{}", ["line 1"]),
        (b"[]", ["line 1"]),
        (b'"text"', ["line 1"]),
        (b"\n\n\xff", ["line 3"]),
        ("名册".encode("gb18030"), ["line 1"]),
        (b"[" * 200_000, ["line 1"]),
        (b'{"format": "\\ud800"}', ["format"]),
    ],
)
def test_what_is_no_json_at_all_is_named_by_its_line(text, found):
    assert places(text) == found


def test_units_that_do_not_count_need_no_owner_and_may_be_delivered():
    more = '{"unit": "G", "kind": "common", "area": "0"}, {"unit": "Q", "kind": "parking", "area": "1"}, '
    text = edited('"units": [', f'"units": [{more}').replace('["1-1-202"]', '["1-1-202", "G", "Q"]')
    assert read(text) == json.loads(RESULT)


def test_every_fault_of_a_file_is_named_not_only_the_first():
    text = edited('"item": 4', '"item": 0').replace('"90.50"', "1").replace('"choice": "agree"', '"choice": "yes"')
    assert places(text) == ["item", "units[0].area", "units[2].area"]


# The command ----------------------------------------------------------------------------------------------------


class Input(io.StringIO):
    def __init__(self, raw):
        self.buffer = io.BytesIO(raw)
        super().__init__()


def run(*arguments, raw=b"", monkeypatch):
    monkeypatch.setattr(sys, "stdin", Input(raw))
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("count", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_prints_one_object(tmp_path, monkeypatch):
    path = tmp_path / "vote.json"
    path.write_text(EXAMPLE, encoding="utf-8")
    code, out, err = run(str(path), monkeypatch=monkeypatch)
    assert (code, json.loads(out), err) == (0, json.loads(RESULT), "")
    assert run("-", raw=EXAMPLE.encode(), monkeypatch=monkeypatch) == (0, out, "")


def test_a_wrong_file_prints_every_fault_and_no_result(monkeypatch):
    text = edited('"item": 4', '"item": 0').replace('"90.50"', "1", 1)
    code, out, err = run("-", raw=text.encode(), monkeypatch=monkeypatch)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "item: 只能填1到9的整数，是民法典第278条第1款的第几项。",
        "units[0].area: 面积要写成带引号的数，最多两位小数，例如“90.50”。",
    ]


def test_lines_give_one_result_each_and_a_faulty_one_its_faults(monkeypatch):
    one = json.dumps(json.loads(EXAMPLE))
    raw = "\r\n".join([one, "{", "", json.dumps(NOTICE), one]).encode() + b"\n\xff\n"
    code, out, err = run("-", "--lines", raw=raw, monkeypatch=monkeypatch)
    results = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert results[0] == results[4] == json.loads(RESULT)
    assert results[3]["participating"] == {"heads": 228, "area": "22904.60"}
    assert [results[at]["error"][0][:7] for at in (1, 2, 5)] == ["line 2:", "line 3:", "line 6:"]


def test_a_file_that_is_not_there_is_an_answer_not_a_crash(tmp_path, monkeypatch):
    with pytest.raises(CommandError) as refused:
        run(str(tmp_path / "nothing.json"), monkeypatch=monkeypatch)
    assert refused.value.returncode == 2
