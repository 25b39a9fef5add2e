"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable
from datetime import date

from xieshang.community.models import Place
from xieshang.lib.actor import Actor

from .models import FourTwo, FourTwoRecord, Thread
from .rules.study import Point

# A thread came to an end, of whatever kind: closed, not taken up, withdrawn. Called inside the verb's transaction.
on_ended: list[Callable[[Actor, Thread], None]] = []
# What waits in a community on a day and belongs on the table of a regular study.
agenda: list[Callable[[Place, date], list[Point]]] = []
# The villagers' or residents' meeting has resolved on a 四议两公开.
fourtwo_resolved: list[Callable[[FourTwoRecord], None]] = []
# What it resolved is made public; called inside the verb's transaction.
resolution_published: list[Callable[[Actor, FourTwo], None]] = []
