"""In the room: how people sign in, who counts, who speaks and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .course import GATHERING, State
from .kinds import KINDS, Base, MeetingKind
from .settings import Values, number

# Digits that can be read out from a screen and typed on any phone.
CODE_DIGITS = 6


class Way(StrEnum):
    """How somebody signed in."""

    QR = "qr"
    CODE = "code"
    CLERK = "clerk"


class Capacity(StrEnum):
    """As what somebody is asked to come: counted, or as a guest."""

    MEMBER = "member"
    GUEST = "guest"


class Answer(StrEnum):
    """What somebody answered to the notice."""

    COMING = "coming"
    ABSENT = "absent"


NOT_YET = Refusal("sign_in_not_yet", _("签到还没有开始，开会前{minutes}分钟起再来签到。"))
NOT_GATHERING = Refusal("sign_in_over", _("这次会议现在不能签到：还没有发通知，或者已经散会。"))
WRONG_CODE = Refusal("sign_in_code_wrong", _("没有找到用这个签到码的会议。请看看大屏幕上的六位数字，再输一遍。"))
NOT_ASKED = Refusal("not_asked", _("这次会议没有请您参加，或者现在不用答复。想来旁听，请和召集的单位联系。"))
REASON_MISSING = Refusal("absence_reason_missing", _("来不了的，请写一句为什么，好让召集人知道。"))
NOT_FOR_YOU = Refusal("sign_in_not_yours", _("这次会议请的是别处的人。要列席，请到签到台登记。"))
ALREADY_IN = Refusal("signed_in_already", _("已经签过到了。"))
SAME_NAME_IN = Refusal(
    "signed_in_same_name", _("已经有一位同名的签到了。是同一个人的，不用再签；是另一位的，请写明哪一户。")
)
NAME_MISSING = Refusal("sign_in_name_missing", _("请写签到人的姓名。"))
HOUSEHOLD_MISSING = Refusal("sign_in_household_missing", _("这次会议按户算，请选签到人是哪一户。"))
SIDE_MISSING = Refusal("sign_in_side_missing", _("请选签到人代表哪一方；都不代表的，选列席。"))
NO_PROXIES = Refusal("meeting_no_proxies", _("这种会议要本人到会，不能委托别人。"))
AGENT_MISSING = Refusal("meeting_agent_missing", _("受托的人还没有签到，请他先签到。"))
PROXIES_MOST = Refusal("meeting_proxies_most", _("一个人代别人参会已经到上限了，请另外委托人。"))
PROXY_PAPER = Refusal("meeting_proxy_paper", _("请写明委托什么事、到哪天为止，并收下本人签名的委托书。"))
SELF_PROXY = Refusal("meeting_proxy_self", _("不能委托自己。"))
NOT_SPEAKING_TIME = Refusal("not_speaking_time", _("会议还没有开，或者已经散会，现在不能发言。"))
NOT_IN_ROOM = Refusal("speaker_not_in_room", _("请先签到，再举手发言。"))
HAND_UP_ALREADY = Refusal("hand_up_already", _("您已经举手了，请等主持人点名。"))
TURNS_USED = Refusal("turns_used", _("这一项议程您已经发过言，次数用完了；下一项还可以说。"))
SOMEBODY_SPEAKS = Refusal("somebody_speaks", _("还有人在发言，请等他说完。"))
ITEM_MISSING = Refusal("no_item_now", _("请主持人先点明在议哪一项。"))
NO_ITEM = Refusal("item_not_on_agenda", _("会上只议议程里有的事。要议别的，请列进下一次会议。"))


def require_gathering(state: State, values: Values, starts_at: datetime, now: datetime) -> None:
    """Sign-in is open: the meeting is called, not over, and its hour near."""
    if state not in GATHERING:
        raise RuleViolation(NOT_GATHERING)
    if now < sign_in_from(values, starts_at):
        minutes = number(values, "sign_in_minutes")
        raise RuleViolation(Refusal(NOT_YET.code, NOT_YET.sentence.format(minutes=minutes)))


def sign_in_from(values: Values, starts_at: datetime) -> datetime:
    """From when on people may sign in."""
    return starts_at - timedelta(minutes=number(values, "sign_in_minutes"))


def require_proxy(kind: MeetingKind, base: Base, values: Values, *, held: int, powers: str) -> None:
    """Somebody may stand for another only in writing, only where the kind allows it, for so many at most."""
    if base not in KINDS[kind].proxies:
        raise RuleViolation(NO_PROXIES)
    if not powers.strip():
        raise RuleViolation(PROXY_PAPER)
    if held >= number(values, "proxies_most"):
        raise RuleViolation(PROXIES_MOST)


@dataclass(frozen=True, slots=True)
class Turns:
    """How often one person spoke on the item in hand, and whether their hand is up."""

    spoken: int = 0
    hand_is_up: bool = False


def require_hand(values: Values, turns: Turns) -> None:
    """A hand goes up once, and so many turns an item (议事规则五)."""
    if turns.hand_is_up:
        raise RuleViolation(HAND_UP_ALREADY)
    if turns.spoken >= number(values, "turns_most"):
        raise RuleViolation(TURNS_USED)


def speaking_ends(values: Values, called_at: datetime) -> datetime:
    """When a turn is over."""
    return called_at + timedelta(minutes=number(values, "speaking_minutes"))


def order(spoken: int, raised_at: datetime) -> tuple[int, datetime]:
    """Who speaks next: those who have not spoken on the item come first, then by when the hand went up."""
    return spoken, raised_at
