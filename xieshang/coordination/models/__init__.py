"""Tables of coordination."""

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
    "GUIDANCE_LABELS",
    "GUIDANCE_STEP_LABELS",
    "OCCASION_LABELS",
    "Guidance",
    "GuidanceStep",
]
