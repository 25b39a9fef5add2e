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


def say_all(story: Story) -> Iterator[datetime]:
    """What neighbours say, over the days of the discussion; then thanks, and an organisation's answer."""
    speakers = _others(story, story.inside) + _others(story, story.outside)
    begin = story.after(10)
    posts: list[Post] = []
    for number, line in enumerate(story.words["says"]):
        yield begin + timedelta(hours=9 * number)
        position, _, text = line.partition("|")
        posts.append(_say(Actor(speakers[number % len(speakers)]), story, text, POSITIONS[position]))
        _let_through(story, posts[-1])
        _thank(story, posts[-1], speakers)
    if "reply" in story.words:
        yield begin + timedelta(hours=9 * len(posts))
        _say(story.town.officer(story.words["reply_by"]), story, story.words["reply"].strip(), "")


def _say(actor: Actor, story: Story, text: str, position: str) -> Post:
    return discussion.say(actor, story.topic.matter_id, text=text, position=position, reply_to=None, photos=())


def _let_through(story: Story, post: Post) -> None:
    """A first post of somebody new waits for a look."""
    post.refresh_from_db()
    if post.state == "waiting":
        discussion.approve(story.member, post.pk)


def _thank(story: Story, post: Post, people: list[Person]) -> None:
    for person in people[: story.chance.randint(0, 7)]:
        if person.pk != post.author_id:
            discussion.thank(Actor(person), post.pk)
