"""A file in the format xieshang-count/1: text in, a result or every fault out. docs/counting.md describes it."""

import json

from . import ballots, notice
from . import faults as no
from .reading import Faults, FileFault, fields, loads
from .terms import FORMAT, SHARED_FIELDS, setting_of


def result_of_file(raw: bytes, *, line: int = 1) -> dict[str, object] | list[FileFault]:
    """Count one file, or one line of many: the result as the format prints it, or the list of its faults."""
    faults = Faults()
    try:
        text = raw.decode()
    except UnicodeDecodeError as wrong:
        faults.add(f"line {line + raw[: wrong.start].count(b'\n')}", no.NOT_UTF8)
        return faults
    document = loads(text, faults, line)
    result = None if faults else _result_of(document, faults)
    return faults if result is None else result


def _result_of(document: object, faults: Faults) -> dict[str, object] | None:
    given = document if isinstance(document, dict) else {}
    if "totals" in given and "units" in given:
        faults.add("units", no.BOTH_FORMS)
        return None
    form = notice if "totals" in given else ballots
    if fields(document, "", SHARED_FIELDS | form.FIELDS, faults) is None:
        return None
    setting = setting_of(given, faults)
    if "totals" not in given and "units" not in given:
        faults.add("units", no.NEITHER_FORM)
        return None
    return form.result_of(given, setting, faults)


def printed(result: dict[str, object] | list[FileFault]) -> str:
    """One line of JSON: the result, or the faults under error."""
    page = {"error": [str(fault) for fault in result]} if isinstance(result, list) else result
    return json.dumps(page, ensure_ascii=False)


__all__ = ["FORMAT", "FileFault", "printed", "result_of_file"]
