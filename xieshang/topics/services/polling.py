"""The poll of a topic: opened here, cast and counted in `voting`, closed by time."""

from collections.abc import Sequence

from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter
from xieshang.voting import services as voting
from xieshang.voting.models import Vote
from xieshang.voting.rules import Base, Kind
from xieshang.voting.rules import Nature as PollNature

from ..models import Topic
from ..rules import Nature, Step
from .moving import Given, _moving

# What a poll says of its own worth follows from who decides the matter by law.
NATURES = {Nature.OWNERS: PollNature.OWNERS, Nature.VILLAGERS_MEETING: PollNature.VILLAGERS}


def open_poll(
    actor: Actor,
    topic_id: int,
    *,
    question: str,
    options: Sequence[str],
    base: Base,
    days: int,
    intro: str = "",
    scope_id: int | None = None,
    allow_change: bool = True,
    most_choices: int = 1,
    turnout: str | None = None,
    kind: Kind = Kind.POLL,
) -> Topic:
    """Ask the residents of the scope: one question, its options, one vote a person or a household, so many days."""
    given: Given = {"poll_question_given": bool(question and len(options) != 1), "poll_days": days}
    with _moving(actor, topic_id, Step.OPEN_POLL, **given) as topic:
        vote = voting.prepare(
            actor,
            topic.matter,
            question=question,
            base=base,
            options=list(options),
            intro=intro,
            scope_id=scope_id or topic.matter.place_id,
            days=days,
            allow_change=allow_change,
            most_choices=most_choices,
            turnout=turnout,
            nature=_nature_of(topic),
            kind=kind,
        )
        voting.open_vote(actor, vote.pk)
    return topic


def poll_nature(matter: Matter) -> PollNature | None:
    """What a poll about a topic is worth; None for any other matter."""
    topic = Topic.objects.filter(matter=matter).first()
    return _nature_of(topic) if topic else None


def secret_poll_opened(actor: Actor, vote: Vote) -> None:
    """A secret vote drafted out of a topic opens: the topic waits for it as for an open one, or says why not."""
    topic = Topic.objects.filter(matter_id=vote.of_id or 0).first()
    if topic is None:
        return
    with _moving(actor, topic.pk, Step.OPEN_POLL, poll_question_given=True, poll_days=vote.days):
        pass


def _nature_of(topic: Topic) -> PollNature:
    return NATURES.get(Nature(topic.nature), PollNature.CONSULTATION) if topic.nature else PollNature.CONSULTATION
