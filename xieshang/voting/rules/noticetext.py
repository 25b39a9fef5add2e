"""Figures out of a pasted notice, filled in for the reader to check; nothing is guessed. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .paper import ABSTAIN, AGAINST, AGREE, NONE_OF_THESE

_WIDTHS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT = r"(?:[(（](?:占[^()（）%]{0,12})?(\d+(?:\.\d+)?)%[)）])?"
_PAIR = re.compile(
    rf"([^\s，,。；;：:、()（）]{{0,24}}?)(?:人数|业主|户数)?[：:]?\s*({_NUMBER})\s*[人户票]{_PERCENT}"
    rf"[、，,和及；;\s]*(?:[^\d，,。；;：:、()（）]{{0,14}}?面积|面积)?[：:]?\s*({_NUMBER})\s*(?:㎡|m²|m2|平方米|平米|平方){_PERCENT}"
)
_EVERYBODY = ("应参加", "应参与", "应到", "全体业主", "总户数", "总人数", "共有业主", "业主总")
_PART = ("参与表决", "实际参与", "实际参加", "参加表决", "参加投票", "参与投票", "收回")
_AGAINST = ("不同意", "反对")
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

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that could be used."""
        return self.everybody is None and self.part is None and not self.choices


def read_text(text: str) -> Draft:
    """Every pair of heads and area under the name before it; the first of a name counts."""
    draft = Draft()
    for name, found in _pairs(text):
        if any(word in name for word in _EVERYBODY):
            draft.everybody = draft.everybody or found
        elif any(word in name for word in _PART):
            draft.part = draft.part or found
        elif "无效" in name or "废票" in name:
            draft.invalid = draft.invalid or found
        else:
            draft.choices.setdefault(_choice(name), found)
    draft.choices.pop("", None)
    return draft


def _pairs(text: str) -> Iterator[tuple[str, Found]]:
    for match in _PAIR.finditer(text.translate(_WIDTHS)):
        name, heads, heads_percent, area, area_percent = match.groups()
        yield name, Found(heads.replace(",", ""), area.replace(",", ""), heads_percent, area_percent)


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
