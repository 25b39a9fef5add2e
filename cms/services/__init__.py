"""What keeps the public site in step with the product: trees, groups, workflow, suggestions."""

from .groups import due, follow_office, settle_groups
from .pages import make_community_pages
from .suggestions import answer_suggestion, suggest
from .workflow import tell_approvers, tell_writer

__all__ = [
    "answer_suggestion",
    "due",
    "follow_office",
    "make_community_pages",
    "settle_groups",
    "suggest",
    "tell_approvers",
    "tell_writer",
]
