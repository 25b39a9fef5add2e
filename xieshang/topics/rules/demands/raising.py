"""What is asked when a matter is raised, reviewed, screened, sent out or stopped."""

from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import Who
from .demand import CODE_201, PROCEDURE, demand


def _is_in_time(facts: Facts) -> bool:
    return facts.due is None or facts.today <= facts.due


def _is_past(facts: Facts) -> bool:
    return facts.due is not None and facts.today > facts.due


def _another_reviewer(facts: Facts) -> bool:
    if facts.acting_person is None:
        return not facts.review_is_needed
    return facts.acting_person != facts.author


def _another_than_rejecter(facts: Facts) -> bool:
    return facts.acting_person is not None and facts.acting_person != facts.rejected_by


NOT_SUSPENDED = demand(
    "suspended",
    (_("没有暂停"), _("这件事已暂停，恢复后才能往下走。")),
    Who.COMMITTEE,
    lambda f: not f.suspended,
)
IS_SUSPENDED = demand(
    "not_suspended",
    (_("正在暂停中"), _("这件事没有暂停，不用恢复。")),
    Who.COMMITTEE,
    lambda f: f.suspended,
)
REASON = demand(
    "reason_missing",
    (_("写明理由"), _("请写明理由，让大家看得明白。")),
    Who.COMMITTEE,
    lambda f: f.reason_given,
)

# raising
TITLE = demand(
    "title_missing",
    (_("有一句话标题"), _("请用一句话说说是什么事。")),
    Who.AUTHOR,
    lambda f: f.title_given,
)
TEXT = demand("text_missing", (_("写清情况"), _("请写几句具体情况。")), Who.AUTHOR, lambda f: f.text_given)
SCOPE = demand(
    "scope_missing",
    (_("选好涉及的范围"), _("请选这件事涉及哪里：楼栋、小区还是社区。")),
    Who.AUTHOR,
    lambda f: f.scope_chosen,
)
VERIFIED_AUTHOR = demand(
    "author_not_verified",
    (_("提出人已实名"), _("提出人还没有完成实名认证，认证后才能往下走。")),
    Who.AUTHOR,
    lambda f: f.author_is_verified,
)
ANOTHER_REVIEWER = demand(
    "reviewed_by_author",
    (_("由另一人审核"), _("新邻居的第一次发言要由提出人以外的工作人员看过。")),
    Who.COMMITTEE,
    _another_reviewer,
)
APPEAL_IN_TIME = demand(
    "appeal_too_late",
    (_("在申诉期内"), _("申诉期已过，您可以重新提出。")),
    Who.AUTHOR,
    _is_in_time,
    source=PROCEDURE,
)
APPEAL_ONCE = demand(
    "appeal_already_decided",
    (_("没有申诉过"), _("这件事已经申诉过一次，结论不再更改；您可以重新提出。")),
    Who.AUTHOR,
    lambda f: not f.appeal_is_made and not f.appeal_is_dismissed,
)
APPEAL_MADE = demand(
    "no_appeal",
    (_("提出人已申诉"), _("提出人还没有申诉，或申诉已有结论。")),
    Who.AUTHOR,
    lambda f: f.appeal_is_made and not f.appeal_is_dismissed,
)
NO_APPEAL_WAITS = demand(
    "appeal_waits",
    (_("没有待复核的申诉"), _("提出人已申诉，请另一位工作人员先复核。")),
    Who.COMMITTEE,
    lambda f: not f.appeal_is_made or f.appeal_is_dismissed,
)
ANOTHER_THAN_REJECTER = demand(
    "same_person_appeal",
    (_("由另一人复核"), _("申诉要由另一位工作人员复核，不能是原来审核的人。")),
    Who.COMMITTEE,
    _another_than_rejecter,
)
BY_AUTHOR = demand(
    "not_the_author",
    (_("由提出人本人办理"), _("只有提出人本人可以办这一步。")),
    Who.AUTHOR,
    lambda f: f.author is not None and f.acting_person == f.author,
)
COMMITTEE_AGREES = demand(
    "committee_must_agree",
    (_("居委会同意撤回"), _("已有不少邻居支持，撤回要先由居委会同意。")),
    Who.COMMITTEE,
    lambda f: f.committee_agrees_withdrawal,
    source=PROCEDURE,
).when(lambda f: f.supporters > f.withdrawal_threshold)

# screening and the short courses
KIND = demand(
    "kind_missing",
    (_("定好是哪一类事"), _("请选这是哪一类协商事项。")),
    Who.COMMITTEE,
    lambda f: f.kind is not None,
)
NATURE = demand(
    "nature_missing",
    (_("定好由谁决定"), _("请选这件事依法由谁决定：供参考的协商、业主共同决定，还是居民（村民）会议。")),
    Who.COMMITTEE,
    lambda f: f.nature is not None,
)
NO_DANGER = demand(
    "danger_goes_out_at_once",
    (_("没有现场危险"), _("现场有危险，请当天转办，不要先走协商。")),
    Who.COMMITTEE,
    lambda f: not f.danger,
    source=PROCEDURE,
)
REPAIR_OR_DANGER = demand(
    "not_a_repair",
    (_("是报修或有危险"), _("只有报修的事和有危险的事可以直接转办。")),
    Who.COMMITTEE,
    lambda f: f.plain_repair or f.danger,
)
RECEIVER = demand(
    "receiver_missing",
    (_("写明交给谁"), _("请写明交给哪个单位或哪位办理。")),
    Who.COMMITTEE,
    lambda f: f.receiver_named,
)
RECEIVER_DUE = demand(
    "receiver_due_missing",
    (_("写明答复期限"), _("请写明接手的一方哪天前答复。")),
    Who.COMMITTEE,
    lambda f: f.receiver_due is not None and f.receiver_due >= f.today,
)
MERGE_TARGET = demand(
    "merge_target_missing",
    (_("选好并到哪一件"), _("请选并到哪一件还在办的事，不能并到它自己。")),
    Who.COMMITTEE,
    lambda f: f.merge_target_named and f.merge_target_is_open,
)
PROOF = demand(
    "proof_missing",
    (_("有照片或说明"), _("请上传办好的照片，或写一段说明。")),
    Who.RESPONSIBLE,
    lambda f: f.proof_given,
)
ANSWER = demand("answer_missing", (_("写好答复"), _("请写明答复的内容。")), Who.RECEIVER, lambda f: f.answer_given)
PAST_DUE = demand("not_yet_due", (_("期限已过"), _("期限还没有过。")), Who.SYSTEM, _is_past, source=CODE_201)
