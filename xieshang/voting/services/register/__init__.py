"""Writes about an estate's list of owners: importing it, asking who is the same, finding who a person is in it."""

from .claims import claim_owner, decide_claim, letter_code
from .files import EstateFile, read_estate_file
from .kept import GONE, KeptFile, import_kept, keep_file, kept_file, percent_of, try_kept
from .namesakes import answer_same_name
from .storing import ImportReport, import_register

__all__ = [
    "GONE",
    "EstateFile",
    "ImportReport",
    "KeptFile",
    "answer_same_name",
    "claim_owner",
    "decide_claim",
    "import_kept",
    "import_register",
    "keep_file",
    "kept_file",
    "letter_code",
    "percent_of",
    "read_estate_file",
    "try_kept",
]
