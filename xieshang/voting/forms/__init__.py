"""Shapes of what browsers send to the doors of votes."""

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
    CLAIM_WAYS,
    ClaimForm,
    DecideClaimForm,
    EstateFileForm,
    ExclusionForm,
    ObjectionAnswerForm,
    ObjectionForm,
    RollChangeForm,
    SamenessForm,
    SuccessionForm,
)
from .results import CountForm
from .secret import EnvelopeForm, FindForm, HandOutForm, KeyForm, OpeningsForm, SecretVoteForm, TallyForm, TrusteeForm

__all__ = [
    "CLAIM_WAYS",
    "EXAMPLES",
    "CastForm",
    "ClaimForm",
    "CountForm",
    "DecideClaimForm",
    "DeliveryForm",
    "DisputeForm",
    "DoorForm",
    "EnvelopeForm",
    "EstateFileForm",
    "ExclusionForm",
    "FindForm",
    "HandOutForm",
    "KeyForm",
    "NoticeForm",
    "NumberForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OpeningsForm",
    "PaperForm",
    "PasteForm",
    "ProxyForm",
    "ReadingForm",
    "ReasonForm",
    "RecountForm",
    "RollChangeForm",
    "SamenessForm",
    "SecretVoteForm",
    "SerialForm",
    "SerialsForm",
    "StandsForm",
    "SuccessionForm",
    "TallyForm",
    "TrusteeForm",
    "WhyForm",
    "filled",
]
