"""Figures out of a pasted notice, filled in for the reader to check; nothing is guessed. Pure."""

import re
from dataclasses import dataclass, field

from .noticeend import Said, said_in
from .paper import ABSTAIN, AGAINST, AGREE, NONE_OF_THESE

_WIDTHS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
# ３０，０００: a comma of full width between digits and three more.
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT = r"(?:[(（](?:占[^()（）%]{0,12})?(\d+(?:\.\d+)?)%[)）])?"
_UNIT = "㎡|m²|m2|平方米|平米|平方"
_PAIR = re.compile(
    rf"([^\s，,。；;：:、()（）]{{0,24}}?)(?:人数|业主|户数)?([：:]?\s*)({_NUMBER})\s*[人户票]{_PERCENT}"
    rf"[、，,和及；;（(\s]*(?:[^\d，,。；;：:、()（）]{{0,14}}?面积|面积)?[：:]?\s*({_NUMBER})\s*(?:{_UNIT}){_PERCENT}"
)
# A row of a pasted table: a name, heads, area, after each perhaps its share; without units.
_ROW = re.compile(
    rf"^[ \t　]*([^\s\d][^\t\n]*?)[ \t　]+({_NUMBER})(?:[ \t　]+(\d+(?:\.\d+)?)%)?"
    rf"[ \t　]+({_NUMBER})(?:[ \t　]+(\d+(?:\.\d+)?)%)?[ \t　]*$",
    re.MULTILINE,
)
# 第二百七十八条第一款第九项, 第278条第(九)项.
_ITEM = re.compile(r"(?:二百七十八|278)条[^。；;]{0,8}?第[（(]?([一二三四五六七八九1-9])[）)]?项")
_LEFT = re.compile(rf"[^\s，,。；;：:、()（）\d]{{0,10}}[：:]?[ ]?-?\d[\d ,.]*\s*万?(?:[人户票]|{_UNIT})")
_EVERYBODY = ("应参加", "应参与", "应到", "全体业主", "总户数", "总人数", "共有业主", "业主总")
_PART = ("参与表决", "实际参与", "实际参加", "参加表决", "参加投票", "参与投票", "收回")
_PART_ALONE = frozenset({"参与", "参加", "实到", "参会", "投票"})
_AGAINST = ("不同意", "反对")
_SIDES = frozenset({AGREE, AGAINST, ABSTAIN, NONE_OF_THESE})
_TRIMMED = re.compile(r"^(?:其中|为|其余|的|投|是|和|及|有|选择|选)+|(?:的|有|为|票|共|：|:)+$")


@dataclass(frozen=True, slots=True)
class Found:
    """A pair of figures with its percentages, as printed."""

    heads: str
    area: str
    heads_percent: str | None = None
    area_percent: str | None = None


@dataclass(slots=True)
class Draft:
    """What was found in a text."""

    everybody: Found | None = None
    part: Found | None = None
    invalid: Found | None = None
    choices: dict[str, Found] = field(default_factory=dict)
    # The end that the text states, and the item of art. 278(1) that it names; None where it is not plain.
    said: Said | None = None
    item: int | None = None
    # Figures that went nowhere, as they stand in the text.
    left: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that could be used."""
        return self.everybody is None and self.part is None and not self.choices

    def take(self, name: str, found: Found) -> bool:
        """Keep a pair under its name; not one without a name, nor a second one of the same."""
        # Of 总户数 and 总人数 the 总 is left here: the total of a side is the side, any other that of all.
        side, is_total = _choice(name.removesuffix("总")), name.endswith("总")
        if any(word in name for word in _EVERYBODY):
            place, given = "everybody", self.everybody
        elif any(word in name for word in _PART) or _TRIMMED.sub("", name) in _PART_ALONE:
            place, given = "part", self.part
        elif "无效" in name or "废票" in name:
            place, given = "invalid", self.invalid
        elif is_total and side not in _SIDES:
            place, given = "everybody", self.everybody
        else:
            return bool(side) and self.choices.setdefault(side, found) is found
        if given is None:
            setattr(self, place, found)
        return given is None


def read_text(text: str) -> Draft:
    """Every pair of heads and area under the name before it; what is left over is listed, never guessed."""
    items = set(_ITEM.findall(text))
    draft = Draft(said=said_in(text), item=_number(items.pop()) if len(items) == 1 else None)
    rest = _WIDE_COMMA.sub(",", text.translate(_WIDTHS))
    for pattern in (_PAIR, _ROW):
        rest = pattern.sub(lambda match: "\n" if _take(draft, match) else match[0], rest)
    draft.left = [" ".join(part.split()) for part in _LEFT.findall(rest)]
    return draft


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else "一二三四五六七八九".index(numeral) + 1


def _take(draft: Draft, match: re.Match[str]) -> bool:
    """Whether this pair was taken; 业主1 234人 is none: it may be 1234 or 234."""
    if match.re is _ROW:
        name, heads, heads_percent, area, area_percent = match.groups()
    else:
        name, gap, heads, heads_percent, area, area_percent = match.groups()
        if gap.isspace() and name[-1:].isdigit() and "方案" not in name:
            return False
    return draft.take(name, Found(heads.replace(",", ""), area.replace(",", ""), heads_percent, area_percent))


def _choice(name: str) -> str:
    """The choice that a name stands for: 方案丙同意 is the plan 方案丙."""
    if "以上都" in name or "均不同意" in name:
        return NONE_OF_THESE
    if any(word in name for word in _AGAINST):
        return AGAINST
    if "弃权" in name:
        return ABSTAIN
    bare = _TRIMMED.sub("", name)
    if bare in ("同意", "赞成", "赞同", "支持"):
        return AGREE
    return _TRIMMED.sub("", bare.removesuffix("同意").removesuffix("赞成"))[:30]
