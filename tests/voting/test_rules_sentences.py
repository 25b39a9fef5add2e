"""The words of a result: one for each end, none that decides the opposite."""

import pytest

from xieshang.voting.rules import (
    CATALOGUE,
    ITEM_WORDS,
    OUTCOME_WORDS,
    SPECIAL,
    Channel,
    Item,
    Kind,
    Law,
    Outcome,
    Paper,
    Slate,
    Tally,
    Terms,
    conclude,
    consent_of,
    is_mixed,
    majority_for,
    participation_of,
    preliminary_verdict_of,
    shown_of,
    strictest,
    verdict_of,
)

MOTION = Slate(("agree",), "abstain", "against")
WHOLE = Tally(300, 3_000_000)
NAMES = {name: name for name in "ABC"} | {"agree": "同意"}
NOTHING = "本次表决未形成有效决定。"
BY_CIVIL_CODE = "参与表决人数和面积均达到三分之二以上，"


def concluded(kind, slate, votes, *, item=4, law=Law.CIVIL_CODE_2021, whole=WHOLE):
    terms = Terms(kind, Item(item), law=law)
    papers = [Paper(Tally(*weight), Channel.ONLINE, tuple(chosen.split("+"))) for chosen, weight in votes]
    return conclude(terms, slate, papers, whole), terms, slate, NAMES


@pytest.mark.parametrize(
    ("agree", "against", "item", "sentence"),
    [
        ((101, 1_000_001), (99, 999_999), 4, BY_CIVIL_CODE + "同意的人数和面积均超过一半，本次表决通过。"),
        ((100, 1_200_000), (100, 800_000), 4, BY_CIVIL_CODE + "同意的人数未超过一半，本次表决未形成有效决定。"),
        (
            (100, 1_000_000),
            (100, 1_000_000),
            4,
            BY_CIVIL_CODE + "同意的人数和面积未超过一半，本次表决未形成有效决定。",
        ),
        (
            (150, 1_499_999),
            (50, 500_001),
            6,
            BY_CIVIL_CODE + "同意的面积未达到四分之三以上，本次表决未形成有效决定。",
        ),
        ((199, 2_000_000), (0, 0), 4, "参与表决人数未达到三分之二以上，本次表决未形成有效决定。"),
        ((200, 1_999_999), (0, 0), 4, "参与表决面积未达到三分之二以上，本次表决未形成有效决定。"),
    ],
)
def test_a_motion_is_told_with_its_reason(agree, against, item, sentence):
    assert verdict_of(*concluded(Kind.MOTION, MOTION, [("agree", agree), ("against", against)], item=item)) == sentence


def test_by_the_old_law_the_share_is_of_all():
    told = concluded(Kind.MOTION, MOTION, [("agree", (151, 1_500_001))], law=Law.PROPERTY_LAW_2007)
    assert verdict_of(*told) == "全体业主中同意的人数和面积均超过一半，本次表决通过。"
    assert participation_of(told[0], told[1]) == ()


def test_the_preliminary_notice_decides_nothing_yet():
    passed = concluded(Kind.MOTION, MOTION, [("agree", (200, 2_000_000))])
    failed = concluded(Kind.MOTION, MOTION, [("against", (200, 2_000_000))])
    assert preliminary_verdict_of(*passed).endswith("初步统计达到通过条件。")
    assert preliminary_verdict_of(*failed).endswith("初步统计未达到通过条件。")


def test_of_several_options_the_one_that_passed_is_named():
    slate = Slate(tuple("ABC"), "abstain", "against")
    passed = concluded(Kind.PLANS, slate, [("B", (150, 1_500_000)), ("A", (50, 500_000))])
    none = concluded(Kind.PLANS, slate, [("against", (150, 1_500_000)), ("A", (50, 500_000))])
    assert verdict_of(*passed) == BY_CIVIL_CODE + "“B”同意的人数和面积均超过一半，本次表决通过“B”。"
    assert verdict_of(*none) == BY_CIVIL_CODE + "没有哪个方案同意的人数和面积都超过一半，本次表决未形成有效决定。"


def test_an_election_names_who_is_elected_and_what_is_missing():
    slate = Slate(tuple("ABC"), "abstain", seats=2)
    tied = concluded(Kind.ELECTION, slate, [("A+B", (100, 1_000_000)), ("A+C", (100, 1_000_000))], item=3)
    full = concluded(Kind.ELECTION, slate, [("A+B", (200, 2_000_000))], item=3)
    assert verdict_of(*full).endswith("得票人数和面积均超过一半的候选人共2人，当选：A、B。")
    short = "得票人数和面积均超过一半的候选人共1人，当选：A。应选2人，还缺1人，要补选或者重新表决。"
    assert verdict_of(*tied).endswith(short)


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([("A+B", (200, 2_000_000))], "初步统计达到通过条件。"),
        ([("A+B", (100, 1_000_000)), ("A+C", (100, 1_000_000))], "初步统计1人达到当选条件，2个名额没有选足。"),
        ([("A", (100, 1_000_000)), ("B", (100, 1_000_000))], "初步统计未达到通过条件。"),
        ([("A+B", (199, 2_000_000))], "初步统计未达到通过条件。"),
    ],
)
def test_the_preliminary_count_of_an_election_says_no_more_than_there_is(papers, words):
    result, terms, slate, names = concluded(Kind.ELECTION, Slate(tuple("ABC"), "abstain", seats=2), papers, item=3)
    assert preliminary_verdict_of(result, terms, slate, names).endswith(words)


def test_no_word_of_any_end_decides_the_opposite():
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert [word for word in OUTCOME_WORDS.values() if "反对" in word or "否决" in word or "不通过" in word] == []


def test_the_exact_fraction_stands_beside_a_figure_that_misleads():
    half = majority_for(Law.CIVIL_CODE_2021, Item.COMPANY).approval
    heads, area = shown_of(Tally(100, 1_000_001), Tally(200, 2_000_000), half)
    assert (heads.percent, heads.exact, heads.is_met) == ("50.00%", "", False)
    assert (area.percent, area.exact, area.is_met) == ("50.00%", "10,000.01/20,000.00", True)


# The catalogue --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "item", "special"),
    [
        ("动用维修资金修屋面", 5, False),
        ("续筹维修资金", 6, True),
        ("加装电梯", 7, True),
        ("公共道路划车位", 8, True),
        ("电梯、外墙做广告", 8, True),
        ("续聘物业公司", 4, False),
        ("调整物业费", 4, False),
        ("选举业主委员会", 3, False),
        ("公共收益怎么用", 9, False),
    ],
)
def test_a_neighbours_words_lead_to_the_item_of_the_law(words, item, special):
    entry = next(entry for entry in CATALOGUE if entry.words == words)
    assert (entry.item, entry.item in SPECIAL) == (item, special)


def test_every_item_is_in_the_catalogue():
    assert {entry.item for entry in CATALOGUE if not entry.needs_everybody} == set(Item) == set(ITEM_WORDS)
    assert [entry.words for entry in CATALOGUE if entry.needs_everybody] == ["住房改作经营用（住改商）"]
    assert len({entry.words for entry in CATALOGUE}) == len(CATALOGUE) >= 25


def test_a_mixed_motion_is_known_and_the_strictest_share_holds():
    assert is_mixed([Item.USE_FUND, Item.RAISE_FUND]) is True
    assert is_mixed([Item.USE_FUND, Item.COMPANY]) is False
    assert is_mixed([Item.USE_FUND, Item.RAISE_FUND], Law.PROPERTY_LAW_2007) is False
    assert strictest([Item.COMPANY, Item.RAISE_FUND]) == Item.RAISE_FUND
    assert strictest([Item.OTHER, Item.COMPANY]) == Item.COMPANY


@pytest.mark.parametrize("item", Item)
def test_the_rule_is_printed_in_words(item):
    new, old = majority_for(Law.CIVIL_CODE_2021, item), majority_for(Law.PROPERTY_LAW_2007, item)
    share = "四分之三以上" if item in (6, 7, 8) else "过半数"
    quorum = "由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决，"
    assert new.words == quorum + f"经参与表决专有部分面积{share}且人数{share}的业主同意"
    share = "三分之二以上" if item in (5, 6, 7) else "过半数"
    assert old.words == f"经全体业主专有部分面积{share}且人数{share}的业主同意"
    assert (new.source, old.source) == ("民法典第278条第2款", "物权法第76条第2款")


@pytest.mark.parametrize(
    ("answers", "given", "refused", "missing"),
    [
        ({"a": True, "b": True, "x": True}, True, (), ()),
        ({"a": True, "b": True}, False, (), ("x",)),
        ({"a": True, "b": False, "x": True}, False, ("b",), ()),
    ],
)
def test_a_home_becomes_a_shop_only_with_everybodys_consent(answers, given, refused, missing):
    consent = consent_of(["a", "b"], ["x", "a"], answers)
    assert (consent.is_given, consent.refused, consent.missing) == (given, refused, missing)
