"""What the apps above tell of a matter: the papers of its file."""

from collections.abc import Callable, Iterable

from .models import Matter
from .rules import Circle, Paper

# The papers of a matter for a circle of readers: what only a wider circle reads may be left out.
Papers = Callable[[Matter, Circle], Iterable[Paper]]
# By kind of matter: what its own app keeps of it.
of_kind: dict[str, Papers] = {}
# What any matter may have hanging on it: notices, promises, votes, meetings. Their order is that of the floors.
of_any: list[Papers] = []
