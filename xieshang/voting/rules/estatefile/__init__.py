"""An estate's own list of owners: cells in, units and owners or faults out. Pure."""

from .columns import FIELD_LABELS, Field, Heading, Table, guessed, heading_of, missing_in
from .diff import KIND_WORDS, SALE_WORDS, SOURCE_WORDS, Change, Differences, UnitFacts, differences
from .faults import Fault
from .identity import IdKind, id_number
from .reading import MOST_FAULTS, Line, OwnerCell, Reading, read

__all__ = [
    "FIELD_LABELS",
    "KIND_WORDS",
    "MOST_FAULTS",
    "SALE_WORDS",
    "SOURCE_WORDS",
    "Change",
    "Differences",
    "Fault",
    "Field",
    "Heading",
    "IdKind",
    "Line",
    "OwnerCell",
    "Reading",
    "Table",
    "UnitFacts",
    "differences",
    "guessed",
    "heading_of",
    "id_number",
    "missing_in",
    "read",
]
