"""Days and photos as pages show them."""

from xieshang.discussion.models import Attachment


def photo_of(attachment: Attachment) -> dict[str, object]:
    """A picture for the parts that show pictures."""
    return {
        "url": attachment.url,
        "thumb": attachment.thumb_url,
        "alt": attachment.caption or "照片",
        "caption": attachment.caption,
    }
