"""Law and procedure of votes: kinds, the ballot paper, the count, the verdict. Pure."""

from . import refusals
from .kinds import ALONE, DECIDABLE, Base, Channel, Kind, Nature, OptionKind, State
from .paper import Line, lines_for, require_sound_paper, require_valid_choice, share_of, tidy
from .standing import STANDING_SENTENCES, Reader, Standing, standing_of
from .tally import Counted, Paper, Tally, count, misleads, percent, shown_share
from .verdict import HALF, NATURE_SENTENCES, Finding, Verdict, headline, judge, may_be_split
from .words import deadline, fraction, moment, time_left

# The rule set of a place (kind “voting”): share of the roll that must take part, hour at which polls close.
RULE_SET = "voting"
DEFAULTS: dict[str, object] = {"voting.turnout_share": "", "voting.closing_hour": 18}

__all__ = [
    "ALONE",
    "DECIDABLE",
    "DEFAULTS",
    "HALF",
    "NATURE_SENTENCES",
    "RULE_SET",
    "STANDING_SENTENCES",
    "Base",
    "Channel",
    "Counted",
    "Finding",
    "Kind",
    "Line",
    "Nature",
    "OptionKind",
    "Paper",
    "Reader",
    "Standing",
    "State",
    "Tally",
    "Verdict",
    "count",
    "deadline",
    "fraction",
    "headline",
    "judge",
    "lines_for",
    "may_be_split",
    "misleads",
    "moment",
    "percent",
    "refusals",
    "require_sound_paper",
    "require_valid_choice",
    "share_of",
    "shown_share",
    "standing_of",
    "tidy",
    "time_left",
]
