"""The progress line that people see: which points a thread passes, which are done, where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import later as _

from .states import State


class Mark(StrEnum):
    """How a point of the line is drawn."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Standing:
    """A point of one thread's line with its mark."""

    label: str
    mark: Mark


S = State
LINE: tuple[tuple[str, frozenset[State]], ...] = (
    (_("提出"), frozenset({S.RAISED})),
    (_("受理"), frozenset({S.ACCEPTED, S.ASSIGNED})),
    (_("各方表态"), frozenset({S.POSITIONS})),
    (_("联席会议"), frozenset({S.MEETING})),
    (_("签纪要"), frozenset({S.MINUTES_DRAFT, S.CONFIRMED})),
    (_("办理"), frozenset({S.ACTIONS})),
    (_("核实评价"), frozenset({S.VERIFIED})),
    (_("办结"), frozenset({S.CLOSED})),
)
ASIDE: dict[State, str] = {
    S.ESCALATED: _("街道协调"),
    S.TO_OWNERS: _("业主表决"),
    S.MEDIATION: _("人民调解"),
    S.LEGAL: _("法律途径"),
}


def progress(state: State, visited: frozenset[State]) -> tuple[Standing, ...]:
    """The line of one thread with every point marked; what was handed on stands after what it passed."""
    been = visited | {state}
    if state in ASIDE:
        done = [Standing(label, Mark.DONE) for label, states in LINE if states & been]
        return (*done, Standing(ASIDE[state], Mark.NOW), Standing(LINE[-1][0], Mark.TODO))
    place = next((n for n, (_label, states) in enumerate(LINE) if state in states), None)
    if place is None or state == S.CLOSED:
        return tuple(Standing(label, Mark.DONE if states & been else Mark.SKIPPED) for label, states in LINE)
    return tuple(Standing(label, _mark(n, place)) for n, (label, _states) in enumerate(LINE))


def _mark(index: int, place: int) -> Mark:
    if index < place:
        return Mark.DONE
    return Mark.NOW if index == place else Mark.TODO
