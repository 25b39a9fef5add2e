"""The demo's secret votes, through the same verbs as real ones; only the trustees' keys are made here for them."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from xieshang.lib import envelopes as sealing
from xieshang.lib.actor import Actor
from xieshang.voting import services as voting
from xieshang.voting.models import RightHolder, Trustee, Vote
from xieshang.voting.queries import envelope_file

from ...models import TrusteeSheet
from .town import Town

TRUSTEES = ("qian", "feng_doctor", "yu_accountant")
GRADES = ("满意", "基本满意", "不满意")
DRAFTED = 3


class SecretStory:
    """A secret vote on its way, with the keys that in real life only the trustees have."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime) -> None:
        self.words, self.town, self.now = words, town, now
        self.chance = random.Random(words["key"])
        self.keys = {seat: sealing.make_key() for seat in (1, 2, 3)}
        self.raised_at = self.opening(-DRAFTED, 9)
        self.vote_id = 0

    def opening(self, days: float, hour: int = 10) -> datetime:
        """An instant so many days after the vote opens."""
        return (self.now + timedelta(days=days - self.words["opens"])).replace(hour=hour)

    @property
    def vote(self) -> Vote:
        """The vote as it stands now."""
        return Vote.objects.select_related("matter").get(pk=self.vote_id)


def tell_secret(story: SecretStory) -> Iterator[datetime]:
    """Drafted by the committee, keys made, opened, voted in, and as far as the story goes opened by two trustees."""
    words, chair = story.words, story.town.officer("zhang")
    yield story.raised_at
    story.vote_id = voting.prepare_secret(
        chair,
        question=words["question"],
        intro=words["intro"],
        scope_id=story.town.places[words["place"]].pk,
        days=words["days"],
        options=GRADES,
        levels=True,
        trustees=[story.town.people[key].real_name for key in TRUSTEES],
    ).pk
    yield story.opening(-1)
    _make_keys(story)
    yield story.opening(0, 9)
    voting.open_vote(chair, story.vote_id)
    yield from _vote(story)
    if words["until"] == "opened":
        yield story.opening(words["days"] + 4)
        voting.submit_openings(chair, story.vote_id, _opened(story))


def _make_keys(story: SecretStory) -> None:
    """Each trustee registers a key; the sheets are kept for whoever plays the trustee."""
    for trustee in Trustee.objects.filter(vote=story.vote_id).select_related("person"):
        key = story.keys[trustee.seat]
        point = sealing.point_of(key)
        voting.register_key(Actor(trustee.person), story.vote_id, x=point.x, y=point.y)
        TrusteeSheet.objects.create(vote_id=story.vote_id, seat=trustee.seat, code=sealing.sheet_of(key))


def _vote(story: SecretStory) -> Iterator[datetime]:
    """Some of those on the roll seal their choice, spread over the days of the window that are over."""
    words, vote = story.words, story.vote
    spared = [story.town.people[key].pk for key in words.get("spared", [])]
    holders = RightHolder.objects.filter(right__vote=vote).exclude(person__in=spared).select_related("person")
    people = [holder.person for holder in holders.order_by("pk")]
    taking_part = story.chance.sample(people, round(len(people) * words["part"]))
    lines = [*words["lean"], max(0.0, 1 - sum(words["lean"]))]
    chosen = story.chance.choices(range(1, len(lines) + 1), lines, k=len(taking_part))
    points = {seat: sealing.point_of(key) for seat, key in story.keys.items()}
    over = min(words["days"] - 1, words["opens"] - 0.6)
    for number, (person, place) in enumerate(zip(taking_part, chosen, strict=True)):
        yield story.opening(0, 11) + timedelta(days=over) * number / len(taking_part)
        voting.cast_sealed(Actor(person), vote.pk, sealing.seal_choice([place], vote.matter.number, points))


def _opened(story: SecretStory) -> str:
    """What the first and the third trustee find."""
    file, number = envelope_file(Actor(None), story.vote), story.vote.matter.number
    found, envelopes = {}, file["envelopes"]
    for one in envelopes if isinstance(envelopes, list) else []:
        shares = {seat: sealing.share_of(story.keys[seat], one, number, seat) for seat in (1, 3)}
        found[one["tracker"]] = sealing.packed(sealing.key_of(one, number, shares) or b"")
    sent = {"format": f"{sealing.FORMAT} openings", "vote": number, "seats": "13", "list": file["code"], "keys": found}
    return json.dumps(sent)
