"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable

from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter

from .models import Decision, Vote

# Called inside the transaction in which a vote is closed and counted, by time itself.
on_closed: list[Callable[[Vote], None]] = []
# Called inside the transaction in which an owners' decision takes effect (DECIDED), with its counts kept.
on_decided: list[Callable[[Decision], None]] = []
# What was talked over and now waits for the owners, so that whoever convenes them can say what a vote is about.
for_owners: list[Callable[[Actor], list[Matter]]] = []
