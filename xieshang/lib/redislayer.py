"""The library's channel layer on Redis, which a process without a loop of its own may use as well."""

from collections.abc import Mapping
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer
from redis import Redis


class TellingLayer(RedisPubSubChannelLayer):
    """What settings.py names; it has one Redis."""

    def __init__(self, hosts: list[str], **options: Any) -> None:
        super().__init__(hosts=hosts, **options)
        self._redis = Redis.from_url(hosts[0])

    def publish(self, group: str, message: Mapping[str, str]) -> None:
        """Send to a group from where nothing is asynchronous: without a loop and a connection for each message."""
        # As the library names the channel of a group (`_get_group_channel_name`).
        self._redis.publish(f"asgi__group__{group}", self.serialize(dict(message)))
