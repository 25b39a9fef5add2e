"""The number of a topic, as people quote it."""

MARK = "议"


def reference_number(place_short: str, year: int, sequence: int) -> str:
    """The number that stays with a topic for good, such as 议-和顺-2026-0012; sequence from 1 within place and year."""
    return f"{MARK}-{place_short}-{year}-{sequence:04d}"
