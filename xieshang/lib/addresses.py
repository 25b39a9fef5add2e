"""Addresses that leave the site: on paper, in a QR code, in a calendar, in a message to somebody elsewhere."""

from django.conf import settings
from django.urls import reverse


def whole_address(name: str, *args: object) -> str:
    """The address of a page with the site's own name before it, for this view name and what stands in its path."""
    return settings.SITE_URL + reverse(name, args=args)
