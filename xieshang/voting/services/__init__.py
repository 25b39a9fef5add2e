"""Writes about votes: prepare, open, cast, and what time does."""

from .casting import cast, require_paper
from .closing import due
from .opening import open_vote, prepare

__all__ = ["cast", "due", "open_vote", "prepare", "require_paper"]
