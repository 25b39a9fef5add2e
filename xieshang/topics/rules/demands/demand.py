"""What the steps ask for: each demand is one sentence to tick, one refusal, and who can supply what is missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from ..facts import Facts
from ..states import Who

Ask = Callable[[Facts], bool]
PROCEDURE = _("社区协商议事规则")
CODE_278 = _("民法典第278条")
CODE_201 = _("民法典第201、203条")
PARTY_FIRST = _("城市居民委员会组织法、村民委员会组织法：重要事项先经党组织研究")


def always(facts: Facts) -> bool:
    """The demand is made whatever the matter."""
    return True


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a step asks for: the sentence to tick, the refusal while it is missing, who supplies it, when asked."""

    asks: str
    refusal: Refusal
    who: Who
    is_met: Ask
    applies: Ask = always

    def when(self, applies: Ask) -> "Demand":
        """The same demand, made only in matters of which `applies` is true."""
        return replace(self, applies=applies)


def demand(code: str, words: tuple[str, str], who: Who, is_met: Ask, source: str = "") -> Demand:
    """Make a demand from its code and its two sentences: what is asked, and what is said while it is missing."""
    asks, sentence = words
    return Demand(asks, Refusal(code, sentence, source), who, is_met)
