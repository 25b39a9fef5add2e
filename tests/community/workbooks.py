"""Workbooks as offices send them, for the tests of setting up."""

import io

import openpyxl

HEADS = {
    "地点": ["区县", "街道/乡镇", "社区/村", "小区/村民小组", "楼栋", "单元", "房号", "建筑面积", "简称"],
    "组织": ["类型", "全称", "简称", "所在地点", "上级党组织", "电话"],
    "任职": ["姓名", "手机号", "昵称", "组织", "所在地点", "职务", "开始日期", "结束日期"],
    "居民": [
        "街道/乡镇",
        "社区/村",
        "小区/村民小组",
        "楼栋",
        "单元",
        "房号",
        "姓名",
        "手机号",
        "与住房的关系",
        "出生日期",
    ],
}
HERE = ["示例区", "示例街道", "新桥社区", "新桥花园", "3号楼", "2单元"]
GOOD = {
    "地点": [[*HERE, "501", 106.35, "新桥"], [*HERE, "502", 88, ""]],
    "组织": [
        ["党组织", "中共新桥社区委员会", "", "新桥社区", "", ""],
        ["居委会", "新桥社区居民委员会", "", "新桥社区", "", "0400-1"],
    ],
    "任职": [["赵敏", "13700000001", "", "新桥社区居委会", "", "主任", "2024.1.1", "2099.12.31"]],
    "居民": [
        [*HERE[1:], "501", "孙丽", "13700000003", "家人", ""],
        [*HERE[1:], "502", "孙小宝", "", "家人", "2015年6月1日"],
    ],
}


def workbook(**changes):
    """A workbook as bytes: the good rows, or others for a sheet; None leaves the sheet out."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {**GOOD, **changes}.items():
        if rows is not None:
            page = book.create_sheet(name)
            for row in [HEADS[name], *rows]:
                page.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    file.name = "新桥.xlsx"
    file.seek(0)
    return file
