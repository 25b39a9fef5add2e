"""What the steps ask for: each one sentence to tick, one refusal while it is missing, and who supplies it."""

from collections.abc import Callable

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .course import Who
from .facts import Facts, Sheet
from .settings import value
from .stages import representatives_enough, women_enough

Demand = demands.Demand[Facts, Who]
REPS_LAW = _("村民委员会组织法（2018）第25条")
RESERVED_LAW = _("村民委员会组织法（2018）第24条")
MEETING_LAW = _("村民委员会组织法（2018）第21至26条；居民会议按城市居民委员会组织法")
PARTY_RULES = _("中国共产党支部工作条例（试行）第11条")
PRACTICE = _("四议两公开的通常做法，以当地规定为准")
CODE_201 = _("民法典第201、203条")


def _demand(
    code: str, words: tuple[str, str], is_met: Callable[[Facts], bool], who: Who = Who.COMMITTEE, source: str = ""
) -> Demand:
    asks, sentence = words
    return demands.Demand(asks, Refusal(f"fourtwo_{code}", sentence, source), who, is_met)


def _of_sheet(is_met: Callable[[Sheet, Facts], bool]) -> Callable[[Facts], bool]:
    """A question to the record that is handed in; nothing handed in answers no."""
    return lambda facts: facts.sheet is not None and is_met(facts.sheet, facts)


def _party(facts: Facts) -> bool:
    return facts.sheet is None or facts.sheet.is_party


def _follows(sheet: Sheet | None, facts: Facts) -> bool:
    """Whether the meeting was not held before the one of the step before."""
    if sheet is None or sheet.held_on is None or facts.last_meeting_on is None:
        return sheet is not None
    return sheet.held_on >= facts.last_meeting_on


def _numbers_known(facts: Facts) -> bool:
    return facts.sheet is not None and facts.sheet.tally.is_sound


# The draft. ----------------------------------------------------------------------------------------------------------
DRAFT = _demand("draft_missing", (_("写好方案"), _("请先写好要决定的方案。")), lambda f: f.draft_given, Who.SECRETARY)
DRAFT_IS_NEW = _demand(
    "draft_has_ended",
    (_("方案是新的一稿"), _("上一稿没有通过，已经到此为止。请先改出新的一稿，再从第一步走起。")),
    lambda f: not f.draft_has_ended,
    Who.SECRETARY,
)
OPINIONS = _demand(
    "opinions_missing",
    (_("写明怎么听取群众意见"), _("请写明提议以前怎么听取群众意见、大家说了什么。")),
    _of_sheet(lambda sheet, _f: bool(sheet.text)),
    Who.SECRETARY,
    PRACTICE,
)
# A meeting. ----------------------------------------------------------------------------------------------------------
HELD = _demand(
    "date_missing",
    (_("写明哪天开的会"), _("请写明哪天开的会，不能晚于今天。")),
    _of_sheet(lambda sheet, f: sheet.held_on is not None and sheet.held_on <= f.today),
)
IN_ORDER = _demand(
    "before_the_last_step",
    (_("在上一步以后开的"), _("这次会的日期比上一步还早。六步要按顺序走，请核对日期。")),
    _of_sheet(
        lambda sheet, f: sheet.held_on is None or f.last_meeting_on is None or sheet.held_on >= f.last_meeting_on
    ),
)
CHAIR = _demand(
    "chair_missing", (_("写明主持人"), _("请写明会议由谁主持。")), _of_sheet(lambda sheet, _f: bool(sheet.chair))
)
NUMBERS = _demand(
    "numbers_do_not_fit",
    (_("人数和票数对得上"), _("人数对不上：各种票加起来不能多于实到，实到不能多于应到，也不能都是0。请核对。")),
    _numbers_known,
)
QUORUM = _demand(
    "no_quorum",
    (_("到会人数够"), _("到会的人不够数，这次会不算数，请另行召集再开。")),
    lambda f: f.quorum_met,
    source=MEETING_LAW,
).when(_numbers_known)
CARRIED = _demand(
    "not_carried",
    (_("同意的够数"), _("同意的不够数，不能算通过。请记为没有通过。")),
    lambda f: f.is_carried,
    source=MEETING_LAW,
).when(_numbers_known)
NOT_CARRIED = _demand("carried", (_("同意的不够数"), _("同意的已经够数，是通过了。")), lambda f: not f.is_carried).when(
    _numbers_known
)
MINUTES = _demand(
    "minutes_missing",
    (_("上传会议记录"), _("请上传签了字的会议记录（PDF或者照片）。")),
    _of_sheet(lambda sheet, _f: sheet.minutes_given),
).when(lambda f: not _party(f))
FILE_NUMBER = _demand(
    "file_number_missing",
    (_("写明记录的文号"), _("党的会议只在这里登记日期、人数和结果，请写明纸质记录的文号或者档案号。")),
    _of_sheet(lambda sheet, _f: bool(sheet.file_number)),
    Who.SECRETARY,
    PARTY_RULES,
).when(_party)
SIGNED = _demand(
    "signature_missing",
    (_("写明谁签的字"), _("请写明谁在记录上签了字。")),
    _of_sheet(lambda sheet, _f: bool(sheet.signers)),
)
VIEWS = _demand(
    "views_missing",
    (_("写明大家说了什么"), _("请写明会上各人怎么说的，不同意见也要记。")),
    _of_sheet(lambda sheet, _f: bool(sheet.text)),
    source=PRACTICE,
)
TOLD = _demand(
    "told_too_late",
    (_("提前通知的天数够"), _("会前通知的天数不够（通知当天不算）：请写明哪天通知的；不够的要另行召集。")),
    lambda f: f.told_in_time,
    source=MEETING_LAW,
)
REPRESENTATIVES = _demand(
    "too_few_representatives",
    (_("代表占五分之四以上"), _("代表会议的组成不合规定：代表要占组成人员的五分之四以上。请核对名单。")),
    _of_sheet(lambda sheet, _f: representatives_enough(sheet.members, sheet.representatives)),
    source=REPS_LAW,
).when(_of_sheet(lambda sheet, _f: sheet.by_representatives))
WOMEN = _demand(
    "too_few_women",
    (_("妇女代表占三分之一以上"), _("代表会议的组成不合规定：妇女代表要占组成人员的三分之一以上。请核对名单。")),
    _of_sheet(lambda sheet, _f: women_enough(sheet.members, sheet.women) and sheet.women <= sheet.representatives),
    source=REPS_LAW,
).when(_of_sheet(lambda sheet, _f: sheet.by_representatives))
AUTHORISED = _demand(
    "not_authorised",
    (_("村民会议授权过"), _("这件事要由村民会议决定；代表会议来定的，请写明村民会议哪次授的权、授了什么事、到哪天。")),
    _of_sheet(lambda sheet, _f: bool(sheet.authorisation)),
    source=RESERVED_LAW,
).when(lambda f: f.is_reserved and f.sheet is not None and f.sheet.by_representatives)
# The disclosure. -----------------------------------------------------------------------------------------------------
DRAFTED = _demand("notice_missing", (_("决议公告写好"), _("请先写好决议公告。")), lambda f: f.notice_drafted)
LONG_ENOUGH = _demand(
    "publicity_too_short",
    (_("公开的天数够"), _("决议公开的天数不够：至少七天，本地规定更长的按本地规定。")),
    lambda f: f.publicity_days >= value(f.values, "publicity_days"),
    Who.SECRETARY,
    PRACTICE,
)
ANOTHER_PUBLISHES = _demand(
    "publish_by_two",
    (_("起草和签发是两个人"), _("起草和签发要由两个人来办，您起草的请别人签发。")),
    lambda f: f.drafted_by is None or f.drafted_by != f.acting_person,
    Who.SECRETARY,
)
POSTED = _demand(
    "not_posted",
    (_("公告栏已张贴"), _("决议还没有在公告栏张贴的照片。张贴以后才开始算天数。")),
    lambda f: f.posted,
    source=CODE_201,
)
OVER = _demand(
    "publicity_still_running",
    (_("公开期已满"), _("决议公开期还没有满，张贴当天不算，期满次日才能开始实施。")),
    lambda f: f.publicity_last_day is not None and f.today > f.publicity_last_day,
    Who.SYSTEM,
    CODE_201,
).when(lambda f: f.posted)
ANSWERED = _demand(
    "objections_open", (_("异议都答复了"), _("还有异议没有答复，请先答复。")), lambda f: f.open_objections == 0
)
NONE_SUSTAINED = _demand(
    "objection_sustained",
    (_("没有成立的异议"), _("有异议成立，要改方案重新走，不能实施。")),
    lambda f: f.sustained_objections == 0,
)
SUSTAINED = _demand(
    "no_sustained_objection", (_("有成立的异议"), _("没有成立的异议。")), lambda f: f.sustained_objections > 0
)
# The result. ---------------------------------------------------------------------------------------------------------
ITEMS_DONE = _demand(
    "items_open",
    (_("要办的事都核实办好"), _("要办的事还没有都核实办好。请先列出要办的事，办好并核实。")),
    lambda f: f.items > 0 and f.items_open == 0,
    Who.RESPONSIBLE,
)
ACCOUNT = _demand(
    "account_missing", (_("收支填好"), _("请先填好这件事的收支，再请监督委员会审核。")), lambda f: f.account_given
)
UNCHECKED = _demand(
    "already_checked",
    (_("这份收支还没有审核过"), _("这份收支已经审核过了。没有通过的，请填报的单位重新填报以后再审。")),
    lambda f: not f.account_checked,
)
FINDING = _demand(
    "finding_missing",
    (_("写明审核意见"), _("请写明怎么审核的、审核意见是什么。")),
    lambda f: f.finding_given,
    Who.SUPERVISORS,
)
ANOTHER_CHECKS = _demand(
    "check_by_two",
    (_("填报和审核是两个人"), _("收支是您填报的，请监督委员会的另一位来审核。")),
    lambda f: f.account_by is None or f.account_by != f.acting_person,
    Who.SUPERVISORS,
)
CHECKED = _demand(
    "check_missing",
    (_("监督委员会审核通过"), _("监督委员会还没有审核通过这次的收支和结果，结果不能公开。")),
    lambda f: f.check_passed,
    Who.SUPERVISORS,
    PRACTICE,
)
ANOTHER_THAN_CHECKER = _demand(
    "result_by_two",
    (_("审核和公开是两个人"), _("结果是您审核的，请别人来公开。")),
    lambda f: f.checked_by is None or f.checked_by != f.acting_person,
)
RESULT_TEXT = _demand(
    "result_text_missing", (_("写明办成什么样"), _("请写明办成了什么样。")), lambda f: f.result_text_given
)
REASON = _demand("reason_missing", (_("写明原因"), _("请写明原因，大家会看到。")), lambda f: f.reason_given)
