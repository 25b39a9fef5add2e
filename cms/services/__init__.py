"""What keeps the public site in step with the product: trees, groups, workflow, suggestions."""

from .groups import due, follow_office, settle_groups
from .pages import make_community_pages
from .suggestions import answer_suggestion, suggest
from .workflow import decided_on, handed_in, wrote_down

__all__ = [
    "answer_suggestion",
    "decided_on",
    "due",
    "follow_office",
    "handed_in",
    "make_community_pages",
    "settle_groups",
    "suggest",
    "wrote_down",
]
