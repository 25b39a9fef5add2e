"""Form B: the totals of a published notice."""

import re
from collections.abc import Iterator
from fractions import Fraction

from ..decision import Outcome
from ..kinds import Kind
from ..totals import Base, Figures, Printed, Totals, flags_of, read
from . import faults as no
from .reading import LONGEST, Faults, below, fields, items, number, one_of
from .terms import Setting

FIELDS = frozenset({"totals", "printed", "published_outcome"})
_PARTICIPATING = "participating"
_TOTALS_FIELDS = frozenset({"all", _PARTICIPATING, "choices", "invalid", "deemed"})
_PAIR_FIELDS = frozenset({"heads", "area"})
_PRINTED_FIELDS = frozenset({"of", "base", "heads_percent", "area_percent"})
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BASES = {base.value: base for base in Base}
_OUTCOMES = {
    outcome.value: outcome
    for outcome in (Outcome.QUORUM_NOT_MET, Outcome.PASSED, Outcome.NOT_PASSED, Outcome.NO_EFFECTIVE_DECISION)
}


def result_of(document: dict[str, object], setting: Setting | None, faults: Faults) -> dict[str, object] | None:
    """Read the figures and say what they come to; None if anything is wrong."""
    totals = fields(document["totals"], "totals", _TOTALS_FIELDS, faults)
    if "candidates" in document:
        faults.add("candidates", no.NO_ELECTION_HERE)
    published = None
    if document.get("published_outcome") is not None:
        published = one_of(document["published_outcome"], _OUTCOMES, "published_outcome", faults)
    if totals is None or setting is None or setting.terms.kind == Kind.ELECTION:
        return None
    decimals = max([2, *(len(text.partition(".")[2]) for text in _areas(totals))])
    figures = _totals(totals, document, setting, decimals, faults)
    if faults:
        return None
    slate = setting.slate
    decision = read(figures, slate, setting.terms.majority, is_motion=setting.terms.kind == Kind.MOTION)
    return {
        "outcome": decision.outcome.value,
        "choice": decision.choice,
        "participating": _written(figures, totals.get(_PARTICIPATING), decimals),
        "flags": [flag.value for flag in flags_of(figures, slate, decision, published)],
    }


def _areas(value: object) -> Iterator[str]:
    """Every area in the totals, to find the unit in which all of them are whole numbers."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "area" and isinstance(inner, str) and len(inner) <= LONGEST:
                yield inner
            else:
                yield from _areas(inner)


def _totals(
    given: dict[str, object], document: dict[str, object], setting: Setting, decimals: int, faults: Faults
) -> Totals[str]:
    slate = setting.slate
    rows = (*slate.options, slate.abstain)
    choices = fields(given.get("choices", {}), "totals.choices", frozenset(rows), faults) or {}
    everybody = _pair(given.get("all"), "totals.all", decimals, faults)
    for name, total in zip(("heads", "area"), everybody.both, strict=True):
        if total == 0:
            faults.add(f"totals.all.{name}", no.TOTAL_OF_ZERO)
    deemed, deemed_to = _deemed(given, slate.options, decimals, faults)
    return Totals(
        everybody=everybody,
        choices={row: _pair(choices.get(row), below("totals.choices", row), decimals, faults) for row in rows},
        published_part=_pair(given.get(_PARTICIPATING), f"totals.{_PARTICIPATING}", decimals, faults),
        invalid=_pair(given["invalid"], "totals.invalid", decimals, faults) if "invalid" in given else Figures(0, 0),
        deemed=deemed,
        deemed_to=deemed_to,
        printed=_printed(document.get("printed", []), rows, faults),
        invalid_takes_part=setting.terms.invalid_takes_part,
    )


def _pair(value: object, place: str, decimals: int, faults: Faults, known: frozenset[str] = _PAIR_FIELDS) -> Figures:
    """Heads and area; what is missing or null is not published."""
    given = fields(value, place, known, faults) if value is not None else None
    if given is None:
        return Figures()
    heads, area = given.get("heads"), given.get("area")
    return Figures(
        None if heads is None else number(heads, f"{place}.heads", faults),
        None if area is None else _figure(area, f"{place}.area", decimals, faults),
    )


def _figure(value: object, place: str, decimals: int, faults: Faults) -> int | None:
    """A number with decimals as a whole number of its last decimal."""
    if not isinstance(value, str) or len(value) > LONGEST or not _FIGURE.fullmatch(value):
        faults.add(place, no.NOT_A_FIGURE)
        return None
    whole, _point, rest = value.partition(".")
    return int(whole + rest) * 10 ** (decimals - len(rest))


def _deemed(
    given: dict[str, object], options: tuple[str, ...], decimals: int, faults: Faults
) -> tuple[Figures, str | None]:
    """The deemed votes and the choice they joined, as published; none if the notice does not speak of any."""
    if "deemed" not in given:
        return Figures(0, 0), None
    value, place = given["deemed"], "totals.deemed"
    figures = _pair(value, place, decimals, faults, _PAIR_FIELDS | {"to"})
    to = value.get("to") if isinstance(value, dict) else None
    if to is not None:
        return figures, one_of(to, {option: option for option in options}, f"{place}.to", faults)
    if any(figures.both):
        faults.add(f"{place}.to", no.DEEMED_TO_NOBODY)
    return figures, None


def _printed(value: object, rows: tuple[str, ...], faults: Faults) -> list[Printed[str]]:
    names: dict[str, str] = {name: name for name in (_PARTICIPATING, *rows)}
    read: list[Printed[str]] = []
    for at, row in enumerate(items(value, "printed", faults)):
        place = f"printed[{at}]"
        given = fields(row, place, _PRINTED_FIELDS, faults)
        if given is None:
            continue
        of = one_of(given.get("of"), names, f"{place}.of", faults)
        base = one_of(given.get("base"), _BASES, f"{place}.base", faults)
        heads, area = (
            _percent(given.get(name), f"{place}.{name}", faults) for name in ("heads_percent", "area_percent")
        )
        if of and base:
            read.append(Printed(None if of == _PARTICIPATING else of, base, heads, area))
    return read


def _percent(value: object, place: str, faults: Faults) -> Fraction | None:
    """A share in percent; missing or null is not printed."""
    if value is None:
        return None
    if isinstance(value, str) and len(value) <= LONGEST and _FIGURE.fullmatch(value):
        return Fraction(value)
    faults.add(place, no.NOT_A_FIGURE)
    return None


def _written(figures: Totals[str], published: object, decimals: int) -> dict[str, object]:
    """Those who took part: an area as it was printed, else the exact sum with at least two decimals."""
    heads, area = figures.part.both
    printed = published.get("area") if isinstance(published, dict) else None
    return {"heads": heads, "area": printed if printed is not None or area is None else _metres(area, decimals)}


def _metres(area: int, decimals: int) -> str:
    digits = str(area).rjust(decimals + 1, "0")
    whole, rest = digits[:-decimals], digits[-decimals:]
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"
