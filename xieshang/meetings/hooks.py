"""Lists that upper apps fill when they are ready: called in the transaction of the step, with the meeting."""

from collections.abc import Callable

from .models import Meeting
from .rules.minutes import Action

# The notice has gone out.
on_noticed: list[Callable[[Meeting], object]] = []
# It was put off to another day, or adjourned because too few came.
on_moved: list[Callable[[Meeting], object]] = []
on_opened: list[Callable[[Meeting], object]] = []
# The meeting is over; its minutes are drafted from what happened.
on_closed: list[Callable[[Meeting], object]] = []
on_minutes_signed: list[Callable[[Meeting], object]] = []
# For the draft of the minutes: what each side said (name of the side, words), and what was promised.
minutes_positions: list[Callable[[Meeting], list[tuple[str, str]]]] = []
minutes_actions: list[Callable[[Meeting], list[Action]]] = []
