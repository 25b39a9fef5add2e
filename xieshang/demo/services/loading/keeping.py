"""What the homeowners' committee keeps beside the votes: a home that is to become a shop, the company's contract."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from xieshang.community.models import PropertyArea
from xieshang.lib.clock import today
from xieshang.voting.services.consents import keep_answers, open_consent
from xieshang.voting.services.contracts import set_contract

from .ballots import scan
from .town import Town
from .votestory import ESTATE

OPENED = 6


class KeepingStory:
    """Told in one place of the content file, with the town it happens in."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime) -> None:
        self.words, self.town, self.now = words, town, now
        self.raised_at = (now - timedelta(days=OPENED + 1)).replace(hour=9)


def tell_keeping(story: KeepingStory) -> Iterator[datetime]:
    """The contract is entered, the check begun, and half of the owners asked so far have signed, one refuses."""
    he, area, words = story.town.officer("he"), PropertyArea.objects.get(name=ESTATE), story.words
    yield story.raised_at
    contract, year = words["contract"], today().year
    set_contract(he, area.pk, company=contract["company"], starts=date(year - 2, 7, 1), ends=date(year + 1, 6, 30))
    yield story.raised_at + timedelta(days=1)
    consent = words["consent"]
    check = open_consent(he, area.pk, unit=consent["unit"], business=consent["business"])
    yield story.raised_at + timedelta(days=OPENED - 1)
    parties = list(check.parties.order_by("pk").values_list("pk", flat=True))
    half = len(parties) // 2
    keep_answers(he, check.pk, party_ids=parties[:half], agreed=True, signed_on=today(), proof=scan("answers"))
    keep_answers(he, check.pk, party_ids=parties[half : half + 1], agreed=False, signed_on=today(), proof=None)
