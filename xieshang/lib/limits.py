"""How often somebody may do something, counted in the cache: real time, nothing kept longer than the span."""

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from django.core.cache import cache

from .refusals import Refusal, RuleViolation
from .refusals import later as _

TOO_OFTEN = Refusal("too_often", _("您操作得太快了，请过几分钟再试。写好的内容不会丢。"))


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many acts of one kind by one somebody in a span of seconds.

    Who it is (a number, an address, an id) enters the cache only as a hash.
    """

    kind: str
    who: object
    most: int
    seconds: int

    @property
    def key(self) -> str:
        """Under what the running span is counted."""
        mark = hashlib.sha256(str(self.who).encode()).hexdigest()[:32]
        return f"limit:{self.kind}:{mark}:{int(time.time()) // self.seconds}"

    @property
    def seconds_left(self) -> int:
        """Until the running span is over and counting begins anew."""
        return self.seconds - int(time.time()) % self.seconds


def within(*caps: Cap) -> bool:
    """Count one more act under all of these caps; whether it is still within each.

    What is refused counts under none: whoever is stopped by one cap does not use up what others share of the next.
    """
    keys = {cap.key: cap for cap in caps}
    counted = cache.get_many(keys)
    if any(count >= keys[key].most for key, count in counted.items()):
        return False
    return all(_count(key, cap) for key, cap in keys.items())


def _count(key: str, cap: Cap) -> bool:
    """Count one more; of several at the same instant, only as many pass as fit."""
    cache.add(key, 0, cap.seconds)
    try:
        return cache.incr(key) <= cap.most
    except ValueError:
        # The span ended between the two calls: this act is the first of the next one.
        return True


def line_of(address: str | None) -> str:
    """The line an address belongs to: itself, or with IPv6 the block of 64 bits that a household has."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def require_within(kind: str, who: object, most: int, seconds: int) -> None:
    """Refuse an act that comes too often."""
    if not within(Cap(kind, who, most, seconds)):
        raise RuleViolation(TOO_OFTEN)
