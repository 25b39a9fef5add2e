"""How the demands of the steps are made, and the sources that several of them name."""

from collections.abc import Callable

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import Who

Ask = Callable[[Facts], bool]
Demand = demands.Demand[Facts, Who]
PROCEDURE = _("社区协商议事规则")
CODE_278 = _("民法典第278条")
CODE_201 = _("民法典第201、203条")
PARTY_FIRST = _("城市居民委员会组织法、村民委员会组织法：重要事项先经党组织研究")


def demand(code: str, words: tuple[str, str], who: Who, is_met: Ask, source: str = "") -> Demand:
    """Make a demand from its code and its two sentences: what is asked, and what is said while it is missing."""
    asks, sentence = words
    return demands.Demand(asks, Refusal(code, sentence, source), who, is_met)
