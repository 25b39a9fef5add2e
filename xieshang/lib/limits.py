"""How often one person may do something, counted in the cache: real time, nothing kept longer than the span."""

import time

from django.core.cache import cache

from .refusals import Refusal, RuleViolation
from .refusals import later as _

TOO_OFTEN = Refusal("too_often", _("您操作得太快了，请过几分钟再试。写好的内容不会丢。"))


def within(key: str, most: int, seconds: int) -> bool:
    """Count one more act under this key; whether it is still among the first `most` of the running span."""
    name = f"limit.{key}.{int(time.time()) // seconds}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) <= most
    except ValueError:
        # The span ended between the two calls: this act is the first of the next one.
        return True


def require_within(key: str, most: int, seconds: int) -> None:
    """Refuse an act that comes too often."""
    if not within(key, most, seconds):
        raise RuleViolation(TOO_OFTEN)
