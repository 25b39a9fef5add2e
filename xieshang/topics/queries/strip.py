"""The four answers on top of every page of a topic: who decides, where it stands, what comes next, by when."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_words, short_day
from xieshang.outcomes.models import Notice
from xieshang.outcomes.rules import NoticeKind, NoticeState

from ..models import Topic, TopicStep
from ..rules import (
    NEXT_AFTER_CONFIRMING,
    NEXT_AFTER_DRAFT,
    NEXT_AFTER_POLL,
    NEXT_AFTER_STUDY,
    NEXT_WORDS,
    NOBODY_DECIDES,
    POLLED,
    WHO_LABELS,
    Nature,
    Next,
    PartyOpinion,
    State,
    Who,
    who_decides,
)
from .history import poll_is_over
from .words import left_words, next_day, scope_word, state_word

HANDED_OVER = frozenset({State.DISPATCHED, State.REDIRECTED})


def strip_of(topic: Topic, steps: Sequence[TopicStep] = (), draft: Notice | None = None) -> dict[str, str]:
    """The four answers on top; with the draft of its notice for those who know of it."""
    today = shown_today()
    decider = who_decides(Nature(topic.nature) if topic.nature else None)
    is_polled = topic.state == State.VOTING and poll_is_over(steps)
    following = NEXT_AFTER_DRAFT if _is_handed_in(draft) else NEXT_AFTER_POLL if is_polled else _following(topic)
    due_note = left_words(topic, today) if topic.matter.is_open and not is_polled else ""
    if topic.suspended_since:
        due_note = _("%(day)s起暂停：%(why)s") % {
            "day": short_day(topic.suspended_since),
            "why": topic.suspended_reason,
        }
    return {
        "who": _who(topic, str(decider.body)),
        "who_note": " · ".join(filter(None, [str(decider.source), scope_note(topic)])),
        "now": str(POLLED) if is_polled else state_word(topic),
        "now_note": _("%s起") % short_day(topic.entered_at),
        "next": str(following.words),
        "next_note": _whose_turn(topic, following),
        "due": "" if is_polled else _due(topic, today),
        "due_note": due_note,
    }


def _is_handed_in(draft: Notice | None) -> bool:
    """Whether the notice of the result lies with the secretary."""
    return draft is not None and draft.kind == NoticeKind.GONGSHI and draft.state == NoticeState.DRAFT


def _following(topic: Topic) -> Next:
    """What comes next, where one step within the state has been taken already: what comes after that."""
    state = State(topic.state)
    if state == State.PARTY_REVIEW and topic.party_opinion == PartyOpinion.AGREED:
        return NEXT_AFTER_STUDY
    if state == State.OPINION_FORMED and topic.opinion_confirmed:
        return NEXT_AFTER_CONFIRMING
    return NEXT_WORDS[state]


def _whose_turn(topic: Topic, following: Next) -> str:
    """Whose turn it is: by name, where it was handed to somebody."""
    if State(topic.state) in HANDED_OVER:
        return (topic.receiver.name if topic.receiver else topic.receiver_name) or str(WHO_LABELS[Who.RECEIVER])
    return str(WHO_LABELS[following.who]) if following.who else ""


def _due(topic: Topic, today: date) -> str:
    """The day that is counted to, or what stands in its place: a notice waits for its boards; what is over has none."""
    if topic.suspended_since:
        return _("暂停计时")
    return day_words(next_day(topic, today)) or (_("公告栏贴好后起算") if topic.state == State.PUBLICITY else "")


def _who(topic: Topic, body: str) -> str:
    """Who decides, with the number of homes where it is for the owners of a scope; whose it is where nobody does."""
    if not topic.nature:
        return str(NOBODY_DECIDES.get(State(topic.state), body))
    if topic.nature != Nature.OWNERS or not topic.households:
        return body
    return _("%(scope)s%(n)s户业主") % {"scope": scope_word(topic.place), "n": topic.households}


def scope_note(topic: Topic) -> str:
    """Whom it concerns, and by whom the scope was chosen."""
    return _("范围：%s") % (topic.place.label or topic.place.name)
