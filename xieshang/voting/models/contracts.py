"""Contracts of property companies, kept for the day on which they run out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xieshang.community.models import Office, Place, PropertyArea


class ServiceContract(models.Model):
    """The running contract of an estate's property company; one that was replaced stays, closed."""

    area = models.ForeignKey(PropertyArea, on_delete=models.PROTECT, related_name="contracts")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    company = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The marks (days before the end, 0 for the end itself) of which people have been told.
    told = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="contract_ends_after_its_start"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(closed_at__isnull=True), name="one_running_contract_an_area"
            ),
        ]
        indexes = [models.Index(fields=["ends"], condition=Q(closed_at__isnull=True), name="contract_by_end")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.company} {self.ends}"
