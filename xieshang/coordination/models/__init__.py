"""Tables of coordination, by noun."""

from .bodies import DUTY_LABELS, PAPER_LABELS, CommitteeTerm, FiledPaper, Recusal
from .commitments import Acceptance, Ask, Commitment, MoveAsk, RecordReply
from .entries import Cover, Entry, Opening, Reading
from .fourtwo import FourTwo, FourTwoAccount, FourTwoCheck, FourTwoDraft, FourTwoRecord, FourTwoStep
from .guidance import (
    ADDRESSEE_LABELS,
    GUIDANCE_LABELS,
    GUIDANCE_STEP_LABELS,
    OCCASION_LABELS,
    Guidance,
    GuidanceStep,
)
from .study import (
    POINT_LABELS,
    RHYTHM_LABELS,
    STUDY_LABELS,
    Study,
    StudyPoint,
    StudyRhythm,
)
from .threads import GuestLink, Representative, Side, Thread, ThreadStep
from .words import THREAD_VERB_LABELS

__all__ = [
    "ADDRESSEE_LABELS",
    "DUTY_LABELS",
    "GUIDANCE_LABELS",
    "GUIDANCE_STEP_LABELS",
    "OCCASION_LABELS",
    "PAPER_LABELS",
    "POINT_LABELS",
    "RHYTHM_LABELS",
    "STUDY_LABELS",
    "THREAD_VERB_LABELS",
    "Acceptance",
    "Ask",
    "Commitment",
    "CommitteeTerm",
    "Cover",
    "Entry",
    "FiledPaper",
    "FourTwo",
    "FourTwoAccount",
    "FourTwoCheck",
    "FourTwoDraft",
    "FourTwoRecord",
    "FourTwoStep",
    "GuestLink",
    "Guidance",
    "GuidanceStep",
    "MoveAsk",
    "Opening",
    "Reading",
    "RecordReply",
    "Recusal",
    "Representative",
    "Side",
    "Study",
    "StudyPoint",
    "StudyRhythm",
    "Thread",
    "ThreadStep",
]
