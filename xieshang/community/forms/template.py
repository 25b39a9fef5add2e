"""The workbook to fill in: how each column is written, a sample row, headers that stay in sight."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..rules import SHEETS, Sheet
from ..rules.workbook import BODY_WORDS, ROLE_WORDS

_ROWS = 5000
_HEAD = PatternFill("solid", fgColor="DDEEEC")
_SAMPLES: dict[Sheet, list[list[str]]] = {
    Sheet.PLACES: [
        ["例：示例区", "示例街道", "和顺社区", "明湖家园", "3号楼", "2单元", "501室", "106.35", "和顺"],
        ["例：示例区", "示例镇", "北岗村", "一组", "", "", "12", "", ""],
    ],
    Sheet.BODIES: [
        ["例：党组织", "中共和顺社区委员会", "和顺社区党委", "和顺社区", "中共示例街道工作委员会", "0400-1234567"],
        ["例：居委会", "和顺社区居民委员会", "和顺社区居委会", "和顺社区", "", "0400-1234568"],
        ["例：业委会", "明湖家园业主委员会", "", "明湖家园", "", ""],
    ],
    Sheet.OFFICES: [
        ["例：张敏", "13900000000", "", "和顺社区居委会", "", "主任", "2024年1月1日", "2028年12月31日"],
        ["例：李建国", "13900000001", "李书记", "和顺社区党委", "", "书记", "2024.1.1", ""],
    ],
    Sheet.RESIDENTS: [
        ["例：示例街道", "和顺社区", "明湖家园", "3号楼", "2单元", "501室", "王桂芳", "13900000002", "家人", ""],
        ["例：示例镇", "北岗村", "一组", "", "", "12", "周小满", "", "家人", "2014年5月6日"],
    ],
}


def template_workbook() -> bytes:
    """The template as a file: a sheet that explains, then the four sheets with their columns."""
    book = Workbook()
    _explain(book.active)
    for sheet in Sheet:
        _lay_out(book.create_sheet(sheet.value), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _explain(page: Worksheet) -> None:
    page.title = _("填写说明")
    for line in _lines():
        page.append(line)
    page["A1"].font = Font(bold=True, size=14)
    for column, width in (("A", 10), ("B", 16), ("C", 10), ("D", 80)):
        page.column_dimensions[column].width = width
    for (cell,) in page.iter_rows(min_col=4, max_col=4):
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lines() -> list[list[str]]:
    lines = [
        [_("填写说明")],
        [_("一、四张表可以只填用得着的；表名和标题行请不要改，标题上面可以留大标题。")],
        [_("二、以“例：”开头的行是样子，不会导入，删不删都可以。")],
        [_("三、先试算，有问题的每一行都会告诉您怎么改；全部没有问题才导入，要么全部进去，要么一行不进。")],
        [_("四、同一份表再传一次只会更新，不会重复；表里没有的，系统里原样保留。空着的格子不改原来的内容。")],
        [],
        [_("表"), _("列"), _("要不要填"), _("怎么写")],
    ]
    hints = _hints()
    for sheet, columns in SHEETS.items():
        for column in columns:
            needed = _("必填") if column.required else _("看情况")
            lines.append([sheet.value, column.name, needed, hints.get((sheet, column.name), "")])
    return lines


def _hints() -> dict[tuple[Sheet, str], str]:
    places, bodies, offices, residents = Sheet
    return {
        (places, "区县"): _("系统里只有一个区县时可以空着。合并的单元格、只写第一行，都可以。"),
        (places, "街道/乡镇"): _("写全称，例如“示例街道”“示例镇”。"),
        (places, "社区/村"): _("写全称，例如“和顺社区”“北岗村”。"),
        (places, "小区/村民小组"): _("社区里的房子都要写小区；村里写村民小组。"),
        (places, "楼栋"): _("“3”“3栋”“3号楼”都算同一栋。没有就空着。"),
        (places, "单元"): _("“2”“2单元”都可以。没有就空着。"),
        (places, "房号"): _("一户写一行。“501”“501室”都可以；村里写门牌，例如“12”。"),
        (places, "建筑面积"): _("平方米，例如106.35。业主表决要用；不知道就空着。"),
        (places, "简称"): _("社区在编号里用的短名，例如“和顺”。不写就从全称里取；不能和别的社区一样。"),
        (bodies, "类型"): "、".join(words[0] for words in BODY_WORDS.values()),
        (bodies, "全称"): _("和公章一样的全称。"),
        (bodies, "简称"): _("居民平时怎么叫，例如“和顺社区居委会”。不写就从全称里取。"),
        (bodies, "所在地点"): _("它负责的区县、街道、社区、村或小区，写成和“地点”表一样；重名时把上一级也写上。"),
        (bodies, "上级党组织"): _("党组织写它的上级；其他组织可以空着。"),
        (offices, "姓名"): _("真实姓名。页面上只显示称呼和职务。"),
        (offices, "手机号"): _("本人登录用的手机号，一格只写一个。"),
        (offices, "昵称"): _("页面上显示的称呼。不写就用姓加职务，例如“张主任”。"),
        (offices, "组织"): _("“组织”表里的全称或简称。"),
        (offices, "所在地点"): _("有几个同名组织时才要写。"),
        (offices, "职务"): "、".join(dict.fromkeys(words[0] for words in ROLE_WORDS.values()))
        + _("。副主任、副书记和委员的权限一样。"),
        (offices, "开始日期"): _("例如2026年3月1日、2026.3.1。"),
        (offices, "结束日期"): _("任期最后一天，过了这一天权力自动停止。没有定就空着。"),
        (residents, "社区/村"): _("只有一个社区时可以空着。"),
        (residents, "房号"): _("和“地点”表里的同一户写法对得上就行。"),
        (residents, "手机号"): _("没有就空着。号码对得上的人申请住房认证时马上通过（业主身份仍由居委会核实）。"),
        (residents, "与住房的关系"): _("只供您自己核对，不导入。"),
        (residents, "出生日期"): _("只用来标明未满18岁的人，成年人的生日不保存。可以空着。"),
    }


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    columns = SHEETS[sheet]
    page.append([column.name for column in columns])
    for sample in _SAMPLES[sheet]:
        page.append(sample)
        for cell in page[page.max_row]:
            cell.font = Font(italic=True, color="767676")
    for at, column in enumerate(columns, start=1):
        head = page.cell(1, at)
        head.font, head.fill = Font(bold=True), _HEAD
        dimension = page.column_dimensions[get_column_letter(at)]
        dimension.width = max(12, 2 * len(column.name) + 6)
        # As text, so that a spreadsheet leaves numbers and dates as they are typed.
        dimension.number_format = "@"
    page.freeze_panes = "A2"
    if sheet == Sheet.BODIES:
        _offer(page, "A", [words[0] for words in BODY_WORDS.values()])
    if sheet == Sheet.OFFICES:
        _offer(page, "F", list(dict.fromkeys(words[0] for words in ROLE_WORDS.values())))


def _offer(page: Worksheet, column: str, words: list[str]) -> None:
    """Words to choose from in a column; others may still be typed."""
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
    choice.add(f"{column}2:{column}{_ROWS}")
    page.add_data_validation(choice)
