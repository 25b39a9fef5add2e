"""Who may do what in coordination; each noun registers its own by being imported. None asks for a state."""

from . import bodies, fourtwo, guidance, study, threads

__all__ = ["bodies", "fourtwo", "guidance", "study", "threads"]
