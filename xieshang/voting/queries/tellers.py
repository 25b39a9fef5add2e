"""What the tellers see before and after a count."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.lib.days import moment
from xieshang.lib.refusals import Refusal

from ..models import Decision, PaperBallot, Vote, VoteCount
from ..rules import State
from ..rules.blocking import blocks
from ..rules.deciding import State as Stage
from ..rules.paperwork import PaperState
from .owners_count import loose_ends


@dataclass(frozen=True, slots=True)
class CountingPage:
    """How far the box is, what blocks the count, and how often it was counted."""

    facts: list[dict[str, str]]
    blocks: list[Refusal]
    counted: list[str]

    @property
    def is_recount(self) -> bool:
        """Whether there is a first count already."""
        return bool(self.counted)


def counting_page(vote: Vote) -> CountingPage:
    """The page of the tellers; seven queries."""
    decision = Decision.objects.get(vote=vote)
    counts = list(VoteCount.objects.filter(vote=vote).order_by("number"))
    loose = loose_ends(vote)
    keyed = PaperBallot.objects.filter(vote=vote, state=PaperState.KEYED.value).count()
    facts = [
        (_("收到的票"), _("%s张") % vote.ballots.count()),
        (_("已录完的纸质票"), _("%s张") % keyed),
        (_("还没录完的纸质票"), _("%s张") % loose.papers),
        (_("一票两投"), _("%s处没有定") % loose.conflicts if loose.conflicts else _("没有要定的")),
        (_("共有人的异议"), _("%s条没有答复") % loose.disputes if loose.disputes else _("没有要答复的")),
    ]
    is_closed = vote.state == State.CLOSED
    # A reason is asked for in the form; here only what must be settled elsewhere.
    found = blocks(Stage(decision.state), loose, is_closed=is_closed, is_recount=False, reason="")
    said = [
        _("第%(number)s次：%(when)s%(reason)s")
        % {"number": one.number, "when": moment(one.counted_at), "reason": f"，{one.reason}" if one.reason else ""}
        for one in counts
    ]
    return CountingPage([{"label": label, "value": words} for label, words in facts], found, said)
