"""A form sent twice is done once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url

from xieshang.lib.clock import now

from ..models import Sent

# Nobody sends a page again that has lain open longer.
KEPT = timedelta(weeks=3)
REDIRECTS, REFUSALS = 300, 400


@transaction.atomic
def answer_once(mark: str, first: Callable[[], HttpResponse], again: Callable[[str], HttpResponse]) -> HttpResponse:
    """Answer a form by `first`, and where that led on already, by `again` with the address it led to.

    Two at the same instant wait for each other here. What is refused leaves nothing, and may be sent again.
    """
    sent, is_new = Sent.objects.get_or_create(mark=mark, defaults={"at": now()})
    if not is_new:
        return again(sent.led_to)
    response = first()
    if response.status_code >= REFUSALS:
        transaction.set_rollback(True)
    elif response.status_code >= REDIRECTS and not response["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        sent.led_to = response["Location"]
        sent.save(update_fields=["led_to"])
    else:
        # A page to look at, or to sign in first: nothing is done yet.
        sent.delete()
    return response


def forget_sent(at: datetime) -> int:
    """Drop marks that nobody will send again; gives how many."""
    return Sent.objects.filter(at__lt=at - KEPT).delete()[0]
