"""What the demo does: loads itself, moves its clock, keeps its text messages."""

from .clock import forget, loading_at, move_a_day, move_to_next_deadline, shift, with_ticking
from .loading import load
from .outbox import send_to_outbox

__all__ = [
    "forget",
    "load",
    "loading_at",
    "move_a_day",
    "move_to_next_deadline",
    "send_to_outbox",
    "shift",
    "with_ticking",
]
