"""Tables of coordination."""

from .bodies import DUTY_LABELS, PAPER_LABELS, CommitteeTerm, FiledPaper, Recusal
from .guidance import (
    ADDRESSEE_LABELS,
    GUIDANCE_LABELS,
    GUIDANCE_STEP_LABELS,
    OCCASION_LABELS,
    Guidance,
    GuidanceStep,
)

__all__ = [
    "ADDRESSEE_LABELS",
    "DUTY_LABELS",
    "GUIDANCE_LABELS",
    "GUIDANCE_STEP_LABELS",
    "OCCASION_LABELS",
    "PAPER_LABELS",
    "CommitteeTerm",
    "FiledPaper",
    "Guidance",
    "GuidanceStep",
    "Recusal",
]
