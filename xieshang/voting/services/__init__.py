"""Writes about votes: prepare, open, cast, and what time does."""

from .casting import cast, require_paper
from .closing import due
from .ledger import link_ledger, write_entry
from .opening import open_vote, prepare

__all__ = ["cast", "due", "link_ledger", "open_vote", "prepare", "require_paper", "write_entry"]
