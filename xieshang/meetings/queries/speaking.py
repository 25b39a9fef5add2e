"""Who wants to speak, who speaks, how often somebody spoke."""

from django.db.models import Count, Q

from ..models import AgendaItem, Attendance, Hand
from ..rules import Turns, order

SPOKEN = Q(called_at__isnull=False)
UP = Q(called_at__isnull=True, lowered_at__isnull=True, ended_at__isnull=True)
SPEAKING = Q(called_at__isnull=False, ended_at__isnull=True)
MOST_HANDS = 60


def turns_of(item: AgendaItem, speaker: Attendance) -> Turns:
    """How often somebody spoke on an item, and whether their hand is up on it now."""
    found = Hand.objects.filter(item=item, speaker=speaker).aggregate(
        spoken=Count("pk", filter=SPOKEN), up=Count("pk", filter=UP | SPEAKING)
    )
    return Turns(found["spoken"], hand_is_up=found["up"] > 0)


def waiting_hands(item: AgendaItem) -> list[Hand]:
    """Hands that are up, in the order of speaking: who has not spoken yet first; two queries."""
    up = list(Hand.objects.filter(UP, item=item).select_related("speaker__side").order_by("raised_at")[:MOST_HANDS])
    rows = Hand.objects.filter(SPOKEN, item=item, speaker__in=[hand.speaker_id for hand in up])
    spoken = dict(rows.order_by().values_list("speaker").annotate(times=Count("pk")))
    return sorted(up, key=lambda hand: order(spoken.get(hand.speaker_id, 0), hand.raised_at))


def speaking_now(meeting_id: int) -> Hand | None:
    """The turn that runs."""
    return Hand.objects.filter(SPEAKING, meeting_id=meeting_id).select_related("speaker__side").first()
