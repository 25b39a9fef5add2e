"""Who may do what in coordination; each noun registers its own by being imported. None asks for a state."""

from . import guidance

__all__ = ["guidance"]
