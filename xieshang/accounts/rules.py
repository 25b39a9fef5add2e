"""What holds for signing in, for names and for consent."""

from xieshang.lib.blanks import says_something
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

# The privacy notice as it reads now (templates/accounts/parts/notice.html); who agreed to an older one is asked again.
NOTICE_VERSION = "2026-11"
# Hours after which a number that was typed but never proved by its code is forgotten.
UNPROVED_HOURS = 24
NICKNAME_MOST = 12

NICKNAME_EMPTY = Refusal("nickname_empty", _("请填写一个称呼，邻居们会看到它，例如“王阿姨”。"))
NICKNAME_TAKES_OFFICE = Refusal(
    "nickname_takes_office", _("称呼里请不要用“居委会”“书记”“物业”这样的单位和职务，以免邻居误会。")
)
NOT_AGREED = Refusal(
    "not_agreed", _("请先看一看个人信息怎么保护，并点“我同意”。不同意也可以浏览。"), "个人信息保护法第13条、第14条"
)
HOLDS_OFFICE = Refusal("holds_office", _("您还担任着职务。请先点“我的职务”里的“我要离任”，任期结束以后再注销。"))

_OFFICIAL_WORDS = tuple(
    "居委会 村委会 业委会 物管会 党委 党支部 书记 主任 网格员 物业 街道办 派出所 民警 管理员 客服 工作人员".split()
)


def nickname_refusal(nickname: str, *, own_office: bool) -> Refusal | None:
    """Why a nickname may not be shown to the neighbours; people in office may carry its word, for it is theirs."""
    if not says_something(nickname):
        return NICKNAME_EMPTY
    if not own_office and any(word in nickname for word in _OFFICIAL_WORDS):
        return NICKNAME_TAKES_OFFICE
    return None
