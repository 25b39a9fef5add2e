"""What a page says of a meeting in words: who decides, how many have to come, what comes next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ..models import KIND_LABELS, STATE_LABELS, UNIT_WORDS, Meeting
from ..rules import (
    SETTINGS,
    Base,
    Facts,
    MeetingKind,
    Presence,
    State,
    majority_share,
    notice_days,
    quorum_share,
    source_of,
)

K = MeetingKind
# Of each kind: who decides, and what that means.
DECIDES = {
    K.CONSULTATION: (later("大家商量出意见"), later("依法要表决的事，按法定程序另行表决")),
    K.JOINT: (later("各方协商一致"), later("谁也不能用多数压少数")),
    K.HEARING: (later("听取意见"), later("意见记进纪要，由负责的单位答复")),
    K.RESIDENTS: (later("居民会议"), ""),
    K.RESIDENT_REPS: (later("居民代表会议"), ""),
    K.VILLAGERS: (later("村民会议"), ""),
    K.VILLAGER_REPS: (later("村民代表会议"), ""),
    K.VILLAGER_GROUP: (later("村民小组会议"), ""),
    K.OWNERS_COMMITTEE: (later("业主委员会"), ""),
    K.TWO_COMMITTEES: (later("“两委”成员"), ""),
    K.PARTY: (later("党组织"), later("平台只登记日期、人数、结果和文号")),
    K.STUDY: (later("党组织研究"), later("定下要办的事，一件一件跟")),
}


def kind_word(meeting: Meeting) -> str:
    """The kind, as people say it."""
    return str(KIND_LABELS[K(meeting.kind)])


def unit_word(meeting: Meeting) -> str:
    """What is counted: 人, 户 or 方."""
    return str(UNIT_WORDS[Base(meeting.base)])


def majority_words(meeting: Meeting) -> str:
    """What carries a motion: 到会的过半数同意; empty where nothing is put to a vote."""
    share = majority_share(meeting.values, K(meeting.kind))
    if share is None or not meeting.procedure.decides:
        return ""
    whom = _("全体成员") if meeting.procedure.of == "all" else _("到会的")
    return _("{whom}{share}同意才通过").format(whom=whom, share=share.words)


def quorum_words(meeting: Meeting, least: int | None) -> str:
    """How many have to be there: 过半数到会才能开，至少16人."""
    share = quorum_share(meeting.values, K(meeting.kind), Base(meeting.base))
    if share is None or least is None:
        return _("来的都可以参加，不设人数门槛")
    if meeting.base == Base.SIDES:
        return _("各方都到才能开；改过一次日子后，缺的记下来照开")
    words = {"share": share.words, "least": least, "unit": unit_word(meeting)}
    return _("{share}到会才能开，至少{least}{unit}").format(**words)


def presence_words(meeting: Meeting, there: Presence) -> str:
    """Who has come: 应到30人，已到20人，列席2人."""
    unit = unit_word(meeting)
    if there.expected is None:
        return _("已到{n}人").format(n=there.in_room)
    words = _("应到{all}{unit}，已到{n}{unit}").format(all=there.expected, n=there.present, unit=unit)
    if there.by_proxy:
        words += _("（其中委托{n}）").format(n=there.by_proxy)
    return words


def notice_words(meeting: Meeting) -> str:
    """How long before the meeting its notice goes out."""
    days = notice_days(meeting.values, K(meeting.kind))
    return _("通知发出到开会，中间至少隔{days}天").format(days=days) if days else ""


def source_words(meeting: Meeting) -> str:
    """Where the number of days, the quorum and the majority come from, each source once."""
    keys = (f"notice_{meeting.kind}", f"quorum_{meeting.kind}_{meeting.base}", f"majority_{meeting.kind}")
    found = dict.fromkeys(source_of(key) for key in keys if f"meetings.{key}" in SETTINGS)
    return "；".join(found)


def next_words(meeting: Meeting, facts: Facts) -> tuple[str, str]:
    """What comes next, and what it waits for."""
    state = State(meeting.state)
    if state == State.PLANNED:
        return _("发会议通知"), notice_words(meeting)
    if state in {State.NOTICED, State.ADJOURNED}:
        return _("到会签到，够数开会"), quorum_words(meeting, facts.least_present)
    if state == State.OPEN:
        return _("议完散会，出纪要"), ""
    return (_("出纪要，各方签字"), "") if state == State.CLOSED else ("", "")


def now_words(meeting: Meeting) -> str:
    """How it stands."""
    return str(STATE_LABELS[State(meeting.state)])
