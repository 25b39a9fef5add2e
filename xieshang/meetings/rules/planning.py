"""What a plan must not be, and why."""

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

TITLE_MISSING = Refusal("meeting_title_missing", _("请写会议的名称，让人一看就知道开什么会。"))
BASE_NOT_OF_KIND = Refusal("meeting_base_not_of_kind", _("这种会议不这样算人数，请另选一种。"))
KIND_NOT_HERE = Refusal("meeting_kind_not_here", _("这种会议只在村里或者只在社区里开，请另选一种。"))
SAME_SIDE = Refusal("meeting_side_twice", _("有两方写的是同一个名称，请改一下。"))
LIST_FIXED = Refusal("meeting_list_fixed", _("通知已经发出，应到名单不能再改；可以请他列席。"))
MATERIAL_LATE = Refusal("meeting_material_late", _("会议已经结束，不能再放材料。"))
