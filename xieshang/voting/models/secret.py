"""Secret votes: who has used a right, and sealed choices, in tables with no common key and no order between them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .rights import Right
from .votes import Vote


class Trustee(models.Model):
    """One of three who together can open a secret vote; two are enough. The key is made on the trustee's own device."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="trustees")
    seat = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Public key as the browser gives it (P-256, JWK coordinates); empty until the trustee has made it.
    public_key = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "seat"], name="trustee_seat_once"),
            models.UniqueConstraint(fields=["vote", "person"], name="trustee_once"),
            models.CheckConstraint(condition=Q(seat__gte=1, seat__lte=3), name="trustee_seat_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.seat}"


class RightUsed(models.Model):
    """That a right was used in a secret vote: no time finer than a day, no receipt, nothing that leads to a choice."""

    right = models.OneToOneField(Right, on_delete=models.PROTECT, related_name="used", primary_key=True)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.right_id}"


class Envelope(models.Model):
    """A sealed choice under a random name that only its voter knows; written without time and without order."""

    tracker = models.CharField(max_length=32, primary_key=True)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="envelopes")
    sealed = models.TextField()
    # What it turned out to be, once two trustees have opened it.
    opened = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return self.tracker
