"""ID numbers as they stand in cells: read, found wrong, or found ruined; never guessed."""

import re
from enum import StrEnum

from xieshang.lib.refusals import Refusal

from . import faults as no

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
# A spreadsheet keeps fifteen digits of a number; longer ones end in zeros that were not typed.
_DIGITS_KEPT = 15
_OTHER = re.compile(r"[A-Z0-9]{5,20}")


class IdKind(StrEnum):
    """Which sort of number it is."""

    RESIDENT = "resident"
    OTHER = "other"


def check_digit(first17: str) -> str:
    """The last character of a resident's ID number by the other seventeen (GB 11643)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def id_number(cell: object, text: str) -> tuple[str, Refusal | None]:
    """The number in one spelling, or why it cannot be used; an old one of fifteen digits becomes its eighteen."""
    plain = text.upper().replace(" ", "").replace("-", "").removeprefix("'")
    if not plain:
        return "", None
    if _is_ruined(cell, plain):
        return "", no.ID_RUINED
    if "*" in plain:
        return "", no.ID_MASKED
    if re.fullmatch(r"\d{17}[\dX]", plain):
        return (plain, None) if check_digit(plain[:17]) == plain[17] else ("", no.ID_WRONG_CHECK)
    if plain.isdigit():
        return (_lengthened(plain), None) if len(plain) == 15 else ("", no.ID_WRONG_LENGTH)
    return (plain, None) if _OTHER.fullmatch(plain) and re.search(r"\d", plain) else ("", no.ID_NOT_READ)


def _is_ruined(cell: object, plain: str) -> bool:
    """Whether a spreadsheet has made a number of it and lost its end: 1.10E+17, or too many digits for a number."""
    if _SCIENTIFIC.fullmatch(plain):
        return True
    return isinstance(cell, int | float) and abs(cell) >= 10**_DIGITS_KEPT


def _lengthened(old: str) -> str:
    """A number of fifteen digits, given out until 1999, as the eighteen of the same person."""
    first17 = old[:6] + "19" + old[6:]
    return first17 + check_digit(first17)
