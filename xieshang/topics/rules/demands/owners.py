"""What is asked when the law leaves the decision to the owners (民法典第278条)."""

from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import Nature, OwnersResult, Who
from .demand import CODE_278, demand


def _for_owners(facts: Facts) -> bool:
    return facts.nature == Nature.OWNERS


OWNERS_MATTER = demand(
    "not_an_owners_matter",
    (_("依法由业主共同决定"), _("这件事不属于业主共同决定的事项，不用转业主表决。")),
    Who.COMMITTEE,
    _for_owners,
    source=CODE_278,
)
NOT_OWNERS_MATTER = demand(
    "owners_decide",
    (_("不属于业主共同决定"), _("这件事依法由业主共同决定，协商意见供参考，请转交业主表决。")),
    Who.COMMITTEE,
    lambda f: not _for_owners(f),
    source=CODE_278,
)
CONVENER = demand(
    "convener_missing",
    (_("写明由谁召集业主表决"), _("请写明由谁召集业主表决。")),
    Who.COMMITTEE,
    lambda f: f.convener_named,
    source=CODE_278,
)
OWNERS_BY = demand(
    "owners_by_missing",
    (_("写明哪天前召集"), _("请写明最晚哪天前召集业主表决。")),
    Who.COMMITTEE,
    lambda f: f.owners_by is not None and f.owners_by > f.today,
)
# Whoever reads the notice of an owners' matter reads there who will convene them and by when.
CONVENER_KNOWN = CONVENER.when(_for_owners)
OWNERS_BY_KNOWN = OWNERS_BY.when(_for_owners)
OWNERS_HAVE_PASSED = demand(
    "owners_not_passed",
    (_("业主表决已通过"), _("业主表决还没有通过的结果。")),
    Who.CONVENER,
    lambda f: f.owners_result == OwnersResult.PASSED and f.owners_result_is_recorded,
    source=CODE_278,
)
OWNERS_HAVE_FAILED = demand(
    "owners_not_failed",
    (_("业主表决已有结果"), _("还没有“未形成有效决定”或“不再表决”的结果。")),
    Who.CONVENER,
    lambda f: f.owners_result in (OwnersResult.NO_DECISION, OwnersResult.ABORTED) and f.owners_result_is_recorded,
    source=CODE_278,
)
NOT_CONVENED = demand(
    "owners_vote_is_on",
    (_("没有召集业主表决"), _("业主表决已经在办，不能按未召集结束。")),
    Who.SYSTEM,
    lambda f: not f.owners_vote_is_linked,
)
