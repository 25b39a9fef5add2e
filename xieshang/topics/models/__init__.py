"""Tables of consultation topics."""

from .drafts import Draft, DraftPhoto
from .records import Record
from .topics import Support, Topic, TopicParty, TopicStep, TopicVersion
from .words import VERB_LABELS

__all__ = [
    "VERB_LABELS",
    "Draft",
    "DraftPhoto",
    "Record",
    "Support",
    "Topic",
    "TopicParty",
    "TopicStep",
    "TopicVersion",
]
