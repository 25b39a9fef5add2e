"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable

from .models import Post

# Called inside the transaction in which a post comes before the neighbours' eyes for the first time.
on_said: list[Callable[[Post], None]] = []
