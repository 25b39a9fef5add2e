"""Tables of consultation topics."""

from .drafts import Draft, DraftPhoto
from .records import Record
from .topics import Support, Topic, TopicParty, TopicStep, TopicVersion

__all__ = ["Draft", "DraftPhoto", "Record", "Support", "Topic", "TopicParty", "TopicStep", "TopicVersion"]
