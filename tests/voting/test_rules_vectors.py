"""The worked examples of the law, each also one unit over and under its line, counted ballot by ballot."""

import json

import pytest

from xieshang.voting.rules import countfile

GAVE_NO_BALLOT = "nobody"


class Scope:
    """A roll made of groups: so many heads with so much area together, and what they did."""

    def __init__(self, heads=300, area="30000.00"):
        self.heads, self.centi = heads, centi(area)
        self.units, self.ballots, self.delivered = [], [], []

    def group(self, choice, heads, area, *, delivered=False):
        """Heads with one home each, the area shared out so that the sum is exact."""
        share, rest = divmod(area, heads) if heads else (0, 0)
        for at in range(heads):
            self.home(choice, share + (rest if at == 0 else 0), delivered=delivered)
        return self

    def home(self, choice, area, *, owner=None, delivered=False, **more):
        name = f"u{len(self.units)}"
        self.units.append({"unit": name, "kind": "home", "area": metres(area), "owners": [owner or name]} | more)
        if choice != GAVE_NO_BALLOT:
            self.ballots.append({"unit": name, "choice": choice})
        if delivered:
            self.delivered.append(name)
        return self

    def filled(self):
        """The rest of the owners cast nothing."""
        there = {frozenset(unit["owners"]) for unit in self.units}
        area = self.centi - sum(centi(unit["area"]) for unit in self.units)
        return self.group(GAVE_NO_BALLOT, self.heads - len(there), area)

    def count(self, item=4, **terms):
        document = {"format": "xieshang-count/1", "item": item, "units": self.units} | terms
        document |= {"ballots": self.ballots, "delivered": self.delivered}
        result = countfile.result_of_file(json.dumps(document).encode())
        assert isinstance(result, dict), [str(fault) for fault in result]
        return result


def centi(text):
    whole, _, decimals = text.partition(".")
    return int(whole + decimals.ljust(2, "0"))


def metres(area):
    return f"{area // 100}.{area % 100:02d}"


def scope(cells, heads=300, area="30000.00"):
    """Cells like “101 10000.01”, by choice; who is served and silent stands under “silent”."""
    made = Scope(heads, area)
    for choice, cell in cells.items():
        number, size = cell.split()
        served = choice == "silent"
        made.group(GAVE_NO_BALLOT if served else choice, int(number), centi(size), delivered=served)
    return made.filled()


ORDINARY, SPECIAL = 4, 7
ALL = {"rule_set": "property_law_2007"}
SERVED = {"agree": "120 12000", "against": "60 6000", "silent": "30 3000"}
DISPUTED = {"agree": "2 200", "disputed": "1 100"}
PASSED, FAILED, QUORUM = "PASSED", "NOT_PASSED", "QUORUM_NOT_MET"
DEPENDS, SPLIT = ["OUTCOME_DEPENDS_ON_INVALID_RULE"], ["SPLIT_MAJORITY"]

VECTORS = [
    ("T01", ORDINARY, {"agree": "101 10000.01", "against": "99 9999.99"}, {}, PASSED, []),
    ("T02", ORDINARY, {"agree": "150 15000", "against": "49 5000"}, {}, QUORUM, []),
    ("T03", ORDINARY, {"agree": "150 15000", "against": "50 4999.99"}, {}, QUORUM, []),
    ("T04", ORDINARY, {"agree": "100 12000", "against": "100 8000"}, {}, FAILED, []),
    ("T05", ORDINARY, {"agree": "120 10000", "against": "80 10000"}, {}, FAILED, []),
    ("T06", SPECIAL, {"agree": "150 15000", "against": "50 5000"}, {}, PASSED, []),
    ("T07", SPECIAL, {"agree": "150 14999.99", "against": "50 5000.01"}, {}, FAILED, []),
    ("T08", SPECIAL, {"agree": "149 16000", "against": "51 4000"}, {}, FAILED, []),
    ("T09", ORDINARY, {"agree": "100 10000", "against": "100 10000"}, {}, FAILED, []),
    ("T10", ORDINARY, {}, {}, QUORUM, []),
    ("T15", ORDINARY, {"agree": "100 10000", "against": "40 4000", "abstain": "60 6000"}, {}, FAILED, []),
    ("T16a", ORDINARY, {"agree": "110 11000", "against": "85 8500", "invalid": "10 1000"}, {}, QUORUM, DEPENDS),
    (
        "T16b",
        ORDINARY,
        {"agree": "110 11000", "against": "85 8500", "invalid": "10 1000"},
        {"invalid_counts_as_participating": True},
        PASSED,
        DEPENDS,
    ),
    ("T17a", ORDINARY, SERVED, {}, QUORUM, []),
    ("T17b", ORDINARY, SERVED, {"deemed": "majority"}, PASSED, []),
    ("T17c", SPECIAL, SERVED, {"deemed": "majority"}, QUORUM, []),
    (
        "T17d",
        ORDINARY,
        {"agree": "100 9000", "against": "90 10000", "silent": "30 3000"},
        {"deemed": "majority"},
        QUORUM,
        SPLIT,
    ),
    ("T20a", 5, {"agree": "126 12600", "against": "84 8400"}, {}, PASSED, []),
    ("T20b", 6, {"agree": "126 12600", "against": "84 8400"}, {}, FAILED, []),
    ("T25", ORDINARY, {"agree": "151 15000.01"}, ALL, PASSED, []),
    ("T26 use", 5, {"agree": "200 20000"}, ALL, PASSED, []),
    ("T26 raise", 6, {"agree": "200 20000"}, ALL, PASSED, []),
    # One unit beside the lines above.
    ("T01 heads", ORDINARY, {"agree": "100 10000.01", "against": "100 9999.99"}, {}, FAILED, []),
    ("T01 area", ORDINARY, {"agree": "101 10000.00", "against": "99 10000.00"}, {}, FAILED, []),
    ("T01 part heads", ORDINARY, {"agree": "101 10000.01", "against": "98 9999.99"}, {}, QUORUM, []),
    ("T02 one more", ORDINARY, {"agree": "150 15000", "against": "50 5000"}, {}, PASSED, []),
    ("T04 one more", ORDINARY, {"agree": "101 12000", "against": "99 8000"}, {}, PASSED, []),
    ("T05 one more", ORDINARY, {"agree": "120 10000.01", "against": "80 9999.99"}, {}, PASSED, []),
    ("T08 one more", SPECIAL, {"agree": "150 16000", "against": "50 4000"}, {}, PASSED, []),
    ("T16 no need", ORDINARY, {"agree": "120 12000", "against": "85 8500", "invalid": "10 1000"}, {}, PASSED, []),
    (
        "T15 one more",
        ORDINARY,
        {"agree": "101 10000.01", "against": "39 3999.99", "abstain": "60 6000"},
        {},
        PASSED,
        [],
    ),
    (
        "T16 exactly two thirds",
        ORDINARY,
        {"agree": "110 11000", "against": "85 8500", "invalid": "5 500"},
        {"invalid_counts_as_participating": True},
        PASSED,
        DEPENDS,
    ),
    (
        "T16 0.01 less",
        ORDINARY,
        {"agree": "110 11000", "against": "85 8500", "invalid": "5 499.99"},
        {"invalid_counts_as_participating": True},
        QUORUM,
        [],
    ),
    ("T17 exactly", ORDINARY, SERVED | {"silent": "20 2000"}, {"deemed": "majority"}, PASSED, []),
    ("T17 one head less", ORDINARY, SERVED | {"silent": "19 2000"}, {"deemed": "majority"}, QUORUM, []),
    ("T17 0.01 less", ORDINARY, SERVED | {"silent": "20 1999.99"}, {"deemed": "majority"}, QUORUM, []),
    (
        "T17 abstentions lead",
        ORDINARY,
        {"agree": "51 5100", "against": "50 5000", "abstain": "90 9000", "silent": "30 3000"},
        {"deemed": "majority"},
        FAILED,
        [],
    ),
    (
        "T17d equal heads",
        ORDINARY,
        {"agree": "95 10000", "against": "95 9000", "silent": "30 3000"},
        {"deemed": "majority"},
        QUORUM,
        SPLIT,
    ),
    ("T17 special", SPECIAL, SERVED, {"deemed": "majority", "deemed_for_special": True}, FAILED, []),
    ("T25 heads", ORDINARY, {"agree": "150 15000.01"}, ALL, FAILED, []),
    ("T25 area", ORDINARY, {"agree": "151 15000.00"}, ALL, FAILED, []),
    ("T26 heads", 5, {"agree": "199 20000"}, ALL, FAILED, []),
    ("T26 area", 6, {"agree": "200 19999.99"}, ALL, FAILED, []),
    ("T26 rebuild", 7, {"agree": "199 20000"}, ALL, FAILED, []),
    ("T26 common parts were ordinary", 8, {"agree": "151 15000.01"}, ALL, PASSED, []),
]


@pytest.mark.parametrize(("name", "item", "cells", "terms", "outcome", "flags"), VECTORS, ids=[v[0] for v in VECTORS])
def test_the_worked_examples_come_out_as_worked(name, item, cells, terms, outcome, flags):
    result = scope(cells).count(item, **terms)
    assert (result["outcome"], result["flags"]) == (outcome, flags)
    assert result["total"] == {"heads": 300, "area": "30000.00"}


def test_silent_owners_stand_in_a_row_of_their_own():
    result = scope(SERVED).count(ORDINARY, deemed="majority")
    assert result["participating"] == {"heads": 210, "area": "21000.00"}
    assert result["choices"]["agree"] == {"heads": 120, "area": "12000.00"}
    assert result["deemed"] == {"heads": 30, "area": "3000.00"}
    assert result["deemed_to"] == "agree"


# T11, T12: six homes of one owner are one head.
@pytest.mark.parametrize(("others", "owner", "outcome"), [("agree", "against", FAILED), ("against", "agree", FAILED)])
def test_one_owner_of_six_homes_is_one_head_with_all_the_area(others, owner, outcome):
    made = Scope(5, "1000.00")
    for at in range(6):
        made.home(owner if at == 0 else GAVE_NO_BALLOT, 10000, owner="big")
    made.home("agree", 10000)
    for _ in range(3):
        made.home(others, 10000)
    result = made.count()
    assert result["outcome"] == outcome
    assert result["total"] == {"heads": 5, "area": "1000.00"}
    agreed = {"heads": 4, "area": "400.00"} if others == "agree" else {"heads": 2, "area": "700.00"}
    assert result["choices"]["agree"] == agreed


# T13: a hundred unsold homes are one head.
def test_the_developer_is_one_head_with_all_that_is_unsold():
    made = Scope().group("agree", 50, 500000)
    for at in range(100):
        made.home(GAVE_NO_BALLOT, 9000, owner="dev", sale="unsold" if at % 2 else "undelivered")
    result = made.count()
    assert result["total"] == {"heads": 51, "area": "14000.00"}
    assert result["outcome"] == QUORUM


# T14 and the head less.
@pytest.mark.parametrize(
    ("cells", "outcome"),
    [(DISPUTED, PASSED), ({"agree": "1 100", "disputed": "1 100"}, QUORUM), ({"agree": "2 199.99"}, QUORUM)],
)
def test_a_home_whose_owners_disagree_does_not_take_part(cells, outcome):
    assert scope(cells, 3, "300.00").count()["outcome"] == outcome


# T18: thirds that are no whole numbers.
@pytest.mark.parametrize(
    ("cell", "outcome"), [("890 85919.56", QUORUM), ("891 85919.55", QUORUM), ("891 85919.56", PASSED)]
)
def test_two_thirds_of_a_number_that_three_does_not_divide(cell, outcome):
    assert scope({"agree": cell}, 1336, "128879.33").count()["outcome"] == outcome


# T19b at its line: two thirds of 10 265.00 are 6 843.33 and a third of a hundredth.
@pytest.mark.parametrize(("area", "outcome"), [("6843.33", QUORUM), ("6843.34", PASSED)])
def test_parking_area_moves_the_line_of_the_quorum_to_the_hundredth(area, outcome):
    made = scope({"agree": f"67 {area}"}, 100, "10000.00")
    for _ in range(20):
        made.home(GAVE_NO_BALLOT, 1325, kind="parking")
    assert made.count(parking="area_only")["outcome"] == outcome


# T13 at its line: the developer's area decides the quorum.
@pytest.mark.parametrize(("area", "outcome"), [(1_800_000, PASSED), (1_799_999, QUORUM)])
def test_two_thirds_of_the_area_beside_a_developer_who_stays_silent(area, outcome):
    made = Scope().group("agree", 50, area)
    for _ in range(100):
        made.home(GAVE_NO_BALLOT, 9000, owner="dev", sale="unsold")
    assert made.count()["outcome"] == outcome


# T19: parking.
@pytest.mark.parametrize(
    ("parking", "total", "outcome"),
    [
        ("exclude", {"heads": 100, "area": "10000.00"}, PASSED),
        ("area_only", {"heads": 100, "area": "10265.00"}, QUORUM),
        ("area_and_head", {"heads": 120, "area": "10265.00"}, QUORUM),
    ],
)
def test_parking_counts_as_the_rules_say(parking, total, outcome):
    made = scope({"agree": "67 6700"}, 100, "10000.00")
    for _ in range(20):
        made.home(GAVE_NO_BALLOT, 1325, kind="parking")
    result = made.count(parking=parking)
    assert (result["total"], result["outcome"]) == (total, outcome)


PLANS = {"options": ["A", "B", "C"]}


@pytest.mark.parametrize(
    ("cells", "item", "outcome", "choice"),  # The first two are T21 and T22.
    [
        ({"B": "110 11200", "A": "70 7000", "abstain": "20 1800"}, 9, PASSED, "B"),
        ({"A": "70 7000", "B": "95 9600", "C": "35 3400"}, 9, "NO_EFFECTIVE_DECISION", None),
        ({"B": "100 11200", "A": "100 8800"}, 9, "NO_EFFECTIVE_DECISION", None),
        ({"B": "101 10000.01", "A": "99 9999.99"}, 9, PASSED, "B"),
        ({"B": "150 15000", "A": "50 5000"}, 8, PASSED, "B"),
        ({"B": "150 14999.99", "A": "50 5000.01"}, 8, "NO_EFFECTIVE_DECISION", None),
        ({"against": "200 20000"}, 9, "NO_EFFECTIVE_DECISION", None),
        ({"B": "199 29000"}, 9, QUORUM, None),
    ],
)
def test_each_option_is_tested_by_itself(cells, item, outcome, choice):
    result = scope(cells).count(item, **PLANS)
    assert (result["outcome"], result["choice"]) == (outcome, choice)
    assert list(result["choices"]) == ["A", "B", "C", "against", "abstain"]


# T23: a scope of one owner.
def test_one_owner_alone_decides_a_special_item():
    assert scope({"agree": "1 90.50"}, 1, "90.50").count(SPECIAL)["outcome"] == PASSED


# T24 in a file: the merge of channels is a matter of the live vote; a file with two ballots of one voter is wrong.
def test_two_ballots_of_one_voter_are_a_fault_that_names_both():
    made = Scope().home("agree", 9000, owner="A").home("agree", 8000, owner="A")
    document = {"format": "xieshang-count/1", "item": 4, "units": made.units, "ballots": made.ballots}
    faults = countfile.result_of_file(json.dumps(document).encode())
    sentence = "“u0”和“u1”是同一个表决权，只能有一张票，请留下有效的那一张。"
    assert [str(fault) for fault in faults] == [f"ballots[1].unit: {sentence}"]


@pytest.mark.parametrize("rule", [False, True])
def test_a_blank_ballot_is_invalid_unless_the_rules_call_it_an_abstention(rule):
    result = scope({"agree": "150 15000", "blank": "50 5000"}).count(blank_is_abstain=rule)
    row = {"heads": 50, "area": "5000.00"}
    none = {"heads": 0, "area": "0.00"}
    assert result["choices"]["abstain"] == (row if rule else none)
    assert result["invalid"] == (none if rule else row)
    assert result["outcome"] == (PASSED if rule else QUORUM)
    assert result["flags"] == ([] if rule else DEPENDS)
