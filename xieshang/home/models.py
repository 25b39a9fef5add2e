"""No tables: the words in which the record is read."""

from xieshang.discussion.models import VERB_LABELS as DISCUSSION_LABELS
from xieshang.topics.rules import STEP_LABELS

# What a verb of the record is called; each app that has words of its own for its verbs is gathered here.
VERB_LABELS = {verb: str(label) for verb, label in DISCUSSION_LABELS.items()}
VERB_LABELS |= {f"topics.{step.value}": str(label) for step, label in STEP_LABELS.items()}
