"""Setting up real communities from one workbook: all or nothing, and again without doubling."""

from collections.abc import Callable, Mapping

from xieshang.lib.actor import Actor

from .report import Fault, SetUpReport

Tables = Mapping[str, list[list[object]]]
Progress = Callable[[int, int], None]

__all__ = ["Fault", "SetUpReport", "set_up"]


def set_up(actor: Actor, tables: Tables, *, dry_run: bool, progress: Progress | None = None) -> SetUpReport:
    """Make or update places, homes, bodies, offices and the register from plain tables (sheet → rows as read).

    Nothing is changed on a dry run or when any row has a fault. `progress` hears of (rows done, rows in all).
    """
    raise NotImplementedError
