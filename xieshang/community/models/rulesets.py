"""Rules that differ by place and change by date."""

from django.db import models

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
