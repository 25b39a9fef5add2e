"""四议两公开: six steps in their order, what each asks for, and what is counted. Pure."""

from .course import COURSE, ENDS, NOS, STAGE_OF, WHO, YES, State, Step, Who, audience_of, is_open, possible_steps
from .facts import Facts, Sheet
from .guards import ASKED, Check, checklist, missing_for, next_state
from .labels import BOARDS, STAGE_LABELS, STAGE_WHAT, STATE_LABELS, STEP_LABELS, WHO_LABELS, local
from .line import Mark, Standing, line
from .money import Entry, Side, balance, fen_of, require_sound_account, yuan
from .settings import BOOK, DEFAULTS, KIND, value
from .stages import FORUMS, PARTY_STAGES, STAGE_KINDS, Stage, Tally, base_of, is_carried, is_party, quorum_met

__all__ = [
    "ASKED",
    "BOARDS",
    "BOOK",
    "COURSE",
    "DEFAULTS",
    "ENDS",
    "FORUMS",
    "KIND",
    "NOS",
    "PARTY_STAGES",
    "STAGE_KINDS",
    "STAGE_LABELS",
    "STAGE_OF",
    "STAGE_WHAT",
    "STATE_LABELS",
    "STEP_LABELS",
    "WHO",
    "WHO_LABELS",
    "YES",
    "Check",
    "Entry",
    "Facts",
    "Mark",
    "Sheet",
    "Side",
    "Stage",
    "Standing",
    "State",
    "Step",
    "Tally",
    "Who",
    "audience_of",
    "balance",
    "base_of",
    "checklist",
    "fen_of",
    "is_carried",
    "is_open",
    "is_party",
    "line",
    "local",
    "missing_for",
    "next_state",
    "possible_steps",
    "quorum_met",
    "require_sound_account",
    "value",
    "yuan",
]
