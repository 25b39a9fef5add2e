"""The result in words: generated, never typed; what does not pass has decided nothing, in neither direction."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from xieshang.lib.refusals import later as _

from .decision import Outcome, Slate
from .kinds import Kind
from .majority import Share
from .tally import Tally, grouped, misleads, percent
from .ways import Result, Terms

# The short word of a badge.
OUTCOME_WORDS = {
    Outcome.PASSED: _("通过"),
    Outcome.QUORUM_NOT_MET: _("参与未达三分之二"),
    Outcome.NOT_PASSED: _("未形成有效决定"),
    Outcome.NO_EFFECTIVE_DECISION: _("未形成有效决定"),
    Outcome.SEATS_UNFILLED: _("未选足名额"),
    Outcome.INSUFFICIENT_DATA: _("公布的数字不够，算不出来"),
}
HEADS, AREA = _("人数"), _("面积")


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the fractions of a result: which number of what in plain digits, its mark, and whether it is met."""

    label: str
    number: str
    of: str
    percent: str
    # The exact fraction where the rounded figure would show the wrong side of the mark; else empty.
    exact: str
    mark: str
    is_met: bool


def shown_of(part: Tally, whole: Tally, share: Share) -> tuple[Shown, Shown]:
    """Heads and area beside the mark the law sets."""
    heads = _shown(HEADS, (part.heads, whole.heads), (str(part.heads), str(whole.heads)), share)
    return heads, _shown(AREA, (part.area_centi, whole.area_centi), (part.area_digits, whole.area_digits), share)


def _shown(label: str, numbers: tuple[int, int], words: tuple[str, str], share: Share) -> Shown:
    number, of = numbers
    exact = f"{grouped(words[0])}/{grouped(words[1])}" if misleads(number, of, share.fraction) else ""
    return Shown(label, *words, percent(number, of), exact, share.words, of > 0 and share.is_met(number, of))


def participation_of[K: Hashable](result: Result[K], terms: Terms) -> tuple[Shown, ...]:
    """Who took part of all, on both bases; nothing where no participation is asked for."""
    share, counted = terms.majority.participation, result.counted
    return shown_of(counted.part, counted.whole, share) if share else ()


def approval_of[K: Hashable](result: Result[K], terms: Terms, option: K) -> tuple[Shown, Shown]:
    """Who stands behind an option, of those the law takes the share of, on both bases."""
    counted, majority = result.counted, terms.majority
    return shown_of(counted.support(option), majority.base(counted.part, counted.whole), majority.approval)


def verdict_of[K: Hashable](result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]) -> str:
    """The sentence of the decision itself."""
    return f"{_why(result, terms, slate, names)}{_end(result, terms, slate, names)}"


def preliminary_verdict_of[K: Hashable](
    result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]
) -> str:
    """The sentence of the preliminary notice: whether the condition is met, nothing decided yet."""
    decision, seats = result.decision, slate.seats
    end = _("初步统计达到通过条件。") if decision.outcome == Outcome.PASSED else _("初步统计未达到通过条件。")
    if decision.outcome == Outcome.SEATS_UNFILLED and decision.elected:
        number = len(decision.elected)
        end = _("初步统计{number}人达到当选条件，{seats}个名额没有选足。").format(number=number, seats=seats)
    return f"{_why(result, terms, slate, names)}{end}"


def _why[K: Hashable](result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]) -> str:
    took_part = participation_of(result, terms)
    if took_part:
        share = terms.majority.participation
        start = _base(_("参与表决"), took_part, share.met_words if share else "")
    else:
        start = ""
    if result.decision.outcome == Outcome.QUORUM_NOT_MET:
        return f"{start}，"
    return (f"{start}，" if start else "") + _approval(result, terms, slate, names)


def _base(what: str, shown: tuple[Shown, ...], mark: str) -> str:
    """人数和面积均达到三分之二以上; 人数未达到三分之二以上."""
    missed = [each.label for each in shown if not each.is_met]
    if not missed:
        return _("{what}人数和面积均{mark}").format(what=what, mark=mark)
    return _("{what}{missed}未{mark}").format(what=what, missed=_("和").join(missed), mark=mark)


def _approval[K: Hashable](result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]) -> str:
    decision, mark = result.decision, terms.majority.approval.met_words
    if terms.kind == Kind.MOTION:
        what = _("全体业主中同意的") if terms.majority.is_of_all else _("同意的")
        return _base(what, approval_of(result, terms, slate.decidable[0]), mark) + "，"
    if terms.kind == Kind.PRIORITIES:
        return ""
    if decision.choice is not None:
        name = names[decision.choice]
        return _("“{name}”同意的人数和面积均{mark}，").format(name=name, mark=mark)
    if terms.kind == Kind.PLANS:
        return _("没有哪个方案同意的人数和面积都{mark}，").format(mark=mark)
    return _("得票人数和面积均{mark}的候选人共{number}人，").format(
        mark=mark, number=len(decision.elected) + len(decision.reserve)
    )


def _end[K: Hashable](result: Result[K], terms: Terms, slate: Slate[K], names: Mapping[K, str]) -> str:
    decision = result.decision
    if decision.elected and terms.kind == Kind.PRIORITIES:
        return _("排在前面的是：{names}。").format(names=_names(decision.elected, names))
    if terms.kind == Kind.ELECTION and decision.outcome != Outcome.QUORUM_NOT_MET:
        return _election(result, slate, names)
    if decision.choice is not None:
        return _("本次表决通过“{name}”。").format(name=names[decision.choice])
    return _("本次表决通过。") if decision.outcome == Outcome.PASSED else _("本次表决未形成有效决定。")


def _election[K: Hashable](result: Result[K], slate: Slate[K], names: Mapping[K, str]) -> str:
    decision = result.decision
    missing = slate.seats - len(decision.elected)
    elected = (
        _("当选：{names}。").format(names=_names(decision.elected, names)) if decision.elected else _("无人当选。")
    )
    reserve = _("候补：{names}。").format(names=_names(decision.reserve, names)) if decision.reserve else ""
    tie = _("末位票数相同，暂不确定当选人。") if decision.is_tied_at_last_seat else ""
    short = _("应选{seats}人，还缺{missing}人，要补选或者重新表决。").format(seats=slate.seats, missing=missing)
    return elected + reserve + tie + (short if missing else "")


def _names[K: Hashable](chosen: tuple[K, ...], names: Mapping[K, str]) -> str:
    return "、".join(names[option] for option in chosen)
