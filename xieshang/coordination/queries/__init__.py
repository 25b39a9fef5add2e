"""Reads of coordination, one module a noun; what waits for an office is put together here."""

from collections.abc import Collection
from datetime import date

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.waiting import Queue, Waiting
from xieshang.lib.workdays import ONE_DAY

from .fourtwo import fourtwo_queues, fourtwo_waiting
from .guidance import count_guidance_under, guidance_due_under, guidance_queues, guidance_waiting
from .study import help_under, study_queues, study_waiting
from .threads.waiting import thread_queues, threads_waiting

__all__ = ["count_late", "due_under", "help_under", "late_under", "queues", "waiting_for"]
MOST = 4


def waiting_for(actor: Actor, most: int = MOST, empty: Collection[str] = ()) -> list[Waiting]:
    """What this actor should do next in coordination, nearest first of each kind; no queue known to be empty."""
    asked = {"fourtwo": fourtwo_waiting, "threads": threads_waiting, "guidance": guidance_waiting, "": study_waiting}
    return [one for key, ask in asked.items() if key not in empty for one in ask(actor, most)]


def count_late(actor: Actor) -> int:
    """How much is overdue in the place of this office beside promises."""
    return count_guidance_under(actor, shown_today() - ONE_DAY)


def late_under(actor: Actor, most: int) -> list[tuple[int, Waiting]]:
    """What is overdue in the place of this office beside promises, with the ids of the communities; first due first."""
    return guidance_due_under(actor, None, shown_today() - ONE_DAY, most)


def due_under(actor: Actor, first: date, last: date, most: int) -> list[tuple[int, Waiting]]:
    """What is due in the place of this office in these days beside promises, with the ids of the communities."""
    return guidance_due_under(actor, first, last, most)


def queues(actor: Actor) -> list[Queue]:
    """The queues of coordination on this office's desk."""
    return fourtwo_queues(actor) + thread_queues(actor) + guidance_queues(actor) + study_queues(actor)
