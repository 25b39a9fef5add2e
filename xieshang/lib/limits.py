"""How often somebody may do something, counted in the cache: real time, nothing kept longer than the span."""

import hashlib
import time

from django.core.cache import cache

from .refusals import Refusal, RuleViolation
from .refusals import later as _

TOO_OFTEN = Refusal("too_often", _("您操作得太快了，请过几分钟再试。写好的内容不会丢。"))


def within(kind: str, who: object, most: int, seconds: int) -> bool:
    """Count one more act of a kind by somebody; whether it is still among the first `most` of the running span.

    Who it is (a number, an address, an id) enters the cache only as a hash.
    """
    mark = hashlib.sha256(str(who).encode()).hexdigest()[:32]
    name = f"limit:{kind}:{mark}:{int(time.time()) // seconds}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) <= most
    except ValueError:
        # The span ended between the two calls: this act is the first of the next one.
        return True


def require_within(kind: str, who: object, most: int, seconds: int) -> None:
    """Refuse an act that comes too often."""
    if not within(kind, who, most, seconds):
        raise RuleViolation(TOO_OFTEN)
