"""Looking at ballots with names: only with a reason, and never without leaving one's own name."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation

from ..models import Vote
from ..queries import Depth, require_bundle
from ..rules import refusals


@transaction.atomic
def look_at_names(actor: Actor, vote_id: int, *, reason: str) -> Vote:
    """Record that this person takes the ballots with names, and why; only then may they be handed over."""
    vote = get_object_or_404(Vote.objects.visible_to(actor).select_related("matter__place"), pk=vote_id)
    require_bundle(actor, vote, Depth.NAMED)
    if not reason.strip():
        raise RuleViolation(refusals.RECORD_WITHOUT_REASON)
    record(actor, "voting.take_named", number=vote.matter.number, place=vote.place_path, reason=reason.strip())
    return vote
