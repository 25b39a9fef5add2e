"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable

from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter

from .models import Decision, Vote
from .rules import Nature

# Called inside the transaction in which a secret vote opens: the matter it is about moves with it, or says why not.
on_opened: list[Callable[[Actor, Vote], None]] = []
# What a matter is by law, which decides what a vote of residents about it is worth; None: this app does not know it.
natures: list[Callable[[Matter], Nature | None]] = []
# Called inside the transaction in which a vote is closed and counted, by time itself; or ended without a count.
on_closed: list[Callable[[Vote], None]] = []
# Called inside the transaction in which an owners' decision is drafted.
on_drafted: list[Callable[[Decision], None]] = []
# Called inside the transaction in which an owners' decision takes effect (DECIDED), with its counts kept.
on_decided: list[Callable[[Decision], None]] = []
# What was talked over and now waits for the owners, so that whoever convenes them can say what a vote is about.
for_owners: list[Callable[[Actor], list[Matter]]] = []
