"""Doors by which a text message leaves the house."""

import sys


def print_text(phone: str, text: str) -> None:
    """Print a text message instead of sending it: for development."""
    sys.stderr.write(f"[text message to …{phone[-4:]}] {text}\n")
