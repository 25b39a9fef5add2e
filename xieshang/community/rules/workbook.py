"""The workbook a community is set up from: its four sheets, their columns, and the words in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .kinds import ROLES_OF, BodyKind, PlaceKind, Role

_BRACKETS = re.compile(r"[(\[【].*?[)\]】]|[*:\s]")
_HEADER_WITHIN = 30
# Rows under a table that only add it up.
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
# Sample rows of the template begin like this and are passed over.
SAMPLE = "例:"


class Sheet(StrEnum):
    """The four sheets, in the order in which they build on one another."""

    PLACES = "地点"
    BODIES = "组织"
    OFFICES = "任职"
    RESIDENTS = "居民"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its own name and by others that people give it; `fills`: an empty cell means the one above."""

    name: str
    other_names: tuple[str, ...] = ()
    required: bool = False
    fills: bool = False


_DISTRICT = Column("区县", ("区", "县", "市区", "区/县", "县区"), fills=True)
_STREET = Column("街道/乡镇", ("街道", "乡镇", "镇", "乡", "镇街", "街镇", "街道（乡镇）", "所属街道"), fills=True)
_COMMUNITY = Column("社区/村", ("社区", "村", "所属社区", "社区名称", "行政村", "村居"), fills=True)
_COMPOUND = Column("小区/村民小组", ("小区", "村民小组", "小组", "组", "小区名称", "组别"))
_BUILDING = Column("楼栋", ("楼号", "栋", "幢", "楼", "楼栋号", "幢号", "栋号", "楼幢"))
_STAIRWELL = Column("单元", ("单元号", "门", "单元名称"))
_ROOM = Column("房号", ("室", "房间号", "门牌", "门牌号", "户号", "室号", "房间", "房屋号"))
_NAME = Column("姓名", ("名字", "居民姓名", "人员姓名", "户主姓名"), required=True)
_PHONE = ("手机", "手机号码", "联系电话", "电话", "联系方式", "移动电话", "电话号码")
_BODY = Column("组织", ("组织名称", "单位", "所在组织", "任职单位"), required=True)

SHEETS: dict[Sheet, tuple[Column, ...]] = {
    Sheet.PLACES: (
        _DISTRICT,
        _STREET,
        Column(_COMMUNITY.name, _COMMUNITY.other_names, required=True, fills=True),
        _COMPOUND,
        _BUILDING,
        _STAIRWELL,
        _ROOM,
        Column("建筑面积", ("面积", "房屋面积", "专有部分面积", "产权面积")),
        Column("简称", ("社区简称",)),
    ),
    Sheet.BODIES: (
        Column("类型", ("组织类型", "类别", "性质"), required=True),
        Column("全称", ("名称", "组织全称", "组织名称", "单位名称"), required=True),
        Column("简称", ("组织简称",)),
        Column("所在地点", ("地点", "所在地", "负责范围", "管辖范围", "服务范围"), required=True),
        Column("上级党组织", ("上级组织", "隶属党组织", "上级")),
        Column("电话", ("联系电话", "办公电话", "值班电话", "联系方式")),
    ),
    Sheet.OFFICES: (
        _NAME,
        Column("手机号", _PHONE, required=True),
        Column("昵称", ("称呼", "网名")),
        _BODY,
        Column("所在地点", ("地点", "所在地")),
        Column("职务", ("职位", "岗位", "担任职务"), required=True),
        Column("开始日期", ("任职日期", "上任日期", "开始时间", "任职时间", "起始日期"), required=True),
        Column("结束日期", ("届满日期", "到期日期", "结束时间", "离任日期", "任期至")),
    ),
    Sheet.RESIDENTS: (
        _STREET,
        _COMMUNITY,
        _COMPOUND,
        _BUILDING,
        _STAIRWELL,
        Column(_ROOM.name, _ROOM.other_names, required=True),
        _NAME,
        Column("手机号", _PHONE),
        Column("与住房的关系", ("关系", "身份", "住户类型", "与户主关系")),
        Column("出生日期", ("出生年月", "生日", "出生年月日")),
    ),
}

BODY_WORDS: dict[BodyKind, tuple[str, ...]] = {
    BodyKind.PARTY_ORG: ("党组织", "党委", "党总支", "党支部", "党工委", "党委会", "社区党组织", "总支", "支部"),
    BodyKind.RESIDENTS_COMMITTEE: ("居委会", "居民委员会", "社区居委会"),
    BodyKind.VILLAGERS_COMMITTEE: ("村委会", "村民委员会"),
    BodyKind.SUPERVISION_COMMITTEE: ("监督委员会", "监委会", "居务监督委员会", "村务监督委员会", "居监会", "村监会"),
    BodyKind.HOMEOWNERS_COMMITTEE: ("业委会", "业主委员会"),
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE: ("物管会", "物业管理委员会"),
    BodyKind.PROPERTY_COMPANY: ("物业企业", "物业", "物业公司", "物业服务企业", "物业服务人"),
    BodyKind.STREET_OFFICE: ("街道办事处", "街道办", "街道", "镇政府", "乡政府", "镇人民政府", "乡人民政府"),
    BodyKind.DISTRICT_OFFICE: ("区级部门", "区部门", "县级部门", "区政府部门", "县政府部门"),
    BodyKind.STATIONED_UNIT: ("驻区单位", "辖区单位", "驻村单位", "共建单位"),
    BodyKind.SOCIAL_ORGANISATION: ("社会组织", "社区社会组织"),
}
ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.PARTY_SECRETARY: ("书记", "党委书记", "党支部书记", "党总支书记", "社区书记", "支书"),
    Role.PARTY_MEMBER: ("委员", "副书记", "党委委员", "支部委员", "组织委员", "宣传委员", "纪检委员"),
    Role.COMMITTEE_CHAIR: ("主任", "居委会主任", "村委会主任", "村主任"),
    Role.COMMITTEE_MEMBER: ("委员", "副主任", "居委会委员", "村委会委员", "成员"),
    Role.GRID_WORKER: ("网格员", "专职网格员", "兼职网格员", "网格长"),
    Role.OWNERS_CHAIR: ("主任", "业委会主任", "物管会主任"),
    Role.OWNERS_MEMBER: ("委员", "副主任", "业委会委员", "物管会委员", "成员"),
    Role.PROPERTY_MANAGER: ("项目经理", "经理", "物业经理", "项目负责人", "负责人"),
    Role.PROPERTY_STAFF: ("工作人员", "管家", "客服", "员工", "保安", "维修"),
    Role.STREET_OFFICER: ("工作人员", "科员", "科长", "主任", "副主任", "街道干部", "干部", "镇干部"),
    Role.DISTRICT_OFFICER: ("工作人员", "科员", "科长", "干部", "副科长"),
    Role.SUPERVISOR: ("监督员", "主任", "委员", "监委会主任", "监委会委员", "成员"),
    Role.UNIT_REPRESENTATIVE: ("代表", "负责人", "联络员", "联系人", "会长"),
}
# What neighbours call somebody in this role: surname and this word.
CALLED: dict[Role, str] = {
    Role.PARTY_SECRETARY: "书记",
    Role.PARTY_MEMBER: "委员",
    Role.COMMITTEE_CHAIR: "主任",
    Role.COMMITTEE_MEMBER: "委员",
    Role.GRID_WORKER: "网格员",
    Role.OWNERS_CHAIR: "主任",
    Role.OWNERS_MEMBER: "委员",
    Role.PROPERTY_MANAGER: "经理",
    Role.SUPERVISOR: "监督员",
    Role.UNIT_REPRESENTATIVE: "代表",
}
_EVERYWHERE = frozenset(PlaceKind) - {PlaceKind.STAIRWELL, PlaceKind.UNIT}
_LOCAL = frozenset({PlaceKind.COMMUNITY, PlaceKind.VILLAGE})
_ESTATES = frozenset({PlaceKind.COMPOUND, PlaceKind.GROUP, PlaceKind.BUILDING})
# Where a body may stand, by its nature.
BODY_PLACES: dict[BodyKind, frozenset[PlaceKind]] = {
    BodyKind.PARTY_ORG: _EVERYWHERE,
    BodyKind.RESIDENTS_COMMITTEE: frozenset({PlaceKind.COMMUNITY}),
    BodyKind.VILLAGERS_COMMITTEE: frozenset({PlaceKind.VILLAGE}),
    BodyKind.SUPERVISION_COMMITTEE: _LOCAL,
    BodyKind.HOMEOWNERS_COMMITTEE: _ESTATES,
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE: _ESTATES,
    BodyKind.PROPERTY_COMPANY: _ESTATES | _LOCAL,
    BodyKind.STREET_OFFICE: frozenset({PlaceKind.STREET, PlaceKind.TOWNSHIP}),
    BodyKind.DISTRICT_OFFICE: frozenset({PlaceKind.DISTRICT}),
    BodyKind.STATIONED_UNIT: _EVERYWHERE,
    BodyKind.SOCIAL_ORGANISATION: _EVERYWHERE,
}


def sheet_named(name: str) -> Sheet | None:
    """Which of the four a sheet is: its name holds the word, as in 1.地点 or 居民名单."""
    return next((sheet for sheet in Sheet if sheet in name), None)


def column_named(sheet: Sheet, cell: str) -> Column | None:
    """Which column a header cell names; stars, brackets and blanks do not matter."""
    word = _BRACKETS.sub("", cell)
    columns = SHEETS[sheet]
    named = next((column for column in columns if column.name == word), None)
    return named or next((column for column in columns if word in column.other_names), None)


def header_of(sheet: Sheet, rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, Column]] | None:
    """The row that names the most columns, at least two, and which column stands where; titles above it are left."""
    best: tuple[int, dict[int, Column]] | None = None
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        places: dict[int, Column] = {}
        for position, cell in enumerate(row):
            column = column_named(sheet, cell) if cell else None
            if column and column not in places.values():
                places[position] = column
        if len(places) > max(1, len(best[1]) if best else 0):
            best = at, places
    return best


def body_kind_named(word: str) -> BodyKind | None:
    """The kind of a body by the word in the sheet."""
    return next((kind for kind, words in BODY_WORDS.items() if word in words), None)


def role_named(kind: BodyKind, word: str) -> Role | None:
    """The role that a word names in a body of this kind; a deputy has a member's powers."""
    fitting = [role for role in Role if role in ROLES_OF[kind]]
    return next((role for role in fitting if word in ROLE_WORDS[role]), None)


def role_words(kind: BodyKind) -> list[str]:
    """The words for the roles of a body of this kind, one each."""
    return [ROLE_WORDS[role][0] for role in Role if role in ROLES_OF[kind]]
