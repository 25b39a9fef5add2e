"""How long ago time itself was last at work."""

from django.core.cache import cache

from xieshang.lib.clock import now

TICKED = "home.ticked"
# A timer that has been silent for so many seconds stands still: it runs every minute.
SILENT = 300


def since_tick() -> int | None:
    """Seconds since `tick` last came to its end without a fault; None when that is not known."""
    ended = cache.get(TICKED)
    return None if ended is None else int((now() - ended).total_seconds())
