"""住改商: a home turned into a business asks every interested owner, one by one; it is no vote (民法典第279条)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.community.models import Place, PropertyArea
from xieshang.discussion.models import Attachment
from xieshang.matters.models import Matter

from .register import RegisterOwner, RegisterUnit


class ConsentCheck(models.Model):
    """One home that is to become a business, and what its check came to when it was closed."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="consent_check")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(PropertyArea, on_delete=models.PROTECT, related_name="consent_checks")
    unit = models.ForeignKey(RegisterUnit, on_delete=models.PROTECT, related_name="+")
    business = models.CharField(max_length=120)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    is_given = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(is_given__isnull=False, closed_by__isnull=False),
                name="closed_consent_says_what",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(closed_at__isnull=True), name="one_open_consent_a_unit"
            ),
        ]
        indexes = [models.Index(fields=["area", "-id"], name="consent_by_area")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.business}"

    def get_absolute_url(self) -> str:
        """Its page, for those who keep the estate's list."""
        return reverse("voting:consent", args=[self.pk])


class ConsentParty(models.Model):
    """One interested owner: of that building by the list, or another who has shown why. Each says yes in writing."""

    check_of = models.ForeignKey(ConsentCheck, on_delete=models.CASCADE, related_name="parties")
    # Empty for somebody outside the list, who is named with the reason.
    owner = models.ForeignKey(RegisterOwner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    units = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    proof = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "owner"], condition=Q(owner__isnull=False), name="consent_party_once"
            ),
            models.CheckConstraint(condition=Q(owner__isnull=False) | ~Q(basis=""), name="other_party_shows_why"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(signed_on__isnull=False, recorded_by__isnull=False),
                name="consent_says_when_and_who",
            ),
            models.CheckConstraint(condition=~Q(agreed=True) | Q(proof__isnull=False), name="consent_is_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of_id} {self.pk}"
