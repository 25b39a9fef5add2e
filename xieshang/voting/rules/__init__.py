"""Law and procedure of votes: kinds, the ballot paper, the count, the verdict. Pure."""

from . import countfile, refusals
from .catalogue import CATALOGUE, ITEM_WORDS, Entry, is_mixed, strictest
from .counting import Counted, Mark, Paper, count, with_silent
from .decision import Decision, Flag, Outcome, Slate
from .election import LEGAL_SIZES, is_legal_size
from .kinds import ALONE, DECIDABLE, Base, Channel, Kind, Nature, OptionKind, State
from .majority import HALF, SPECIAL, Item, Law, Majority, Share, advisory, is_special, majority_for
from .paper import Line, lines_for, require_sound_paper, require_valid_choice, share_of, tidy
from .plans import run_off
from .poll import NATURE_SENTENCES, Finding, Verdict, headline, judge, may_be_split
from .sentences import (
    OUTCOME_WORDS,
    Shown,
    approval_of,
    participation_of,
    preliminary_verdict_of,
    shown_of,
    verdict_of,
)
from .standing import STANDING_SENTENCES, Reader, Standing, standing_of
from .tally import Tally, misleads, percent, shown_share
from .totals import Figures, Printed, Totals
from .unanimity import Consent, consent_of
from .voters import (
    AREA_SOURCE,
    HEAD_SOURCE,
    Fault,
    Parking,
    Roll,
    Sale,
    Unit,
    UnitKind,
    Voter,
    bears_head,
    counts,
    faults_in,
    faults_of_whole,
    roll_of,
    why_area,
    why_head,
)
from .ways import WAYS, Result, Terms, Way, conclude, mark_of
from .words import deadline, fraction, moment, time_left

# The rule set of a place (kind “voting”): share of the roll that must take part, hour at which polls close.
RULE_SET = "voting"
DEFAULTS: dict[str, object] = {"voting.turnout_share": "", "voting.closing_hour": 18}

__all__ = [
    "ALONE",
    "AREA_SOURCE",
    "CATALOGUE",
    "DECIDABLE",
    "DEFAULTS",
    "HALF",
    "HEAD_SOURCE",
    "ITEM_WORDS",
    "LEGAL_SIZES",
    "NATURE_SENTENCES",
    "OUTCOME_WORDS",
    "RULE_SET",
    "SPECIAL",
    "STANDING_SENTENCES",
    "WAYS",
    "Base",
    "Channel",
    "Consent",
    "Counted",
    "Decision",
    "Entry",
    "Fault",
    "Figures",
    "Finding",
    "Flag",
    "Item",
    "Kind",
    "Law",
    "Line",
    "Majority",
    "Mark",
    "Nature",
    "OptionKind",
    "Outcome",
    "Paper",
    "Parking",
    "Printed",
    "Reader",
    "Result",
    "Roll",
    "Sale",
    "Share",
    "Shown",
    "Slate",
    "Standing",
    "State",
    "Tally",
    "Terms",
    "Totals",
    "Unit",
    "UnitKind",
    "Verdict",
    "Voter",
    "Way",
    "advisory",
    "approval_of",
    "bears_head",
    "conclude",
    "consent_of",
    "count",
    "countfile",
    "counts",
    "deadline",
    "faults_in",
    "faults_of_whole",
    "fraction",
    "headline",
    "is_legal_size",
    "is_mixed",
    "is_special",
    "judge",
    "lines_for",
    "majority_for",
    "mark_of",
    "may_be_split",
    "misleads",
    "moment",
    "participation_of",
    "percent",
    "preliminary_verdict_of",
    "refusals",
    "require_sound_paper",
    "require_valid_choice",
    "roll_of",
    "run_off",
    "share_of",
    "shown_of",
    "shown_share",
    "standing_of",
    "strictest",
    "tidy",
    "time_left",
    "verdict_of",
    "why_area",
    "why_head",
    "with_silent",
]
