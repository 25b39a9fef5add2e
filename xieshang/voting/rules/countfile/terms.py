"""What both forms of the file share: the terms of the vote and what stands on its ballot."""

from collections.abc import Collection
from dataclasses import dataclass

from ..decision import Slate
from ..kinds import Kind
from ..majority import Item, Law
from ..voters import Parking
from ..ways import Terms
from . import faults as no
from .reading import Faults, each_text, number, one_of, switch

FORMAT = "xieshang-count/1"
AGREE, AGAINST, ABSTAIN = "agree", "against", "abstain"
INVALID, BLANK, DISPUTED = "invalid", "blank", "disputed"
RESERVED = (AGREE, AGAINST, ABSTAIN, INVALID, BLANK, DISPUTED)
SHARED_FIELDS = frozenset(
    "format rule_set item invalid_counts_as_participating blank_is_abstain deemed deemed_for_special parking "
    "options seats candidates".split()
)
_LAWS = {law.value: law for law in Law}
_PARKING = {parking.value: parking for parking in Parking}
_DEEMED = {"none": False, "majority": True}


@dataclass(frozen=True, slots=True)
class Setting:
    """The terms, the slate and the parking rule of a file."""

    terms: Terms
    slate: Slate[str]
    parking: Parking


def setting_of(document: dict[str, object], faults: Faults) -> Setting | None:
    """Read the terms; None if there is no telling which vote it is."""

    def chosen[T](name: str, words: dict[str, T], default: T) -> T:
        return (one_of(document[name], words, name, faults) or default) if name in document else default

    def is_on(name: str) -> bool:
        return name in document and switch(document[name], name, faults)

    if document.get("format") != FORMAT:
        faults.add("format", no.OTHER_FORMAT)
    item = _item(document, faults)
    kind, slate = _slate(document, faults)
    law = chosen("rule_set", _LAWS, Law.CIVIL_CODE_2021)
    parking = chosen("parking", _PARKING, Parking.EXCLUDE)
    invalid_takes_part, blank_is_abstain = is_on("invalid_counts_as_participating"), is_on("blank_is_abstain")
    deemed, deemed_for_special = chosen("deemed", _DEEMED, False), is_on("deemed_for_special")
    if item is None or slate is None:
        return None
    terms = Terms(
        kind,
        item,
        law=law,
        invalid_takes_part=invalid_takes_part,
        blank_is_abstain=blank_is_abstain,
        deemed=deemed,
        deemed_for_special=deemed_for_special,
    )
    return Setting(terms, slate, parking)


def _item(document: dict[str, object], faults: Faults) -> Item | None:
    value = document.get("item")
    if type(value) is int and 1 <= value <= 9:
        return Item(value)
    faults.add("item", no.NO_SUCH_ITEM if "item" in document else no.MISSING)
    return None


def _slate(document: dict[str, object], faults: Faults) -> tuple[Kind, Slate[str] | None]:
    before = len(faults)
    if "options" in document and "candidates" in document:
        faults.add("options", no.OPTIONS_AND_CANDIDATES)
    if "candidates" in document:
        names = _names(document["candidates"], "candidates", faults)
        seats = _seats(document, len(names), faults)
        slate = Slate(names, ABSTAIN, seats=seats)
        return Kind.ELECTION, slate if len(faults) == before else None
    if "seats" in document:
        faults.add("seats", no.SEATS_ALONE)
    if "options" in document:
        slate = Slate(_names(document["options"], "options", faults), ABSTAIN, AGAINST)
        return Kind.PLANS, slate if len(faults) == before else None
    return Kind.MOTION, Slate((AGREE,), ABSTAIN, AGAINST)


def _names(value: object, place: str, faults: Faults) -> tuple[str, ...]:
    names = each_text(value, place, faults)
    if value == []:
        faults.add(place, no.NO_OPTIONS)
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            faults.add(place, no.OPTION_TWICE, name=name)
        if name in RESERVED:
            faults.add(place, no.RESERVED, name=name)
    return tuple(names)


def _seats(document: dict[str, object], most: int, faults: Faults) -> int:
    if "seats" not in document:
        faults.add("seats", no.SEATS_MISSING)
        return 1
    seats = number(document["seats"], "seats", faults, least=1) or 1
    if seats > most:
        faults.add("seats", no.TOO_MANY_SEATS, most=most)
    return seats


def words(names: Collection[str]) -> str:
    """The choices there are, for a sentence; a long list is cut."""
    shown = [*names][:12]
    return "、".join(shown) + ("…" if len(names) > len(shown) else "")
