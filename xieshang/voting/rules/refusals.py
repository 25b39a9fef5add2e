"""Why a vote cannot be prepared, opened or cast now."""

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

NO_QUESTION = Refusal("no_question", _("请写清楚要问大家什么。"))
TOO_FEW_OPTIONS = Refusal("too_few_options", _("至少写两个方案；只有一个方案时请用“同意、不同意”。"))
TOO_MANY_OPTIONS = Refusal("too_many_options", _("方案最多写12个。"))
SAME_OPTIONS = Refusal("same_options", _("有两个方案写得一样，请改一改。"))
CHOICES_OUT_OF_RANGE = Refusal("choices_out_of_range", _("最多选几项，要在1和方案数之间。"))
SHARE_OUT_OF_RANGE = Refusal("share_out_of_range", _("参与比例要写成1/3这样的分数，不能超过1。"))
CLOSES_TOO_EARLY = Refusal("closes_too_early", _("截止时间要在开始之后。"))
NOT_A_DRAFT = Refusal("not_a_draft", _("这次征集已经开始，内容不能再改，也不用再发起。"))
EMPTY_ROLL = Refusal("empty_roll", _("这个范围里还没有可以投票的人，请先核对名册。"))

NOT_OPEN_YET = Refusal("not_open_yet", _("还没有开始投票。"))
TOO_LATE = Refusal("too_late", _("已截止，这一票没有收下。计票以后，结果在这一页公布。"))
ABORTED = Refusal("aborted", _("这次表决已经中止，票没有收下。要等新的名册和公告，请看页面上的说明。"))
ALREADY_VOTED = Refusal("already_voted", _("您已经投过了，这次征集投出后不能改。"))
HOUSEHOLD_VOTED = Refusal("household_voted", _("您家已经投过了，一户一票，以先投的为准。"))
NOTHING_CHOSEN = Refusal("nothing_chosen", _("请先选一项。拿不定主意可以选“弃权”。"))
TOO_MANY_CHOSEN = Refusal("too_many_chosen", _("选多了，请去掉几项再投。"))
CHOSEN_TWICE = Refusal("chosen_twice", _("同一项选了两次，请每一位选不同的项。"))
CHOSEN_ALONE = Refusal("chosen_alone", _("“弃权”或“以上都不同意”不能和别的选项一起选。"))
NOT_ON_THE_BALLOT = Refusal("not_on_the_ballot", _("选项不在这张票上，请重新打开这一页再选。"))

UNIT_TWICE = Refusal("unit_twice", _("“{unit}”在名册里出现了两次，请删去一行。"))
NO_AREA = Refusal("no_area", _("“{unit}”的面积要大于0，请按登记的专有部分面积填写。"), _("法释〔2009〕7号第8条"))
NO_OWNER = Refusal("no_owner", _("“{unit}”没有写业主，不知道由谁投票。"), _("法释〔2009〕7号第9条"))
NO_HEADS = Refusal("no_heads", _("应参加表决的总人数是0，没有人可以表决，请核对名册。"), _("民法典第278条第2款"))
NO_TOTAL_AREA = Refusal("no_total_area", _("应参加表决的总面积是0，请核对名册。"), _("民法典第278条第2款"))
TWO_BALLOTS = Refusal("two_ballots", _("“{unit}”和“{other}”是同一个表决权，只能有一张票，请留下有效的那一张。"))
RECORD_NOT_YET = Refusal("record_not_yet", _("结果公布以后才能下载表决记录，请等结果出来再来。"))
RECORD_NOT_COUNTED = Refusal("record_not_counted", _("还没有计票。计完票才能看每一张选票，免得影响录票的人。"))
RECORD_WITHOUT_REASON = Refusal(
    "record_without_reason", _("请写明为什么要看，比如“法院调取”或者“核对异议”。这句话会留在操作记录里。")
)
# Sentences for who may not have a depth of the record.
FOR_OWNERS_ONLY = _("逐张选票的明细只给名册上的业主核算：请用业主本人的身份登录。其他人可以下载公开版。")
FOR_TELLERS_ONLY = _("带姓名的选票只有监票人和街道能看，每看一次都会留下记录。")
