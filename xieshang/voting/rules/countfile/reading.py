"""From text to plain values, with every fault and its place; nothing here knows what a vote is."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from xieshang.lib.refusals import Refusal

from . import faults as no

# A number of more digits is a slip; the sum of two such still prints.
LONGEST = 2000
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MAYBE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing that is wrong with a file: its place (a path or a line), a stable code and a sentence."""

    place: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class Faults(list[FileFault]):
    """All faults found so far."""

    def add(self, place: str, refusal: Refusal, **names: object) -> None:
        """Note one fault; names fill the sentence."""
        sentence = refusal.sentence.format(**names)
        self.append(FileFault(place, refusal.code, sentence.encode(errors="backslashreplace").decode()))


class Doubled(dict[str, object]):
    """An object in which a field stands twice: nobody knows which of the two is meant."""

    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Odd:
    """A number that no field takes: with a point or an exponent, NaN, infinite, or endlessly long."""

    text: str


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    doubled = Doubled(plain)
    names = [name for name, _ in pairs]
    doubled.twice = tuple(name for name in plain if names.count(name) > 1)
    return doubled


def _whole(text: str) -> int | Odd:
    return int(text) if len(text) <= LONGEST else Odd(text[:20])


def loads(text: str, faults: Faults, line: int = 1) -> object:
    """Read JSON strictly; on a fault None, and the fault is noted with its line. A byte order mark is passed over."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=Odd, parse_int=_whole, parse_constant=Odd)
    text = text.removeprefix("\ufeff")
    try:
        document = decoder.decode(text)
    except json.JSONDecodeError as wrong:
        faults.add(f"line {line + wrong.lineno - 1}", no.NOT_JSON, column=wrong.colno)
        return None
    except RecursionError:
        faults.add(f"line {line}", no.TOO_DEEP)
        return None
    if _MAYBE_SURROGATE.search(text) or _LONE_SURROGATE.search(text):
        _note_broken_text(document, "", faults)
    return document


def _note_broken_text(value: object, place: str, faults: Faults) -> None:
    """Half of a pair of surrogates is no character: it can be neither printed nor compared with what was meant."""
    if isinstance(value, str) and _LONE_SURROGATE.search(value):
        faults.add(place or "line 1", no.BROKEN_TEXT)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            _note_broken_text(item, f"{place}[{at}]", faults)
    elif isinstance(value, dict):
        for name, item in value.items():
            _note_broken_text(name, below(place, name), faults)
            _note_broken_text(item, below(place, name), faults)


def below(place: str, name: str) -> str:
    """The path of a field."""
    shown = name if name.isidentifier() else json.dumps(name)
    return f"{place}.{shown}" if place else shown


def fields(value: object, place: str, known: frozenset[str], faults: Faults) -> dict[str, object] | None:
    """The fields of an object, if it is one and no field stands twice or is unknown."""
    if type(value) is dict and value.keys() <= known:
        return value
    if not isinstance(value, dict):
        faults.add(place or "line 1", no.NOT_AN_OBJECT)
        return None
    for name in getattr(value, "twice", ()):
        faults.add(below(place, name), no.FIELD_TWICE)
    for name in value:
        if name not in known:
            faults.add(below(place, name), no.UNKNOWN_FIELD)
    return value


def items(value: object, place: str, faults: Faults) -> list[object]:
    """The items of a list; nothing, and a fault, if it is none."""
    if isinstance(value, list):
        return value
    faults.add(place, no.NOT_A_LIST)
    return []


def text_of(value: object, place: str, faults: Faults) -> str | None:
    """A text that is not blank."""
    if isinstance(value, str) and value and not value.isspace():
        return value
    faults.add(place, no.NOT_TEXT)
    return None


def one_of[T](value: object, words: Mapping[str, T], place: str, faults: Faults) -> T | None:
    """What one of the listed words stands for."""
    if isinstance(value, str) and value in words:
        return words[value]
    faults.add(place, no.NOT_LISTED, words=", ".join(words))
    return None


def switch(value: object, place: str, faults: Faults) -> bool:
    """True or false, nothing that resembles them."""
    if value is not True and value is not False:
        faults.add(place, no.NOT_TRUE_OR_FALSE)
    return value is True


def number(value: object, place: str, faults: Faults, least: int = 0) -> int | None:
    """A whole number; true is none, nor is 1.0."""
    if type(value) is int and value >= least:
        return value
    faults.add(place, no.NOT_A_NUMBER, least=least)
    return None


def placed_texts(value: object, place: str, faults: Faults) -> list[tuple[str, str]]:
    """The texts of a list, each with its place."""
    places = [(f"{place}[{at}]", item) for at, item in enumerate(items(value, place, faults))]
    read = [(at, text_of(item, at, faults)) for at, item in places]
    return [(at, text) for at, text in read if text is not None]


def each_text(value: object, place: str, faults: Faults) -> list[str]:
    """The texts of a list."""
    return [text for _place, text in placed_texts(value, place, faults)]
