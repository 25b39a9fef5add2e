"""公示核算: figures of any published notice, typed in or pasted; what they come to, and what does not fit."""

import pytest
from django.urls import reverse

from xieshang.voting.forms import EXAMPLES, NoticeForm, filled
from xieshang.voting.rules.noticecheck import check
from xieshang.voting.rules.noticetext import read_text

SAMPLE = (
    "依据《民法典》第二百七十八条第一款第九项，应参加表决业主300人、专有部分面积30,000.00㎡（以3月1日锁定的名册为准）；"
    "已送达298人。参与表决228人（76.00%）、22,904.60㎡（76.35%），其中线上171人、纸质52人、上门5人。"
    "方案丙同意131人（57.46%）、13,180.20㎡（57.54%）；方案甲58人、5,820.40㎡；方案乙27人、2,704.00㎡；"
    "以上都不同意5人、500.00㎡；弃权7人、700.00㎡；无效0。"
)


def told(**changes):
    form = NoticeForm(EXAMPLES["1"] | changes)
    assert form.is_valid(), form.errors
    return check(form.notice())


def test_the_first_example_fits_and_passes():
    checked = told()
    assert checked.headline == "按这些数字，达到了法律要的比例，可以通过"
    assert checked.fits
    assert [reason.is_met for reason in checked.reasons] == [True] * 4
    assert "228×3=684，不小于300×2=600，够三分之二" in checked.reasons[0].words


CHANGES = {
    "parts that do not add up": ({"against_heads": "88"}, "SUM_MISMATCH", "人数加起来是226，公布的是228"),
    "a share that is off": ({"part_heads_percent": "76.01"}, "PERCENT_MISMATCH", "百分比"),
    "more than there are": ({"all_heads": "200"}, "IMPOSSIBLE", "大过了它的总数"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_fit_is_named_with_its_numbers(name):
    changes, code, words = CHANGES[name]
    checked = told(**changes)
    assert code in [flag.value for flag in checked.flag_codes]
    assert any(words in flag for flag in checked.flags)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"item": "6"}, "NOT_PASSED"),
        ({"agree_heads": "114", "against_heads": "107"}, "NOT_PASSED"),
        ({"part_heads": "199"}, "QUORUM_NOT_MET"),
        ({"part_heads": "", "abstain_heads": ""}, "INSUFFICIENT_DATA"),
        ({"law": "property_law_2007"}, "NOT_PASSED"),
        ({"law": "property_law_2007", "agree_heads": "151", "agree_area": "15000.01"}, "PASSED"),
    ],
)
def test_the_law_is_applied_to_what_is_known(changes, outcome):
    assert told(**changes).decision.outcome.value == outcome


def test_what_is_not_published_is_named():
    checked = told(part_heads="", abstain_heads="")
    assert "弃权人数" in checked.missing
    assert "参与表决人数" in checked.missing


def test_areas_with_more_decimals_stay_exact():
    checked = told(part_area="", agree_area="15000.0005", against_area="14999.9994", abstain_area="0")
    assert any("15,000.0005×2=30,000.0010" in reason.words for reason in checked.reasons)


def test_figures_are_taken_as_people_write_them():
    checked = told(
        all_heads="３００人", all_area="30,000.00㎡", part_area="22904.60平方米", part_heads_percent="76.00%"
    )
    assert checked.fits


BAD = {
    "all_heads": ("三百", "请填整数"),
    "part_area": ("约两万", "请填数字"),
    "against_heads": ("1.5", "请填整数"),
    "all_area": ("0", "总数是0"),
    "plans": ("换灯 131", "没有看懂"),
    "deemed_heads": ("-3", "请填整数"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.django_db
def test_a_bad_figure_gets_a_sentence_and_what_was_typed_is_kept(name, client):
    value, words = BAD[name]
    answer = client.post(reverse("voting:check_notice"), EXAMPLES["1"] | {name: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert value in page
    assert "13,180.20" in page


def test_without_any_total_nothing_can_be_said():
    form = NoticeForm({"item": "4", "law": "civil_code_2021"})
    assert not form.is_valid()
    assert "没有总数就没有比例" in form.errors["all_heads"][0]


def test_plans_stand_one_a_line():
    changes = {"agree_heads": "", "agree_area": "", "against_heads": "5", "against_area": "500"}
    changes["plans"] = "换灯 131 13,180.20\n修路：58人，5820.40㎡\n滑梯　27　2704.00"
    checked = told(**changes)
    assert checked.headline.endswith("“换灯”")
    assert checked.fits


def test_a_pasted_notice_fills_in_the_form():
    form = NoticeForm(filled(read_text(SAMPLE)))
    assert form.is_valid(), form.errors
    notice = form.notice()
    assert notice.plans == ("方案丙", "方案甲", "方案乙")
    assert (notice.part.heads, notice.part.area) == (228, "22904.60")
    checked = check(notice)
    assert checked.fits
    assert checked.decision.choice == "方案丙"


ENDS = {
    "参与表决人数和面积均达到三分之二以上，初步统计达到通过条件。公示期满无异议的，视为通过。": "passed",
    "经业主大会表决，同意的超过法定比例，该事项表决通过，现予公告": "passed",
    "本次业主大会通过了《管理规约》": "passed",
    "表决结果：通过": "passed",
    "同意的面积未过半数，初步统计未达到通过条件。": "failed",
    "同意人数未达到法定比例，本次表决未形成有效决定。": "failed",
    "议案未获通过": "failed",
    "参与表决人数未达到三分之二以上，本次表决未形成有效决定。": "quorum",
    "业主通过微信投票，参与面积不足三分之二，表决无效": "quorum",
    "须经参与表决的业主过半数同意方可通过；通过线上和纸质两种方式投票，表决通过的标准是双过半": "",
    "事项一通过，事项二未通过": "",
    "不同意90人、9,024.40㎡，业主反对通过": "",
}


@pytest.mark.parametrize("text", ENDS)
def test_the_end_that_a_text_states_is_read_if_it_is_plain(text):
    assert filled(read_text(text))["published"] == ENDS[text]


@pytest.mark.parametrize(
    ("end", "agrees", "words"),
    [("初步统计达到通过条件", True, "一致。"), ("本次表决未形成有效决定", False, "<strong>不一致</strong>")],
)
@pytest.mark.django_db
def test_a_pasted_end_is_held_against_the_figures(client, end, agrees, words):
    draft = read_text(f"{SAMPLE}参与表决均达到三分之二以上，{end}。")
    assert draft.item == 9
    form = NoticeForm(filled(draft))
    assert form.is_valid()
    assert check(form.notice()).agrees == agrees
    assert words in client.post(reverse("voting:check_notice"), filled(draft)).content.decode()


def test_no_valid_decision_is_right_whichever_share_was_missed_and_an_unknown_end_is_not_compared():
    assert told(part_heads="199", published="failed").agrees
    assert told(published="").agrees is None
    assert not told(part_heads="199", published="passed").agrees
    assert [flag.value for flag in told(published="failed").flag_codes] == ["PUBLISHED_OUTCOME_DIFFERS"]


READ = {
    "bare words": ("应参加300人，30000平方米；参与228人，22904.6㎡", {"all_heads": "300", "part_area": "22904.6"}, []),
    "brackets and votes": ("同意131票（13180.20平方米）", {"agree_heads": "131", "agree_area": "13180.20"}, []),
    "wide commas": ("应参加业主３００人、３０，０００．００㎡", {"all_area": "30000.00"}, []),
    "a table": (
        "应参加业主\t300\t30000.00\n参与表决\t228\t76.00%\t22,904.60\t76.35%\n同意 131 13180.20",
        {"all_heads": "300", "part_heads_percent": "76.00", "part_area": "22904.60", "agree_area": "13180.20"},
        [],
    ),
    "one base only": ("参与表决228人（76%）。同意131人、13180.20㎡", {"agree_heads": "131"}, ["参与表决228人"]),
    "twice": ("同意131人、13180㎡；同意132人、13181㎡", {"agree_heads": "131"}, ["同意132人", "13181㎡"]),
    "ten thousands": ("应到300户、面积3.0万㎡；同意1人1㎡", {"agree_heads": "1"}, ["应到300户", "面积3.0万㎡"]),
    "a gap in the number": (
        "同意1人1㎡，应参加业主1 234人、30000㎡",
        {"agree_heads": "1"},
        ["应参加业主1 234人", "30000㎡"],
    ),
    "below zero": ("同意1人1㎡，反对-5人、-100㎡", {"agree_heads": "1"}, ["反对-5人", "-100㎡"]),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_written_badly_is_read_right_or_listed_and_never_guessed(name):
    text, expected, left = READ[name]
    draft = read_text(text)
    found = {key: value for key, value in filled(draft).items() if value and key not in ("item", "law", "published")}
    assert expected.items() <= found.items()
    assert draft.left == left


@pytest.mark.django_db
def test_figures_that_went_nowhere_stand_on_the_page(client):
    page = client.post(
        reverse("voting:check_notice"), {"text": "参与表决228人。同意131人、13180.20㎡"}
    ).content.decode()
    assert "还有这些数没有填进去" in page
    assert "参与表决228人" in page


@pytest.mark.django_db
def test_a_text_without_figures_is_said_so(client):
    answer = client.post(reverse("voting:check_notice"), {"text": "今天天气不错。"})
    assert answer.status_code == 422
    assert "没有找到" in answer.content.decode()


@pytest.mark.django_db
def test_the_page_walks_without_signing_in_and_stores_nothing(client, django_assert_max_num_queries):
    address = reverse("voting:check_notice")
    assert "公示核算" in client.get(address).content.decode()
    assert "13,180.20" in client.get(address, {"example": "1"}).content.decode()
    pasted = client.post(address, {"text": SAMPLE}).content.decode()
    assert "22904.60" in pasted
    with django_assert_max_num_queries(6):
        page = client.post(address, EXAMPLES["2"]).content.decode()
    assert "公示写的结论是“通过”，和按这些数字算出来的<strong>不一致</strong>" in page
    assert "反对通过" not in page
    assert not client.session.keys()


@pytest.mark.django_db
def test_too_many_tries_wait(client, monkeypatch):
    monkeypatch.setattr("xieshang.voting.views.noticecheck.MOST", 2)
    monkeypatch.setattr("xieshang.voting.views.noticecheck.SECONDS", 10**9)
    address = reverse("voting:check_notice")
    codes = [client.post(address, EXAMPLES["1"]).status_code for _try in range(3)]
    assert codes == [200, 200, 429]


TOTALS = ("本小区总户数1336户，总面积", "小区总人数：1336人、面积", "业主总户数1336户，专有部分总面积")


@pytest.mark.parametrize("words", TOTALS)
def test_the_totals_of_an_estate_are_read_in_common_words(words):
    draft = read_text(f"{words}128879.33平方米。参与投票890户，面积85919.56平方米，同意总户数890户，面积85919.56㎡。")
    assert (draft.everybody.heads, draft.everybody.area) == ("1336", "128879.33")
    assert (draft.part.heads, list(draft.choices)) == ("890", ["同意"])
