"""Rounds of positions: asked anew, every side answers anew; what it said before stays, as an earlier round's. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .states import Step

# With each of these the sides are asked for their positions, the first time or again.
ASKS = frozenset({Step.ASK_POSITIONS, Step.TALK_AGAIN, Step.SEND_BACK})


class Answer(StrEnum):
    """How a side stands in a round."""

    NOT_ASKED = "not_asked"
    AWAITED = "awaited"
    MISSED = "missed"
    GIVEN = "given"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Given:
    """A position: in which round, and whether after the day that round asked for."""

    round: int
    is_late: bool


def round_after(number: int, step: Step) -> int:
    """The number of the round once a step is taken; before the first asking it is 0."""
    return number + (step in ASKS)


def answer_of(number: int, given: Iterable[Given], due: date | None, today: date) -> Answer:
    """How a side stands in round `number` by its latest position in it; those of other rounds answer nothing."""
    mine = [one for one in given if one.round == number]
    if mine:
        return Answer.LATE if mine[-1].is_late else Answer.GIVEN
    if due is None:
        return Answer.NOT_ASKED
    return Answer.MISSED if today > due else Answer.AWAITED
