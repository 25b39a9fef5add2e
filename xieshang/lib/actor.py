"""Who acts: one human being in one office, fixed for the length of one act."""

from dataclasses import dataclass
from typing import Any, Protocol


class PersonLike(Protocol):
    """What lower floors need to know of a person."""

    @property
    def id(self) -> int:
        """Id of the person's row."""


class OfficeLike(Protocol):
    """What lower floors need to know of an office: whose, in which body, with which role, for which places."""

    @property
    def id(self) -> int | None:
        """Id of the office's row; None for what time does."""

    @property
    def role(self) -> str:
        """One of the roles of `community.rules.Role`."""

    @property
    def body_id(self) -> int | None:
        """Id of the body the office is held in."""

    @property
    def body(self) -> Any:
        """The body itself, with its place, for the pages of upper floors."""

    @property
    def title(self) -> str:
        """The office as people say it, for the record."""

    @property
    def place_path(self) -> str:
        """Stored path of the place the office's body answers for."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in one office, or as a neighbour (office None), or nobody signed in (person None)."""

    person: PersonLike | None
    office: OfficeLike | None = None
    # Set when an officer does this for a neighbour without a phone at hand: who helps, and how consent was given.
    helper: "Actor | None" = None
    consent: str = ""

    @property
    def person_id(self) -> int | None:
        """Id of the human being, None for a visitor or for what time does."""
        return self.person.id if self.person else None

    @property
    def role(self) -> str:
        """Role of the office acted in, empty for a neighbour."""
        return self.office.role if self.office else ""

    @property
    def hands(self) -> int | None:
        """Id of the human being whose hands did it: the helper's where there is one."""
        return self.helper.person_id if self.helper else self.person_id

    @property
    def assisted(self) -> dict[str, object]:
        """Fields that mark a row as done for somebody: the helper's id and how consent was given."""
        return {"assisted_by_id": self.helper.person_id if self.helper else None, "consent": self.consent}


@dataclass(frozen=True, slots=True)
class _Timekeeper:
    """The office of time itself: what `tick` does is done by it."""

    id: None = None
    role: str = "system"
    body_id: None = None
    body: None = None
    title: str = "到期自动"
    place_path: str = ""


NOBODY = Actor(None)
SYSTEM = Actor(None, _Timekeeper())
