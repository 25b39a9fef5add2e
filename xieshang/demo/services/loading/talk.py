"""Neighbours support a matter, talk it over, and an organisation answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from xieshang.accounts.models import Person
from xieshang.discussion import services as discussion
from xieshang.discussion.models import Post
from xieshang.lib.actor import Actor
from xieshang.topics import services as topics

from .story import Story

POSITIONS = {"赞成": "for", "反对": "against", "建议": "suggest", "提问": "ask"}
# A line of this kind answers the last one that is no answer itself.
ANSWER = "回复"


def gather_support(story: Story) -> Iterator[datetime]:
    """Over two days those in the scope and some from elsewhere support it."""
    people = _others(story, story.inside)[: story.words["support_inside"]]
    people += _others(story, story.outside)[: story.words["support_outside"]]
    step = timedelta(hours=40) / max(len(people), 1)
    for number, person in enumerate(people):
        yield story.raised_at + timedelta(hours=2) + step * number
        topics.support(Actor(person), story.topic_id)


def _others(story: Story, people: list[Person]) -> list[Person]:
    """People in an order of this story's own, without its author and without those who hold an office."""
    apart = {story.author().person_id, *(story.town.people[key].pk for key in story.town.offices)}
    mixed = [person for person in people if person.pk not in apart]
    story.chance.shuffle(mixed)
    return mixed


def speakers_of(story: Story) -> list[Person]:
    """Who may speak: those whom it concerns first."""
    return _others(story, story.inside) + _others(story, story.outside)


def say_all(story: Story) -> Iterator[datetime]:
    """What neighbours say, over the days of the discussion; then thanks, and an organisation's answer."""
    speakers = speakers_of(story)
    lines, above = story.words["says"], None
    for number, line in enumerate(lines):
        yield _by_day(story, number)
        position, _, text = line.partition("|")
        reply_to = above if position == ANSWER else None
        post = say(story, Actor(speakers[number % len(speakers)]), text, POSITIONS.get(position, ""), reply_to)
        above = above if reply_to else post.pk
        let_through(story, post)
        _thank(story, post, speakers)
    if "reply" in story.words:
        yield _by_day(story, len(lines))
        say(story, story.town.officer(story.words["reply_by"]), story.words["reply"].strip())


def _by_day(story: Story, number: int) -> datetime:
    """When the line is spoken: five a day from the eleventh day on, between breakfast and bedtime."""
    morning = story.raised_at.replace(hour=7) + timedelta(days=11)
    minutes = story.chance.randint(0, 59)
    return morning + timedelta(days=number // 5, hours=3 * (number % 5), minutes=minutes)


def say(story: Story, actor: Actor, text: str, position: str = "", reply_to: int | None = None) -> Post:
    """Somebody says something about the matter, or answers what was said."""
    matter = story.matter_id
    return discussion.say(actor, matter, text=text, position=position, reply_to=reply_to, photos=())


def let_through(story: Story, post: Post) -> None:
    """A first post of somebody new waits for a look."""
    post.refresh_from_db()
    if post.state == "waiting":
        discussion.approve(story.member, post.pk)


def _thank(story: Story, post: Post, people: list[Person]) -> None:
    for person in people[: story.chance.randint(0, 7)]:
        if person.pk != post.author_id:
            discussion.thank(Actor(person), post.pk)
