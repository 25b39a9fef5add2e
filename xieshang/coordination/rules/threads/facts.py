"""What the guards may know: plain values of one day, nothing that could be asked again."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so on `today`, with what the acting verb itself brings; what nobody filled in counts as missing.

    Sides are counted without the invited ones unless the name says otherwise.
    """

    today: date
    due: date | None = None
    reason_given: bool = False
    # Whether the matter is one that only the owners together decide (民法典第278条).
    is_for_owners: bool = False
    sides: int = 0
    sides_unfilled: int = 0
    # Invited ones too.
    at_table: int = 0
    lead_chosen: bool = False
    positions_due: date | None = None
    # The last day that the rules of the place leave for them; None asks for no limit.
    positions_latest: date | None = None
    positions: int = 0
    meeting_on: date | None = None
    # Whether the joint meeting is being held this very hour.
    meeting_sits: bool = False
    notice_days: int = 0
    notice_days_least: int = 3
    # Of the sides at the meeting, told when it opens or is put off.
    sides_present: int = 0
    adjourned: int = 0
    absence_noted: bool = False
    signed: int = 0
    refused_with_reason: int = 0
    # Said nothing until the last day for signing.
    silent: int = 0
    promises: int = 0
    promises_unaccepted: int = 0
    promises_open: int = 0
    rated_until: date | None = None
    # More of those who rated found it unsolved than solved.
    found_unsolved: bool = False
    result_given: bool = False
    owners_have_decided: bool = False

    @property
    def all_present(self) -> bool:
        """Whether every side is at the table."""
        return self.sides_present >= self.sides > 0
