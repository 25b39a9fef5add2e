"""The page of a vote's record: its signed heads, what can be downloaded, and by whom."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.days import moment
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from ..models import Decision, LedgerLink, TreeHead, Vote
from ..rules import State, refusals
from ..rules.deciding import State as Stage
from .bundle import Depth

PERMISSIONS = {Depth.OWNERS: "voting.take_openings", Depth.NAMED: "voting.take_named"}
# An owners' count is for the tellers alone until it is published; of an aborted vote there is none.
SHOWN = frozenset({Stage.PRELIM_PUBLICITY, Stage.DECIDED, Stage.ANNOUNCED, Stage.ANNULLED, Stage.ABORTED})


def is_shown(vote: Vote) -> bool:
    """Whether its record is open to everybody who may know of the vote; of one held elsewhere there is none."""
    if not TreeHead.objects.filter(vote=vote).exists():
        return False
    decision = Decision.objects.filter(vote=vote).first()
    if decision:
        return Stage(decision.state) in SHOWN
    return vote.state in {State.CLOSED, State.VOIDED}


def require_bundle(actor: Actor, vote: Vote, depth: Depth) -> None:
    """Refuse a bundle that this actor may not have, or that nobody may have yet."""
    if depth != Depth.PUBLIC and not has_perm(PERMISSIONS[depth], actor, vote):
        raise NotAllowed(PERMISSIONS[depth], _REFUSED[depth])
    if depth == Depth.NAMED:
        if not vote.counts.exists():
            raise RuleViolation(refusals.RECORD_NOT_COUNTED)
    elif not is_shown(vote):
        raise RuleViolation(refusals.RECORD_NOT_YET)


_REFUSED = {Depth.OWNERS: refusals.FOR_OWNERS_ONLY, Depth.NAMED: refusals.FOR_TELLERS_ONLY}


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The record of a vote for one reader."""

    doors: dict[str, bool]
    is_shown: bool
    entries: int
    heads: list[dict[str, str]]
    key_code: str


def record_page(actor: Actor, vote: Vote) -> RecordPage:
    """What the page of the record shows; at most eight queries."""
    heads = list(TreeHead.objects.filter(vote=vote).order_by("-size")[:5])
    return RecordPage(
        doors={depth.value: _may(actor, vote, depth) for depth in Depth},
        is_shown=is_shown(vote),
        entries=LedgerLink.objects.filter(vote=vote).count(),
        heads=[_head(head) for head in heads],
        key_code=heads[0].key_code if heads else "",
    )


def _may(actor: Actor, vote: Vote, depth: Depth) -> bool:
    try:
        require_bundle(actor, vote, depth)
    except (NotAllowed, RuleViolation):
        return False
    return True


def _head(head: TreeHead) -> dict[str, str]:
    return {"label": _("前%(size)s条，%(when)s签") % {"size": head.size, "when": moment(head.at)}, "value": head.root}
