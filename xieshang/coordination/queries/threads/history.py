"""The whole course of a thread: every step, every version of every position, what hangs together with it."""

from dataclasses import dataclass

from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter
from xieshang.matters.queries import linked

from ...models import Thread
from ...rules.threads import EntryKind
from .detail import step_of
from .table import Said, said_in, seat_of, table_of


@dataclass(frozen=True, slots=True)
class History:
    """Steps newest first, positions by side in all their versions, and ties to other matters."""

    steps: list[dict[str, object]]
    positions: list[Said]
    related: list[tuple[str, Matter]]


def history_of(actor: Actor, thread: Thread) -> History:
    """The whole history for one reader; a fixed number of queries."""
    seat = seat_of(actor, thread, table_of(thread))
    entries = said_in(thread, seat)
    steps = list(thread.steps.select_related("office__body").order_by("-pk"))
    return History(
        steps=[step_of(row) for row in steps],
        positions=[said for said in entries if said.kind == EntryKind.POSITION],
        related=linked(actor, thread.matter),
    )
