"""An estate's list as estates really keep it: what is read out of it, and what is named as wrong."""

import datetime

import pytest

from xieshang.voting.rules.estatefile import differences, id_number, read
from xieshang.voting.rules.estatefile.diff import UnitFacts
from xieshang.voting.rules.estatefile.identity import check_digit

HEAD = ["楼栋", "单元", "房号", "建筑面积（㎡）", "业主姓名", "身份证号"]


def _checked(first17):
    return first17 + check_digit(first17)


ZHANG, LI = _checked("23020219900307001"), _checked("23020219910405002")


def read_rows(*rows, head=HEAD, sheet="名册", remembered=None):
    return read({sheet: [head, *rows]}, remembered or {})


def said(reading):
    return [(fault.sheet, fault.row, fault.column, fault.refusal.code) for fault in reading.faults]


def only(reading):
    assert [fault.sentence for fault in reading.faults] == []
    (line,) = reading.lines
    return line


def test_a_plain_row_is_one_unit_in_one_spelling():
    line = only(read_rows(["3栋", "二单元", "0501", "106.35", "张三", ZHANG]))
    assert (line.code, line.label, line.area_centi) == ("3-2-501", "3号楼2单元501室", 10635)
    assert [(owner.name, owner.id_number) for owner in line.owners] == [("张三", ZHANG)]


@pytest.mark.parametrize(
    ("cell", "centi"),
    [
        ("106.35", 10635),
        (106.35, 10635),
        (106.35000000000001, 10635),
        ("１０６．３５", 10635),
        ("1,234.50㎡", 123450),
        ("１，２３４．５", 123450),
        (" 10 6. 35 ", 10635),
        ("106.355平方米", 10636),
        (88, 8800),
        (88.0, 8800),
    ],
)
def test_areas_are_read_as_people_type_them(cell, centi):
    assert only(read_rows(["3", "2", "501", cell, "张三", ""])).area_centi == centi


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约九十", "estate_bad_area"),
        ("90,5", "estate_bad_area"),
        ("0", "estate_area_zero"),
        (-90.5, "estate_area_zero"),
        ("", "estate_no_area"),
        ("10635000", "estate_area_too_large"),
    ],
)
def test_an_area_that_is_none_is_named_with_its_place(cell, code):
    reading = read_rows(["3", "2", "501", cell, "张三", ""])
    assert said(reading) == [("名册", 2, "建筑面积(m2)", code)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.10E+17", "estate_id_ruined"),
        (2.30202199003070016e17, "estate_id_ruined"),
        ("2302021990030700", "estate_id_length"),
        ("2302**********0011", "estate_id_masked"),
        (ZHANG[:17] + ("1" if ZHANG[17] != "1" else "2"), "estate_id_check"),
    ],
)
def test_an_id_number_that_cannot_be_used_is_named_and_never_guessed(cell, code):
    assert said(read_rows(["3", "2", "501", "90", "张三", cell])) == [("名册", 2, "身份证号", code)]


def test_an_old_id_number_is_the_same_person_as_the_new_one():
    old = ZHANG[:6] + ZHANG[8:17]
    assert id_number(old, old) == (ZHANG, None)
    assert id_number(float(old), old) == (ZHANG, None)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三、李四", ["张三", "李四"]),
        ("张三,李四；王五", ["张三", "李四", "王五"]),
        ("张三\n李四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]),
        ("张 三", ["张三"]),
        ("欧阳 修", ["欧阳修"]),
        ("齐齐哈尔某某贸易有限公司", ["齐齐哈尔某某贸易有限公司"]),
    ],
)
def test_several_names_in_one_cell_are_co_owners(cell, names):
    assert [owner.name for owner in only(read_rows(["3", "2", "501", "90", cell, ""])).owners] == names


def test_id_numbers_go_with_the_names_in_their_order_or_are_a_fault():
    line = only(read_rows(["3", "2", "501", "90", "张三、李四", f"{ZHANG}\n{LI}"]))
    assert [(owner.name, owner.id_number) for owner in line.owners] == [("张三", ZHANG), ("李四", LI)]
    reading = read_rows(["3", "2", "501", "90", "张三、李四", ZHANG])
    assert said(reading) == [("名册", 2, "身份证号", "estate_ids_do_not_match")]
    ruined = read_rows(["3", "2", "501", "90", "张三、李四", "1.10E+17"])
    assert said(ruined) == [("名册", 2, "身份证号", "estate_id_ruined")]


def test_titles_totals_notes_and_repeated_headers_are_no_units():
    title = ["明湖家园3号楼业主名册", "", "", "", "", ""]
    rows = [
        title,
        HEAD,
        ["3", "2", "501", "90", "张三", ""],
        ["小计", "", "", "90", "", ""],
        HEAD,
        ["", "", "502", "91", "李四", ""],
        ["", "", "", "", "", ""],
        ["2单元合计", "", "2", "181", "", ""],
        ["注：面积以产权证为准", "", "", "", "", ""],
    ]
    reading = read({"Sheet1": rows}, {})
    assert [line.code for line in reading.lines] == ["3-2-501", "3-2-502"]
    assert (said(reading), reading.passed_over) == ([], 4)


def test_a_header_in_two_rows_is_read_as_one():
    rows = [
        ["楼栋", "单元", "房号", "面积", "业主信息", "", ""],
        ["", "", "", "", "姓名", "身份证号", "电话"],
        ["3", "2", "501", "90", "张三", ZHANG, "13912345678"],
    ]
    line = only(read({"名册": rows}, {}))
    assert (line.owners[0].name, line.owners[0].id_number, line.owners[0].phone) == ("张三", ZHANG, "13912345678")


def test_a_sheet_for_each_building_gives_the_building_by_its_name():
    head = ["房号", "面积", "业主"]
    reading = read({"1号楼": [head, ["101", "90", "张三"]], "2栋": [head, ["101", "90", "李四"]], "封面": []}, {})
    assert [line.label for line in reading.lines] == ["1号楼101室", "2号楼101室"]


def test_a_row_without_a_room_under_merged_cells_is_a_co_owner():
    line = only(read_rows(["3", "2", "501", "90", "张三", ZHANG], ["", "", "", "", "李四", LI]))
    assert [owner.name for owner in line.owners] == ["张三", "李四"]
    assert said(read_rows(["3", "2", "", "90", "张三", ""])) == [("名册", 2, "房号", "estate_no_room")]


def test_a_room_that_stands_twice_is_named_with_both_places():
    reading = read_rows(["3", "2", "501", "90", "张三", ""], ["3号楼", "2单元", "501室", "90", "李四", ""])
    assert said(reading) == [("名册", 3, "房号", "estate_room_twice")]
    assert "“名册”第2行" in reading.faults[0].sentence


def test_one_number_under_two_names_is_a_fault():
    reading = read_rows(["3", "2", "501", "90", "张三", ZHANG], ["3", "2", "502", "90", "张山", ZHANG])
    assert said(reading) == [("名册", 3, "证件号码", "estate_id_of_two_names")]


def test_a_room_that_became_a_day_is_named():
    reading = read_rows(["3", "2", datetime.date(2026, 3, 2), "90", "张三", ""])
    assert ("名册", 2, "房号", "estate_room_is_a_day") in said(reading)


@pytest.mark.parametrize(
    ("kind", "state", "owner", "expected"),
    [
        ("住宅", "已售", "张三", ("home", "sold", 1)),
        ("底商", "已交付", "张三", ("shop", "sold", 1)),
        ("住宅", "未售", "", ("home", "unsold", 0)),
        ("住宅", "已售未交付", "张三", ("home", "undelivered", 1)),
        ("住宅", "", "开发商", ("home", "unsold", 0)),
        ("物业用房", "", "", ("common", "sold", 0)),
        ("车位", "已售", "张三", ("parking", "sold", 1)),
    ],
)
def test_kinds_and_sale_states_are_told_by_their_words(kind, state, owner, expected):
    head = ["楼栋", "单元", "房号", "面积", "业主", "用途", "销售状态"]
    line = only(read_rows(["3", "2", "501", "90", owner, kind, state], head=head))
    assert (line.kind.value, line.sale.value, len(line.owners)) == expected


def test_a_sold_home_without_an_owner_is_a_fault():
    assert said(read_rows(["3", "2", "501", "90", "", ""])) == [("名册", 2, "业主姓名", "estate_no_owner")]


def test_the_register_goes_before_the_survey_before_the_contract():
    head = ["楼栋", "房号", "合同面积", "实测面积", "登记面积", "业主"]
    rows = (["3", "501", "88", "89", "90", "甲"], ["3", "502", "88", "89", "", "乙"], ["3", "503", "88", "", "", "丙"])
    reading = read_rows(*rows, head=head)
    assert [(line.area_centi, line.area_source.value) for line in reading.lines] == [
        (9000, "register"),
        (8900, "survey"),
        (8800, "contract"),
    ]


def test_a_column_of_ones_own_name_is_read_as_the_estate_said():
    head = ["楼栋", "单元", "门户", "套内外合计", "产权方"]
    row = ["3", "2", "501", "90", "张三"]
    assert {fault.words["what"] for fault in read_rows(row, head=head).faults} == {"房号", "业主姓名", "面积"}
    remembered = {"门户": "room", "套内外合计": "area_survey", "产权方": "owner"}
    line = only(read_rows(row, head=head, remembered=remembered))
    assert (line.code, line.area_source.value) == ("3-2-501", "survey")


def test_a_list_without_a_header_or_without_units_says_so():
    assert said(read({"名册": [["a", "b", "c"], ["1", "2", "3"]]}, {})) == [("名册", 0, "", "estate_no_header")]
    assert said(read({"名册": []}, {})) == [("名册", 0, "", "estate_nothing_read")]
    assert said(read_rows()) == [("名册", 0, "", "estate_nothing_read")]


def test_a_guardian_goes_with_one_owner():
    head = [*HEAD, "监护人"]
    assert only(read_rows(["3", "2", "501", "90", "张小豆", "", "张三"], head=head)).owners[0].guardian == "张三"
    line = only(read_rows(["3", "2", "501", "90", "张三、张小豆", "", "无、李四"], head=head))
    assert [owner.guardian for owner in line.owners] == ["", "李四"]
    assert said(read_rows(["3", "2", "501", "90", "张三、张小豆", "", "李四"], head=head)) == [
        ("名册", 2, "监护人", "estate_guardian_unclear")
    ]


def test_all_faults_of_a_file_are_said_at_once():
    reading = read_rows(
        ["3", "2", "501", "没有", "张三", "1.10E+17"],
        ["3", "2", "502", "90", "", ""],
        ["3", "2", "503", "90", "王五", ""],
        ["3", "2", "503", "90", "赵六", ""],
    )
    assert {fault.row for fault in reading.faults} == {2, 3, 5}
    assert len(reading.faults) == 4


def _unit(code, **fields):
    values = {"label": code, "building": "3号楼", "kind": "home", "area_centi": 9000, "area_source": "register"}
    owners = frozenset({("张三", "张三")})
    return UnitFacts(code=code, **({**values, "sale": "sold", "owners": owners} | fields))


def test_the_difference_names_what_comes_changes_and_goes():
    stored = {unit.code: unit for unit in (_unit("1"), _unit("2"), _unit("3"), _unit("9", building="9号楼"))}
    found = differences(stored, [_unit("1"), _unit("2", area_centi=9100), _unit("4")])
    assert [unit.code for unit in found.added] == ["4"]
    assert [(change.code, change.fields) for change in found.changed] == [
        ("2", (("面积", "90.00㎡（不动产登记）", "91.00㎡（不动产登记）"),))
    ]
    # The ninth building is not in the file at all: it stays.
    assert [unit.code for unit in found.gone] == ["3"]
