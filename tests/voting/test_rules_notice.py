"""Published totals: the figures of a notice, what is missing, and what does not fit."""

import json

import pytest

from xieshang.voting.rules import countfile

EXAMPLE = {
    "format": "xieshang-count/1",
    "item": 4,
    "deemed": "majority",
    "invalid_counts_as_participating": True,
    "totals": {
        "all": {"heads": 300, "area": "30000.00"},
        "participating": {"heads": 228, "area": "22904.60"},
        "choices": {
            "agree": {"heads": 131, "area": "13180.20"},
            "against": {"heads": 90, "area": "9024.40"},
            "abstain": {"heads": 7, "area": "700.00"},
        },
        "invalid": {"heads": 0, "area": "0.00"},
        "deemed": {"to": "agree", "heads": 0, "area": "0.00"},
    },
    "printed": [{"of": "agree", "base": "participating", "heads_percent": "57.46", "area_percent": "57.54"}],
    "published_outcome": "PASSED",
}


def changed(**paths):
    """The example with single places set: totals__all__heads=5; a place set to … is taken away."""
    document = json.loads(json.dumps(EXAMPLE))
    for path, value in paths.items():
        *inner, last = path.split("__")
        place = document
        for name in inner:
            place = place[int(name)] if isinstance(place, list) else place[name]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return document


def read(document):
    result = countfile.result_of_file(json.dumps(document).encode())
    assert isinstance(result, dict), [str(fault) for fault in result]
    return result


def test_the_example_of_the_page():
    assert read(EXAMPLE) == {
        "outcome": "PASSED",
        "choice": None,
        "participating": {"heads": 228, "area": "22904.60"},
        "flags": [],
    }


UNKNOWN = {"heads": None, "area": None}


@pytest.mark.parametrize(
    ("paths", "outcome", "flags"),
    [
        # Heads or area alone can miss; to pass both must be known.
        ({"totals__all": None}, "INSUFFICIENT_DATA", []),
        ({"totals__all__area": None}, "INSUFFICIENT_DATA", []),
        ({"totals__choices__agree": None}, "INSUFFICIENT_DATA", []),
        ({"totals__choices__agree__area": None}, "INSUFFICIENT_DATA", []),
        ({"totals__all": {"heads": 343, "area": None}}, "QUORUM_NOT_MET", ["PUBLISHED_OUTCOME_DIFFERS"]),
        ({"totals__all": {"heads": 342, "area": None}}, "INSUFFICIENT_DATA", []),
        (
            {"totals__choices__agree": {"heads": 114, "area": None}},
            "NOT_PASSED",
            ["PERCENT_MISMATCH", "PUBLISHED_OUTCOME_DIFFERS", "SUM_MISMATCH"],
        ),
        ({"totals__choices__agree": {"heads": 131, "area": None}, "printed": []}, "INSUFFICIENT_DATA", []),
        ({"totals__all__area": "34356.90"}, "PASSED", []),
        ({"totals__all__area": "34356.900001"}, "QUORUM_NOT_MET", ["PUBLISHED_OUTCOME_DIFFERS"]),
        # What is not printed comes from the parts.
        ({"totals__participating": None}, "PASSED", []),
        ({"totals__participating": ...}, "PASSED", []),
        ({"totals__participating__area": None}, "PASSED", []),
        ({"totals__participating": None, "totals__invalid": None}, "INSUFFICIENT_DATA", []),
        (
            {"totals__participating": None, "totals__invalid": None, "invalid_counts_as_participating": False},
            "PASSED",
            [],
        ),
        ({"totals__invalid": ..., "totals__deemed": ...}, "PASSED", []),
        # What does not fit.
        ({"totals__participating__heads": 229}, "PASSED", ["PERCENT_MISMATCH", "SUM_MISMATCH"]),
        ({"totals__participating__area": "22904.61"}, "PASSED", ["SUM_MISMATCH"]),
        ({"totals__invalid__heads": 1}, "PASSED", ["SUM_MISMATCH"]),
        ({"totals__invalid__heads": 1, "invalid_counts_as_participating": False}, "PASSED", []),
        ({"totals__all__heads": 227}, "PASSED", ["IMPOSSIBLE"]),
        ({"totals__all__heads": 228}, "PASSED", []),
        ({"totals__choices__abstain__heads": 229}, "PASSED", ["IMPOSSIBLE", "SUM_MISMATCH"]),
        ({"printed__0__heads_percent": "57.45"}, "PASSED", ["PERCENT_MISMATCH"]),
        ({"printed__0__heads_percent": "57.47"}, "PASSED", ["PERCENT_MISMATCH"]),
        ({"printed__0__heads_percent": "57.469"}, "PASSED", []),
        ({"printed__0__heads_percent": "57.5"}, "PASSED", ["PERCENT_MISMATCH"]),
        ({"printed__0__area_percent": None}, "PASSED", []),
        ({"printed__0__base": "all"}, "PASSED", ["PERCENT_MISMATCH"]),
        ({"printed": [{"of": "agree", "base": "all", "heads_percent": "43.67"}]}, "PASSED", []),
        ({"printed": [{"of": "participating", "base": "all", "area_percent": "76.35"}]}, "PASSED", []),
        ({"published_outcome": "NOT_PASSED"}, "PASSED", ["PUBLISHED_OUTCOME_DIFFERS"]),
        ({"published_outcome": ...}, "PASSED", []),
        ({"totals__choices__agree__heads": 114, "printed": [], "published_outcome": "NOT_PASSED",
          "totals__choices__against__heads": 107}, "NOT_PASSED", []),
        # Deemed votes join their choice before the test.
        ({"totals__choices__agree__heads": 101, "totals__deemed__heads": 30}, "PASSED", []),
        ({"totals__choices__agree__heads": 101, "totals__deemed": {"to": "against", "heads": 30, "area": "0"}},
         "NOT_PASSED", ["PERCENT_MISMATCH", "PUBLISHED_OUTCOME_DIFFERS"]),
        ({"totals__deemed": None}, "INSUFFICIENT_DATA", []),
    ],
)  # fmt: skip
def test_each_place_of_a_notice_has_its_effect(paths, outcome, flags):
    result = read(changed(**paths))
    assert (result["outcome"], result["flags"]) == (outcome, flags)


@pytest.mark.parametrize(
    ("paths", "participating"),
    [
        ({"totals__participating": None}, {"heads": 228, "area": "22904.60"}),
        ({"totals__participating": {"heads": 228}}, {"heads": 228, "area": "22904.60"}),
        ({"totals__participating__area": "22904.6"}, {"heads": 228, "area": "22904.6"}),
        (
            {"totals__participating": None, "totals__choices__abstain__area": "700.00000125"},
            {"heads": 228, "area": "22904.60000125"},
        ),
        ({"totals__participating": None, "totals__choices__abstain": None}, {"heads": None, "area": None}),
        ({"totals__participating": None, "totals__choices__abstain__area": None}, {"heads": 228, "area": None}),
    ],
)
def test_who_took_part_is_printed_or_added_up_exactly(paths, participating):
    assert read(changed(**paths))["participating"] == participating


PLANS = {"totals__choices": {"A": {"heads": 110, "area": "11200"}, "B": {"heads": 70, "area": "7000"},
                             "against": {"heads": 0, "area": "0"}, "abstain": {"heads": 20, "area": "1800"}},
         "options": ["A", "B"], "printed": [], "totals__participating": None, "totals__deemed": ...}  # fmt: skip


@pytest.mark.parametrize(
    ("paths", "outcome", "choice"),
    [
        ({}, "PASSED", "A"),
        ({"totals__choices__A__heads": 90, "totals__choices__B__heads": 90}, "NO_EFFECTIVE_DECISION", None),
        ({"totals__choices__B": None}, "INSUFFICIENT_DATA", None),
        ({"item": 8}, "NO_EFFECTIVE_DECISION", None),
        ({"totals__all__heads": 301}, "QUORUM_NOT_MET", None),
    ],
)
def test_a_notice_of_several_options(paths, outcome, choice):
    result = read(changed(**{**PLANS, "totals__choices": json.loads(json.dumps(PLANS["totals__choices"])), **paths}))
    assert (result["outcome"], result["choice"]) == (outcome, choice)


def test_by_the_old_law_the_share_is_of_all_and_no_quorum_is_asked_for():
    law = {"rule_set": "property_law_2007"}
    assert read(changed(**law))["outcome"] == "NOT_PASSED"
    agree = {"heads": 151, "area": "15000.01"}
    assert read(changed(**law, totals__choices__agree=agree, totals__participating=None))["outcome"] == "PASSED"


def test_as_many_decimals_as_are_printed_decide():
    agree, half = "11452.30", "0" * 500
    assert read(changed(totals__choices__agree__area=agree))["outcome"] == "NOT_PASSED"
    assert read(changed(totals__choices__agree__area=f"{agree}{half}1"))["outcome"] == "PASSED"
    assert read(changed(totals__choices__agree__area=f"{agree}{half}0"))["outcome"] == "NOT_PASSED"


@pytest.mark.parametrize(
    ("paths", "places"),
    [
        ({"totals__all__heads": 0}, ["totals.all.heads"]),
        ({"totals__all__area": "0.000"}, ["totals.all.area"]),
        ({"totals__all__heads": True}, ["totals.all.heads"]),
        ({"totals__all__heads": 300.0}, ["totals.all.heads"]),
        ({"totals__all__heads": "300"}, ["totals.all.heads"]),
        ({"totals__all__heads": -1}, ["totals.all.heads"]),
        ({"totals__all__area": 30000}, ["totals.all.area"]),
        ({"totals__invalid__area": "-0.01"}, ["totals.invalid.area"]),
        ({"totals__choices__agree__area": "1e3"}, ["totals.choices.agree.area"]),
        ({"totals__choices__agree__area": "1,000.00"}, ["totals.choices.agree.area"]),
        ({"totals__choices__agree__area": "１２"}, ["totals.choices.agree.area"]),
        ({"totals__choices__agree": []}, ["totals.choices.agree"]),
        ({"totals__choices__A": None}, ["totals.choices.A"]),
        ({"totals__deemed__to": "abstain"}, ["totals.deemed.to"]),
        ({"totals__deemed": {"heads": 3, "area": "300"}}, ["totals.deemed.to"]),
        ({"printed": {}}, ["printed"]),
        ({"printed__0__of": "invalid"}, ["printed[0].of"]),
        ({"printed__0__base": "everybody"}, ["printed[0].base"]),
        ({"printed__0__heads_percent": 57.46}, ["printed[0].heads_percent"]),
        ({"printed__0__heads_percent": "57.46%"}, ["printed[0].heads_percent"]),
        ({"published_outcome": "YES"}, ["published_outcome"]),
        ({"candidates": ["A"], "seats": 1}, ["candidates"]),
        ({"units": []}, ["units"]),
        ({"totals": None}, ["totals"]),
        ({"totals__al": None}, ["totals.al"]),
        ({"ballots": []}, ["ballots"]),
    ],
)
def test_every_fault_of_a_notice_is_named_with_its_place(paths, places):
    faults = countfile.result_of_file(json.dumps(changed(**paths)).encode())
    assert isinstance(faults, list)
    assert [fault.place for fault in faults] == places
