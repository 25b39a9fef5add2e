"""The words of the course: states, steps, kinds and natures of a matter, and who may be asked for what."""

from enum import StrEnum


class State(StrEnum):
    """Where a topic is; the numbers of the procedure's table stand behind."""

    DRAFT = "draft"  # 1
    SUBMITTED = "submitted"  # 2
    REJECTED_CONTENT = "rejected_content"  # 2a
    SCREENING = "screening"  # 3
    DISPATCHED = "dispatched"  # 3a
    HANDLED = "handled"  # 3a'
    REDIRECTED = "redirected"  # 3b
    RETURNED = "returned"  # 3c
    MERGED = "merged"
    PARTY_REVIEW = "party_review"  # 4
    ANNOUNCED = "announced"  # 5
    DELIBERATING = "deliberating"  # 6
    OPINION_FORMED = "opinion_formed"  # 7
    VOTING = "voting"  # 8
    ESCALATED = "escalated"  # 9
    PUBLICITY = "publicity"  # 10
    TO_OWNERS = "to_owners"  # 10a
    ADOPTED = "adopted"  # 11
    IMPLEMENTING = "implementing"  # 12
    FEEDBACK = "feedback"  # 13
    EVALUATED = "evaluated"  # 14
    ARCHIVED = "archived"
    CLOSED = "closed"
    CORRECTED = "corrected"  # 15
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """One verb per move. Some moves record something and leave the state as it is."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    MEND = "mend"
    EXPIRE = "expire"
    ADMIT = "admit"
    REJECT_CONTENT = "reject_content"
    APPEAL = "appeal"
    UPHOLD_APPEAL = "uphold_appeal"
    DISMISS_APPEAL = "dismiss_appeal"
    ACCEPT = "accept"
    DISPATCH = "dispatch"
    REDIRECT = "redirect"
    RETURN_TO_AUTHOR = "return_to_author"
    MERGE = "merge"
    REPORT_HANDLED = "report_handled"
    CONFIRM_SOLVED = "confirm_solved"
    REPORT_UNSOLVED = "report_unsolved"
    TAKE_AS_SOLVED = "take_as_solved"
    ANSWER_REDIRECT = "answer_redirect"
    REFUSE_REDIRECT = "refuse_redirect"
    AGREE = "agree"
    PARTY_RETURN = "party_return"
    RECORD_NO_ANSWER = "record_no_answer"
    ANNOUNCE = "announce"
    OPEN_DISCUSSION = "open_discussion"
    FORM_OPINION = "form_opinion"
    REVISE_OPINION = "revise_opinion"
    CONFIRM_OPINION = "confirm_opinion"
    REOPEN_DISCUSSION = "reopen_discussion"
    OPEN_POLL = "open_poll"
    CLOSE_POLL = "close_poll"
    ESCALATE = "escalate"
    RECORD_DECISION = "record_decision"
    SEND_BACK = "send_back"
    PUBLISH_NOTICE = "publish_notice"
    SUSTAIN_OBJECTION = "sustain_objection"
    ADOPT = "adopt"
    HAND_TO_OWNERS = "hand_to_owners"
    OWNERS_PASSED = "owners_passed"
    OWNERS_FAILED = "owners_failed"
    CLOSE_UNCONVENED = "close_unconvened"
    START_IMPLEMENTING = "start_implementing"
    PUBLISH_FEEDBACK = "publish_feedback"
    NOT_SOLVED = "not_solved"
    EVALUATE = "evaluate"
    ARCHIVE = "archive"
    CORRECT = "correct"
    REDO_OPINION = "redo_opinion"
    CLOSE_CORRECTED = "close_corrected"
    SUSPEND = "suspend"
    RESUME = "resume"


class TopicKind(StrEnum):
    """The five kinds of consultation matter (关于加强城乡社区协商的意见, 2015)."""

    PUBLIC_AFFAIRS = "public_affairs"
    PRACTICAL_PROBLEM = "practical_problem"
    POLICY = "policy"
    REQUIRED_BY_LAW = "required_by_law"
    ASKED_BY_PARTY = "asked_by_party"


class Nature(StrEnum):
    """Whose decision it is by law: nobody's but the community's advice, the owners', or a residents' meeting's."""

    ADVISORY = "advisory"
    OWNERS = "owners"
    RESIDENTS_MEETING = "residents_meeting"
    VILLAGERS_MEETING = "villagers_meeting"


class PartyOpinion(StrEnum):
    """What the community's Party organisation has answered."""

    NONE = "none"
    AGREED = "agreed"
    NO_ANSWER = "no_answer"


class PartyMeeting(StrEnum):
    """Where the Party organisation studied the matter (中国共产党支部工作条例)."""

    COMMITTEE = "committee"
    MEMBERS = "members"


class OwnersResult(StrEnum):
    """What has become of the owners' vote to which an opinion was handed."""

    NONE = "none"
    PASSED = "passed"
    NO_DECISION = "no_decision"
    ABORTED = "aborted"


class Who(StrEnum):
    """The sort of actor that takes a step or supplies what is missing."""

    AUTHOR = "author"
    RESIDENTS = "residents"
    PARTIES = "parties"
    COMMITTEE = "committee"
    SECRETARY = "secretary"
    RECEIVER = "receiver"
    STREET = "street"
    CONVENER = "convener"
    RESPONSIBLE = "responsible"
    SYSTEM = "system"


ENDS = frozenset({State.ARCHIVED, State.CLOSED, State.MERGED, State.WITHDRAWN})
MEETING_NATURES = frozenset({Nature.RESIDENTS_MEETING, Nature.VILLAGERS_MEETING})
TEXT_MAY_CHANGE = frozenset({State.DRAFT, State.SUBMITTED, State.SCREENING, State.RETURNED, State.PARTY_REVIEW})
