"""The documents that stand on the steps, the ways a matter is passed on, and who may see a topic in which state."""

from enum import StrEnum

from xieshang.lib.refusals import later as _
from xieshang.matters.rules import Audience

from .states import State


class RecordKind(StrEnum):
    """What a document on a step is."""

    REVIEW_NOTE = "review_note"
    APPEAL = "appeal"
    SCREENING_NOTE = "screening_note"
    HANDOVER = "handover"
    HANDOVER_ANSWER = "handover_answer"
    PROOF = "proof"
    PARTY_REVIEW = "party_review"
    SESSION = "session"
    HEARING = "hearing"
    OPINION = "opinion"
    CONFIRMATION = "confirmation"
    RESIDENTS_MEETING = "residents_meeting"
    OWNERS_HANDOVER = "owners_handover"
    OWNERS_DECISION = "owners_decision"
    CORRECTION = "correction"
    EXPLANATION = "explanation"
    REPORT = "report"
    CLOSING = "closing"


SESSION_KINDS = (RecordKind.SESSION, RecordKind.HEARING)
RECORD_LABELS: dict[RecordKind, str] = {
    RecordKind.REVIEW_NOTE: _("审核意见"),
    RecordKind.APPEAL: _("申诉"),
    RecordKind.SCREENING_NOTE: _("受理意见"),
    RecordKind.HANDOVER: _("转办单"),
    RecordKind.HANDOVER_ANSWER: _("接手单位的答复"),
    RecordKind.PROOF: _("办理说明"),
    RecordKind.PARTY_REVIEW: _("党组织研究意见"),
    RecordKind.SESSION: _("协商会记录"),
    RecordKind.HEARING: _("听证会记录"),
    RecordKind.OPINION: _("协商意见"),
    RecordKind.CONFIRMATION: _("各方确认"),
    RecordKind.RESIDENTS_MEETING: _("会议决定"),
    RecordKind.OWNERS_HANDOVER: _("转交业主的说明"),
    RecordKind.OWNERS_DECISION: _("业主表决结果"),
    RecordKind.CORRECTION: _("更正决定"),
    RecordKind.EXPLANATION: _("情况说明"),
    RecordKind.REPORT: _("报送结果"),
    RecordKind.CLOSING: _("办结说明"),
}


class Channel(StrEnum):
    """Where a matter goes that is not for consultation."""

    DESK = "desk"
    COORDINATION = "coordination"
    POLICE = "police"
    STREET = "street"
    DEPARTMENT = "department"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.DESK: _("办事窗口"),
    Channel.COORDINATION: _("三方协调"),
    Channel.POLICE: _("公安、消防等紧急渠道"),
    Channel.STREET: _("街道（乡镇）"),
    Channel.DEPARTMENT: _("有关部门"),
}

AUDIENCES: dict[State, Audience] = {
    State.DRAFT: Audience.AUTHOR,
    State.SUBMITTED: Audience.OFFICERS,
    State.REJECTED_CONTENT: Audience.OFFICERS,
    State.RETURNED: Audience.PLACE,
}

SUPPORTABLE = frozenset(
    {
        State.SCREENING,
        State.PARTY_REVIEW,
        State.ANNOUNCED,
        State.DELIBERATING,
        State.OPINION_FORMED,
        State.VOTING,
        State.ESCALATED,
    }
)


def text_is_public(been: frozenset[State]) -> bool:
    """Whether whoever comes by may read the author's text: from the advance notice on, when it is fixed.

    What was repaired, passed on, merged or taken back without a notice stays with the place.
    """
    return State.ANNOUNCED in been


def audience_of(state: State, *, was_screened: bool) -> Audience:
    """Who may know of a topic: a draft its author, before screening the officers, then everybody.

    What was withdrawn or held back before anybody else saw it stays with the officers.
    """
    if state == State.WITHDRAWN and not was_screened:
        return Audience.OFFICERS
    return AUDIENCES.get(state, Audience.PUBLIC)
