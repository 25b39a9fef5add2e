"""Rules of owners' decisions that are to hold at a place from a day on: by one officer, confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xieshang.community.models import Office, Place


class RulesDraft(models.Model):
    """Values written down by one person; they hold only once another human being has confirmed them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    effective_from = models.DateField()
    source = models.CharField(max_length=200)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True) | Q(confirmed=False) | ~Q(answered_by=F("written_by")),
                name="rules_by_two",
            ),
            models.UniqueConstraint(
                fields=["place"], condition=Q(answered_at__isnull=True), name="one_waiting_rules_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.effective_from}"
