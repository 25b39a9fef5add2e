"""The procedure of an owners' decision: its states, its course, what places may set. Pure."""

from .course import ACTORS, COURSE, DONE_BY_TIME, Who, next_state
from .facts import Facts, due_on
from .guards import ASKED, ONWARD, Check, checklist, next_step, require_step, steps_from, unmet
from .settings import BOOK, DEFAULTS, KIND, value
from .states import ENDS, FIXED, OPEN_ROLL, SHOWN_TO_ALL, State, Step

__all__ = [
    "ACTORS",
    "ASKED",
    "BOOK",
    "COURSE",
    "DEFAULTS",
    "DONE_BY_TIME",
    "ENDS",
    "FIXED",
    "KIND",
    "ONWARD",
    "OPEN_ROLL",
    "SHOWN_TO_ALL",
    "Check",
    "Facts",
    "State",
    "Step",
    "Who",
    "checklist",
    "due_on",
    "next_state",
    "next_step",
    "require_step",
    "steps_from",
    "unmet",
    "value",
]
