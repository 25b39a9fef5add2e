"""An estate's file between the look and the import: kept for an hour, for the office that sent it and nobody else.

It is full of names and numbers, so it lies in the cache sealed.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from django.core.cache import cache

from xieshang.lib import sealedcache
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .common import permitted_area
from .files import EstateFile, read_estate_file
from .storing import ImportReport, Progress, import_register

_SECONDS = 60 * 60
_AT_MOST = 10 * 60
GONE = Refusal("estate_file_gone", _("文件只保留一小时，现在已经清掉了。请再传一次。"))
BUSY = Refusal("estate_file_is_imported", _("这份表正在导入，请等一会儿再刷新这一页。"))


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file, what its columns were said to be, and what was found in it."""

    file: EstateFile
    columns: Mapping[str, str] = field(default_factory=dict)
    report: ImportReport | None = None


def keep_file(actor: Actor, area_id: int, file: BinaryIO, name: str) -> str:
    """Read a file and keep it; gives the key under which it is kept. RuleViolation when it cannot be read."""
    permitted_area(actor, area_id, "import_register")
    key = secrets.token_urlsafe(16)
    sealedcache.put(_place(actor, area_id, key), KeptFile(read_estate_file(file, name)), _SECONDS)
    return key


def kept_file(actor: Actor, area_id: int, key: str) -> KeptFile | None:
    """The file that this office sent within the hour."""
    found = sealedcache.take(_place(actor, area_id, key))
    return found if isinstance(found, KeptFile) else None


def try_kept(actor: Actor, area_id: int, key: str, *, columns: Mapping[str, str], ticket: str = "") -> ImportReport:
    """Compare a kept file with the list, changing nothing, and keep what was found with it."""
    found = _required(actor, area_id, key)
    told = _teller(actor, area_id, ticket)
    report = import_register(actor, area_id, found.file, columns=columns, edition=0, dry_run=True, progress=told)
    sealedcache.put(_place(actor, area_id, key), replace(found, columns=dict(columns), report=report), _SECONDS)
    return report


def import_kept(actor: Actor, area_id: int, key: str, *, ticket: str = "") -> ImportReport:
    """Take over a file that has been tried, against the edition that was compared; a second time changes nothing."""
    lock = f"{_place(actor, area_id, key)}:running"
    if not cache.add(lock, 1, _AT_MOST):
        raise RuleViolation(BUSY)
    try:
        found = _required(actor, area_id, key)
        if found.report is None or found.report.is_stored or found.report.faults:
            return found.report or ImportReport(0)
        report = import_register(
            actor,
            area_id,
            found.file,
            columns=found.columns,
            edition=found.report.edition,
            dry_run=False,
            progress=_teller(actor, area_id, ticket),
        )
        # Once it is stored, names and numbers need not lie in the cache any more.
        emptied = replace(found, file=replace(found.file, sheets={}), report=report)
        sealedcache.put(_place(actor, area_id, key), emptied, _SECONDS)
        return report
    finally:
        cache.delete(lock)


def percent_of(actor: Actor, area_id: int, ticket: str) -> int:
    """How much of what runs under this ticket is done; nothing for a ticket that is nobody's."""
    percent: int = cache.get(_place(actor, area_id, f"{ticket}:percent"), 0)
    return percent


def _teller(actor: Actor, area_id: int, ticket: str) -> Progress | None:
    """Writes down how far it is, outside the transaction, so that others see it at once."""
    if not ticket:
        return None

    def tell(done: int, total: int) -> None:
        cache.set(_place(actor, area_id, f"{ticket}:percent"), min(99, 100 * done // max(total, 1)), _AT_MOST)

    return tell


def _required(actor: Actor, area_id: int, key: str) -> KeptFile:
    found = kept_file(actor, area_id, key)
    if found is None:
        raise RuleViolation(GONE)
    return found


def _place(actor: Actor, area_id: int, key: str) -> str:
    office = actor.office.id if actor.office else None
    return f"register:{area_id}:{actor.hands}:{office}:{key}"
