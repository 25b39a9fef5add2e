"""An owners' result in the words of its page: headline, marks, the arithmetic of each fraction, what a flag means."""

from collections.abc import Hashable, Mapping
from fractions import Fraction

from xieshang.lib.refusals import later as _

from .decision import Flag, Outcome
from .kinds import Kind
from .majority import Share
from .sentences import Shown
from .tally import grouped
from .ways import Result
from .words import fraction

_ENDS = {
    Outcome.PASSED: (_("达到通过条件"), _("本次表决通过")),
    Outcome.QUORUM_NOT_MET: (_("参与未达三分之二，未达到通过条件"), _("参与未达三分之二，未形成有效决定")),
    Outcome.NOT_PASSED: (_("未达到通过条件"), _("未形成有效决定")),
    Outcome.NO_EFFECTIVE_DECISION: (_("没有方案达到通过条件"), _("未形成有效决定")),
    Outcome.SEATS_UNFILLED: (_("达到当选条件的人不足名额"), _("未选足名额")),
}
FLAG_WORDS = {
    Flag.OUTCOME_DEPENDS_ON_INVALID_RULE: _(
        "结果和无效票怎么算有关。这次按公告前定下、已经锁定的规则算；换一种算法，结果会不一样。"
    ),
    Flag.SPLIT_MAJORITY: _("人数领先的和面积领先的不是同一项，所以送达后没投票的人，一个也没有推定到哪一边。"),
    Flag.TIE_AT_LAST_SEAT: _("最后一个名额上，有人票数和面积都相同。相同的人都先不当选，列为候补。"),
    Flag.SUM_MISMATCH: _("各项加起来，和公布的参与数对不上。"),
    Flag.PERCENT_MISMATCH: _("公布的百分比里，有的和数字算出来的不一样。"),
    Flag.PUBLISHED_OUTCOME_DIFFERS: _("公布的结论，和按这些数字、按法律算出来的不一样。"),
    Flag.IMPOSSIBLE: _("有的数字大过了它的总数，不可能是这样，请核对是不是抄错了。"),
}


def headline_of[K: Hashable](result: Result[K], kind: Kind, names: Mapping[K, str], *, is_preliminary: bool) -> str:
    """The title of the page; what is preliminary says so, and what does not pass has decided nothing."""
    decision = result.decision
    before, after = _ENDS[decision.outcome]
    words = _(before) if is_preliminary else _(after)
    if decision.choice is not None:
        name = names[decision.choice]
        words = (_("“{name}”达到通过条件") if is_preliminary else _("“{name}”通过")).format(name=name)
    if kind == Kind.ELECTION and decision.elected:
        found = _("{number}人达到当选条件") if is_preliminary else _("选出{number}人")
        words = found.format(number=len(decision.elected))
    return _("初步统计：{words}").format(words=words) if is_preliminary else words


def mark_words(share: Share) -> str:
    """The mark on a bar: 至少三分之二, 超过一半."""
    return (_("至少{share}") if share.is_enough else _("超过{share}")).format(share=fraction(share.fraction))


def arithmetic(shown: Shown, share: Share) -> str:
    """The fraction by whole numbers, as somebody with a pencil checks it: 228×3=684，不小于300×2=600，够."""
    up, down = share.fraction.numerator, share.fraction.denominator
    left, right = Fraction(shown.number) * down, Fraction(shown.of) * up
    if share.is_enough:
        stands = _("不小于") if left >= right else _("小于")
    else:
        stands = _("大于") if left > right else (_("等于") if left == right else _("小于"))
    places = max(len(text.partition(".")[2]) for text in (shown.number, shown.of))
    first = f"{grouped(shown.number)}×{down}={_product(left, places)}"
    second = f"{grouped(shown.of)}×{up}={_product(right, places)}" if up > 1 else grouped(shown.of)
    end = _("够{mark}") if shown.is_met else _("不够{mark}")
    return f"{first}，{stands}{second}，{end.format(mark=mark_words(share).removeprefix('至少'))}"


def _product(number: Fraction, places: int) -> str:
    if not places:
        return f"{int(number):,}"
    digits = str(int(number * 10**places)).rjust(places + 1, "0")
    return grouped(f"{digits[:-places]}.{digits[-places:]}")
