"""Asking for votes: who has a right, what was cast, how it counts."""
