"""Names of places in one spelling, so that the same home is found again whoever wrote it down."""

import re

from .kinds import PlaceKind

LEVELS: dict[PlaceKind, int] = {
    PlaceKind.DISTRICT: 0,
    PlaceKind.STREET: 1,
    PlaceKind.TOWNSHIP: 1,
    PlaceKind.COMMUNITY: 2,
    PlaceKind.VILLAGE: 2,
    PlaceKind.COMPOUND: 3,
    PlaceKind.GROUP: 3,
    PlaceKind.BUILDING: 4,
    PlaceKind.STAIRWELL: 5,
    PlaceKind.UNIT: 6,
}
_NUMERALS = "零一二三四五六七八九"
_NUMBER = re.compile(r"\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_BUILDING = re.compile(r"(?:#?号?楼|号?栋|号?幢|号|#)?")
_ROOM = re.compile(r"([A-Za-z]{0,2}-?\d[\dA-Za-z\-]*)(?:室|号|户|房)?")
_DASHED = re.compile(r"(\d+)-(\d+)-(\d+[A-Za-z]?)")
_WRITTEN_OUT = re.compile(r"(.+?(?:号楼|栋|幢|#楼?))(?:(.+?)单元)?([A-Za-z]?\d+[A-Za-z]?)(?:室|房|号)?")
_OFFICE_WORDS = re.compile(r"(?<=村)(?:村民委员会|村委会|委会|民委员会)$|(?<=社区)(?:居民委员会|居委会)$")
_SHORTENED = (
    ("居民委员会", "居委会"),
    ("村民委员会", "村委会"),
    ("业主委员会", "业委会"),
    ("物业管理委员会", "物管会"),
    ("监督委员会", "监委会"),
    ("工作委员会", "党工委"),
    ("总支部委员会", "党总支"),
    ("支部委员会", "党支部"),
)
_COMPANY_WORDS = re.compile(r"(?:服务)?(?:股份|责任)?有限(?:责任)?公司|服务公司$")


def _number(text: str) -> int:
    """A whole number written in digits or, below a hundred, in Chinese."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS.index(text)
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)


def building_name(text: str) -> str:
    """1, 1栋, 1#, 一号楼 and 01幢 are all 1号楼; a letter is a 座; other names stay as written."""
    plain = text.removeprefix("第")
    found = _NUMBER.match(plain)
    if found and _BUILDING.fullmatch(plain[found.end() :]):
        return f"{_number(found.group())}号楼"
    lettered = re.fullmatch(r"([A-Za-z]\d*|\d+[A-Za-z])(?:座|号?楼|栋|幢|#)?", plain)
    if lettered:
        return lettered[1].upper() + ("座" if lettered[1].isalpha() else "号楼")
    return text


def stairwell_name(text: str) -> str:
    """2, 二单元 and 第2单元 are all 2单元; other names stay as written."""
    plain = text.removeprefix("第").removesuffix("单元")
    found = _NUMBER.fullmatch(plain)
    if found:
        return f"{_number(plain)}单元"
    return f"{plain.upper()}单元" if re.fullmatch(r"[A-Za-z]", plain) else text


def unit_name(text: str, parent: PlaceKind) -> str:
    """501, 0501 and 501房 are 501室 in a building; 12 is 12户 in a village and 12号 straight in a compound."""
    found = _ROOM.fullmatch(text)
    if not found:
        return text
    room = str(int(found[1])) if found[1].isdigit() else found[1].upper()
    endings = {PlaceKind.COMPOUND: "号", PlaceKind.GROUP: "户", PlaceKind.VILLAGE: "户"}
    return room + endings.get(parent, "室")


def split_room(text: str) -> tuple[str, str, str] | None:
    """Building, stairwell and room out of one cell: 3-2-501 or 3号楼2单元501室; None when it is only a room."""
    found = _DASHED.fullmatch(text) or _WRITTEN_OUT.fullmatch(text)
    return (found[1], found[2] or "", found[3]) if found else None


def place_key(kind: PlaceKind, name: str) -> tuple[int, str]:
    """Under what a place is found among its siblings, however it was spelt when it was made."""
    level = LEVELS[kind]
    if kind == PlaceKind.BUILDING:
        return level, building_name(name)
    if kind == PlaceKind.STAIRWELL:
        return level, stairwell_name(name)
    if kind == PlaceKind.UNIT:
        found = _ROOM.fullmatch(name)
        return level, unit_name(name, PlaceKind.BUILDING) if found else name
    return level, _group_key(name) if level == LEVELS[PlaceKind.GROUP] else name


def _group_key(name: str) -> str:
    plain = name.removeprefix("第")
    ending = next((ending for ending in ("村民小组", "小组", "组") if plain.endswith(ending)), "")
    plain = plain.removesuffix(ending)
    return f"{_number(plain)}组" if _NUMBER.fullmatch(plain) else name


def street_kind(name: str) -> PlaceKind:
    """Whether a place below the district is a township by its name; else it is a street."""
    return PlaceKind.TOWNSHIP if name.endswith(("镇", "乡", "苏木")) else PlaceKind.STREET


def community_kind(name: str) -> PlaceKind:
    """Whether a place below the street is a village by its name; else it is a community."""
    return PlaceKind.VILLAGE if name.endswith(("村", "嘎查")) else PlaceKind.COMMUNITY


def community_name(text: str) -> str:
    """A community's own name where its committee was named: 和顺社区居委会 is 和顺社区, 北岗村委会 is 北岗村."""
    return _OFFICE_WORDS.sub("", text)


def compound_kind(name: str, community: PlaceKind) -> PlaceKind:
    """In a village, what ends in 组, 队, 屯 or is a number is a villagers' group; everything else is a compound."""
    grouped = name.endswith(("组", "队", "屯", "自然村")) or _NUMBER.fullmatch(name)
    return PlaceKind.GROUP if community == PlaceKind.VILLAGE and grouped else PlaceKind.COMPOUND


def compound_name(text: str, kind: PlaceKind) -> str:
    """A bare number is a villagers' group: 3 is 3组."""
    return f"{text}组" if kind == PlaceKind.GROUP and _NUMBER.fullmatch(text) else text


def short_place(name: str) -> str:
    """The name used in numbers: 和顺 for 和顺社区; a name that would leave one character stays whole."""
    short = re.sub(r"(?:社区|村|嘎查)$", "", name)
    return (short if len(short) > 1 else name)[:12]


def short_body(name: str) -> str:
    """How people call a body: 和顺社区居委会, 和顺社区党委, 安居物业."""
    is_party = name.startswith(("中共", "中国共产党"))
    short = name.removeprefix("中国共产党").removeprefix("中共")
    for long, brief in _SHORTENED:
        if short.endswith(long):
            stem = short.removesuffix(long)
            return ((stem.removesuffix("党") if brief.startswith("党") else stem) + brief)[:20]
    if is_party and short.endswith("委员会"):
        return (short.removesuffix("委员会") + "党委")[:20]
    return (_COMPANY_WORDS.sub("", short) or short)[:20]
