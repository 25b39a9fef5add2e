"""Which column of an estate's file is what: by its header, as guessed or as the estate said last time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import later as _

_ORNAMENT = re.compile(r"[(\[【].*?[)\]】]|[*:;\s、.。]")
_HEADER_WITHIN = 30


class Field(StrEnum):
    """What a column can hold."""

    BUILDING = "building"
    STAIRWELL = "stairwell"
    ROOM = "room"
    KIND = "kind"
    AREA_REGISTER = "area_register"
    AREA_SURVEY = "area_survey"
    AREA_CONTRACT = "area_contract"
    AREA = "area"
    AREA_SOURCE = "area_source"
    SALE = "sale"
    OWNER = "owner"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    GUARDIAN = "guardian"
    # Said to hold nothing of ours.
    NONE = "none"


FIELD_LABELS = {
    Field.BUILDING: _("楼号"),
    Field.STAIRWELL: _("单元"),
    Field.ROOM: _("房号"),
    Field.KIND: _("用途"),
    Field.AREA_REGISTER: _("面积（不动产登记）"),
    Field.AREA_SURVEY: _("面积（测绘）"),
    Field.AREA_CONTRACT: _("面积（合同）"),
    Field.AREA: _("面积（来源写在另一列）"),
    Field.AREA_SOURCE: _("面积来源"),
    Field.SALE: _("销售状态"),
    Field.OWNER: _("业主姓名"),
    Field.ID_NUMBER: _("证件号码"),
    Field.PHONE: _("电话"),
    Field.GUARDIAN: _("监护人"),
    Field.NONE: _("不用这一列"),
}
AREAS = (Field.AREA_REGISTER, Field.AREA_SURVEY, Field.AREA_CONTRACT, Field.AREA)
_NAMES: dict[Field, str] = {
    Field.BUILDING: "楼号 楼栋 栋 幢 楼 楼栋号 幢号 栋号 楼幢 座 楼栋名称 楼宇 栋座",
    Field.STAIRWELL: "单元 单元号 门 单元名称 门栋",
    Field.ROOM: "房号 室 室号 房间号 门牌 门牌号 户号 房间 房屋号 房屋 房屋编号 坐落 房屋坐落 车位号 房产 铺号",
    Field.KIND: "用途 房屋用途 类型 房屋类型 性质 房屋性质 规划用途 使用性质 业态 物业类型",
    Field.AREA_REGISTER: "登记面积 产权面积 产证面积 房产证面积 建筑面积 专有部分面积 面积 房屋面积 建面 专有面积",
    Field.AREA_SURVEY: "实测面积 测绘面积 实测建筑面积 竣工面积",
    Field.AREA_CONTRACT: "合同面积 预测面积 预售面积 合同建筑面积 购房面积",
    Field.AREA: "",
    Field.AREA_SOURCE: "面积来源 面积依据 来源",
    Field.SALE: "销售状态 状态 出售状态 交付状态 交房状态 房屋状态 是否交付 销售情况",
    Field.OWNER: "业主姓名 业主 产权人 权利人 姓名 所有权人 房主 户主 业主名称 产权人姓名 共有人 房屋所有权人 业主名",
    Field.ID_NUMBER: "证件号码 证件号 身份证号 身份证 身份证号码 身份证件号码 业主证件号 统一社会信用代码 业主身份证号",
    Field.PHONE: "电话 联系电话 手机 手机号 手机号码 联系方式 移动电话 业主电话",
    Field.GUARDIAN: "监护人 法定代理人 监护人姓名",
}
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a sheet: its last row (from 0), and the words of each column with what they were taken for."""

    at: int
    words: dict[int, str]
    fields: dict[int, Field]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with its header."""

    sheet: str
    heading: Heading
    rows: Sequence[Sequence[object]]


def plain(header: str) -> str:
    """A header without what does not matter: brackets, stars, colons, blanks."""
    return _ORNAMENT.sub("", header)


def guessed(header: str, remembered: Mapping[str, str]) -> Field | None:
    """What a header names: as this estate said last time, else by its words."""
    word = plain(header)
    if word in remembered and remembered[word] in set(Field):
        return Field(remembered[word])
    return _BY_NAME.get(word)


def heading_of(rows: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> Heading | None:
    """The header among the first rows: the one that names most columns, joined with a row of headers beside it."""
    best, most = None, 1
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        named = len({guessed(cell, remembered) for cell in row if cell} - {None})
        if named > most:
            best, most = at, named
    if best is None:
        return None
    last = best
    words = {place: cell for place, cell in enumerate(rows[best]) if cell}
    for beside in (best - 1, best + 1):
        if 0 <= beside < len(rows) and _is_header(rows[beside], remembered, below=beside > best):
            last = max(last, beside)
            words |= {
                place: cell
                for place, cell in enumerate(rows[beside])
                if cell and (place not in words or guessed(words[place], remembered) is None)
            }
    return Heading(last, words, _fields(words, remembered))


def _is_header(row: Sequence[str], remembered: Mapping[str, str], *, below: bool) -> bool:
    """Whether a row beside the header belongs to it: below, all of its words name columns; above, one of them does."""
    named = [guessed(cell, remembered) is not None for cell in row if cell]
    return bool(named) and (all(named) if below else any(named))


def _fields(words: Mapping[int, str], remembered: Mapping[str, str]) -> dict[int, Field]:
    """What each column holds; of two columns with one meaning the first counts."""
    fields: dict[int, Field] = {}
    for place, word in sorted(words.items()):
        field = guessed(word, remembered)
        if field and field != Field.NONE and field not in fields.values():
            fields[place] = field
    return fields


def missing_in(heading: Heading) -> list[str]:
    """Words for the columns without which nothing can be counted."""
    held = set(heading.fields.values())
    wanted = [(Field.ROOM, held & {Field.ROOM}), (Field.OWNER, held & {Field.OWNER})]
    missing = [FIELD_LABELS[field] for field, there in wanted if not there]
    if not held & set(AREAS):
        missing.append(_("面积"))
    if Field.AREA in held and Field.AREA_SOURCE not in held:
        missing.append(FIELD_LABELS[Field.AREA_SOURCE])
    return missing
