"""Reads of coordination, one module a noun; what waits for an office is put together here."""

from xieshang.lib.actor import Actor
from xieshang.lib.waiting import Queue, Waiting

from .guidance import guidance_queues, guidance_waiting
from .study import study_queues, study_waiting

MOST = 4


def waiting_for(actor: Actor, most: int = MOST) -> list[Waiting]:
    """What this actor should do next in coordination, the nearest of each kind."""
    return guidance_waiting(actor, most) + study_waiting(actor, most)


def queues(actor: Actor) -> list[Queue]:
    """The queues of coordination on this office's desk."""
    return guidance_queues(actor) + study_queues(actor)
