"""自己算一遍: the figures of a result as a file that counts to the same end; the page without script."""

import json

import pytest
from django.urls import reverse

from tests.voting.counting import NOBODY
from xieshang.voting import queries
from xieshang.voting.rules import Kind, countfile
from xieshang.voting.rules.deciding import State

CASES = {
    "passed": ([(3, 300, "同意"), (1, 100, "不同意")], {}),
    "missed": ([(3, 300, "同意"), (3, 300, "不同意")], {}),
    "few": ([(1, 100, "同意"), (9, 900)], {}),
    "with invalid ones": ([(4, 400, "同意"), (2, 200, {"mark": "invalid"})], {}),
    "silent ones": (
        [(4, 400, "同意"), (2, 200, {"delivered": True})],
        {"values": {"assembly.deemed": "majority"}, "fields": {"deemed_clause": "议事规则第12条"}},
    ),
    "plans": (
        [(4, 400, "修路"), (1, 100, "以上都不同意")],
        {"kind": Kind.PLANS, "options": ("修路", "换灯"), "item": 9},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_published_figures_count_to_the_published_end(name, told):
    groups, given = CASES[name]
    made, _result = told(*groups, **given)
    text = queries.count_file_of(NOBODY, made.vote)
    counted = countfile.result_of_file(text.encode())
    assert counted["outcome"] == json.loads(text)["published_outcome"]
    assert counted["flags"] == []


def test_no_figures_before_they_are_published(told):
    made, _result = told((3, 300, "同意"), state=State.COUNTING)
    assert queries.count_file_of(NOBODY, made.vote) == ""


def test_the_page_counts_without_script_and_names_faults(told, client):
    made, _result = told((3, 300, "同意"))
    address = reverse("voting:recount")
    page = client.get(address, {"vote": made.vote.pk}).content.decode()
    assert "xieshang-count/1" in page
    counted = client.post(address, {"text": queries.count_file_of(NOBODY, made.vote)})
    assert (counted.status_code, "<h2>通过</h2>" in counted.content.decode()) == (200, True)
    wrong = client.post(address, {"text": '{"format": "xieshang-count/1", "item": 12}'})
    assert wrong.status_code == 422
    assert "只能填1到9的整数" in wrong.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "{", "\ud800", "[" * 50_000, "null", '{"units": 3}'])
def test_bad_text_is_a_sentence_never_a_crash(text, client):
    answer = client.post(reverse("voting:recount"), {"text": text.encode(errors="replace").decode()})
    assert answer.status_code == 422
