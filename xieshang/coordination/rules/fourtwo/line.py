"""The six steps as a line: which are done, where it stands, what is ahead."""

from dataclasses import dataclass
from enum import StrEnum

from .course import STAGE_OF, State
from .labels import STAGE_LABELS
from .stages import Stage


class Mark(StrEnum):
    """How a step of the line stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "todo"


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the six on the line."""

    stage: Stage
    number: int
    label: str
    mark: Mark


def line(state: State, reached: int) -> list[Standing]:
    """The six in order; `reached` says how many were taken when it ended early (refused, withdrawn)."""
    order = list(Stage)
    here = order.index(STAGE_OF[state]) if state in STAGE_OF else reached
    if state == State.RESULT_PUBLISHED:
        here = len(order)
    marks = [Mark.DONE if n < here else Mark.NOW if n == here and state in STAGE_OF else Mark.AHEAD for n in range(6)]
    return [Standing(stage, n + 1, STAGE_LABELS[stage], marks[n]) for n, stage in enumerate(order)]
