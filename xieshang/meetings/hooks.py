"""Lists that upper apps fill when they are ready: called in the transaction of the step, with the meeting."""

from collections.abc import Callable

from .models import Meeting

# The notice has gone out.
on_noticed: list[Callable[[Meeting], None]] = []
on_opened: list[Callable[[Meeting], None]] = []
# The meeting is over; its minutes are drafted from what happened.
on_closed: list[Callable[[Meeting], None]] = []
on_minutes_signed: list[Callable[[Meeting], None]] = []
# How many motions of a meeting are still open, by its id: it is not closed over them.
open_motions: list[Callable[[int], int]] = []
