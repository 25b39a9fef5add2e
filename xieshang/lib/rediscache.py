"""The framework's cache in Redis, with the library's client kept: making one for each question costs more."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _KeptClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: dict[int, Any] = {}

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        """The client of one server; it takes a connection of the pool for each question, as before."""
        pool = self._get_connection_pool(write)
        if id(pool) not in self._kept:
            self._kept[id(pool)] = self._client(connection_pool=pool)
        return self._kept[id(pool)]


class KeptRedisCache(RedisCache):
    """What settings.py names."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient
