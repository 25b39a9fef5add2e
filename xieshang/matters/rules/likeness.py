"""How alike what somebody tells is to a matter already told: a rare word says more than a common one."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

ALIKE = 0.11
VERY_ALIKE = 0.28
# A title names the thing in a few words; the story around it is long and full of everybody's words.
TITLE_PART = 0.6
# What it is about is said by then.
MOST_STORY = 500
# So many rows of the index may be read to find what could be alike.
MOST_ROWS = 3000


@dataclass(frozen=True)
class Told:
    """The grams of somebody's title and those of the story that the title lacks."""

    title: frozenset[str]
    story: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every gram told."""
        return self.title | self.story


def weights(grams: Collection[str], often: Mapping[str, int], matters: int) -> dict[str, float]:
    """What each gram tells, 1 where no matter of the community holds it; the few there are never count for all."""
    most = math.log(matters + 10)
    return {gram: 1 - math.log(min(often.get(gram, 0), matters) + 1) / most for gram in grams}


def telling(weight: Mapping[str, float], often: Mapping[str, int]) -> list[str]:
    """The grams to look for: those known here, the rarest first, as long as few rows have to be read."""
    known = sorted((gram for gram in weight if gram in often), key=lambda gram: (-weight[gram], gram))
    rows = 0
    chosen: list[str] = []
    for gram in known:
        rows += often[gram]
        if chosen and rows > MOST_ROWS:
            break
        chosen.append(gram)
    return chosen


def likeness(told: Told, title: Collection[str], shared: Collection[str], weight: Mapping[str, float]) -> float:
    """From 0 to 1: the part of what is told that the matter holds; nothing where its title names none of it."""
    if not told.all.intersection(title):
        return 0.0
    in_title = _part(told.title, title, shared, weight)
    return TITLE_PART * in_title + (1 - TITLE_PART) * _part(told.story, title, shared, weight)


def _part(told: frozenset[str], title: Collection[str], shared: Collection[str], weight: Mapping[str, float]) -> float:
    """How much of these words the matter holds, by weight; what its title names counts twice."""
    held = sum(weight[gram] * (1 if gram in title else 0.5) for gram in told.intersection(shared))
    return held / len(told) if told else 0.0
