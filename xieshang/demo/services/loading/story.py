"""One matter of the demo, with the town it happens in."""

import random
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.accounts.models import Person
from xieshang.community.models import Place
from xieshang.community.rules import ConsentKind
from xieshang.lib.actor import Actor
from xieshang.topics.models import Topic

from ...queries.pictures import draw, draw_minutes
from .town import VILLAGE, Town


class Story:
    """One matter as it is told in the content file, with the town it happens in."""

    def __init__(self, words: dict[str, Any], town: Town, now: datetime, number: int) -> None:
        self.words, self.town, self.now = words, town, now
        self.chance = random.Random(words["key"])
        self.raised_at = self.days_ago(words["raised"], hour=8 + number % 9, minute=number * 7 % 60)
        self.place: Place = town.places[words["place"]]
        self.topic_id = 0

    def days_ago(self, days: float, hour: int = 10, minute: int = 0) -> datetime:
        """An instant so many days before the present day."""
        return (self.now - timedelta(days=days)).replace(hour=hour, minute=minute)

    @property
    def topic(self) -> Topic:
        """The topic as it stands now."""
        return Topic.objects.get(pk=self.topic_id)

    @cached_property
    def matter_id(self) -> int:
        """The matter of the topic, once that was raised."""
        return self.topic.matter_id

    @property
    def in_village(self) -> bool:
        """Whether the villagers' bodies lead it."""
        return self.place.path.startswith(self.town.places[VILLAGE].path)

    @property
    def chair(self) -> Actor:
        """Who screens it."""
        return self.town.officer("han" if self.in_village else "zhang")

    @property
    def member(self) -> Actor:
        """Who drafts it: another human being."""
        return self.town.officer("bai" if self.in_village else "sun")

    @property
    def secretary(self) -> Actor:
        """Who studies and publishes it."""
        return self.town.officer("gao" if self.in_village else "li")

    @property
    def inside(self) -> list[Person]:
        """People on the net who live in its scope."""
        return self.town.living_in(self.place)

    @property
    def one_a_home(self) -> list[Person]:
        """One person of every home in its scope."""
        homes = self.town.residents.items()
        return [people[0] for path, people in homes if path.startswith(self.place.path)]

    @property
    def outside(self) -> list[Person]:
        """People of the community on the net who live elsewhere."""
        own = {person.pk for person in self.inside}
        community = self.place if self.place.is_community else self.place.community or self.place
        return [person for person in self.town.living_in(community) if person.pk not in own]

    def picture(self, key: str = "picture", seed: int = 1) -> list[SimpleUploadedFile]:
        """The drawn photo that goes with it, if there is one."""
        subject = self.words.get(key)
        return [SimpleUploadedFile(f"{subject}.jpg", draw(subject, seed), "image/jpeg")] if subject else []

    def minutes(self) -> SimpleUploadedFile:
        """A scanned page of minutes."""
        return SimpleUploadedFile("minutes.pdf", draw_minutes(self.chance.randint(1, 99)), "application/pdf")

    def author(self) -> Actor:
        """Who raises it: a neighbour, a neighbour whom an officer helps, or somebody in office."""
        key = self.words["author"]
        if key == "newcomer":
            return Actor(self._newcomer())
        if self.words.get("assisted"):
            return Actor(self.town.people[key], None, self.town.officer("wu_grid"), ConsentKind.IN_PERSON.value)
        return self.town.officer(key) if key in ("zhang", "zhao", "he", "sun") else self.town.neighbour(key)

    def _newcomer(self) -> Person:
        """A neighbour without a part of their own, always the same one."""
        cast = {person.pk for person in self.town.people.values()}
        return next(person for person in self.inside if person.pk not in cast)

    def after(self, days: float) -> datetime:
        """So many days after the raising, at a minute of its own."""
        return self.raised_at + timedelta(days=days, minutes=self.chance.randint(5, 50))

    def at(self, key: str, days: float) -> datetime:
        """An instant that the content gives in days before the present, else so many days after the raising."""
        return self.days_ago(self.words[key], 10, self.chance.randint(0, 50)) if key in self.words else self.after(days)
