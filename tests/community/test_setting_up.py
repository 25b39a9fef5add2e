"""Setting up from real workbooks: read as offices keep them, looked over first, all or nothing, never twice."""

import datetime
import io
import re

import openpyxl
import pytest

from cms.models import CommunityPage
from tests.community.workbooks import GOOD, HEADS, HERE, saved, workbook
from xieshang.audit.models import Entry
from xieshang.community.forms import template_workbook
from xieshang.community.models import Body, Household, Office, Place, RegisteredResident
from xieshang.community.services import read_workbook, set_up
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.refusals import NotAllowed, RuleViolation


def run(file, actor=SYSTEM, *, dry_run=False):
    return set_up(actor, read_workbook(file), dry_run=dry_run)


def faults_of(file, actor=SYSTEM):
    return [(fault.sheet, fault.row, fault.column) for fault in run(file, actor, dry_run=True).faults]


def stored():
    return [model.objects.count() for model in (Place, Household, Body, Office, RegisteredResident)]


# What is made ---------------------------------------------------------------------------------------------------


def test_one_workbook_makes_a_whole_community(places):
    report = run(workbook())
    assert (report.faults, report.added) == ([], {"地点": 2, "组织": 2, "任职": 1, "居民": 2})
    home = Place.objects.get(label="新桥花园3号楼2单元501室")
    assert (home.area_centi, home.community.name, home.community.short_name) == (10635, "新桥社区", "新桥")
    office = Office.objects.get(person__phone="+8613700000001")
    assert (office.title, office.person.nickname) == ("新桥社区居委会主任", "赵主任")
    assert office.ends == datetime.date(2099, 12, 31)
    child = RegisteredResident.objects.get(name="孙小宝")
    assert (child.minor_until, child.phone) == (datetime.date(2033, 6, 1), None or "")
    assert RegisteredResident.objects.get(name="孙丽").phone == "+8613700000003"


def test_the_public_pages_of_a_new_community_are_made_with_it(places, client):
    run(workbook())
    made = Place.objects.get(name="新桥社区")
    assert CommunityPage.objects.filter(place=made, live=True).count() == 1


def test_again_changes_nothing_and_doubles_nothing(places):
    run(workbook())
    before = stored()
    report = run(workbook())
    assert (report.changes_nothing, stored()) == (True, before)
    assert report.unchanged == {"地点": 2, "组织": 2, "任职": 1, "居民": 2}


def test_again_with_changes_updates_and_keeps_what_is_not_in_the_file(places):
    run(workbook())
    before = stored()
    rows = [[*HERE, "501室", 120, ""]]
    bodies = [["居委会", "新桥社区居民委员会", "", "新桥社区", "", "0400-2"]]
    report = run(workbook(地点=rows, 组织=bodies, 居民=None))
    assert (report.updated, stored()) == ({"地点": 1, "组织": 1}, before)
    assert Place.objects.get(label="新桥花园3号楼2单元501室").area_centi == 12000


def test_a_dry_run_changes_nothing(places):
    before = stored()
    report = run(workbook(), dry_run=True)
    assert (report.added["地点"], report.new_places, stored()) == (2, ["社区：新桥社区", "小区：新桥花园"], before)


def test_one_bad_row_keeps_all_out(places):
    before, entries = stored(), Entry.objects.count()
    report = run(workbook(居民=[[*HERE[1:], "999", "孙丽", "", "", ""]]))
    assert (len(report.faults), stored(), Entry.objects.count()) == (1, before, entries)


# As real files are ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "label", "area"),
    [
        ([*HERE[:4], "３号楼", "２单元", "５０１", "１０６．３５㎡", ""], "新桥花园3号楼2单元501室", 10635),
        ([*HERE[:4], " 3 栋 ", "二单元", 501.0, "106.35平方米", ""], "新桥花园3号楼2单元501室", 10635),
        ([*HERE[:4], "3#", 2, "0501", 106.35, ""], "新桥花园3号楼2单元501室", 10635),
        ([*HERE[:4], None, None, "3-2-501", None, ""], "新桥花园3号楼2单元501室", None),
        ([*HERE[:4], 3, "", "501", "/", ""], "新桥花园3号楼501室", None),
        (["示例区", "示例镇", "北岗村", "1", "", "", "12", "", ""], "北岗村一组12户|北岗村1组12户|1组12户", None),
    ],
)
def test_homes_are_read_however_they_are_written(places, row, label, area):
    report = run(workbook(地点=[row], 组织=None, 任职=None, 居民=None))
    assert report.faults == []
    home = Place.objects.filter(kind="unit").order_by("-pk").first()
    assert home.label in label.split("|")
    assert home.area_centi == area


def test_titles_merged_cells_sums_and_repeated_heads_are_understood(places):
    book = openpyxl.load_workbook(workbook(任职=None, 居民=None, 组织=None))
    page = book["地点"]
    page.title = "1.地点（2026年）"
    page.append(HEADS["地点"])
    page.append(["", "", "", "新桥花园", "4号楼", "", "101", "", ""])
    page.append(["", "", "", "", "", "", "", "", ""])
    page.append(["合计", "", "", "", "", "", "3户", "", ""])
    page.insert_rows(1, 2)
    page["A1"] = "示例街道新桥社区房屋一览表"
    page.merge_cells("A1:I1")
    page["D3"], page["H3"] = "小区 （村民小组）*", "面积(㎡)"
    page["A5"] = page["B5"] = page["C5"] = None
    page.merge_cells("C4:C5")
    report = run(saved(book))
    assert (report.faults, report.added) == ([], {"地点": 3})


@pytest.mark.parametrize(
    "day",
    ["2024年3月1日", "2024.3.1", "2024/3/1", "２０２４－０３－０１", "20240301", 45352, datetime.date(2024, 3, 1)],
)
def test_days_are_read_however_they_are_written(places, day):
    run(workbook(任职=[["赵敏", "13700000001", "", "新桥社区居委会", "", "主任", day, "至今"]]))
    office = Office.objects.get(person__phone="+8613700000001")
    assert (office.starts, office.ends) == (datetime.date(2024, 3, 1), None)


@pytest.mark.parametrize(
    "phone", [13700000001, 13700000001.0, "１３７ ００００ ０００１", "+86 137-0000-0001", "13700000001 "]
)
def test_numbers_are_read_however_they_are_written(places, phone):
    run(workbook(任职=[["赵 敏", phone, "", "新桥社区居委会", "", "主任", "2024.1.1", ""]]))
    assert Office.objects.get(person__phone="+8613700000001").person.real_name == "赵敏"


# What has to be set right ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "row", "column", "words"),
    [
        ("地点", [*HERE[:2], "", "新桥花园", "3号楼", "", "501", "", ""], "社区/村", "补上全称"),
        ("地点", [*HERE, "", "", ""], "房号", "没有写房号"),
        ("地点", [*HERE, "503", "一百", ""], "建筑面积", "不是面积"),
        ("组织", ["工会", "新桥工会", "", "新桥社区", "", ""], "类型", "请写"),
        ("组织", ["居委会", "", "", "新桥社区", "", ""], "全称", "没有写"),
        ("组织", ["居委会", "某居委会", "", "没有的社区", "", ""], "所在地点", "没有找到"),
        ("组织", ["居委会", "某居委会", "", "新桥花园", "", ""], "所在地点", "要设在"),
        ("任职", ["赵敏", "1370000", "", "新桥社区居委会", "", "主任", "2024.1.1", ""], "手机号", "11位"),
        ("任职", ["赵敏", "", "", "新桥社区居委会", "", "主任", "2024.1.1", ""], "手机号", "没有写手机号"),
        ("任职", ["赵敏", "13700000001", "", "新桥社区居委会", "", "主任", "去年", ""], "开始日期", "年月日"),
        ("任职", ["赵敏", "13700000001", "", "没有的组织", "", "主任", "2024.1.1", ""], "组织", "没有找到"),
        ("任职", ["赵敏", "13700000001", "", "新桥社区居委会", "", "院长", "2024.1.1", ""], "职务", "可以写"),
        ("任职", ["赵敏", "13700000001", "", "新桥社区居委会", "", "主任", "2024.1.1", "2023.1.1"], "结束日期", ""),
        ("居民", [*HERE[1:], "999", "孙丽", "", "", ""], "房号", ""),
        ("居民", [*HERE[1:], "501", "", "", "", ""], "姓名", "没有写姓名"),
        ("居民", [*HERE[1:], "501", "孙丽", "0400-1", "", ""], "手机号", "11位"),
        ("居民", [*HERE[1:], "501", "孙丽", "", "", "昨天"], "出生日期", ""),
    ],
)
def test_every_bad_row_is_named_with_what_to_do(places, sheet, row, column, words):
    others = {name: rows for name, rows in GOOD.items() if list(GOOD).index(name) < list(GOOD).index(sheet)}
    later = {name: None for name in GOOD if list(GOOD).index(name) > list(GOOD).index(sheet)}
    rows = ([*GOOD["地点"]] if sheet == "地点" and column != "社区/村" else []) + [row]
    report = run(workbook(**{**others, **later, sheet: rows}), dry_run=True)
    assert [(fault.sheet, fault.row, fault.column) for fault in report.faults] == [(sheet, len(rows) + 1, column)]
    said = report.faults[0].sentence
    assert words in said
    assert re.search(r"[。]$", said)
    assert not re.search(r"[A-Za-z]{3,}|None", said)


def test_all_bad_rows_are_named_at_once(places):
    bad = [[*HERE[1:], "501", "", "", "", ""], [*HERE[1:], "501", "孙丽", "1", "", ""]]
    assert faults_of(workbook(居民=bad)) == [("居民", 2, "姓名"), ("居民", 3, "手机号")]


def test_the_same_home_twice_is_named_with_the_other_row(places):
    report = run(workbook(地点=[[*HERE, "501", "", ""], [*HERE, "501室", "", ""]]), dry_run=True)
    assert "第2行" in next(fault.sentence for fault in report.faults if fault.sheet == "地点")


def test_one_number_has_one_name_through_all_sheets(places):
    rows = [[*HERE[1:], "501", "另一个人", "13700000001", "", ""]]
    assert faults_of(workbook(居民=rows)) == [("居民", 2, "手机号")]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(RuleViolation) as refused:
        read_workbook(io.BytesIO(content))
    assert refused.value.refusal.code == "not_a_workbook"


def test_one_forgotten_cell_far_below_is_pointed_at():
    book = openpyxl.load_workbook(workbook())
    book["居民"].cell(1_048_576, 1, "x")
    with pytest.raises(RuleViolation) as refused:
        read_workbook(saved(book))
    said = refused.value.refusal.sentence
    assert ("“居民”" in said, "第1048576行" in said) == (True, True), said


def test_a_workbook_without_the_sheets_says_which(places):
    book = openpyxl.Workbook()
    book.active.append(["随便"])
    report = run(saved(book), dry_run=True)
    assert "“地点”" in report.faults[0].sentence


def test_a_missing_column_is_named(places):
    book = openpyxl.load_workbook(workbook(地点=None, 组织=None, 居民=None))
    book["任职"].delete_cols(2)
    assert ("任职", 1, "手机号") in faults_of(saved(book))


# Who may --------------------------------------------------------------------------------------------------------


def test_only_the_street_or_above_may(places, zhang_zhuren, wang_ayi, liu_street):
    for actor in (zhang_zhuren, wang_ayi, Actor(liu_street.person)):
        with pytest.raises(NotAllowed):
            run(workbook(), actor)
    assert run(workbook(), liu_street).faults == []
    assert Entry.objects.filter(verb="community.set_up", person_id=liu_street.person_id).count() == 1


def test_a_street_sets_up_nothing_in_another_street(places, liu_street):
    rows = [["示例区", "邻街道", "邻里社区", "某小区", "1", "", "101", "", ""]]
    before = stored()
    assert faults_of(workbook(地点=rows, 组织=None, 任职=None, 居民=None), liu_street) == [("地点", 2, "街道/乡镇")]
    body = [["居委会", "邻里社区第二居委会", "", "邻里社区", "", ""]]
    assert faults_of(workbook(地点=None, 组织=body, 任职=None, 居民=None), liu_street) == [("组织", 2, "所在地点")]
    run(workbook(地点=rows, 组织=None, 任职=None, 居民=None), liu_street)
    assert stored() == before


def test_nobody_appoints_themselves_by_a_workbook(places, liu_street):
    me = ["刘佳宁", liu_street.person.phone, "", "新桥社区居委会", "", "主任", "2024.1.1", ""]
    assert faults_of(workbook(任职=[me]), liu_street) == [("任职", 2, "姓名")]


# The template ---------------------------------------------------------------------------------------------------


def test_the_template_explains_itself_and_its_samples_are_passed_over(places):
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    assert book.sheetnames == ["填写说明", "地点", "组织", "任职", "居民"]
    explained = {(row[0], row[1]) for row in book["填写说明"].iter_rows(values_only=True)}
    for name, columns in HEADS.items():
        assert [cell.value for cell in book[name][1]] == columns
        assert {(name, column) for column in columns} <= explained
        assert str(book[name]["A2"].value).startswith("例：")
    report = run(io.BytesIO(template_workbook()), dry_run=True)
    assert (report.faults, report.added) == ([], {})


def test_the_samples_of_the_template_are_right(places):
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    for name in HEADS:
        for (cell,) in book[name].iter_rows(min_row=2, max_col=1):
            cell.value = str(cell.value or "").removeprefix("例：") or None
    rows = [list(row) for row in book["居民"].iter_rows(min_row=2, values_only=True)]
    assert len(rows) == 2
    Body.objects.create(kind="party_org", name="中共示例街道工作委员会", short_name="党工委", place=places.street)
    report = run(saved(book), dry_run=True)
    assert [str(fault) for fault in report.faults] == []
