"""The one socket of a page: it joins groups that its person may listen to, and passes on what moved."""

import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .hooks import actor_of, may_join

MOST_GROUPS = 8
# A page asks for a few; each asking may cost a question to the database.
MOST_ASKED = 40


class PageConsumer(AsyncJsonWebsocketConsumer):
    """Takes {"join": "matter.7"}; answers {"joined": …} or {"refused": …}; pushes what moved or is shown."""

    async def connect(self) -> None:
        """Accept everybody; what may be heard is asked at each joining."""
        self.joined: set[str] = set()
        self.asked = 0
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Take words only."""
        if text_data:
            await super().receive(text_data=text_data, **kwargs)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """What was sent; nothing where no page of ours would send it."""
        try:
            return json.loads(text_data)
        except (ValueError, RecursionError):
            return None

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Join one group if this person may; whoever asks for others without end is let go."""
        group = content.get("join") if isinstance(content, dict) else None
        if not isinstance(group, str) or group in self.joined:
            return
        self.asked += 1
        if self.asked > MOST_ASKED:
            await self.close()
            return
        if len(self.joined) >= MOST_GROUPS or not await self._may_join(group):
            await self.send_json({"refused": group})
            return
        self.joined.add(group)
        await self.channel_layer.group_add(group, self.channel_name)
        await self.send_json({"joined": group})

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def moved(self, event: dict[str, str]) -> None:
        """Pass on that something moved; the browser reads it anew with its own rights."""
        await self.send_json({"group": event["group"], "kind": event["kind"]})

    async def shown(self, event: dict[str, str]) -> None:
        """Pass on pieces of the page that are the same for everybody in the group, as they were written once."""
        await self.send(text_data=event["text"])

    @database_sync_to_async
    def _may_join(self, group: str) -> bool:
        return may_join(actor_of(self.scope), group)
