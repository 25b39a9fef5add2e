"""What may be said, by whom it is seen, which posts wait, and by which rules a post is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xieshang.lib.blanks import says_something
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _


class Position(StrEnum):
    """Where a post stands on the matter; a reply or an organisation's answer takes none."""

    FOR = "for"
    AGAINST = "against"
    SUGGEST = "suggest"
    ASK = "ask"
    NONE = ""


class PostState(StrEnum):
    """How a post stands; its text stays in the record in every state."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Readers(StrEnum):
    """Who reads people's words: the place's verified people and its bodies, or everybody."""

    PLACE = "place"
    PUBLIC = "public"


class Speakers(StrEnum):
    """Which verified people may speak: those of the matter's own place, or of the whole community."""

    SCOPE = "scope"
    COMMUNITY = "community"


class Review(StrEnum):
    """Which posts wait for review besides the first ones of new people."""

    NEW = "new"
    ALL = "all"
    HOURS = "hours"


class Circle(StrEnum):
    """Who sees a file that hangs on a matter: whoever sees the matter, or only whoever may read the discussion.

    A closed one (a signed sheet, a proxy) is opened by its uploader, and by the doors of the app that keeps it.
    """

    MATTER = "matter"
    PLACE = "place"
    CLOSED = "closed"


class FileKind(StrEnum):
    """A picture that we drew anew, or a PDF."""

    PHOTO = "photo"
    DOCUMENT = "document"


class RulingKind(StrEnum):
    """What was decided about a post; the last two answer an appeal."""

    APPROVE = "approve"
    HIDE = "hide"
    RESTORE = "restore"
    UPHOLD = "uphold"


class Sort(StrEnum):
    """The two orders in which posts are read."""

    NEWEST = "newest"
    THANKS = "thanks"


class Rule(StrEnum):
    """By which rule a post is hidden. To criticise a committee or a company is none of them."""

    ADVERTISEMENT = "advertisement"
    ABUSE = "abuse"
    PRIVACY = "privacy"
    RUMOUR = "rumour"
    OFF_TOPIC = "off_topic"
    ILLEGAL = "illegal"


@dataclass(frozen=True, slots=True)
class HidingRule:
    """A rule as the desk and the author read it: its name, the sentence for the author, where it comes from."""

    label: str
    sentence: str
    source: str = ""


FORUM = "互联网论坛社区服务管理规定"
RULES: dict[Rule, HidingRule] = {
    Rule.ADVERTISEMENT: HidingRule(_("广告"), _("这里商量邻里的事，请不要发广告或推销。改好以后可以重新说。"), FORUM),
    Rule.ABUSE: HidingRule(
        _("人身攻击"), _("这条话里有骂人或贬低别人的词。请对事不对人，换个说法重新说。"), "民法典第1024条"
    ),
    Rule.PRIVACY: HidingRule(
        _("泄露他人隐私"),
        _("这条话里写了别人的电话、住址、健康等个人情况。请去掉以后重新说。"),
        "民法典第1032条",
    ),
    Rule.RUMOUR: HidingRule(_("不实信息"), _("这条话里的说法和已经核实的情况不一致。请附上依据，或改成提问。"), FORUM),
    Rule.OFF_TOPIC: HidingRule(_("与议题无关"), _("这条话说的不是这件事。您可以点“我要说事”单独提出来。")),
    Rule.ILLEGAL: HidingRule(_("违法内容"), _("这条话含有法律不允许发布的内容。"), "网络安全法"),
}
# Said on the desk beside the rules, so that it is read every time.
NO_RULE_AGAINST_CRITICISM = _("批评居委会、业委会、物业或其他单位，哪怕话重一些，都不是隐藏的理由。")

DEFAULTS: dict[str, object] = {
    "first_posts_wait": 1,
    "review": Review.NEW.value,
    "wait_from_hour": 22,
    "wait_to_hour": 7,
    "edit_minutes": 15,
    "readers": Readers.PLACE.value,
    "speakers": Speakers.COMMUNITY.value,
}

MOST_PHOTOS = 4
MOST_CHARACTERS = 1000
MOST_OFFICIAL_CHARACTERS = 5000

SAY_SOMETHING = Refusal("say_something", _("还没有写内容。请写一两句再发。"))
TOO_LONG = Refusal("too_long", _("写得太长了，请精简一些，或分成两条。"))
TOO_MANY_PHOTOS = Refusal("too_many_photos", _("一条意见最多附4张照片。"))
NOT_OPEN = Refusal("not_open", _("这件事现在不在讨论期，暂时不能发表意见。"))
ALREADY_OPEN = Refusal("already_open", _("讨论已经开始，参加范围不能再改。"))
NOT_VERIFIED = _("本小区、本社区认证居民可以看和说。")
NOT_OF_SCOPE = _("这件事只请相关楼栋的住户发表意见。")
EDIT_TIME_OVER = Refusal("edit_time_over", _("可以修改的时间已经过了。您可以撤回，或再说一条。"))
NOT_EDITABLE = Refusal("not_editable", _("这条意见已经不显示，不能修改。"))
NOT_SHOWN = Refusal("not_shown", _("这条意见现在没有显示，不能办这一步。"))
OWN_POST = Refusal("own_post", _("这是您自己发的意见。"))
CHOOSE_A_RULE = Refusal("choose_a_rule", _("请选择依据哪一条规则，并写一句给作者看的话。"))
ALREADY_RULED = Refusal("already_ruled", _("这条意见已经有人处理过了。"))
NOT_HIDDEN = Refusal("not_hidden", _("这条意见没有被隐藏，不用申诉。"))
ALREADY_APPEALED = Refusal("already_appealed", _("您已经申诉过一次，请等另一位工作人员答复。"))
APPEAL_DECIDED = Refusal("appeal_decided", _("这次申诉已经答复过了。"))
CANNOT_DROP = Refusal("cannot_drop", _("这件事已经提交，文件要留在记录里，不能删除。"))


def values_over_defaults(values: Mapping[str, object]) -> dict[str, object]:
    """The settings of a new thread: the known keys of a rule set over our defaults."""
    return {key: values.get(key, default) for key, default in DEFAULTS.items()}


@dataclass(frozen=True, slots=True)
class Caution:
    """How careful a thread is with what is said: copied from the rule set when the matter starts."""

    review: Review
    first_posts_wait: int
    wait_from_hour: int
    wait_to_hour: int


def in_hours(hour: int, first: int, last: int) -> bool:
    """Whether an hour (0–23) lies in a span that starts with `first` and ends before `last`, across midnight too."""
    if first <= last:
        return first <= hour < last
    return hour >= first or hour < last


def must_wait(caution: Caution, *, shown_before: int, hour: int) -> bool:
    """Whether a neighbour's post waits for review: everybody's, those of set hours, or the first of new people."""
    if caution.review == Review.ALL or shown_before < caution.first_posts_wait:
        return True
    return caution.review == Review.HOURS and in_hours(hour, caution.wait_from_hour, caution.wait_to_hour)


def require_words(text: str, *, official: bool, photos: int) -> None:
    """A post has words, not too many, and at most four photos; every refusal that applies is named."""
    most = MOST_OFFICIAL_CHARACTERS if official else MOST_CHARACTERS
    wrong = [
        (not says_something(text), SAY_SOMETHING),
        (len(text) > most, TOO_LONG),
        (photos > MOST_PHOTOS, TOO_MANY_PHOTOS),
    ]
    refusals = [refusal for is_wrong, refusal in wrong if is_wrong]
    if refusals:
        raise RuleViolation(*refusals)


def require_editable(state: PostState, said_at: datetime, at: datetime, minutes: int) -> None:
    """A post may be changed while nobody has seen it, and for a few minutes after it was said."""
    if state in {PostState.HIDDEN, PostState.WITHDRAWN}:
        raise RuleViolation(NOT_EDITABLE)
    if state == PostState.SHOWN and at > said_at + timedelta(minutes=minutes):
        raise RuleViolation(EDIT_TIME_OVER)


def require_state(state: PostState, wanted: frozenset[PostState], refusal: Refusal) -> None:
    """The act is for posts in one of these states; else it is refused with the given sentence."""
    if state not in wanted:
        raise RuleViolation(refusal)


def require_grounds(rule: str, reason: str) -> Rule:
    """A hidden post has a known rule and a sentence that its author will read."""
    if rule not in set(Rule) or not reason.strip():
        raise RuleViolation(CHOOSE_A_RULE)
    return Rule(rule)
