"""What waits for one person, gathered from every app."""

import datetime

from xieshang.community import queries as community
from xieshang.discussion import queries as discussion
from xieshang.lib.actor import Actor
from xieshang.lib.waiting import Queue, Waiting
from xieshang.outcomes import queries as outcomes
from xieshang.topics import queries as topics
from xieshang.voting import queries as voting

from .. import hooks

FAR = datetime.date.max
ASKED = (voting, topics, outcomes, discussion, community)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for this actor, what is due first on top; nothing for a visitor."""
    if actor.person_id is None:
        return []
    found = [waiting for app in ASKED for waiting in app.waiting_for(actor)]
    return sorted(found, key=lambda waiting: waiting.due or FAR)


def queues_of(actor: Actor) -> list[Queue]:
    """The queues of this actor's work desk, in the order of the work."""
    if actor.office is None:
        return []
    own = [queue for app in (topics, outcomes, discussion, community) for queue in app.queues(actor)]
    return own + [queue for queues in hooks.queues for queue in queues(actor)]
