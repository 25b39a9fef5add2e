"""Who may do what in coordination; each noun registers its own by being imported. None asks for a state."""

from . import bodies, guidance, study, threads

__all__ = ["bodies", "guidance", "study", "threads"]
