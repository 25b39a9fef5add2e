"""A motion put to those present in a meeting: what is asked for, whether its figures can be, how it ended. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from . import motion
from .counting import Counted
from .decision import Decision, Slate
from .kinds import Base, OptionKind
from .majority import HALF, Majority, Share
from .secret import BY_HOUSEHOLD, FEWEST_ON_ROLL, TOO_FEW_ON_ROLL, said
from .tally import shown_share

ALL = Fraction(1)

NOBODY_PRESENT = Refusal("room_nobody", _("还没有人签到，没有人可以表决。"))
SEAT_TWICE = Refusal("room_seat_twice", _("同一个人在签到表里出现了两次，请先核对签到表。"))
NOT_IN_THE_ROOM = Refusal("room_not_present", _("这次表决只请表决开始时已经签到的人。您不在签到表上，不能投这一票。"))
VOTED_HERE = Refusal("room_voted", _("您已经投过了，投出后不能改。"))
SIDE_VOTED = Refusal("room_side_voted", _("您这一方已经表过态了，一方一票，以先投的为准。"))
SECRETLY = Refusal("room_secretly", _("这是无记名的表决，请打开会议页面再投一次。"))
COUNTED_TOO_MANY = Refusal(
    "room_too_many", _("手机投的{phones}票，加上点出来的{counted}票，比到会的{present}还多，请再点一遍。")
)
SLIPS_TOO_MANY = Refusal("room_slips_too_many", _("点出来的票有{counted}张，发出去的票只有{out}张，请再点一遍。"))
NO_FIGURES = Refusal("room_no_figures", _("请填写点出来的票数，一票也没有的写0。"))
NOT_BY_HANDS = Refusal("room_not_by_hands", _("无记名的表决不能举手。不用手机的人，请发纸票，收齐了点数。"))
NO_SHEET = Refusal("room_no_sheet", _("断网时用纸记的票数，请附计票单的照片。"))
NOT_ROOM_COUNTED = Refusal("room_not_counted", _("这项表决还没有结束，没有可以重点的票数。"))
RECOUNT_WITHOUT_REASON = Refusal("room_recount_reason", _("重新点票要写明原因，原来的结果还会留在旁边。"))
RECOUNT_OF_SECRET = Refusal("room_recount_secret", _("无记名的表决只能重点纸票；手机上的票没有人能再看一遍。"))


@dataclass(frozen=True, slots=True)
class Seat:
    """One right of somebody present: a person's, a household's or a side's, and the accounts that may cast it."""

    person_id: int | None = None
    household_id: int | None = None
    name: str = ""
    holders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomRule:
    """What a motion needs: the share of those who agree, of those present or of all members, and where it stands."""

    approval: Share
    is_of_all: bool
    entitled: int
    present: int
    source: str = ""

    @property
    def base(self) -> int:
        """Of how many the share is taken; whoever is there and says nothing is in it."""
        return self.entitled if self.is_of_all else self.present

    @property
    def majority(self) -> Majority:
        """The same as the one engine asks for it; that enough are present is asked before a motion is put."""
        return Majority(self.approval, is_of_all=True, source=self.source)

    def words(self, unit: str, *, is_advice: bool = False) -> str:
        """The rule in one line, as it stands on the screen before the vote: 超过到会30人的一半同意，才算通过."""
        ends = _("才算多数意见") if is_advice else _("才算通过")
        return f"{self._asked(unit)}，{ends}"

    def _asked(self, unit: str) -> str:
        whose = _("全体{base}{unit}") if self.is_of_all else _("到会{base}{unit}")
        of = whose.format(base=self.base, unit=unit)
        if self.approval.fraction == ALL:
            return _("{of}都同意").format(of=of)
        if self.approval.fraction == HALF and not self.approval.is_enough:
            return _("超过{of}的一半同意").format(of=of)
        return _("{of}里{share}同意").format(of=of, share=self.approval.words)

    @property
    def least(self) -> int:
        """The fewest that must agree."""
        exact = self.approval.fraction * self.base
        if self.approval.is_enough:
            return -(-exact.numerator // exact.denominator)
        return exact.numerator // exact.denominator + 1


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted in the room: agree, against, abstain."""

    agree: int
    against: int
    abstain: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.agree + self.against + self.abstain

    @property
    def by_kind(self) -> dict[OptionKind, int]:
        """For each line of the ballot paper."""
        return {OptionKind.AGREE: self.agree, OptionKind.AGAINST: self.against, OptionKind.ABSTAIN: self.abstain}


def require_seats(seats: Sequence[Seat], base: Base, *, is_secret: bool) -> None:
    """Somebody is there, nobody twice; in secret only by head, and only where so many are that it stays secret."""
    if not seats:
        raise RuleViolation(NOBODY_PRESENT)
    whose = [(seat.person_id, seat.household_id) for seat in seats if seat.person_id or seat.household_id]
    if len(set(whose)) < len(whose):
        raise RuleViolation(SEAT_TWICE)
    if is_secret and base != Base.PERSON:
        raise RuleViolation(BY_HOUSEHOLD)
    if is_secret and len(seats) < FEWEST_ON_ROLL:
        raise RuleViolation(TOO_FEW_ON_ROLL)


def require_possible(count: Count, *, phones: int, present: int) -> None:
    """No more hands, or names on a sheet, than people present who have not used their phones."""
    if phones + count.total > present:
        raise RuleViolation(said(COUNTED_TOO_MANY, phones=phones, counted=count.total, present=present))


def require_slips(count: Count, *, out: int) -> None:
    """No more papers in the box than were handed out."""
    if count.total > out:
        raise RuleViolation(said(SLIPS_TOO_MANY, counted=count.total, out=out))


def decide(counted: Counted[int], slate: Slate[int], rule: RoomRule) -> Decision[int]:
    """How it ended; a motion that does not pass decides nothing."""
    return motion.decide(counted, slate, rule.majority)


def headline(rule: RoomRule, agree: int, *, is_passed: bool, is_advice: bool, unit: str) -> str:
    """The one sentence on the screen: 通过：同意16人，超过到会30人的一半."""
    whose = _("全体{base}{unit}") if rule.is_of_all else _("到会{base}{unit}")
    of = whose.format(base=rule.base, unit=unit)
    said_yes = _("{agree}{unit}同意").format(agree=agree, unit=unit)
    if is_advice:
        what = _("多数同意") if is_passed else _("没有形成多数意见")
    else:
        what = _("通过") if is_passed else _("没有通过")
    if rule.approval.fraction == ALL:
        met = _("{of}都同意") if is_passed else _("要{of}都同意")
    elif rule.approval.fraction == HALF and not rule.approval.is_enough:
        met = _("超过{of}的一半") if is_passed else _("没有超过{of}的一半")
    else:
        reached = rule.approval.met_words
        met = _("{of}里{reached}") if is_passed else _("{of}里没有{reached}")
        met = met.replace("{reached}", reached)
    return f"{what}：{said_yes}，{met.format(of=of)}"


def share_words(number: int, rule: RoomRule) -> str:
    """The share of one line of the paper in the base of this motion, with the fraction where rounding would mislead."""
    return shown_share(number, rule.base, rule.approval.fraction)


# What is not decided in a room: nobody's "no" becomes a decision to do the opposite.
NOTHING_DECIDED = _("这项没有形成决定，也不等于决定了相反的做法。")
