"""A workbook between the look and the import: kept for an hour, for the office that sent it and nobody else."""

import secrets
from dataclasses import dataclass
from typing import BinaryIO

from django.core.cache import cache

from xieshang.lib import sealedcache
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .setting_up import Progress, SetUpReport, set_up
from .setting_up.tables import Tables
from .workbook import read_workbook

_SECONDS = 60 * 60
# No import takes longer than this; after it a lock that was left behind is worth nothing.
_AT_MOST = 10 * 60
BUSY = Refusal("workbook_is_imported", _("这份表正在导入，请等一会儿再刷新这一页。"))
GONE = Refusal("workbook_gone", _("文件只保留一小时，现在已经清掉了。请再传一次。"))


@dataclass(slots=True)
class Kept:
    """A workbook's name, its rows until they are imported, and what was found."""

    name: str
    tables: Tables
    report: SetUpReport
    is_done: bool = False


def look_over(actor: Actor, file: BinaryIO, *, name: str, ticket: str = "") -> str:
    """Read a workbook and try it without changing anything; gives the key under which rows and findings are kept.

    How far it is can be asked for meanwhile by the ticket. Raises RuleViolation when the file cannot be read.
    """
    tables = read_workbook(file)
    # A look goes through every row once, an import twice.
    report = set_up(actor, tables, dry_run=True, progress=_teller(actor, ticket, share=2))
    key = secrets.token_urlsafe(16)
    sealedcache.put(_place(actor, key), Kept(name, {} if report.faults else tables, report), _SECONDS)
    return key


def kept(actor: Actor, key: str) -> Kept | None:
    """What was found in a workbook that this office sent within the hour."""
    found = sealedcache.take(_place(actor, key))
    return found if isinstance(found, Kept) else None


def import_kept(actor: Actor, key: str, *, ticket: str = "") -> SetUpReport:
    """Import a workbook that has been looked over; done once, a second time changes nothing.

    Raises RuleViolation when it is not kept any more, and while another request imports it.
    """
    lock = f"{_place(actor, key)}:running"
    if not cache.add(lock, 1, _AT_MOST):
        raise RuleViolation(BUSY)
    try:
        found = kept(actor, key)
        if found is None:
            raise RuleViolation(GONE)
        return _import(actor, key, found, ticket)
    finally:
        cache.delete(lock)


def _import(actor: Actor, key: str, found: Kept, ticket: str) -> SetUpReport:
    if found.is_done or not found.tables:
        return found.report
    report = set_up(actor, found.tables, dry_run=False, progress=_teller(actor, ticket))
    sealedcache.put(_place(actor, key), Kept(found.name, {}, report, is_done=not report.faults), _SECONDS)
    return report


# How far it is --------------------------------------------------------------------------------------------------


def percent_of(actor: Actor, ticket: str) -> int:
    """How much of what runs under this ticket is done; nothing for a ticket that is nobody's."""
    return cache.get(_place(actor, f"{ticket}:percent"), 0)


def _teller(actor: Actor, ticket: str, *, share: int = 1) -> Progress | None:
    """Writes down how far it is, for `percent_of`; outside the transaction, so that others see it at once."""
    if not ticket:
        return None

    def tell(done: int, total: int) -> None:
        cache.set(_place(actor, f"{ticket}:percent"), min(99, 100 * share * done // max(total, 1)), _AT_MOST)

    return tell


def _place(actor: Actor, key: str) -> str:
    office = actor.office.id if actor.office else None
    return f"set_up:{actor.hands}:{office}:{key}"
