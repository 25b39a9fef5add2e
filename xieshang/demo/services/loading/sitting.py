"""The demo's meetings, through the same verbs as real ones; one is open, and one signed in to, at this moment."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from xieshang.community.models import Place
from xieshang.community.queries import households_under
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, Motion
from xieshang.meetings.rules import DEFAULTS, Answer, Base, MeetingKind, MotionWay, Scope, first_day_after, notice_days
from xieshang.voting import services as voting
from xieshang.voting.models import Option
from xieshang.voting.rules import Channel
from xieshang.voting.rules.room import Count

from .town import Town

# Of what is past or held today the notice went out so many days before: long enough with any leave between.
NOTICE_DAYS = 14
# What is held today began, or begins, so long from the moment at which the demo is loaded.
SHORTLY = timedelta(minutes=25)
Words = dict[str, Any]


class SittingStory:
    """A meeting on its way, with the town it is held in."""

    def __init__(self, words: Words, town: Town, now: datetime, present: datetime) -> None:
        self.words, self.town, self.now = words, town, now
        self.chance = random.Random(words["key"])
        self.kind = MeetingKind(words["kind"])
        self.is_ahead = words["starts"] > 0
        self.raised_at = now - timedelta(days=1 if self.is_ahead else NOTICE_DAYS - words["starts"])
        self.starts_at = self._hour(present)
        self.meeting_id = 0

    def _hour(self, present: datetime) -> datetime:
        """Its hour: another day at two in the afternoon, today a little before or after this moment."""
        if self.words["starts"]:
            day = (self.now + timedelta(days=self.words["starts"])).date()
            earliest = first_day_after(self.raised_at.date(), notice_days(DEFAULTS, self.kind))
            return datetime.combine(max(day, earliest) if self.is_ahead else day, time(14), SHANGHAI)
        wanted = present - SHORTLY if self.words["until"] == "open" else present + SHORTLY
        return wanted.replace(minute=wanted.minute // 5 * 5, second=0, microsecond=0)

    @property
    def place(self) -> Place:
        """What it concerns."""
        return self.town.places[self.words["place"]]

    @property
    def convener(self) -> Actor:
        """Who calls it."""
        return self.town.officer(self.words["by"])

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands now."""
        return Meeting.objects.get(pk=self.meeting_id)


def tell_sitting(story: SittingStory) -> Iterator[datetime]:
    """Planned and called; then, as far as the story goes, answered, signed in to, opened, spoken in and closed."""
    words = story.words
    yield story.raised_at
    story.meeting_id = _call(story).pk
    meetings.notify(story.convener, story.meeting_id)
    yield story.raised_at + timedelta(days=1)
    _answer(story)
    if words["until"] == "noticed":
        return
    yield story.starts_at - timedelta(minutes=40)
    _sign_in(story)
    if words["until"] == "gathering":
        return
    yield story.starts_at + timedelta(minutes=2)
    meetings.open_meeting(story.convener, story.meeting_id)
    yield from _speak(story)
    yield from _vote(story)
    if words["until"] == "closed":
        yield story.starts_at + timedelta(minutes=95)
        meetings.close_meeting(story.convener, story.meeting_id)
        _minute(story)


def _vote(story: SittingStory) -> Iterator[datetime]:
    """Motions are put, voted on by phone and by hand, and counted; one more may wait to be put."""
    words, minute = story.words, 12
    for told in words.get("motions", []):
        yield story.starts_at + timedelta(minutes=minute)
        motion = _bring(story, told)
        meetings.put_motion(story.convener, motion.pk)
        yield story.starts_at + timedelta(minutes=minute + 1)
        seats = story.meeting.attendance.filter(counts=True, person__isnull=False).select_related("person")
        said = ["同意"] * told["yes"] + ["不同意"] * told["no"]
        options = {option.text: option.pk for option in Option.objects.filter(vote__motion=motion)}
        for seat, text in zip(seats.order_by("pk"), said, strict=False):
            meetings.vote_on_motion(Actor(seat.person), motion.pk, option_id=options[text])
        yield story.starts_at + timedelta(minutes=minute + 2)
        hands = voting.Counted(Channel.HANDS, Count(told["hands"], 0, 0))
        meetings.count_motion(story.convener, motion.pk, hands)
        minute += 3
    if "next_motion" in words:
        _bring(story, words["next_motion"])


def _bring(story: SittingStory, told: Words) -> Motion:
    item = story.meeting.agenda.get(position=told["item"])
    way = MotionWay.PHONES
    return meetings.bring_motion(story.convener, story.meeting_id, item_id=item.pk, words=told["words"], way=way)


def _minute(story: SittingStory) -> None:
    """The minutes are completed, signed and published, where the story has words for them."""
    words, actor = story.words, story.convener
    if "agreed" not in words:
        return
    said = {"agreed": words["agreed"], "not_agreed": words["not_agreed"], "positions": {}, "actions": []}
    meetings.edit_minutes(actor, story.meeting_id, edition=story.meeting.minutes.edition, **said)
    minutes = meetings.send_minutes(actor, story.meeting_id)
    for line in minutes.signatures.all():
        meetings.sign_minutes(actor, line.pk, code=minutes.code)
    meetings.publish_minutes(actor, story.meeting_id, scope=Scope.PLACE)


def _call(story: SittingStory) -> Meeting:
    words, town = story.words, story.town
    voted = set(words.get("voted", []))
    items = [meetings.Item(title, is_voted=number in voted) for number, title in enumerate(words["items"], 1)]
    bodies = [town.bodies[key] for key in words.get("sides", [])]
    guests = [meetings.Side(name, is_needed=False) for name in words.get("guests", [])]
    by_household = words.get("base") == Base.HOUSEHOLDS
    return meetings.call_meeting(
        story.convener,
        kind=story.kind,
        place=story.place,
        starts_at=story.starts_at,
        title=words["title"],
        text=words["text"],
        venue=words["venue"],
        base=Base(words["base"]) if "base" in words else None,
        expected=households_under(story.place.path) if by_household else None,
        expected_source="居民名册" if by_household else "",
        items=items,
        sides=[*(meetings.Side(body.short_name, body) for body in bodies), *guests],
    )


def _answer(story: SittingStory) -> None:
    """The property company and the chair of the owners' committee answer; others take their time."""
    if "sides" in story.words:
        meetings.confirm(story.town.officer("zhao"), story.meeting_id, answer=Answer.COMING)


def _sign_in(story: SittingStory) -> None:
    """Neighbours by the code on the screen, officers by theirs."""
    code = story.meeting.code
    for key in story.words.get("there", []):
        meetings.sign_in_by_code(story.town.officer(key), code)
    people = story.town.living_in(story.place)
    cast = {person.pk for person in story.town.people.values()}
    others = [person for person in people if person.pk not in cast]
    for person in story.chance.sample(others, story.words.get("neighbours", 0)):
        meetings.sign_in_by_code(Actor(person), code)


def _speak(story: SittingStory) -> Iterator[datetime]:
    """Hands go up; the first speaks and has finished, the next has the floor where the meeting still runs."""
    seats = list(story.meeting.attendance.exclude(person=None).order_by("pk")[: story.words.get("hands", 0)])
    for number, seat in enumerate(seats):
        yield story.starts_at + timedelta(minutes=6, seconds=20 * number)
        meetings.raise_hand_for(story.convener, story.meeting_id, attendance_id=seat.pk)
    yield story.starts_at + timedelta(minutes=8)
    meetings.call_speaker(story.convener, story.meeting_id)
    yield story.starts_at + timedelta(minutes=10, seconds=30)
    meetings.end_turn(story.convener, story.meeting_id)
