"""The progress line that people see: which points a topic passes, which are done, where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import later as _

from .states import ENDS, Nature, State


class Mark(StrEnum):
    """How a point of the line is drawn."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the line: its word, the states that stand on it; optional points show only once visited."""

    key: str
    label: str
    states: frozenset[State]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A point of one topic's line with its mark."""

    key: str
    label: str
    mark: Mark


def _point(key: str, label: str, *states: State, optional: bool = False) -> Point:
    return Point(key, label, frozenset(states), optional)


S = State
_RAISED = _point("raised", _("提出"), S.DRAFT, S.SUBMITTED, S.REJECTED_CONTENT, S.RETURNED)
_SCREENED = _point("screened", _("受理"), S.SCREENING)
_RATED = _point("rated", _("评价"), S.EVALUATED, S.ARCHIVED)
_TO_OWNERS = _point("to_owners", _("业主表决"), S.TO_OWNERS)
_ADOPTED = _point("adopted", _("采纳"), S.ADOPTED)

_TALKED = (
    _RAISED,
    _SCREENED,
    _point("studied", _("党组织研究"), S.PARTY_REVIEW),
    _point("announced", _("预告"), S.ANNOUNCED),
    _point("discussed", _("协商讨论"), S.DELIBERATING),
    _point("opinion", _("协商意见"), S.OPINION_FORMED, S.CORRECTED),
    _point("polled", _("意愿征集"), S.VOTING, optional=True),
    _point("met", _("上会决定"), S.ESCALATED, optional=True),
    _point("published", _("公示"), S.PUBLICITY),
)
_DONE = (
    _point("carried_out", _("办理"), S.IMPLEMENTING),
    _point("fed_back", _("反馈"), S.FEEDBACK),
    _RATED,
)

LINE = (*_TALKED, _ADOPTED, *_DONE)
OWNERS_LINE = (*_TALKED, _TO_OWNERS, *_DONE)
REPAIR_LINE = (
    _RAISED,
    _SCREENED,
    _point("dispatched", _("转办"), S.DISPATCHED),
    _point("handled", _("处理"), S.HANDLED),
    _RATED,
)
REDIRECT_LINE = (
    _RAISED,
    _SCREENED,
    _point("redirected", _("转其他渠道"), S.REDIRECTED),
    _point("answered", _("答复"), S.CLOSED),
)


def line_of(state: State, visited: frozenset[State], nature: Nature | None = None) -> tuple[Point, ...]:
    """Which line a topic follows, from where it stands and has been: consultation, owners, repair or redirect."""
    studied = S.PARTY_REVIEW in visited or state == S.PARTY_REVIEW
    if not studied and (state in REPAIR_STATES or S.HANDLED in visited):
        return REPAIR_LINE
    if not studied and (state == S.REDIRECTED or (state == S.CLOSED and S.REDIRECTED in visited)):
        return REDIRECT_LINE
    return OWNERS_LINE if nature == Nature.OWNERS else LINE


REPAIR_STATES = frozenset({S.DISPATCHED, S.HANDLED})


def progress(state: State, visited: frozenset[State], nature: Nature | None = None) -> tuple[Standing, ...]:
    """The line of one topic with every point marked; an end leaves nothing current and what was not reached skipped."""
    points = [
        point for point in line_of(state, visited, nature) if not point.optional or point.states & (visited | {state})
    ]
    position = _position(points, state)
    if position is None:
        return tuple(Standing(p.key, p.label, _mark_of_ended(p, visited)) for p in points)
    return tuple(Standing(p.key, p.label, _mark(index, position, state)) for index, p in enumerate(points))


def _position(points: list[Point], state: State) -> int | None:
    """The point on which a state stands, None for an end that lies beside the line."""
    return next((index for index, point in enumerate(points) if state in point.states), None)


def _mark(index: int, position: int, state: State) -> Mark:
    if index < position or state in ENDS:
        return Mark.DONE
    return Mark.CURRENT if index == position else Mark.AHEAD


def _mark_of_ended(point: Point, visited: frozenset[State]) -> Mark:
    return Mark.DONE if point.states & visited else Mark.SKIPPED
