"""What the demo shows of itself."""

from .clock import next_deadline
from .pictures import draw
from .samples import samples

__all__ = ["draw", "next_deadline", "samples"]
