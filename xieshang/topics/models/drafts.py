"""What a neighbour has begun to say and not sent yet."""

import secrets

from django.conf import settings
from django.db import models


def draft_path(_row: models.Model, _name: str) -> str:
    """Where a draft's picture is kept: a name that cannot be guessed and says nothing."""
    return f"drafts/{secrets.token_hex(16)}.jpg"


class Draft(models.Model):
    """The one unfinished telling of a person, kept on the server so that nothing typed is lost."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topic_draft")
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}"


class DraftPhoto(models.Model):
    """A picture of a draft, already drawn anew."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    page = models.FileField(upload_to=draft_path)
    thumb = models.FileField(upload_to=draft_path)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.pk}"
