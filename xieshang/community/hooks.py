"""Lists that upper apps fill when they are ready; this app knows nobody above it."""

from collections.abc import Callable

from xieshang.community.models import Body, Office, Place
from xieshang.community.rules import RuleBook

# Called inside the transaction that makes a community (or village) for the first time.
on_community_made: list[Callable[[Place], None]] = []
# Called inside the transaction in which an office starts, changes or ends.
on_office_changed: list[Callable[[Office], None]] = []
# Called inside the transaction that makes or changes a body.
on_body_changed: list[Callable[[Body], None]] = []
# The rules that a place may set for itself, by kind; officers of the street set them on one page.
rule_books: dict[str, RuleBook] = {}


def add_book(book: RuleBook) -> None:
    """Register the rules of one kind."""
    rule_books[book.kind] = book
