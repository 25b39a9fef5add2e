"""Shapes of what browsers send to the doors of votes."""

from .assembly import LABELS, AssemblyForm, said
from .handing import (
    DeliveryForm,
    DisputeForm,
    DoorForm,
    ProxyForm,
    ReadingForm,
    SerialForm,
    SerialsForm,
    StandsForm,
    WhyForm,
)
from .noticecheck import EXAMPLES, NoticeForm, PasteForm, filled
from .polls import CastForm, NumberForm, PaperForm
from .records import ReasonForm
from .recounting import RecountForm
from .register import (
    ClaimForm,
    DecideClaimForm,
    EstateFileForm,
    ObjectionAnswerForm,
    ObjectionForm,
    RollChangeForm,
    SamenessForm,
    SuccessionForm,
)
from .results import CountForm

__all__ = [
    "EXAMPLES",
    "LABELS",
    "AssemblyForm",
    "CastForm",
    "ClaimForm",
    "CountForm",
    "DecideClaimForm",
    "DeliveryForm",
    "DisputeForm",
    "DoorForm",
    "EstateFileForm",
    "NoticeForm",
    "NumberForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "PaperForm",
    "PasteForm",
    "ProxyForm",
    "ReadingForm",
    "ReasonForm",
    "RecountForm",
    "RollChangeForm",
    "SamenessForm",
    "SerialForm",
    "SerialsForm",
    "StandsForm",
    "SuccessionForm",
    "WhyForm",
    "filled",
    "said",
]
