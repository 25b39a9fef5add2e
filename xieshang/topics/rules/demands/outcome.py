"""What is asked of publicity, adoption, carrying out, feedback, rating, archive and correction."""

from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import Who
from .demand import CODE_201, PROCEDURE, demand


def _two_people(facts: Facts) -> bool:
    people = {facts.screened_by, facts.drafted_by, facts.acting_person} - {None}
    return len(people) >= 2


# publicity
DRAFTED = demand(
    "outcome_not_drafted",
    (_("公示稿写好"), _("公示稿还没有写好。")),
    Who.COMMITTEE,
    lambda f: f.outcome_drafted,
)
TWO_PEOPLE = demand(
    "same_person_throughout",
    (_("受理、起草、发布不是同一个人"), _("受理、起草和发布不能都由同一个人办，请换一位来办。")),
    Who.SECRETARY,
    _two_people,
    source=PROCEDURE,
)
CHANNEL = demand(
    "objection_channel_missing",
    (_("写明怎么提异议"), _("请写明对结果有异议可以怎么提。")),
    Who.COMMITTEE,
    lambda f: f.objection_channel_given,
)
PUBLICITY_LONG_ENOUGH = demand(
    "publicity_too_short",
    (_("公示天数够"), _("公示的天数不够，一般至少七天，以本地规则为准。")),
    Who.COMMITTEE,
    lambda f: f.publicity_days >= f.publicity_days_least,
    source=PROCEDURE,
)
PUBLICITY_POSTED = demand(
    "publicity_not_posted",
    (_("公示已张贴"), _("公示还没有在公告栏张贴的照片。张贴之后才开始算天数。")),
    Who.COMMITTEE,
    lambda f: f.publicity_last_day is not None,
    source=CODE_201,
)
PUBLICITY_OVER = demand(
    "publicity_still_running",
    (_("公示期已满"), _("公示期还没有满，期满次日才能往下走。")),
    Who.SYSTEM,
    lambda f: f.publicity_last_day is not None and f.today > f.publicity_last_day,
    source=CODE_201,
).when(lambda f: f.publicity_last_day is not None)
OBJECTIONS_ANSWERED = demand(
    "objections_open",
    (_("异议都已答复"), _("还有异议没有答复。每一条都公开答复后才能往下走。")),
    Who.COMMITTEE,
    lambda f: f.open_objections == 0,
    source=PROCEDURE,
)
NO_SUSTAINED = demand(
    "objection_sustained",
    (_("没有成立的异议"), _("有异议成立，协商意见要先修改。")),
    Who.COMMITTEE,
    lambda f: f.sustained_objections == 0,
    source=PROCEDURE,
)
SUSTAINED = demand(
    "no_objection_sustained",
    (_("有异议成立"), _("没有成立的异议，不用退回修改意见。")),
    Who.COMMITTEE,
    lambda f: f.sustained_objections > 0,
)

# carrying out
ITEMS = demand("items_missing", (_("有办理事项"), _("请写明要办哪几件事。")), Who.COMMITTEE, lambda f: f.items > 0)
ITEM_BODIES = demand(
    "item_body_missing",
    (_("每件都有办理单位"), _("有办理事项没有写明由哪个单位办。")),
    Who.COMMITTEE,
    lambda f: f.items_without_body == 0,
)
ITEM_DUES = demand(
    "item_due_missing",
    (_("每件都有期限"), _("有办理事项没有写明哪天前办好。")),
    Who.COMMITTEE,
    lambda f: f.items_without_due == 0,
)
FEEDBACK_DATE = demand(
    "feedback_date_missing",
    (_("写明哪天前反馈"), _("请写明哪天前向大家反馈办理结果。")),
    Who.COMMITTEE,
    lambda f: f.feedback_by is not None and f.feedback_by > f.today,
)
ITEMS_DONE = demand(
    "items_open",
    (_("办理事项都办好了"), _("还有办理事项没有办好。")),
    Who.RESPONSIBLE,
    lambda f: f.items_open == 0,
)
ITEMS_PROVED = demand(
    "item_proof_missing",
    (_("办好的都有照片或说明"), _("有办好的事项还没有照片或说明。")),
    Who.RESPONSIBLE,
    lambda f: f.items_without_proof == 0,
)
FEEDBACK_TEXT = demand(
    "feedback_missing",
    (_("反馈写好"), _("请写好办理结果的反馈。")),
    Who.COMMITTEE,
    lambda f: f.feedback_text_given,
)
EVALUATION_OVER = demand(
    "evaluation_still_running",
    (_("评价时间已满"), _("请邻居评价的时间还没有到。")),
    Who.SYSTEM,
    lambda f: f.evaluation_last_day is not None and f.today > f.evaluation_last_day,
)
UNSOLVED_EXPLAINED = demand(
    "unsolved_not_explained",
    (_("已向大家说明"), _("说没解决的邻居更多。请回到办理，或向大家说明为什么只能到这里。")),
    Who.COMMITTEE,
    lambda f: f.unsolved_is_explained,
).when(lambda f: f.rated_unsolved > f.rated_solved)
REPORTED_BACK = demand(
    "report_not_sent",
    (_("已报告委托的部门"), _("这件事是上级部门委托协商的，请先把结果报告给该部门。")),
    Who.COMMITTEE,
    lambda f: f.report_is_sent,
).when(lambda f: f.report_to_named)

# correction
LEGAL_GROUND = demand(
    "legal_ground_missing",
    (_("写明违反哪条规定"), _("请写明结果违反了哪一条法律规定。")),
    Who.STREET,
    lambda f: f.legal_ground_given,
)
CORRECTION_NOTICE = demand(
    "correction_notice_missing",
    (_("更正通知写好"), _("请写好更正的通知，让大家知道改了什么、为什么改。")),
    Who.STREET,
    lambda f: f.correction_notice_given,
)
