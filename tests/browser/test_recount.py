"""自己算一遍 in a real browser: the small script comes to the same end as the engine, on many files made by chance."""

import json
import random
from pathlib import Path

from xieshang.voting.rules import countfile

SCRIPT = Path(__file__).parents[2] / "static" / "js" / "recount.js"
LAWS = ["civil_code_2021", "property_law_2007"]
ENDS = ["PASSED", "QUORUM_NOT_MET", "NOT_PASSED", "NO_EFFECTIVE_DECISION"]


def ballots(chance):
    """A file of single ballots."""
    document = {"format": countfile.FORMAT, "item": chance.randint(1, 9), "rule_set": chance.choice(LAWS)}
    document |= {"parking": chance.choice(["exclude", "area_only", "area_and_head"])}
    document |= {"deemed": chance.choice(["none", "majority"]), "deemed_for_special": chance.random() < 0.5}
    document |= {"blank_is_abstain": chance.random() < 0.5, "invalid_counts_as_participating": chance.random() < 0.5}
    words = ["agree"]
    if chance.random() < 0.6:
        words = ["甲", "乙", "丙"]
        document |= (
            {"options": words} if chance.random() < 0.5 else {"candidates": words, "seats": chance.randint(1, 3)}
        )
    document |= {"units": [], "ballots": [], "delivered": []}
    for number in range(chance.randint(1, 9)):
        unit = {"unit": f"u{number}", "area": f"{chance.randint(1, 300)}.{chance.randint(0, 99):02d}"}
        unit |= {"kind": chance.choice(["home", "home", "shop", "parking", "common"])}
        unit |= {
            "owners": chance.sample("ABCDE", chance.randint(1, 2)),
            "sale": chance.choice(["sold", "sold", "unsold"]),
        }
        document["units"].append(unit)
        choice = chance.choice([*words * 3, "against", "abstain", "invalid", "blank", "disputed"])
        if "candidates" in document:
            choice = chance.choice([chance.sample(words, chance.randint(0, 3)), ["甲", "甲"], "invalid", "disputed"])
        if chance.random() < 0.6:
            document["ballots"].append({"unit": unit["unit"], "choice": choice})
        if chance.random() < 0.5:
            document["delivered"].append(unit["unit"])
    return document


def figures(chance, most=200):
    """A pair of a notice, parts of it not printed now and then."""
    heads = chance.choice([chance.randint(0, most), chance.randint(0, most), None])
    return {"heads": heads, "area": chance.choice([f"{chance.randint(0, most * 100)}.{chance.randint(0, 9)}", None])}


def notice(chance):
    """A file of totals."""
    names = [*chance.choice([["agree"], ["甲", "乙"]]), "against", "abstain"]
    totals = {
        "all": {"heads": chance.randint(1, 250), "area": "20000.05"},
        "choices": {n: figures(chance) for n in names},
    }
    if chance.random() < 0.6:
        totals["participating"] = figures(chance)
    if chance.random() < 0.5:
        totals |= {"invalid": figures(chance, 9), "deemed": {"to": names[0], **figures(chance, 30)}}
    printed = {"of": chance.choice(["participating", *names]), "base": chance.choice(["all", "participating"])}
    printed |= {"heads_percent": f"{chance.randint(0, 100)}.50", "area_percent": chance.choice([None, "57.465"])}
    document = {"format": countfile.FORMAT, "item": chance.randint(1, 9), "rule_set": chance.choice(LAWS)}
    document |= {"totals": totals, "printed": [printed], "published_outcome": chance.choice(ENDS)}
    return document if names[0] == "agree" else document | {"options": names[:2]}


def test_the_browser_counts_like_the_engine(page):
    chance = random.Random(278)
    page.set_content("<form data-recount></form>")
    page.add_script_tag(path=str(SCRIPT))
    count = "text => { try { return window.xieshangRecount(text); } catch (wrong) { return wrong.message; } }"
    counted = 0
    for make in [ballots, notice] * 300:
        text = json.dumps(make(chance), ensure_ascii=False)
        wanted, found = countfile.result_of_file(text.encode()), page.evaluate(count, text)
        if isinstance(wanted, list):
            assert isinstance(found, str), text
            continue
        assert found == wanted, text
        counted += 1
    assert counted > 400
