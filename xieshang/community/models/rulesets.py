"""Rules that differ by place and change by date."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .bodies import Office
from .places import Place


class RuleSet(models.Model):
    """Values of one kind of rule for a place and all in it, from a date on, with the source they come from."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rule_sets")
    kind = models.CharField(max_length=20)
    effective_from = models.DateField()
    values = models.JSONField(default=dict)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "kind", "effective_from"], name="rule_set_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place_id} {self.effective_from}"


class RulesDraft(models.Model):
    """Values written down by one person; they hold only once another human being has confirmed them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
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
                name="drafted_rules_by_two",
            ),
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(answered_at__isnull=True), name="one_waiting_draft_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place_id} {self.effective_from}"
