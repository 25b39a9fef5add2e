"""The framework's cache in Redis, with the library's client kept: making one for each question costs more."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

_COUNT_ON = "if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('INCRBY', KEYS[1], ARGV[1]) end"


class _KeptClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client for reading or for writing; it takes a connection of its pool for each question, as before."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]

    def incr(self, key: Any, delta: int) -> int:
        """Count on where something is counted already; one question, so that nothing ends in between."""
        found = self.get_client(key, write=True).eval(_COUNT_ON, 1, key, delta)
        if found is None:
            raise ValueError(key)
        return int(found)


class KeptRedisCache(RedisCache):
    """What settings.py names."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient
