"""Reading a workbook as offices keep it: .xlsx and .xls."""

from collections.abc import Mapping
from typing import BinaryIO


def read_workbook(file: BinaryIO) -> Mapping[str, list[list[object]]]:
    """All visible sheets as plain rows, as they stand in the file; merged columns filled downwards."""
    raise NotImplementedError
