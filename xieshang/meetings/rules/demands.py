"""What the steps ask for: each demand one sentence to tick, one refusal while it is missing, and who supplies it."""

from collections.abc import Callable
from enum import StrEnum

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .facts import Facts
from .kinds import Base, MeetingKind


class Who(StrEnum):
    """Who supplies what a step asks for."""

    CONVENER = "convener"
    ROOM = "room"


Ask = Callable[[Facts], bool]
Demand = demands.Demand[Facts, Who]
CODE_201 = _("民法典第201、203条")


def _demand(code: str, words: tuple[str, str], is_met: Ask, who: Who = Who.CONVENER, source: str = "") -> Demand:
    asks, sentence = words
    return demands.Demand(asks, Refusal(f"meeting_{code}", sentence, source), who, is_met)


# The notice. ---------------------------------------------------------------------------------------------------------
NOT_PARTY = _demand(
    "party_not_here",
    (_("不是党的会议"), _("党的会议不在平台上开，会后只登记日期、人数、结果和文号。")),
    lambda f: f.kind != MeetingKind.PARTY,
)
TIME = _demand(
    "time_missing",
    (_("写明哪天几点开"), _("请写明哪天几点开会，时间要在现在以后。")),
    lambda f: f.starts_at is not None and f.starts_at > f.now,
)
VENUE = _demand(
    "venue_missing",
    (_("写明在哪里开"), _("请写明在哪里开会，或者填上网络会议的链接。")),
    lambda f: f.venue_given,
)
AGENDA = _demand(
    "agenda_missing",
    (_("列出议程"), _("请至少列一项议程：会上只能议、只能表决议程里有的事。")),
    lambda f: f.agenda_items > 0,
)
EXPECTED = _demand(
    "expected_missing",
    (_("写明应到多少"), _("请写明应到多少人（户），够不够法定人数要按它算。")),
    lambda f: (f.presence.expected or 0) > 0,
).when(lambda f: f.base in {Base.PERSONS, Base.HOUSEHOLDS})
MEMBERS = _demand(
    "members_missing",
    (_("列出应到的人"), _("请把应到的代表或委员列进名单，够不够法定人数要按名单算。")),
    lambda f: (f.presence.expected or 0) > 0,
).when(lambda f: f.base == Base.MEMBERS)
SIDES = _demand(
    "sides_missing",
    (_("写明有哪几方"), _("请至少写明两方：谁和谁坐到一起商量。")),
    lambda f: f.sides >= 2,
).when(lambda f: f.base == Base.SIDES)
DEMANDED = _demand(
    "demanded_lacks",
    (_("列上委员联名要求议的事"), _("这次会是委员联名要求开的，议程里要照原样列上他们要求议的那一项。")),
    lambda f: f.demanded in f.agenda_titles,
).when(lambda f: f.demanded is not None)
NOTICE_LONG_ENOUGH = _demand(
    "notice_too_short",
    (_("通知的天数够"), _("离开会太近了：通知的天数不够。请把会期往后改，页面上写着最早哪天。")),
    lambda f: f.starts_on is not None and f.starts_on >= f.earliest_day,
    source=CODE_201,
)
# Another day. --------------------------------------------------------------------------------------------------------
REASON = _demand("reason_missing", (_("写明原因"), _("请写明原因，收到通知的人会看到。")), lambda f: f.reason_given)
NEW_TIME = _demand(
    "new_time_missing",
    (_("写明改到哪天几点"), _("请写明改到哪天几点，时间要在现在以后。")),
    lambda f: f.new_starts_at is not None and f.new_starts_at > f.now,
)
POSTPONED_ENOUGH = _demand(
    "notice_too_short",
    (_("重新通知的天数够"), _("改期要重新通知，天数不够。请往后改，页面上写着最早哪天。")),
    lambda f: f.new_starts_on is not None and f.new_starts_on >= f.earliest_day,
    source=CODE_201,
)
AGAIN_ENOUGH = _demand(
    "notice_too_short",
    (_("再次通知的天数够"), _("再开的日子太近，请至少隔开一天，让大家收到通知。")),
    lambda f: f.new_starts_on is not None and f.new_starts_on >= f.earliest_again,
    source=CODE_201,
)
# The hour. -----------------------------------------------------------------------------------------------------------
HOUR = _demand(
    "not_yet",
    (_("到了开会时间"), _("还没有到开会的时间，请到点再办。")),
    lambda f: f.is_time,
)
QUORUM = _demand(
    "no_quorum",
    (_("到会人数够"), _("到会的不够数，还不能开会。可以再等等；等不到，就改日再开一次。")),
    lambda f: f.has_quorum or f.may_note_absence,
    Who.ROOM,
)
NO_QUORUM = _demand(
    "has_quorum",
    (_("到会人数不够"), _("到会的人已经够数，可以开会，不用改日。")),
    lambda f: not f.has_quorum,
    Who.ROOM,
)
MOTIONS_DONE = _demand(
    "motions_open",
    (_("会上的表决都结束了"), _("还有一项表决没有结束，请先结束它再散会。")),
    lambda f: f.motions_open == 0,
    Who.ROOM,
)
# A Party meeting held elsewhere. -------------------------------------------------------------------------------------
IS_PARTY = _demand("only_party", (_("是党的会议"), _("只有党的会议这样登记。")), lambda f: f.kind == MeetingKind.PARTY)
HELD = _demand(
    "not_held_yet",
    (_("会已经开过"), _("会开过以后再登记，日期不能晚于今天。")),
    lambda f: f.held_on is not None and f.held_on <= f.today,
)
NUMBERS = _demand(
    "numbers_do_not_fit",
    (_("人数对得上"), _("人数对不上：同意的不能多于到会的，到会的不能多于应到的。请核对。")),
    lambda f: f.party is not None and f.party.is_sound,
)
FILE_NUMBER = _demand(
    "file_number_missing", (_("写明文号"), _("请写明纸质记录的文号或者档案号。")), lambda f: f.file_number_given
)
