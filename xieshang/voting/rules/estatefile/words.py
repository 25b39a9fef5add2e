"""Words of an estate's list: kinds of units, sale states, sources of areas; areas and names as people type them."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from xieshang.lib.refusals import Refusal

from ..estate import AreaSource
from ..voters import Sale, UnitKind
from . import faults as no

_KINDS = {
    UnitKind.COMMON: "公共 公用 物业用房 居委会用房 社区用房 业委会用房 配套 架空层 设备 配电 值班 门卫 公建",
    UnitKind.PARKING: "车位 车库 停车 地下室车 机动车",
    UnitKind.SHOP: "商铺 商业 门市 门面 底商 网点 商服 商用 店铺 办公 非住宅 商网",
    UnitKind.HOME: "住宅 住房 居住 公寓 别墅 居民 自住",
}
_UNDELIVERED = ("已售未交", "未交付", "未交房", "未收房", "售未交", "待交付", "未入住交付")
_UNSOLD = ("未售", "待售", "库存", "未卖", "自持", "开发商")
_SOLD = ("已售", "已交", "交付", "售出", "入住", "已收房", "自用", "出租", "空置", "正常", "装修")
_SOURCES = {
    AreaSource.REGISTER: ("登记", "产权", "房产证", "不动产", "产证"),
    AreaSource.SURVEY: ("测绘", "实测", "竣工"),
    AreaSource.CONTRACT: ("合同", "预售", "预测"),
}
DEVELOPER_WORDS = ("开发商", "开发公司", "开发建设单位", "建设单位", "未售", "待售", "开发企业")
_AREA_UNIT = re.compile(r"(?:m2|m\^2|平方米|平米|平方|平)$", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+")
_LARGEST = 10_000_000
_SEPARATORS = re.compile(r"[、,;/|&\n]|(?<=[\u3400-\u9fff])(?:和|与|及)(?=[\u3400-\u9fff]{2,4}$)")


def kind_named(text: str) -> UnitKind | None:
    """The kind of unit that a word names."""
    return next((kind for kind, words in _KINDS.items() if any(word in text for word in words.split())), None)


def sale_named(text: str) -> Sale | None:
    """The sale state that a word names; sold and not handed over comes before both."""
    for sale, words in ((Sale.UNDELIVERED, _UNDELIVERED), (Sale.UNSOLD, _UNSOLD), (Sale.SOLD, _SOLD)):
        if any(word in text for word in words):
            return sale
    return None


def source_named(text: str) -> AreaSource | None:
    """Where an area comes from, by a word."""
    return next((source for source, words in _SOURCES.items() if any(word in text for word in words)), None)


def area_in(cell: object, text: str) -> tuple[int | None, Refusal | None]:
    """An area in 0.01 m², halves rounded up: 106.35, 1,234.50㎡, 10 6. 35; or why not. Nothing for an empty cell."""
    plain = _AREA_UNIT.sub("", text.replace(" ", ""))
    if not plain:
        return None, None
    if isinstance(cell, float):
        plain = repr(cell)
    elif not _NUMBER.fullmatch(plain):
        return None, no.BAD_AREA
    try:
        exact = Decimal(plain.replace(",", "")) * 100
        centi = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, OverflowError, ValueError):
        return None, no.BAD_AREA
    if centi <= 0:
        return None, no.AREA_NOT_ABOVE_ZERO
    return (centi, None) if centi <= _LARGEST else (None, no.AREA_TOO_LARGE)


def pieces(text: str) -> list[str]:
    """What stands in one cell, apart: by strokes, commas, semicolons and line ends."""
    return [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]


def names_in(text: str) -> list[str]:
    """Names in one cell. A blank parts two names of two characters or more, and is nothing within 张 三."""
    return [name for piece in pieces(text) for name in _by_blanks(piece)]


def _by_blanks(piece: str) -> list[str]:
    parts = piece.split(" ")
    if len(parts) < 2 or not all(part[0] >= "\u3400" for part in parts if part):
        return [piece]
    return parts if all(len(part) > 1 for part in parts) else ["".join(parts)]
