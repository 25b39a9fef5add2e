"""Words that break a rule, or may: some wait on the desk, some were reported, some are hidden with rule and reason."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from xieshang.accounts.models import Person
from xieshang.discussion import services as discussion
from xieshang.discussion.models import Post
from xieshang.lib.actor import Actor

from . import talk
from .story import Story


def say_doubtful(story: Story) -> Iterator[datetime]:
    """In the last days people new to the discussion say something that the desk has to look at."""
    for number, words in enumerate(story.words["doubtful"]):
        yield story.days_ago(words["days_ago"], 11 + number, 7 * number)
        post = talk.say(story, Actor(_silent(story)), words["text"], talk.POSITIONS[words["position"]])
        DEEDS[words["then"]](story, post, words)


def _silent(story: Story) -> Person:
    """Somebody whom nobody has heard yet."""
    return next(one for one in reversed(talk.speakers_of(story)) if not Post.objects.filter(author=one).exists())


def _leave(story: Story, post: Post, words: dict[str, Any]) -> None:
    """It waits to be looked at."""


def _report(story: Story, post: Post, words: dict[str, Any]) -> None:
    """It was let through, then a neighbour reported it."""
    talk.let_through(story, post)
    teller = next(one for one in talk.speakers_of(story) if one.pk != post.author_id)
    discussion.report(Actor(teller), post.pk, rule=words["rule"], reason=words["reason"])


def _hide(story: Story, post: Post, words: dict[str, Any]) -> None:
    """It is hidden; who does not agree asks that somebody else look again."""
    discussion.hide(story.member, post.pk, rule=words["rule"], reason=words["reason"])
    if words.get("appeal"):
        discussion.appeal(Actor(post.author), post.pk, grounds=words["appeal"])


DEEDS = {"wait": _leave, "report": _report, "hide": _hide}
