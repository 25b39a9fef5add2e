"""What an estate's list of owners says beside the units: where areas come from, who is who. Pure."""

from enum import StrEnum


class AreaSource(StrEnum):
    """Where the area comes from; the register goes before the survey, the survey before the contract (同上第8条)."""

    REGISTER = "register"
    SURVEY = "survey"
    CONTRACT = "contract"


class Sameness(StrEnum):
    """The clerk's answer to whether two owners of one name are one person."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class ClaimWay(StrEnum):
    """How a person is found to be an owner of the list."""

    # ID number and name given by the owner and found in the list.
    ID_CHECK = "id_check"
    # The code of the letter that was delivered to the unit, with the name.
    LETTER = "letter"
    # In person, papers looked at by the clerk.
    DESK = "desk"


class ClaimState(StrEnum):
    """Where a claim to be an owner stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ENDED = "ended"
