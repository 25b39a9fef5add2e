"""What the guards may know: plain values of one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xieshang.meetings.rules import Base, MeetingKind, first_day_after, notice_days

from .settings import value
from .stages import REPRESENTATIVES, Stage, Tally, is_carried, is_party, quorum_met


@dataclass(frozen=True, slots=True)
class Sheet:
    """The record of one of the four meetings as it is handed in."""

    stage: Stage
    kind: MeetingKind
    base: Base
    held_on: date | None = None
    told_on: date | None = None
    chair: str = ""
    tally: Tally = field(default_factory=Tally)
    # Of a representatives' meeting: of whom it consists.
    members: int = 0
    representatives: int = 0
    women: int = 0
    # By what the villagers' meeting has authorised the representatives: matter and period.
    authorisation: str = ""
    file_number: str = ""
    minutes_given: bool = False
    signers: str = ""
    # How opinions were gathered (① ), what was said (②③④).
    text: str = ""

    @property
    def by_representatives(self) -> bool:
        """Whether representatives decide."""
        return self.kind in REPRESENTATIVES

    @property
    def is_party(self) -> bool:
        """Whether it is a meeting of the Party organisation."""
        return is_party(self.stage)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so on `today`, with what the acting verb brings."""

    today: date
    values: Mapping[str, object] = field(default_factory=dict)
    acting_person: int | None = None
    reason_given: bool = False

    # the draft
    draft_given: bool = False
    draft_has_ended: bool = False
    # Whether it is one of the matters that belong to the villagers' meeting (村民委员会组织法第24条).
    is_reserved: bool = False
    sheet: Sheet | None = None
    last_meeting_on: date | None = None

    # the resolution's disclosure
    notice_drafted: bool = False
    drafted_by: int | None = None
    publicity_days: int = 0
    posted: bool = False
    publicity_last_day: date | None = None
    open_objections: int = 0
    sustained_objections: int = 0

    # carrying out and its result
    items: int = 0
    items_open: int = 0
    account_given: bool = False
    account_checked: bool = False
    account_by: int | None = None
    finding_given: bool = False
    check_passed: bool = False
    checked_by: int | None = None
    result_text_given: bool = False

    @property
    def quorum_met(self) -> bool:
        """Whether enough came to the meeting that is handed in."""
        sheet = self.sheet
        return sheet is not None and quorum_met(sheet.kind, sheet.base, self.values, sheet.tally)

    @property
    def is_carried(self) -> bool:
        """Whether that meeting said yes."""
        sheet = self.sheet
        return sheet is not None and is_carried(sheet.kind, sheet.base, self.values, sheet.tally)

    @property
    def told_in_time(self) -> bool:
        """Whether the meeting was held after the clear days that its notice asks for."""
        sheet = self.sheet
        if sheet is None or sheet.told_on is None or sheet.held_on is None:
            return False
        days = value(self.values, "review_days") if sheet.is_party else notice_days(self.values, sheet.kind)
        return sheet.held_on >= first_day_after(sheet.told_on, days)
