"""What a notice takes from the record about the days to come, and what of it a draft does not say."""

from django.utils.translation import gettext as _

from xieshang.lib.days import full_day
from xieshang.lib.officialtext import plain
from xieshang.outcomes.models import ActionItem, Notice
from xieshang.outcomes.rules import NoticeKind

from ..models import Topic
from ..rules import Nature
from .file import TopicFile

# The paragraphs that hold it: promises, the day of feedback, who convenes the owners and by when.
ITEMS, FEEDBACK, OWNERS = "办理事项", "反馈", "后续安排"


def item_words(item: ActionItem) -> str:
    """One thing to be done: what, which body, by when, and what will prove it."""
    proof = f"，以{item.proof}为准" if item.proof else ""
    return f"{item.what}，由{item.body.name}在{full_day(item.due)}前办好{proof}"


def feedback_words(topic: Topic) -> str:
    """By when the neighbours hear what came of it; nothing while that is not set."""
    if not topic.feedback_by:
        return ""
    return _("办理结果在%s前向大家反馈。") % full_day(topic.feedback_by)


def owners_words(topic: Topic) -> str:
    """Who will convene the owners and by when; nothing where that is not planned."""
    if topic.nature != Nature.OWNERS or not topic.owners_by:
        return ""
    return _("由%(who)s在%(by)s前召集业主表决。") % {"who": _convener(topic), "by": full_day(topic.owners_by)}


def _convener(topic: Topic) -> str:
    return topic.convener.name if topic.convener else topic.convener_name


def unsaid(topic: Topic, file: TopicFile, draft: Notice | None) -> list[str]:
    """The sentences of the record that a draft does not hold: it was written before they stood, or before they changed.

    What counts is the thing, its day and its name, in whatever words the drafter has put them.
    """
    if draft is None:
        return []
    text = plain(draft.body)
    asked = _of_adoption(topic, file) if draft.kind == NoticeKind.GONGGAO else _of_result(topic)
    return [words for words, facts in asked if not all(fact in text for fact in facts)]


def _of_adoption(topic: Topic, file: TopicFile) -> list[tuple[str, list[str]]]:
    found = [(f"{item_words(item)}。", [item.what, full_day(item.due)]) for item in file.promises.items]
    return found + ([(feedback_words(topic), [full_day(topic.feedback_by)])] if topic.feedback_by else [])


def _of_result(topic: Topic) -> list[tuple[str, list[str]]]:
    words = owners_words(topic)
    return [(words, [_convener(topic), full_day(topic.owners_by)])] if words else []
