"""An opinion and the vote that comes from it show each other; nothing of the vote itself is touched."""

from django.db.models import Q

from xieshang.matters.rules import LinkKind
from xieshang.matters.services import link
from xieshang.voting.models import Decision

from ..models import Guidance
from ..rules.guidance import State

GONE = [State.TAKEN_BACK.value, State.WITHDRAWN.value]


def vote_drafted(decision: Decision) -> None:
    """Tie a vote of owners to the opinions that it, or what it is about, comes from."""
    of = decision.vote.of_id or 0
    spoken = Guidance.objects.filter(Q(matter=of) | Q(about=of), body__place__in=decision.area.places.all())
    for guidance in spoken.exclude(state__in=GONE).select_related("matter"):
        link(decision.vote.matter, guidance.matter, LinkKind.VOTE_OF)
