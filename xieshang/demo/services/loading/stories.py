"""Each matter of the demo as a story: who does what on which day, through the same verbs as real people."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from xieshang.lib.clock import today
from xieshang.topics import services as topics
from xieshang.topics.rules import Nature, PartyMeeting, State, TopicKind

from . import later_stages as later
from . import moderation, talk
from .story import Story

FULL_WAY = ("accept", "agree", "announce", "talk", "opinion")
WAYS: dict[str, tuple[str, ...]] = {
    "submitted": (),
    "screening": (),
    "returned": ("give_back",),
    "dispatched": ("dispatch",),
    "handled": ("dispatch", "handle"),
    "redirected": ("redirect",),
    "merged": ("merge",),
    "suspended": ("accept", "suspend"),
    "party_review": ("accept",),
    "announced": ("accept", "agree", "announce"),
    "deliberating": ("accept", "agree", "announce", "talk"),
    "opinion_formed": FULL_WAY,
    "escalated": (*FULL_WAY, "escalate"),
    "voting": (*FULL_WAY, "poll"),
    "publicity": (*FULL_WAY, "poll", "publish"),
    "to_owners": (*FULL_WAY, "publish", "hand_over"),
    "adopted": (*FULL_WAY, "publish", "adopt"),
    "implementing": (*FULL_WAY, "publish", "adopt", "carry_out"),
    "archived": (*FULL_WAY, "publish", "adopt", "carry_out", "feed_back", "file"),
}


Stage = Callable[[Story], Iterator[datetime]]


def tell(story: Story) -> Iterator[datetime]:
    """Raise the matter, let neighbours support it, and take it along its way."""
    yield story.raised_at
    words = story.words
    topic = topics.raise_topic(
        story.author(),
        title=words["title"],
        text=words["text"].strip(),
        place_id=story.place.pk,
        danger=words.get("danger", False),
        photos=story.picture(),
    )
    story.topic_id = topic.pk
    if words["until"] == "submitted":
        return
    yield from _admitted(story)
    yield from talk.gather_support(story)
    for name in WAYS[words["until"]]:
        yield from STAGES[name](story)


def _admitted(story: Story) -> Iterator[datetime]:
    """A first matter of somebody new is looked at before others see it."""
    if story.topic.state == State.SUBMITTED:
        yield story.raised_at + timedelta(hours=1)
        topics.admit(story.member, story.topic_id)


def _accept(story: Story) -> Iterator[datetime]:
    yield story.after(2)
    words = story.words
    topics.accept(
        story.chair,
        story.topic_id,
        kind=TopicKind(words["kind"]),
        nature=_nature(story),
        wide_impact=words.get("wide", False),
        note="属于大家共同关心的事，适合商量。",
    )
    for name in words.get("materials", []):
        topics.add_material(story.chair, story.topic_id, upload=story.minutes(), name=name)


def _nature(story: Story) -> Nature:
    nature = Nature(story.words["nature"])
    return Nature.VILLAGERS_MEETING if story.in_village and nature == Nature.RESIDENTS_MEETING else nature


def _agree(story: Story) -> Iterator[datetime]:
    yield story.after(5)
    keys = ["village_committee"] if story.in_village else ["committee", "owners", "property"]
    topics.agree(
        story.secretary,
        story.topic_id,
        studied_on=today(),
        meeting=PartyMeeting.COMMITTEE,
        conclusion="同意作为协商议题，请相关各方都来参加。",
        signer="高德山" if story.in_village else "李建国",
        form="议事会",
        body_ids=[story.town.bodies[key].pk for key in keys],
        other_parties=["居民代表"],
    )


def _announce(story: Story) -> Iterator[datetime]:
    yield story.at("announced", 6)
    title = f"关于“{story.words['title'].removeprefix('关于').removesuffix('的议题')}”的协商预告"
    topics.announce(
        story.chair,
        story.topic_id,
        title=title,
        body="<p>请大家先看材料，再来说想法。讨论在网上和议事厅同时进行，不上网的可以打电话。</p>",
        days=7 if story.words.get("wide") else 3,
        discussion_days=story.words.get("discussion_days", 7),
    )


def _talk(story: Story) -> Iterator[datetime]:
    yield from _until_open(story)
    yield from talk.say_all(story)
    yield from moderation.say_doubtful(story)


def _until_open(story: Story) -> Iterator[datetime]:
    """Wait until the advance notice has run its days and the discussion is open."""
    for days in range(30):
        if story.topic.state == State.DELIBERATING:
            return
        yield story.after(9 + days)


STAGES: dict[str, Stage] = {
    "accept": _accept,
    "agree": _agree,
    "announce": _announce,
    "talk": _talk,
    "give_back": later.give_back,
    "dispatch": later.dispatch,
    "handle": later.handle,
    "redirect": later.redirect,
    "merge": later.merge,
    "suspend": later.suspend,
    "opinion": later.opinion,
    "escalate": later.escalate,
    "poll": later.poll,
    "publish": later.publish,
    "hand_over": later.hand_over,
    "adopt": later.adopt,
    "carry_out": later.carry_out,
    "feed_back": later.feed_back,
    "file": later.file,
}
