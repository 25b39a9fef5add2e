"""The record and, beside it, the chain that makes tampering show. Both tables only grow."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act: who in which office, what, when, on what, why."""

    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=True
    )
    office_id = models.BigIntegerField(null=True)
    office_title = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=60)
    number = models.CharField(max_length=40, blank=True)
    place_path = models.CharField(max_length=255, blank=True)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["number", "id"], name="audit_by_number"),
            models.Index(fields=["place_path", "id"], name="audit_by_place"),
            models.Index(fields=["verb", "id"], name="audit_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.number}"


class Link(models.Model):
    """An entry's place in the chain: hash over the link before it and over the entry's own content."""

    position = models.BigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    before = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=12)
    linked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position} {self.value[:12]}"
