"""Days, places and states as the page says them."""

import datetime

from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.rules import PlaceKind
from xieshang.lib.days import left_words as days_words
from xieshang.lib.workdays import told_in_workdays, workdays_between

from ..models import Topic
from ..rules import DEADLINES, POLLED, SOLVED, STATE_LABELS, STUDIED, PartyOpinion, State

SCOPES = {
    PlaceKind.UNIT: "本户",
    PlaceKind.STAIRWELL: "本单元",
    PlaceKind.BUILDING: "本楼",
    PlaceKind.GROUP: "本组",
    PlaceKind.COMPOUND: "本小区",
    PlaceKind.COMMUNITY: "本社区",
    PlaceKind.VILLAGE: "本村",
    PlaceKind.STREET: "本街道",
    PlaceKind.TOWNSHIP: "本乡镇",
}
GO, WAIT, OVER, DONE, CLOSED = "go", "wait", "over", "done", "closed"
LOOKS: dict[State, tuple[str, str]] = {
    State.DRAFT: ("pencil", "plain"),
    State.SUBMITTED: ("eye", "plain"),
    State.REJECTED_CONTENT: ("circle-x", CLOSED),
    State.SCREENING: ("inbox", "plain"),
    State.DISPATCHED: ("wrench", GO),
    State.HANDLED: ("circle-question-mark", WAIT),
    State.REDIRECTED: ("corner-up-right", "plain"),
    State.RETURNED: ("undo-2", WAIT),
    State.MERGED: ("merge", CLOSED),
    State.PARTY_REVIEW: ("users", "plain"),
    State.ANNOUNCED: ("megaphone", GO),
    State.DELIBERATING: ("messages-square", GO),
    State.OPINION_FORMED: ("file-text", GO),
    State.VOTING: ("vote", GO),
    State.ESCALATED: ("landmark", GO),
    State.PUBLICITY: ("newspaper", GO),
    State.TO_OWNERS: ("house", GO),
    State.ADOPTED: ("circle-check", DONE),
    State.IMPLEMENTING: ("hammer", GO),
    State.FEEDBACK: ("star", WAIT),
    State.EVALUATED: ("circle-check", DONE),
    State.ARCHIVED: ("archive", CLOSED),
    State.CLOSED: ("circle-check", CLOSED),
    State.CORRECTED: ("triangle-alert", WAIT),
    State.WITHDRAWN: ("undo-2", CLOSED),
}


def talk_until(topic: Topic, today: datetime.date) -> datetime.date | None:
    """While neighbours may still speak: the last day on which they may."""
    last_day = topic.discussion_last_day if topic.state == State.DELIBERATING else None
    return last_day if last_day and today <= last_day else None


def next_day(topic: Topic, today: datetime.date) -> datetime.date | None:
    """The day that a page counts to: the last one of an open discussion, else the limit of the present state."""
    return topic.due_on and (talk_until(topic, today) or topic.due_on)


def counts_workdays(topic: Topic, today: datetime.date | None = None) -> bool:
    """Whether the limit of the state counts working days; given a day, whether what a page counts to on it does."""
    limit = DEADLINES.get(State(topic.state))
    if not limit or limit.unit != "wd":
        return False
    return today is None or (not talk_until(topic, today) and told_in_workdays(today, topic.due_on))


def days_left(topic: Topic, today: datetime.date) -> int | None:
    """Days until then, working days where the rule counts them; negative when it has gone by."""
    day = next_day(topic, today)
    if day is None:
        return None
    return workdays_between(today, day) if counts_workdays(topic, today) else (day - today).days


def left_words(topic: Topic, today: datetime.date) -> str:
    """还剩7天, 今天到期, 已超2个工作日; 讨论还剩3天."""
    days = days_left(topic, today)
    if days is None:
        return ""
    if talk_until(topic, today):
        return _("讨论还剩%d天") % days if days else _("讨论今天截止")
    return days_words(days, _("个工作日") if counts_workdays(topic, today) else _("天"))


def scope_word(place: Place) -> str:
    """The scope in the words of those who live there: 本单元."""
    return SCOPES.get(PlaceKind(place.kind), "本处")


def end_state(topic: Topic) -> State:
    """The state to be named: what was held back and came to its end is still called so, nobody took it back."""
    state = State(topic.state)
    held_back = state == State.WITHDRAWN and topic.rejected_by_id is not None and not topic.was_screened
    return State.REJECTED_CONTENT if held_back else state


def state_word(topic: Topic) -> str:
    """How a topic stands, with a pause said aloud."""
    studied = topic.state == State.PARTY_REVIEW and topic.party_opinion == PartyOpinion.AGREED
    is_solved = topic.state == State.EVALUATED and not topic.nature
    is_polled = topic.state == State.VOTING and topic.due_on is None and not topic.suspended_since
    closer = STUDIED if studied else SOLVED if is_solved else POLLED if is_polled else None
    word = str(closer or STATE_LABELS[end_state(topic)])
    return f"{word}（暂停）" if topic.suspended_since else word
