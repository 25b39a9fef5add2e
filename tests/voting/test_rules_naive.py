"""The engine beside a second, deliberately simple one, on random votes; and what must hold for every vote."""

import json
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from xieshang.voting.rules import countfile

CHOICES = {"motion": ["agree", "against"], "options": ["A", "B", "against"]}
ASIDE = ["abstain", "invalid", "blank", "disputed"]
calm = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@some.composite
def votes(draw):
    """A small estate that hits the lines often: few owners, few areas."""
    kind = draw(some.sampled_from(["motion", "options", "election"]))
    areas = some.sampled_from(["50", "50.00", "100", "100.01", "99.99"])
    units = [
        {
            "unit": f"u{at}",
            "kind": draw(some.sampled_from(["home", "home", "home", "shop", "parking", "common"])),
            "area": draw(areas),
            "owners": draw(some.lists(some.sampled_from("abcdefgh"), min_size=1, max_size=2)),
            "sale": draw(some.sampled_from(["sold"] * 6 + ["unsold", "undelivered"])),
        }
        for at in range(draw(some.integers(1, 10)))
    ]
    units.append({"unit": "sure", "kind": "home", "area": "50", "owners": ["z"]})
    words = ASIDE + CHOICES.get(kind, [])
    lists = some.lists(some.sampled_from("ABC"), max_size=3)
    choice = some.one_of(lists, lists, some.sampled_from(words)) if kind == "election" else some.sampled_from(words)
    document = {
        "format": "xieshang-count/1",
        "item": draw(some.integers(1, 9)),
        "rule_set": draw(some.sampled_from(["civil_code_2021"] * 3 + ["property_law_2007"])),
        "parking": draw(some.sampled_from(["exclude", "area_only", "area_and_head"])),
        "deemed": draw(some.sampled_from(["none", "majority"])),
        "units": units,
        "delivered": draw(some.lists(some.sampled_from([unit["unit"] for unit in units]), max_size=6)),
    }
    for name in ("deemed_for_special", "blank_is_abstain", "invalid_counts_as_participating"):
        document[name] = draw(some.booleans())
    if kind == "options":
        document["options"] = ["A", "B"]
    if kind == "election":
        document |= {"candidates": ["A", "B", "C"], "seats": draw(some.integers(1, 3))}
    seen, ballots = set(), []
    for unit in units:
        owner = person(unit)
        if is_there(unit, document) and owner not in seen and draw(some.integers(0, 4)):
            seen.add(owner)
            ballots.append({"unit": unit["unit"], "choice": draw(choice)})
    return document | {"ballots": ballots}


def person(unit):
    return "developer" if unit.get("sale", "sold") != "sold" else frozenset(unit["owners"])


def is_there(unit, document):
    return unit["kind"] != "common" and (unit["kind"] != "parking" or document["parking"] != "exclude")


def engine(document):
    result = countfile.result_of_file(json.dumps(document).encode())
    assert isinstance(result, dict), [str(fault) for fault in result]
    return result


# The second engine: everything by its definition, with fractions, again and again from the start. ------------------


def naive(document, invalid_rule=None):
    """Outcome, choice, elected, reserve, split and tied, by the words of the page and nothing else."""
    there = [unit for unit in document["units"] if is_there(unit, document)]
    people = {person(unit) for unit in there}
    headed = {person(unit) for unit in there if unit["kind"] != "parking" or document["parking"] == "area_and_head"}

    def both(some_people):
        area = sum((Fraction(unit["area"]) for unit in there if person(unit) in some_people), Fraction(0))
        return Fraction(len(headed & some_people)), area

    by_unit = {unit["unit"]: person(unit) for unit in there}
    said = {by_unit[ballot["unit"]]: meaning(ballot["choice"], document) for ballot in document["ballots"]}
    real = document.get("candidates") or [*document.get("options", ["agree"]), "against"]
    behind = {choice: {who for who, names in said.items() if choice in names} for choice in real}
    silent = {by_unit[unit] for unit in document["delivered"] if unit in by_unit} - set(said)
    deemed, split = set(), False
    if silences_count(document) and silent:
        leaders = [c for c in real if all(over(both(behind[c]), both(behind[o])) for o in real if o != c)]
        split = not leaders
        for leader in leaders:
            deemed, behind[leader] = silent, behind[leader] | silent
    valid = {who for who, names in said.items() if set(names) & {*real, "abstain"}} | deemed
    invalid = {who for who, names in said.items() if "invalid" in names}
    rule = document["invalid_counts_as_participating"] if invalid_rule is None else invalid_rule
    part, whole = both(valid | invalid if rule else valid), both(people)
    return (*end(document, {c: both(behind[c]) for c in real}, part, whole), split)


def over(one, other):
    return one[0] > other[0] and one[1] > other[1]


def silences_count(document):
    special = document["item"] in (6, 7, 8) and not document["deemed_for_special"]
    return document["deemed"] == "majority" and not special and "candidates" not in document


def meaning(choice, document):
    if isinstance(choice, list):
        if len(choice) > document["seats"] or len(set(choice)) != len(choice):
            choice = "invalid"
        elif choice:
            return choice
        else:
            choice = "blank"
    if choice == "blank":
        choice = "abstain" if document["blank_is_abstain"] else "invalid"
    return [choice]


def end(document, behind, part, whole):
    old = document["rule_set"] == "property_law_2007"
    if not old and any(mine / all_ < Fraction(2, 3) for mine, all_ in zip(part, whole, strict=True)):
        return "QUORUM_NOT_MET", None, [], [], False
    base, item = (whole if old else part), document["item"]
    least = {True: {5: 2, 6: 2, 7: 2}, False: {6: 3, 7: 3, 8: 3}}[old].get(item)

    def passes(figures):
        shares = [mine / of for mine, of in zip(figures, base, strict=True)]
        return all(share >= Fraction(least, least + 1) if least else share > Fraction(1, 2) for share in shares)

    through = [choice for choice in behind if choice != "against" and passes(behind[choice])]
    if "candidates" not in document:
        if "options" in document:
            return ("PASSED", through[0], [], [], False) if through else ("NO_EFFECTIVE_DECISION", None, [], [], False)
        return "PASSED" if through else "NOT_PASSED", None, [], [], False
    return seats(through, behind, document["seats"])


def seats(through, behind, number):
    through = sorted(through, key=lambda name: behind[name], reverse=True)
    safe = [name for name in through if sum(behind[other] >= behind[name] for other in through) <= number]
    tied = len(safe) < min(number, len(through))
    outcome = "PASSED" if len(safe) == number else "SEATS_UNFILLED"
    return outcome, None, safe, [name for name in through if name not in safe], tied


def flags(document):
    mine, other = (naive(document, rule) for rule in (False, True))
    counted = naive(document)
    raised = {"SPLIT_MAJORITY": counted[5], "TIE_AT_LAST_SEAT": counted[4]}
    raised["OUTCOME_DEPENDS_ON_INVALID_RULE"] = mine[:3] != other[:3]
    return sorted(name for name, is_raised in raised.items() if is_raised)


@calm
@given(votes())
def test_both_engines_agree(document):
    result, second = engine(document), naive(document)
    assert (result["outcome"], result["choice"]) == second[:2]
    assert (result.get("elected", []), result.get("reserve", [])) == second[2:4]
    assert result["flags"] == flags(document)


@calm
@given(votes(), some.randoms())
def test_the_order_of_ballots_and_deliveries_changes_nothing(document, shuffler):
    mixed = json.loads(json.dumps(document))
    for name in ("ballots", "delivered", "units"):
        shuffler.shuffle(mixed[name])
    assert engine(mixed) == engine(document)


@calm
@given(votes())
def test_a_vote_more_in_favour_never_loses_what_was_won(document):
    for name in ("options", "candidates", "seats"):
        document.pop(name, None)
    document["deemed"] = "none"
    words = {"agree", "against", *ASIDE}
    document["ballots"] = [
        ballot if isinstance(ballot["choice"], str) and ballot["choice"] in words else ballot | {"choice": "agree"}
        for ballot in document["ballots"]
    ]
    before = engine(document)["outcome"]
    for at, ballot in enumerate(document["ballots"]):
        more = [*document["ballots"][:at], ballot | {"choice": "agree"}, *document["ballots"][at + 1 :]]
        assert before != "PASSED" or engine(document | {"ballots": more})["outcome"] == "PASSED"


@calm
@given(votes())
def test_the_totals_of_a_count_give_the_same_outcome_as_its_ballots(document):
    if "candidates" in document:
        return
    first = engine(document)
    shared = {k: document[k] for k in ("format", "item", "rule_set", "options") if k in document}
    shared["invalid_counts_as_participating"] = document["invalid_counts_as_participating"]
    deemed = first["deemed"] | {"to": first.get("deemed_to")}
    totals = {"all": first["total"], "choices": first["choices"], "invalid": first["invalid"], "deemed": deemed}
    for printed in ({}, {"participating": first["participating"]}):
        second = engine(shared | {"totals": totals | printed, "published_outcome": first["outcome"]})
        assert {k: second[k] for k in ("outcome", "choice", "participating")} == {
            k: first[k] for k in ("outcome", "choice", "participating")
        }
        assert second["flags"] == []


@calm
@given(votes())
def test_the_parts_add_up_to_those_who_took_part(document):
    if "candidates" in document:
        return
    result = engine(document)
    rows = [*result["choices"].values(), result["deemed"]]
    rows += [result["invalid"]] if document["invalid_counts_as_participating"] else []
    assert sum(row["heads"] for row in rows) == result["participating"]["heads"]
    assert sum(Fraction(row["area"]) for row in rows) == Fraction(result["participating"]["area"])
