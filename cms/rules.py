"""The sections of a community's public pages, and what a suggestion needs."""

from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _


class Section(StrEnum):
    """Kinds of lists of articles."""

    NEWS = "news"
    AFFAIRS = "affairs"
    PARTY = "party"
    GUIDES = "guides"


LEAST_WORDS, MOST_WORDS = 5, 1000
# How many suggestions one person or address may send in an hour.
MOST_SUGGESTIONS, SUGGESTIONS_SPAN = 5, 3600
TOO_SHORT = Refusal("suggestion_too_short", _("请写清楚您的意见，至少5个字。"))
TOO_LONG = Refusal("suggestion_too_long", _("意见太长了，请控制在1000字以内。"))
ALREADY_ANSWERED = Refusal("suggestion_answered", _("这条意见已经答复过了。"))
EMPTY_ANSWER = Refusal("answer_empty", _("请写上答复的内容。"))

# The texts that a new community's pages begin with; the committee changes them in the editor.
RULES_OF_PROCEDURE = (
    _("议题由居民、业主、驻区单位、社会组织、物业企业或居委会提出，写明事由、范围、建议。"),
    _("居委会五个工作日内初审，社区党组织研究确定。"),
    _("开会前三日公布议题和材料。"),
    _("主持人由社区党组织书记或其委托的人担任，主持人不对议题发表倾向性意见。"),
    _("一人一次发言不超过三分钟，同一议题每人不超过两次；先举手后发言。"),
    _("对事不对人，不打断，不质疑动机。"),
    _("先讨论后表决，表决一题一票。"),
    _("不同意见如实记入纪要。"),
    _("参会人与议题有直接利害关系的应当说明。"),
    _("结果公示不少于七日，落实情况按期公开。"),
    _("依法应由业主大会、居民会议、村民会议决定的事项，按法定程序办理，议事会意见只作参考。"),
)


def require_words(text: str) -> None:
    """A suggestion has at least a few words and at most a page of them."""
    if len(text) < LEAST_WORDS:
        raise RuleViolation(TOO_SHORT)
    if len(text) > MOST_WORDS:
        raise RuleViolation(TOO_LONG)
