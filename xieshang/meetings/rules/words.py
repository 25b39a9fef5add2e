"""What is left of a turn, as a clock shows it."""


def clock_words(seconds: int) -> str:
    """What is left of a turn: 2:45; over time 超时0:12."""
    minutes, rest = divmod(abs(seconds), 60)
    return ("超时" if seconds < 0 else "") + f"{minutes}:{rest:02d}"
