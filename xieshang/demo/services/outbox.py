"""The demo's door for text messages: nothing is sent, all can be read on a page."""

from ..models import OutboxText

KEPT = 200


def send_to_outbox(phone: str, text: str) -> None:
    """Keep a text message for the outbox page; only the newest stay."""
    row = OutboxText.objects.create(phone=phone, text=text[:300])
    OutboxText.objects.filter(pk__lte=row.pk - KEPT).delete()
