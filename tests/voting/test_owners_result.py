"""The result page of an owners' vote: who sees it when, what it says, and what it never says."""

import pytest
from django.urls import reverse

from tests.people import enter_as
from xieshang.voting import queries
from xieshang.voting.rules import Kind
from xieshang.voting.rules.deciding import State


def test_a_passed_motion_shows_two_steps_with_two_bars_each(told):
    _made, result = told((3, 300, "同意"), (1, 100, "不同意"))
    assert result.headline == "初步统计：达到通过条件"
    assert [bar["label"] for bar in result.took_part[0].bars] == ["人数", "面积"]
    assert result.took_part[0].bars[0]["words"] == "4 / 5人 · 80.00%"
    assert result.took_part[0].bars[0]["mark"] == "66.67"
    assert result.agreed[0].bars[1]["words"] == "300.00 / 400.00㎡ · 75.00%"
    assert (result.agreed[0].bars[0]["mark"], result.agreed[0].bars[0]["mark_label"]) == ("50.00", "超过一半")


def test_a_special_item_has_its_mark_at_three_quarters(told):
    _made, result = told((3, 300, "同意"), (1, 100, "不同意"), item=7, state=State.DECIDED)
    assert result.headline == "本次表决通过"
    assert result.agreed[0].bars[0]["mark"] == "75.00"
    assert "“同意”面积：300.00×4=1,200.00，不小于400.00×3=1,200.00，够四分之三。" in result.arithmetic


def test_a_hundredth_of_a_square_metre_short_is_said_exactly(told):
    _made, result = told((150, 14_999.99, "同意"), (50, 5_000.01, "不同意"), item=7, state=State.DECIDED)
    assert result.headline == "未形成有效决定"
    assert result.agreed[0].bars[1]["words"].endswith("75.00%（14,999.99/20,000.00）")
    assert any("小于" in line and "不够四分之三" in line for line in result.arithmetic)


WORDINGS = {
    "all against": [(5, 500, "不同意")],
    "tie": [(3, 300, "同意"), (3, 300, "不同意")],
    "few": [(1, 100, "不同意"), (9, 900)],
    "nobody": [(9, 900)],
    "invalid": [(5, 500, {"mark": "invalid"})],
}


@pytest.mark.parametrize("state", [State.PRELIM_PUBLICITY, State.DECIDED, State.ANNOUNCED])
@pytest.mark.parametrize("name", WORDINGS)
def test_what_does_not_pass_decides_nothing_and_never_the_opposite(name, state, told, client):
    made, result = told(*WORDINGS[name], state=state)
    page = client.get(reverse("voting:owners_result", args=[made.vote.pk])).content.decode()
    said = page + result.headline + result.sentence
    for never in ("反对通过", "不同意通过", "否决", "业主反对", "被反对"):
        assert never not in said
    assert "未形成有效决定" in result.headline or "未达到通过条件" in result.headline


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [
        (State.COUNTING, False),
        (State.PRELIM_PUBLICITY, True),
        (State.DECIDED, True),
        (State.ANNOUNCED, True),
        (State.ANNULLED, True),
    ],
)
def test_neighbours_see_a_count_once_it_is_published_and_ever_after(state, is_seen, told, client):
    made, result = told((3, 300, "同意"), state=state)
    assert (result is not None) == is_seen
    answer = client.get(reverse("voting:owners_result", args=[made.vote.pk]))
    assert answer.status_code == (200 if is_seen else 404)


def test_tellers_see_their_count_before_it_is_published(told, homeowners_committee):
    made, _result = told((3, 300, "同意"), state=State.COUNTING)
    assert queries.owners_result(homeowners_committee.chair, made.vote).is_internal


def test_an_annulled_decision_still_shows_its_result(told, client):
    made, _result = told((3, 300, "同意"), state=State.ANNULLED)
    page = client.get(reverse("voting:owners_result", args=[made.vote.pk])).content.decode()
    assert "已经被撤销" in page
    assert "3 / 4人" in page
    assert page.index("已经被撤销") < page.index("本次表决通过")
    front = client.get(made.vote.get_absolute_url()).content.decode()
    assert front.index("已经被撤销") < front.index("本次表决通过")


def test_the_first_count_stands_beside_the_recount(told):
    _made, result = told((3, 300, "同意"), recounts=["一张票录入有误"])
    assert result.counts_head == ["选项", "第1次", "第2次"]
    assert result.counts[0].cells == ["同意", "3人 · 300.00㎡", "3人 · 300.00㎡"]
    assert result.count_notes[1].endswith("理由：一张票录入有误")


def test_small_cells_are_folded_and_large_ones_shown(told):
    online = {"channel": "paper"}
    _made, small = told((6, 600, "同意", online), (1, 100, "不同意", online))
    assert small.split == []
    assert small.channels == "纸质7"


def test_flags_are_explained_in_words(told):
    groups = [(110, 11_000, "同意"), (85, 8_500, "不同意"), (10, 1_000, {"mark": "invalid"}), (94, 9_400)]
    _made, result = told(*groups)
    assert result.flags == ["结果和无效票怎么算有关。这次按公告前定下、已经锁定的规则算；换一种算法，结果会不一样。"]


def test_plans_are_told_by_the_one_that_passed(told):
    _made, plans = told((4, 400, "修路"), kind=Kind.PLANS, options=("修路", "换灯"), item=9)
    assert plans.headline == "初步统计：“修路”达到通过条件"
    assert [one.title for one in plans.agreed] == ["修路"]


def test_an_election_lists_elected_and_reserve(told):
    given = {"kind": Kind.ELECTION, "options": ("甲", "乙", "丙"), "item": 3, "fields": {"seats": 1}}
    _made, result = told((5, 500, "甲"), (4, 400, "甲"), (1, 100, "乙"), state=State.DECIDED, **given)
    assert (result.headline, result.elected) == ("选出1人", ["甲"])
    assert [one.title for one in result.agreed] == ["甲", "乙", "丙"]


def test_the_page_costs_the_same_for_many_ballots(told, django_assert_max_num_queries, client):
    made, _result = told((200, 20_000, "同意"), (50, 5_000, "不同意"), recounts=["再数一遍"])
    address = reverse("voting:owners_result", args=[made.vote.pk])
    client.get(address)
    with django_assert_max_num_queries(22):
        client.get(address)


def test_the_tellers_page_names_what_is_loose_and_counts(owners_vote, homeowners_committee, group, client):
    made = owners_vote(homes=1, state=State.COUNTING)
    group(made, 3, 300, "同意")
    address = reverse("voting:count", args=[made.vote.pk])
    enter_as(client, homeowners_committee.chair)
    assert "开始计票" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    again = client.post(address)
    assert again.status_code == 409
    assert "重新计票要写明理由" in again.content.decode()


def test_the_page_of_the_vote_leads_to_its_result(told, client):
    made, _result = told((3, 300, "同意"))
    page = client.get(made.vote.get_absolute_url()).content.decode()
    assert reverse("voting:owners_result", args=[made.vote.pk]) in page
    assert "初步统计：达到通过条件" in page
    assert "没有业主决定的效力" not in page
    assert reverse("voting:count", args=[made.vote.pk]) not in page


def test_the_page_of_the_vote_leads_those_who_count_to_the_count(owners_vote, homeowners_committee, client):
    made = owners_vote(homes=2, state=State.COUNTING)
    enter_as(client, homeowners_committee.chair)
    page = client.get(made.vote.get_absolute_url()).content.decode()
    assert reverse("voting:count", args=[made.vote.pk]) in page
