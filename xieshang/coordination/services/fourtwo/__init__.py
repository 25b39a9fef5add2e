"""Writes of 四议两公开: one public function per verb."""

from .beginning import begin, redraft, withdraw
from .carrying import check, enter_account, publish_result, set_item
from .disclosing import draft_resolution, due, objection_sustained, publish_resolution, start
from .meetings import Held, record_meeting

__all__ = [
    "Held",
    "begin",
    "check",
    "draft_resolution",
    "due",
    "enter_account",
    "objection_sustained",
    "publish_resolution",
    "publish_result",
    "record_meeting",
    "redraft",
    "set_item",
    "start",
    "withdraw",
]
