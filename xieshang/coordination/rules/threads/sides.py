"""Which bodies sit at the table of a place, and what may be said by whom, to whom, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xieshang.community.rules import BodyKind
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _
from xieshang.matters.rules import Audience

from .states import SPEAKABLE, STANDING, CoverKind, Part, SideKind, State
from .words import COVER_WORDS

KINDS: dict[BodyKind, SideKind] = {
    BodyKind.RESIDENTS_COMMITTEE: SideKind.COMMITTEE,
    BodyKind.VILLAGERS_COMMITTEE: SideKind.COMMITTEE,
    BodyKind.HOMEOWNERS_COMMITTEE: SideKind.OWNERS,
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE: SideKind.OWNERS,
    BodyKind.PROPERTY_COMPANY: SideKind.COMPANY,
}
MOST_REPRESENTATIVES = 5

NO_OFFICE = Refusal(
    "not_in_office",
    _("只有现在在任的人能代表单位说话。您没有这个单位的职务，或者任期已经结束，请在页首换成在任的身份。"),
)
NOT_SPEAKABLE = Refusal("not_speakable", _("受理以后、办结以前，各方才能在这里说话。"))
TEXT_MISSING = Refusal("text_missing", _("请写明意见。"))
NOT_ASKED_YET = Refusal("not_asked_yet", _("召集人还没有请各方表态。有话可以先在“说明”里说。"))
PART_UNKNOWN = Refusal("part_unknown", _("请选一选：居民也能看到，还是只给各方看。"))
POSITION_IS_PUBLIC = Refusal("position_is_public", _("表态要给居民看。不便公开的词句，可以用“遮住”的办法标明。"))
LETTER_MISSING = Refusal("letter_missing", _("请附上盖章来函的照片或PDF。代录要有凭据。"))
LETTER_DAY = Refusal("letter_day_wrong", _("来函的日子不能晚于今天。"))
HAS_ACCOUNT = Refusal("side_has_account", _("这一方有在任的人在用平台，请他们自己来说，不能代录。"))
WORDS_NOT_THERE = Refusal("words_not_there", _("原文里没有这几个字，请照原文一字不差地填。"))
IS_PUBLIC_ALREADY = Refusal("is_public_already", _("这一条居民已经看得到。公开过的不能再改回去。"))
SIDE_TWICE = Refusal("side_twice", _("这个单位已经在场了。"))
SIDE_NAME_MISSING = Refusal("side_name_missing", _("请选一个单位，或写明单位名称。"))
NOT_FILLED = Refusal("side_not_filled", _("这一方有自己的单位，不用推荐业主代表。"))
TOO_MANY = Refusal("too_many_representatives", _("业主代表最多五位。"))
NOT_AN_OWNER = Refusal("not_an_owner", _("没有找到这位业主：要用平台里的手机号，并且在这里按业主认证过住房。"))
GUEST_EXPIRED = Refusal("guest_expired", _("这个链接已经过期，请向居委会要一个新的。写的话请先复制下来。"))
GUEST_NAME_MISSING = Refusal("guest_name_missing", _("请写您的姓名和职务，例如“热力公司生产科李工”。"))
GUEST_DAYS = Refusal("guest_days_wrong", _("链接最短一天，最长三十天。"))
MOST_GUEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class SideFor:
    """A side that takes its place by itself: a body of the place, or nobody yet, to be filled by representatives."""

    kind: SideKind
    body: int | None


def sides_for(bodies: Iterable[tuple[int, str]], *, is_estate: bool) -> list[SideFor]:
    """The standing sides from the bodies (id, kind) of a place; what an estate lacks stands there to be filled."""
    found = [SideFor(KINDS[BodyKind(kind)], body) for body, kind in bodies if BodyKind(kind) in KINDS]
    there = {side.kind for side in found}
    empty = [SideFor(kind, None) for kind in STANDING if is_estate and kind not in there]
    order = list(STANDING)
    return sorted([*found, *empty], key=lambda side: (order.index(side.kind), side.body or 0))


def audience_of(state: State) -> Audience:
    """Who may know of a thread: the offices at first, the residents from acceptance on."""
    return Audience.OFFICERS if state in {State.RAISED, State.DECLINED, State.WITHDRAWN} else Audience.PLACE


def is_late(said_on: date, due: date | None) -> bool:
    """Whether a position came after the day it was asked for."""
    return due is not None and said_on > due


def why_not_speak(state: State, text: str, part: Part | None) -> Refusal | None:
    """Why something cannot be said now."""
    if state not in SPEAKABLE:
        return NOT_SPEAKABLE
    if not text.strip():
        return TEXT_MISSING
    return PART_UNKNOWN if part is None else None


def covered(text: str, covers: Iterable[tuple[CoverKind, str]]) -> str:
    """A text as residents read it: each covered passage replaced by a mark that says why, the longest first."""
    for kind, words in sorted(covers, key=lambda pair: -len(pair[1])):
        text = text.replace(words, COVER_WORDS[kind])
    return text
