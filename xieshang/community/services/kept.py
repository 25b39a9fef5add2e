"""A workbook between the look and the import: kept for an hour, for the office that sent it and nobody else."""

import secrets
from dataclasses import dataclass
from typing import BinaryIO

from django.core.cache import cache

from xieshang.lib.actor import Actor
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .setting_up import SetUpReport, set_up
from .setting_up.tables import Tables
from .workbook import read_workbook

_SECONDS = 60 * 60
GONE = Refusal("workbook_gone", _("文件只保留一小时，现在已经清掉了。请再传一次。"))


@dataclass(slots=True)
class Kept:
    """A workbook's name, its rows until they are imported, and what was found."""

    name: str
    tables: Tables
    report: SetUpReport
    is_done: bool = False


def look_over(actor: Actor, file: BinaryIO, *, name: str) -> str:
    """Read a workbook and try it without changing anything; gives the key under which rows and findings are kept.

    Raises RuleViolation when the file cannot be read.
    """
    tables = read_workbook(file)
    report = set_up(actor, tables, dry_run=True)
    key = secrets.token_urlsafe(16)
    cache.set(_place(actor, key), Kept(name, {} if report.faults else tables, report), _SECONDS)
    return key


def kept(actor: Actor, key: str) -> Kept | None:
    """What was found in a workbook that this office sent within the hour."""
    return cache.get(_place(actor, key))


def import_kept(actor: Actor, key: str) -> SetUpReport:
    """Import a workbook that has been looked over; done once, a second time changes nothing.

    Raises RuleViolation when it is not kept any more.
    """
    found = kept(actor, key)
    if found is None:
        raise RuleViolation(GONE)
    if found.is_done or not found.tables:
        return found.report
    report = set_up(actor, found.tables, dry_run=False)
    cache.set(_place(actor, key), Kept(found.name, {}, report, is_done=not report.faults), _SECONDS)
    return report


def _place(actor: Actor, key: str) -> str:
    office = actor.office.id if actor.office else None
    return f"set_up:{actor.hands}:{office}:{key}"
