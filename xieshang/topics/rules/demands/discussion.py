"""What is asked of the advance notice, the discussion, the opinion, the poll and the meeting above it."""

from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import MEETING_NATURES, Who
from .demand import CODE_201, PROCEDURE, demand

RESIDENTS_LAW = _("城市居民委员会组织法、村民委员会组织法")


def _decision_is_dated(facts: Facts) -> bool:
    return facts.decision_on is not None and facts.decision_on <= facts.today


def _decided_by_meeting(facts: Facts) -> bool:
    return _decision_is_dated(facts) and facts.decision_quorum_met and not facts.decision_sends_back


def _for_meeting(facts: Facts) -> bool:
    return facts.nature in MEETING_NATURES


def _poll_may_be_reopened(facts: Facts) -> bool:
    waits_for_meeting = _for_meeting(facts) and not _decided_by_meeting(facts)
    return not facts.poll_turnout_met or waits_for_meeting


# advance notice
NOTICE_TEXT = demand(
    "notice_text_missing",
    (_("预告写好，附材料"), _("请写好预告：商量什么、附哪些材料、怎么参加。")),
    Who.COMMITTEE,
    lambda f: f.notice_text_given,
)
NOTICE_LONG_ENOUGH = demand(
    "notice_too_short",
    (_("预告天数够"), _("预告的天数不够：一般至少三天，影响大的事至少七天，以本地规则为准。")),
    Who.COMMITTEE,
    lambda f: f.notice_days >= f.notice_days_least,
    source=PROCEDURE,
)
WINDOW = demand(
    "window_missing",
    (_("定好讨论到哪天"), _("请在预告里写明讨论从哪天到哪天。")),
    Who.COMMITTEE,
    lambda f: f.discussion_last_day is not None and f.discussion_last_day > f.today,
)
NOTICE_POSTED = demand(
    "notice_not_posted",
    (_("预告已张贴"), _("预告还没有在公告栏张贴的照片。张贴之后才开始算天数。")),
    Who.COMMITTEE,
    lambda f: f.notice_last_day is not None,
    source=CODE_201,
)
NOTICE_OVER = demand(
    "notice_still_running",
    (_("预告期已满"), _("预告期还没有满，张贴当天不算，期满次日才能开始讨论。")),
    Who.SYSTEM,
    lambda f: f.notice_last_day is not None and f.today > f.notice_last_day,
    source=CODE_201,
).when(lambda f: f.notice_last_day is not None)

# discussion
DISCUSSION_OVER = demand(
    "discussion_still_running",
    (_("讨论时间已满"), _("预告里写明的讨论时间还没有到，请等大家说完。")),
    Who.SYSTEM,
    lambda f: f.discussion_last_day is not None and f.today > f.discussion_last_day,
)
SESSIONS = demand(
    "session_missing",
    (_("开过协商会"), _("还没有协商会的记录。请补上会议日期、主持人、到会情况和记录。")),
    Who.COMMITTEE,
    lambda f: f.sessions_held >= f.sessions_least,
    source=PROCEDURE,
)
MINUTES = demand(
    "minutes_missing",
    (_("会议记录齐"), _("有协商会还没有上传会议记录。")),
    Who.COMMITTEE,
    lambda f: f.sessions_without_minutes == 0,
)
ATTENDANCE = demand(
    "attendance_missing",
    (_("到会情况齐"), _("有协商会还没有填到会情况。")),
    Who.COMMITTEE,
    lambda f: f.sessions_without_attendance == 0,
)
HEARING = demand(
    "hearing_missing",
    (_("开过听证会"), _("这件事影响面大，要先开听证会并留下记录。")),
    Who.COMMITTEE,
    lambda f: f.hearing_held,
    source=PROCEDURE,
).when(lambda f: f.wide_impact)

# the opinion
OPINION_TEXT = demand(
    "opinion_missing",
    (_("协商意见写好"), _("请写好协商意见。")),
    Who.COMMITTEE,
    lambda f: f.opinion_text_given,
)
OPINION_CONFIRMED = demand(
    "opinion_not_confirmed",
    (_("参加协商的各方已确认"), _("参加协商的各方还没有都确认协商意见。")),
    Who.PARTIES,
    lambda f: f.opinion_is_confirmed,
    source=PROCEDURE,
)
OPINION_UNCONFIRMED = demand(
    "opinion_is_confirmed",
    (_("协商意见没有得到确认"), _("协商意见已经确认，不用再回到讨论。")),
    Who.PARTIES,
    lambda f: not f.opinion_is_confirmed,
)
REOPENED_ONCE = demand(
    "reopened_before",
    (_("没有重新讨论过"), _("因意见没有确认，已经重新讨论过一次；仍谈不拢，请提交会议决定。")),
    Who.COMMITTEE,
    lambda f: f.reopened_times == 0,
    source=PROCEDURE,
)
MINORITY = demand(
    "minority_missing",
    (_("少数意见已附上"), _("讨论中有不同意见，请把少数意见附在后面。")),
    Who.COMMITTEE,
    lambda f: f.minority_is_attached,
).when(lambda f: f.dissent_is_recorded)
EXPLAINED = demand(
    "dissenters_not_told",
    (_("已向不同意见的人说明"), _("请写明怎样向持不同意见的人作了说明。")),
    Who.COMMITTEE,
    lambda f: f.dissenters_are_told_why,
).when(lambda f: f.dissent_is_recorded)

# poll
POLL_QUESTION = demand(
    "poll_missing",
    (_("问题和选项写好"), _("请写好意愿征集的问题和选项。")),
    Who.COMMITTEE,
    lambda f: f.poll_question_given,
)
POLL_LONG_ENOUGH = demand(
    "poll_too_short",
    (_("征集天数够"), _("意愿征集的天数不够，一般至少五天，以本地规则为准。")),
    Who.COMMITTEE,
    lambda f: f.poll_days >= f.poll_days_least,
    source=PROCEDURE,
)
POLL_TIME_UP = demand(
    "poll_still_running",
    (_("征集已到截止时间"), _("意愿征集还没有到截止时间。")),
    Who.SYSTEM,
    lambda f: f.poll_time_is_up,
)
POLL_STILL_OPEN = demand(
    "poll_already_closed",
    (_("还没有截止"), _("意愿征集已经截止了。")),
    Who.SYSTEM,
    lambda f: not f.poll_is_closed,
)
POLL_CLOSED = demand(
    "poll_not_closed",
    (_("意愿征集已截止"), _("意愿征集还没有截止，截止后才有结果。")),
    Who.SYSTEM,
    lambda f: f.poll_is_closed,
)
SHORTFALL_SAID = demand(
    "shortfall_not_said",
    (_("写明参与没有达到预定"), _("参与人数没有达到预定，公示里要写明这一点。")),
    Who.COMMITTEE,
    lambda f: f.turnout_shortfall_is_said,
).when(lambda f: f.poll_is_closed and not f.poll_turnout_met)
POLL_REOPENABLE = demand(
    "poll_met_its_turnout",
    (_("参与没有达到预定，或须上会决定"), _("参与人数已达到预定，请把结果公示出来。")),
    Who.COMMITTEE,
    _poll_may_be_reopened,
).when(lambda f: f.poll_is_closed)

# the meeting above
DECISION_DATE = demand(
    "decision_date_missing",
    (_("写明会议日期"), _("请写明会议哪天开的，不能晚于今天。")),
    Who.COMMITTEE,
    _decision_is_dated,
)
DECISION_HOST = demand(
    "decision_host_missing",
    (_("写明主持人"), _("请写明会议由谁主持。")),
    Who.COMMITTEE,
    lambda f: f.decision_host_named,
)
DECISION_COUNTED = demand(
    "decision_count_missing",
    (_("写明应到、实到和票数"), _("请写明应到多少人、实到多少人、票数各多少。")),
    Who.COMMITTEE,
    lambda f: f.decision_counted,
)
DECISION_MINUTES = demand(
    "decision_minutes_missing",
    (_("上传会议记录"), _("请上传会议记录。")),
    Who.COMMITTEE,
    lambda f: f.decision_minutes_given,
)
DECISION_QUORUM = demand(
    "decision_without_quorum",
    (_("到会人数够"), _("到会人数不够，会议没有形成有效决定，请再开会。")),
    Who.COMMITTEE,
    lambda f: f.decision_quorum_met,
    source=RESIDENTS_LAW,
)
DECISION_STANDS = demand(
    "decision_sends_back",
    (_("会议作出了决定"), _("会议没有作出决定，而是请大家再商量，请回到讨论。")),
    Who.COMMITTEE,
    lambda f: not f.decision_sends_back,
)
DECISION_SENDS_BACK = demand(
    "decision_not_sent_back",
    (_("会议请大家再商量"), _("会议没有请大家再商量。")),
    Who.COMMITTEE,
    lambda f: f.decision_sends_back,
)
MEETING_HAS_DECIDED = demand(
    "meeting_must_decide",
    (_("居民（村民）会议已决定"), _("这件事依法要由居民（村民）会议决定，请先提交会议，再来公示。")),
    Who.COMMITTEE,
    _decided_by_meeting,
    source=RESIDENTS_LAW,
).when(_for_meeting)
