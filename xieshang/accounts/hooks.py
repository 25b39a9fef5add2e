"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable, Mapping

from xieshang.lib.actor import Actor

# What upper apps show on a person's own page: names and values for its template.
on_my_page: list[Callable[[Actor], Mapping[str, object]]] = []
# What upper apps know about a person, for the person to read and to take along: heading and plain values.
known: list[Callable[[int], Mapping[str, object]]] = []
# Asked before a person closes the account, on the page and again in its transaction; may refuse.
on_closing: list[Callable[[Actor], None]] = []
# Called inside the transaction in which a person withdraws consent or closes the account.
on_leaving: list[Callable[[Actor], None]] = []
# Where the first visit goes on, once the name is chosen and the notice agreed to: an address, or "" for no such step.
after_welcome: list[Callable[[Actor], str]] = []
