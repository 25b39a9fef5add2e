"""May this step happen now? What each step asks, and the verdict on one set of facts."""

from collections.abc import Callable

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .course import COURSE
from .facts import Facts
from .states import State, Step, Who

CIVIL_CODE_278 = _("民法典第278条")
PRACTICE = _("物业管理联席会议的通常做法，可由本地规则另定")
# Fewer are no talk.
TWO = 2
Demand = demands.Demand[Facts, Who]
Check = demands.Check[Who]


def _demand(code: str, words: tuple[str, str], who: Who, is_met: Callable[[Facts], bool], source: str = "") -> Demand:
    asks, sentence = words
    return demands.Demand(asks, Refusal(code, sentence, source), who, is_met)


NOT_IN_COURSE = Refusal("not_in_course", _("现在这一步还不能办，或者已经办过了。页面上写着现在到哪一步。"))
REASON = _demand(
    "reason_missing", (_("写明理由"), _("请写明理由，各方和居民都看得到。")), Who.CONVENOR, lambda f: f.reason_given
)
RESULT = _demand(
    "result_missing", (_("写明结果"), _("请写明最后的结果，居民看得到。")), Who.CONVENOR, lambda f: f.result_given
)
LEAD = _demand(
    "lead_missing", (_("定下牵头方"), _("请选一方牵头，事情才有人盯到底。")), Who.CONVENOR, lambda f: f.lead_chosen
)
POSITIONS_DAY = _demand(
    "positions_day_missing",
    (_("定下各方表态的日子"), _("请写明各方哪天前表态，不能早于今天。")),
    Who.CONVENOR,
    lambda f: f.positions_due is not None and f.positions_due >= f.today,
)
POSITIONS_SOON = _demand(
    "positions_day_late",
    (_("表态的日子不超过规定的天数"), _("各方表态的日子定得太晚，超过了规定的工作日，请往前定。")),
    Who.CONVENOR,
    lambda f: f.positions_due is None or f.positions_latest is None or f.positions_due <= f.positions_latest,
    PRACTICE,
)
SIDES = _demand(
    "sides_missing",
    (_("各方都有人参加"), _("有一方还没有人参加。没有业主委员会或物业企业的，请居委会先推荐业主代表。")),
    Who.COMMITTEE,
    lambda f: f.sides_unfilled == 0 and f.at_table >= TWO,
)
POSITIONS_IN = _demand(
    "positions_open",
    (_("各方都已表态，或表态的日子已过"), _("还有一方没有表态，日子也还没到。到期仍不答的，会标明未答，再往下走。")),
    Who.SIDES,
    lambda f: f.positions >= f.sides or (f.positions_due is not None and f.today > f.positions_due),
)
MEETING_DAY = _demand(
    "meeting_day_missing",
    (_("定下开会的日子"), _("请写明哪天开会。")),
    Who.CONVENOR,
    lambda f: f.meeting_on is not None,
)
MEETING_NOTICE = _demand(
    "meeting_notice_short",
    (_("提前通知各方"), _("联席会议至少提前三天通知各方，请把会期往后定。")),
    Who.CONVENOR,
    lambda f: f.notice_days >= f.notice_days_least,
    PRACTICE,
)
MEETING_HELD = _demand(
    "meeting_not_held",
    (_("会议已开"), _("会还没到开的日子。")),
    Who.CONVENOR,
    lambda f: f.meeting_on is not None and f.today >= f.meeting_on,
)
MEETING_OVER = _demand(
    "meeting_sits",
    (_("联席会议没有正在开"), _("联席会议正在开，请先到会议页面散会，再办这一步。")),
    Who.CONVENOR,
    lambda f: not f.meeting_sits,
)
QUORUM = _demand(
    "sides_absent",
    (
        _("各方到齐；改期过一次还不到的，记明缺席"),
        _("有一方没有到。请改期一次；改期后还不到的，记明谁缺席、什么原因，再接着开。"),
    ),
    Who.SIDES,
    lambda f: f.all_present or (f.adjourned >= 1 and f.absence_noted),
    PRACTICE,
)
ADJOURNED_ONCE = _demand(
    "adjourned_already",
    (_("还没有改过期"), _("已经改过一次期，这一次记明缺席，接着开会。")),
    Who.CONVENOR,
    lambda f: f.adjourned == 0,
    PRACTICE,
)
SOMEBODY_ABSENT = _demand(
    "nobody_absent", (_("有一方没有到"), _("各方都到了，可以开会。")), Who.CONVENOR, lambda f: not f.all_present
)
SIGNED = _demand(
    "signatures_missing",
    (_("各方都已签字，或写明不签的理由，或到期没有表示"), _("还有一方没有签字。不同意的可以不签，但要写明理由。")),
    Who.SIDES,
    lambda f: f.signed + f.refused_with_reason + f.silent >= f.sides > 0,
)
NOT_FOR_OWNERS = _demand(
    "owners_decide",
    (
        _("不是要业主共同决定的事"),
        _("这件事依法由业主共同决定，三方商量不能代替。请转业主表决，各方的意见供业主参考。"),
    ),
    Who.CONVENOR,
    lambda f: not f.is_for_owners,
    CIVIL_CODE_278,
)
IS_FOR_OWNERS = _demand(
    "not_for_owners",
    (_("属于业主共同决定的事"), _("请先在“要业主共同决定”里写明属于哪一项，再转业主表决。")),
    Who.CONVENOR,
    lambda f: f.is_for_owners,
    CIVIL_CODE_278,
)
PROMISED = _demand(
    "no_promise",
    (_("至少有一项承诺，写明谁办、哪天办好"), _("还没有一方承诺办什么、哪天办好。没有谈成的，请再商量一次或转出去。")),
    Who.SIDES,
    lambda f: f.promises >= 1,
)
ALL_VERIFIED = _demand(
    "promises_open",
    (_("每项承诺都办好并核实"), _("还有承诺没有办好或没有核实。")),
    Who.SIDES,
    lambda f: f.promises_open == 0 and f.promises >= 1,
)
RATED = _demand(
    "rating_runs",
    (_("居民评价的时间已过"), _("居民还在评价，到期再办结。")),
    Who.RESIDENTS,
    lambda f: f.rated_until is not None and f.today > f.rated_until,
)
SOLVED = _demand(
    "found_unsolved",
    (
        _("居民没有多数说没解决；多数说没解决的，写明为什么办结"),
        _("评价的居民里多数说没有解决。请接着办；确实只能办到这一步的，在说明里写清楚。"),
    ),
    Who.CONVENOR,
    lambda f: not f.found_unsolved or f.reason_given,
)

ASKED: dict[Step, tuple[Demand, ...]] = {
    Step.DECLINE: (REASON,),
    Step.ASSIGN: (SIDES, LEAD),
    Step.ASK_POSITIONS: (POSITIONS_DAY, POSITIONS_SOON),
    Step.CALL_MEETING: (POSITIONS_IN, MEETING_DAY, MEETING_NOTICE),
    Step.ADJOURN: (MEETING_HELD, SOMEBODY_ABSENT, ADJOURNED_ONCE),
    Step.DRAFT_MINUTES: (MEETING_HELD, QUORUM),
    Step.CONFIRM: (SIGNED,),
    Step.TALK_AGAIN: (MEETING_OVER, REASON, POSITIONS_DAY, POSITIONS_SOON),
    Step.START_ACTIONS: (NOT_FOR_OWNERS, PROMISED),
    Step.VERIFY: (ALL_VERIFIED,),
    Step.NOT_SOLVED: (REASON,),
    Step.CLOSE: (RATED, SOLVED),
    Step.ESCALATE: (MEETING_OVER, REASON),
    Step.HAND_TO_OWNERS: (MEETING_OVER, IS_FOR_OWNERS, REASON),
    Step.MEDIATE: (MEETING_OVER, REASON),
    Step.GO_TO_LAW: (MEETING_OVER, REASON),
    Step.SEND_BACK: (REASON, POSITIONS_DAY, POSITIONS_SOON),
    Step.SETTLE: (RESULT,),
    Step.OWNERS_PASSED: (RESULT,),
    Step.OWNERS_FAILED: (RESULT,),
}


def checklist(step: Step, facts: Facts) -> list[Check]:
    """What the rules ask for this step in this thread, each line ticked from the facts."""
    return demands.ticked(ASKED.get(step, ()), facts)


def missing_for(state: State, step: Step, facts: Facts) -> list[Refusal]:
    """Everything that still stands in the way of this step; empty when it may happen."""
    if (state, step) not in COURSE:
        return [NOT_IN_COURSE]
    return [line.refusal for line in checklist(step, facts) if not line.is_met]


def next_state(state: State, step: Step, facts: Facts) -> State:
    """Where the step leads; raises `RuleViolation` with all that is missing, or that the course knows no such step."""
    missing = missing_for(state, step, facts)
    if missing:
        raise RuleViolation(*missing)
    return COURSE[state, step]
