"""Who may hear, live, what happens in a meeting."""

from xieshang.lib.actor import Actor

from ..models import Meeting


def may_listen(actor: Actor, meeting_id: int) -> bool:
    """The same who may know of it."""
    return Meeting.objects.visible_to(actor).filter(pk=meeting_id).exists()
