"""The procedure of an owners' decision: its states, its course, what places may set. Pure."""

from .course import ACTORS, COURSE, DONE_BY_TIME, Who, next_state
from .settings import DEFAULTS, KIND, MARKED_UNSURE, SOURCES, value
from .states import ENDS, FIXED, OPEN_ROLL, SHOWN_TO_ALL, State, Step

__all__ = [
    "ACTORS",
    "COURSE",
    "DEFAULTS",
    "DONE_BY_TIME",
    "ENDS",
    "FIXED",
    "KIND",
    "MARKED_UNSURE",
    "OPEN_ROLL",
    "SHOWN_TO_ALL",
    "SOURCES",
    "State",
    "Step",
    "Who",
    "next_state",
    "value",
]
