"""Everything the guards look at, as plain values; gathered by the queries, brought by the verbs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from xieshang.lib.workdays import period_after

from .kinds import KINDS, Base, MeetingKind, Procedure
from .quorum import PartyCount, Presence, has_quorum, least_present
from .settings import notice_days, number


def first_day_after(posted: date, days: int) -> date:
    """The first day after so many clear days, which end on a working day (民法典第201、203条); none: the day itself."""
    return posted if days <= 0 else period_after(posted, days).last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a meeting at one moment."""

    today: date
    now: datetime
    kind: MeetingKind
    base: Base
    values: Mapping[str, object] = field(default_factory=dict)
    starts_at: datetime | None = None
    starts_on: date | None = None
    venue_given: bool = False
    agenda_items: int = 0
    agenda_titles: tuple[str, ...] = ()
    # What members of the committee demanded this meeting for.
    demanded: str | None = None
    sides: int = 0
    presence: Presence = field(default_factory=Presence)
    was_adjourned: bool = False
    motions_open: int = 0

    # what a verb brings
    reason_given: bool = False
    new_starts_at: datetime | None = None
    new_starts_on: date | None = None
    party: PartyCount | None = None
    file_number_given: bool = False
    held_on: date | None = None

    @property
    def procedure(self) -> Procedure:
        """What its kind asks for."""
        return KINDS[self.kind]

    @property
    def earliest_day(self) -> date:
        """The first day on which it may be held if the notice goes out today."""
        return first_day_after(self.today, notice_days(self.values, self.kind))

    @property
    def earliest_again(self) -> date:
        """The first day on which it may be held again after an adjournment."""
        return first_day_after(self.today, number(self.values, "notice_again"))

    @property
    def is_time(self) -> bool:
        """Whether its hour has come."""
        return self.starts_at is not None and self.now >= self.starts_at

    @property
    def has_quorum(self) -> bool:
        """Whether enough are there."""
        return has_quorum(self.kind, self.base, self.values, self.presence)

    @property
    def least_present(self) -> int | None:
        """How many have to be there."""
        return least_present(self.kind, self.base, self.values, self.presence.expected)

    @property
    def may_note_absence(self) -> bool:
        """Whether it may be held with whoever is there: a second time, among sides, somebody being there."""
        return self.was_adjourned and self.procedure.absence_is_noted and self.presence.in_room > 0
