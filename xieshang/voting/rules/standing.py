"""Where one reader stands towards one vote: may vote, has voted, or may not and why."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import later as _

from .kinds import State


class Standing(StrEnum):
    """The one answer to “may I vote here”."""

    MAY = "may"
    MAY_CHANGE = "may_change"
    VOTED = "voted"
    HOUSEHOLD_VOTED = "household_voted"
    NOT_SIGNED_IN = "not_signed_in"
    IN_OFFICE = "in_office"
    UNDER_AGE = "under_age"
    NOT_VERIFIED = "not_verified"
    OUT_OF_SCOPE = "out_of_scope"
    AFTER_FREEZE = "after_freeze"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    VOIDED = "voided"
    # Of an owners' vote.
    NOT_AN_OWNER = "not_an_owner"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of a reader, as plain values."""

    signed_in: bool = False
    in_office: bool = False
    under_age: bool = False
    has_home: bool = False
    lives_in_scope: bool = False
    holds_right: bool = False
    # A ballot stands for every right of this person: by own hand, or by somebody else of the household.
    voted: bool = False
    housemate_voted: bool = False


def standing_of(reader: Reader, state: State, *, time_is_up: bool, allow_change: bool) -> Standing:
    """The first reason that applies; somebody who has voted hears that first unless the vote was made void."""
    if state == State.VOIDED:
        return Standing.VOIDED
    if reader.voted:
        return Standing.MAY_CHANGE if allow_change and state == State.OPEN and not time_is_up else Standing.VOTED
    if reader.housemate_voted:
        return Standing.HOUSEHOLD_VOTED
    if state == State.DRAFTED:
        return Standing.NOT_OPEN
    if state != State.OPEN or time_is_up:
        return Standing.CLOSED
    return _before_casting(reader)


def _before_casting(reader: Reader) -> Standing:
    if not reader.signed_in:
        return Standing.NOT_SIGNED_IN
    if reader.in_office:
        return Standing.IN_OFFICE
    if reader.holds_right:
        return Standing.MAY
    if reader.under_age:
        return Standing.UNDER_AGE
    if not reader.has_home:
        return Standing.NOT_VERIFIED
    return Standing.AFTER_FREEZE if reader.lives_in_scope else Standing.OUT_OF_SCOPE


# One line why, and what would open it.
STANDING_SENTENCES = {
    Standing.NOT_SIGNED_IN: _("登录以后才能投票。"),
    Standing.IN_OFFICE: _("您现在用的是单位身份。投票请先在页面上方换成“居民本人”。"),
    Standing.UNDER_AGE: _("满18周岁的居民才能投票。"),
    Standing.NOT_VERIFIED: _("认证过住房的居民才能投票。"),
    Standing.OUT_OF_SCOPE: _("这次只请{scope}的居民投票，您的住房不在这个范围。"),
    Standing.AFTER_FREEZE: _("名册在{frozen}投票开始时已经锁定，您的住房是之后才认证的，下次可以参加。"),
    Standing.NOT_OPEN: _("还没有开始投票。"),
    Standing.CLOSED: _("已截止，不能再投票。结果在这一页公布。"),
    Standing.VOIDED: _("这次投票中止了，投过的票都不算。"),
    Standing.VOTED: _("您已经投过了（{channel}，{when}）。"),
    Standing.MAY_CHANGE: _("您已经投过了（{channel}，{when}），截止前还可以改。"),
    Standing.NOT_AN_OWNER: _("只有名册上的业主可以投这一票。您是业主的话，请先核对业主身份；也可以领纸质票。"),
    Standing.HOUSEHOLD_VOTED: _("您家已经由{who}投过了（{channel}，{when}），一户一票，以先投的为准。"),
}
