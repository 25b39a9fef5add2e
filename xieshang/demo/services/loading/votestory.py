"""One owners' vote as it is told in the content file, with the town it happens in."""

import random
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from xieshang.community.models import PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now as instant
from xieshang.lib.days import SHANGHAI
from xieshang.matters.models import Matter
from xieshang.voting.models import Decision, Vote
from xieshang.voting.services.deciding import Draft

from .town import Town

ESTATE = "明湖家园"
# Days before the vote opens: the draft, the freezing of the roll, the notice.
DRAFTED, FROZEN, NOTICED = 45, 25, 24
# From this hour on what closes today closes tomorrow.
LATE = 16


class VoteStory:
    """A decision of the owners on its way."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime, number: int) -> None:
        self.words, self.town, self.now, self.number = _closing_today(words), town, now, number
        self.chance = random.Random(words["key"])
        self.raised_at = self.opening(-DRAFTED, 9, number * 7 % 60)
        self.decision_id = 0
        # What stands on papers that were received and nobody has read yet, by their right.
        self.papers: dict[int, list[int]] = {}

    def opening(self, days: float, hour: int = 10, minute: int = 0) -> datetime:
        """An instant so many days after the vote opens, before it for a number below nought."""
        day = self.now + timedelta(days=days - self.words["opens"])
        return day.replace(hour=hour, minute=minute)

    def closing(self, days: float, hour: int = 10) -> datetime:
        """An instant so many days after the last day of the vote."""
        return self.opening(self.words["days"] - 1 + days, hour, self.number)

    @property
    def decision(self) -> Decision:
        """The decision as it stands now."""
        return Decision.objects.get(pk=self.decision_id)

    @cached_property
    def vote_id(self) -> int:
        """Its vote, once it was drafted."""
        return self.decision.vote_id

    @property
    def vote(self) -> Vote:
        """Its vote as it stands now."""
        return Vote.objects.get(pk=self.vote_id)

    @cached_property
    def options(self) -> list[int]:
        """The lines of the ballot paper, from the first; asked for when the vote is open and they are fixed."""
        return list(self.vote.options.order_by("position").values_list("pk", flat=True))

    @property
    def area(self) -> PropertyArea:
        """The estate."""
        return PropertyArea.objects.get(name=ESTATE)

    @property
    def chair(self) -> Actor:
        """Who convenes."""
        return self.town.officer("he")

    @property
    def draft(self) -> Draft:
        """What is put to the vote."""
        words, opens = self.words, self.opening(0).date()
        scopes = [self.town.places[f"{ESTATE}{scope}"].pk for scope in words["scope"]]
        return Draft(
            entries=[words["entry"]],
            question=words["question"],
            text=words["text"].strip(),
            options=words.get("options", []),
            scope_ids=scopes,
            seats=words.get("seats"),
            scope_source="示例街道2026年第3号通知（示例）" if scopes else "",
            opens_on=opens,
            closes_on=self._last_day(opens),
            paper_place="业委会办公室（5号楼架空层），每天14:00至18:00",
            about=self._about(),
        )

    def _about(self) -> Matter | None:
        """The matter in which it was talked over."""
        title = self.words.get("about")
        return Matter.objects.get(title=title) if title else None

    def _last_day(self, opens: date) -> date:
        return opens + timedelta(days=self.words["days"] - 1)


def _closing_today(words: dict[str, Any]) -> dict[str, Any]:
    """A vote that closes today; late in the day tomorrow, so that it is still open."""
    if not words.get("closes_today"):
        return words
    is_late = instant().astimezone(SHANGHAI).hour >= LATE
    return words | {"opens": words["days"] - 1 - is_late}
