"""What the steps ask for: each demand one sentence to tick, one refusal while it is missing, and who supplies it."""

from collections.abc import Callable

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .course import Who
from .facts import Facts

Ask = Callable[[Facts], bool]
Demand = demands.Demand[Facts, Who]
CODE_201 = _("民法典第201条")
CODE_278 = _("民法典第278条")
CODE_279 = _("民法典第279条")
MANAGEMENT_12 = _("物业管理条例第12条")
MANAGEMENT_14 = _("物业管理条例第14条")
MANAGEMENT_20 = _("物业管理条例第20条")
ASSEMBLY_RULES = _("业主大会议事规则")
LOCAL_RULES = _("当地规定")


def _demand(code: str, words: tuple[str, str], is_met: Ask, who: Who = Who.CONVENER, source: str = "") -> Demand:
    asks, sentence = words
    return demands.Demand(asks, Refusal(code, sentence, source), who, is_met)


# The draft. ----------------------------------------------------------------------------------------------------------
TEXT = _demand(
    "text_missing",
    (_("表决事项全文写好"), _("请写好要大家表决的全文：做什么、花多少钱、怎么做。")),
    lambda f: f.text_given,
    source=MANAGEMENT_14,
)
VOTABLE = _demand(
    "needs_everybody",
    (
        _("能用表决决定"),
        _("住房改作经营用，要有利害关系的业主一致同意，多数人同意也不行。请到“住改商一致同意”里逐户核对。"),
    ),
    lambda f: f.entry_is_votable,
    source=CODE_279,
)
PAPER = _demand(
    "paper_not_sound",
    (_("选项写好"), _("选项还没有写好：不写就是“同意、不同意”，写就至少写两个。")),
    lambda f: f.paper_is_sound,
)
SEATS = _demand(
    "seats_missing",
    (_("写明选几人"), _("请写明选几名委员；整届业主委员会按规定是5至11人的单数。")),
    lambda f: f.seats is not None and f.seats >= 1 and (not f.is_whole_committee or _is_legal(f)),
    source=_("业主大会和业主委员会指导规则第31条"),
).when(lambda f: f.is_election)
CANDIDATES = _demand(
    "candidates_missing",
    (_("候选人够"), _("候选人不能少于要选的人数，请补上候选人。")),
    lambda f: f.candidates >= (f.seats or 1),
).when(lambda f: f.is_election)
SCOPE_ALLOWED = _demand(
    "smaller_scope_not_allowed",
    (
        _("当地允许只由部分楼栋表决"),
        _("本地规则没有写明可以只由一栋楼或一个单元的业主表决。请由全体业主表决，或请街道先登记当地规定。"),
    ),
    lambda f: f.smaller_scope_allowed,
    Who.STREET,
    CODE_278,
).when(lambda f: f.is_smaller_scope)
SCOPE_SOURCE = _demand(
    "scope_source_missing",
    (_("写明表决范围的依据"), _("只由一栋楼或一个单元的业主表决，请写明依据的是哪份当地规定。")),
    lambda f: f.scope_source_given,
).when(lambda f: f.is_smaller_scope)
CONVENER_SOURCE = _demand(
    "convener_source_missing",
    (_("写明由您单位召集的依据"), _("不是业主委员会召集的，请写明依据：为什么由您单位代为召集。")),
    lambda f: f.convener_source_given,
    source=MANAGEMENT_20,
).when(lambda f: not f.convener_is_owners_body)
ANOTHER_PERSON = _demand(
    "class_by_two",
    (_("复核的不是起草的人"), _("起草的人不能自己复核事项类别，请居委会换一位来复核。")),
    lambda f: f.acting_person is None or f.acting_person != f.drafted_by,
    Who.SECOND_PERSON,
)
CLASS_NOT_CONFIRMED = _demand(
    "class_is_confirmed",
    (_("类别还没有复核"), _("事项类别已经复核过了，不用再复核。")),
    lambda f: not f.class_is_confirmed,
    Who.SECOND_PERSON,
)
CLASS = _demand(
    "class_not_confirmed",
    (_("事项类别已由居委会复核"), _("事项类别还没有由居委会的另一位复核：属于民法典哪一项，要多少人同意。")),
    lambda f: f.class_is_confirmed,
    Who.SECOND_PERSON,
    CODE_278,
)
DRAFT = (TEXT, VOTABLE, PAPER, SEATS, CANDIDATES, SCOPE_ALLOWED, SCOPE_SOURCE, CONVENER_SOURCE)


def _is_legal(facts: Facts) -> bool:
    seats = facts.seats or 0
    return facts.seats_least <= seats <= facts.seats_most and seats % 2 == 1


# The advice. ---------------------------------------------------------------------------------------------------------
OPINION_TEXT = _demand(
    "opinion_text_missing",
    (_("意见写好"), _("请写明党组织的意见。意见供参考，不决定表决能不能办。")),
    lambda f: f.opinion_text_given,
    Who.PARTY,
)
NOT_ANSWERED = _demand(
    "opinion_is_given",
    (_("还没有提过意见"), _("党组织的意见已经记下了，只记一次。")),
    lambda f: not f.opinion_is_given,
    Who.PARTY,
)
HEARD = _demand(
    "opinion_waited_for",
    (_("已听取党组织意见，或到期没有答复"), _("党组织还没有答复，答复期限也没有到。到期没有答复，可以接着办。")),
    lambda f: f.is_heard,
    Who.PARTY,
    MANAGEMENT_20,
)

# The roll. -----------------------------------------------------------------------------------------------------------
ROLL_PUBLISHED = _demand(
    "roll_not_published", (_("名册已公布"), _("名册还没有公布给名册上的业主核对。")), lambda f: f.roll_is_published
)
ROLL_TIME_OVER = _demand(
    "roll_still_open",
    (_("核对名册的时间已满"), _("业主核对名册的时间还没有满，期满以后才能锁定。")),
    lambda f: f.roll_last_day is not None and f.today > f.roll_last_day,
    Who.TIME,
    CODE_201,
).when(lambda f: f.roll_is_published)
ROLL_ANSWERED = _demand(
    "roll_objections_open",
    (_("对名册的异议都答复了"), _("对名册还有没答复的异议，请先逐条答复。")),
    lambda f: f.roll_objections_open == 0,
)
ROLL_FROZEN = _demand(
    "roll_not_frozen",
    (_("名册已锁定，有校验码"), _("名册还没有锁定。名册要在会议公告以前锁定，公告上印它的校验码。")),
    lambda f: f.roll_is_frozen,
)
ROLL_NOT_FROZEN = _demand(
    "roll_is_frozen", (_("名册还没有锁定"), _("名册已经锁定，不能再改。")), lambda f: not f.roll_is_frozen
)

# The notice. ---------------------------------------------------------------------------------------------------------
WINDOW = _demand(
    "window_missing",
    (_("投票从哪天到哪天"), _("请写明投票从哪天开始、到哪天几点截止。")),
    lambda f: f.opens_on is not None and f.closes_at is not None,
)
NOTICE_LONG_ENOUGH = _demand(
    "notice_too_short",
    (
        _("公告到投票之间天数够"),
        _(
            "会议公告要在投票开始前足够的天数发布（一般15天，发布当天和投票第一天都不算，最后一天是节假日的顺延）。请把投票开始的日子往后改。"
        ),
    ),
    lambda f: f.opens_on is not None and f.opens_on >= f.first_open_day,
    source=MANAGEMENT_14,
).when(lambda f: f.opens_on is not None)
WINDOW_LONG_ENOUGH = _demand(
    "window_too_short",
    (_("投票天数够"), _("投票的天数太短，请把截止的日子往后改。")),
    lambda f: f.window_days >= f.window_days_least,
).when(lambda f: f.opens_on is not None and f.closes_on is not None)
WINDOW_SHORT_ENOUGH = _demand(
    "window_too_long",
    (_("投票天数不超过上限"), _("投票的天数太长，请把截止的日子往前改。")),
    lambda f: f.window_days <= f.window_days_most,
).when(lambda f: f.opens_on is not None and f.closes_on is not None)
PAPER_PLACE = _demand(
    "paper_place_missing",
    (_("写明到哪里领纸质票"), _("请写明到哪里领纸质表决票、什么时间可以领。")),
    lambda f: f.paper_place_given,
    source=MANAGEMENT_12,
)
DEEMED_CLAUSE = _demand(
    "deemed_clause_missing",
    (_("写明沉默算多数的条款"), _("要把没投票的算到多数一边，请写明依据议事规则第几条；没有这一条就不能这样算。")),
    lambda f: f.deemed_clause_given,
    source=ASSEMBLY_RULES,
).when(lambda f: f.deemed)
KEY = _demand(
    "key_missing",
    (_("签名公钥有校验码"), _("本站的签名密钥还没有准备好，请联系管理员。")),
    lambda f: f.key_is_there,
    Who.TIME,
)

# Time. ---------------------------------------------------------------------------------------------------------------
TIME_TO_OPEN = _demand(
    "not_open_yet",
    (_("到了投票开始的日子"), _("还没有到公告写明的投票开始时间。")),
    lambda f: f.opens_at is not None and f.now >= f.opens_at,
    Who.TIME,
)
TIME_IS_UP = _demand(
    "still_voting",
    (_("到了截止时间"), _("还没有到公告写明的截止时间。")),
    lambda f: f.closes_at is not None and f.now >= f.closes_at,
    Who.TIME,
)
STILL_OPEN = _demand(
    "too_late",
    (_("还没有截止"), _("投票已经截止，不能再延长或中止。")),
    lambda f: f.closes_at is None or f.now < f.closes_at,
    Who.TIME,
)

# Extension, abort, ends. ---------------------------------------------------------------------------------------------
REASON = _demand("reason_missing", (_("写明原因"), _("请写明原因，全体业主都看得到。")), lambda f: f.reason_given)
MAY_EXTEND = _demand(
    "may_not_extend",
    (_("议事规则允许延长"), _("本小区的议事规则没有写明可以延长投票时间，不能延长。")),
    lambda f: f.may_extend,
    source=ASSEMBLY_RULES,
)
EXTENDED_ONCE = _demand(
    "was_extended", (_("没有延长过"), _("投票时间已经延长过一次，不能再延长。")), lambda f: not f.was_extended
)
EXTENSION_LATER = _demand(
    "extension_not_later",
    (_("延长到更晚"), _("新的截止时间要晚于原来的截止时间。")),
    lambda f: f.new_closes_at is not None and f.closes_at is not None and f.new_closes_at > f.closes_at,
)
EXTENSION_BOUNDED = _demand(
    "extension_too_long",
    (_("延长的天数不超过上限"), _("延长的天数超过了上限，请往前改。")),
    lambda f: (
        f.new_closes_on is not None
        and f.closes_on is not None
        and (f.new_closes_on - f.closes_on).days <= f.extension_days_most
    ),
).when(lambda f: f.new_closes_on is not None)

# The count and its publicity. ----------------------------------------------------------------------------------------
PAPERS_KEYED = _demand(
    "papers_waiting",
    (_("纸质票都录完了"), _("票箱里还有没录完的纸质票，录完才能计票。")),
    lambda f: f.papers_waiting == 0,
    Who.TELLERS,
)
CONFLICTS_SETTLED = _demand(
    "conflicts_open",
    (_("一票两投和共有人的异议都处理了"), _("还有一票两投或共有人的异议没有处理，请监票人先处理。")),
    lambda f: f.conflicts_open == 0,
    Who.TELLERS,
)
COUNTED = _demand("not_counted", (_("已计票"), _("还没有计票。")), lambda f: f.is_counted, Who.TELLERS).when(
    lambda f: not f.official_required
)
OFFICIAL_ENTERED = _demand(
    "official_missing",
    (_("已录入官方平台的结果"), _("还没有录入官方平台的结果，要由两个人照结果单录入、核对。")),
    lambda f: f.is_counted,
    Who.TELLERS,
    LOCAL_RULES,
).when(lambda f: f.official_required)
OFFICIAL = _demand(
    "not_official",
    (_("当地要求用官方平台表决"), _("这次表决不在官方平台上进行，结果由本站的选票算出，不能手工录入。")),
    lambda f: f.official_required,
    Who.TELLERS,
)
OURS = _demand(
    "official_counts",
    (_("在本站计票"), _("这次表决按当地规定在官方平台投票，不在这里计票，请录入官方平台的结果。")),
    lambda f: not f.official_required,
    Who.TELLERS,
)
NOT_COUNTED = _demand(
    "official_is_entered",
    (_("还没有录入过"), _("官方平台的结果已经录入。要改，请在公示以后由召集人写明理由，再录一次。")),
    lambda f: not f.is_counted,
    Who.TELLERS,
)
OFFICIAL_SHEET = _demand(
    "official_sheet_missing",
    (_("官方平台的结果单"), _("请上传官方平台的结果单（照片或PDF）。")),
    lambda f: f.document_given,
    Who.TELLERS,
)
SHEET = _demand(
    "count_sheet_missing",
    (_("计票单已签字上传"), _("还没有上传计票人、监票人、见证人签字的计票单。")),
    lambda f: f.count_sheets > f.recounts,
    Who.TELLERS,
).when(lambda f: not f.official_required)
SHEET_GIVEN = _demand(
    "sheet_not_given",
    (_("计票单的照片或扫描件"), _("请上传签好字的计票单（照片或PDF）。")),
    lambda f: f.document_given,
    Who.TELLERS,
)
INQUIRY_OVER = _demand(
    "inquiry_running",
    (_("询问异议的时间已满"), _("初步结果的公示期还没有满。")),
    lambda f: f.prelim_last_day is not None and f.today > f.prelim_last_day,
    Who.TIME,
    CODE_201,
)
OBJECTIONS_ANSWERED = _demand(
    "objections_open",
    (_("异议都答复了"), _("对初步结果还有没答复的异议，请先答复。")),
    lambda f: f.objections_open == 0,
)
NONE_SUSTAINED = _demand(
    "objection_sustained",
    (_("没有成立的异议"), _("有异议成立，请先重新计票。")),
    lambda f: f.objections_sustained == 0,
)
DOCUMENT = _demand(
    "document_missing",
    (_("上传文书"), _("请上传法院判决书或街道决定书。")),
    lambda f: f.document_given,
    Who.STREET,
)
