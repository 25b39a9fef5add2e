"""Lists that upper apps fill when they are ready; called inside the transaction of the verb."""

from collections.abc import Callable

from xieshang.lib.actor import Actor

from .models import Thread

# A thread came to an end, of whatever kind: closed, not taken up, withdrawn.
on_ended: list[Callable[[Actor, Thread], None]] = []
