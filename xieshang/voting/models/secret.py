"""Secret votes: who has used a right, and sealed choices, in tables with no common key and no order between them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..rules import Channel
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
    channel = models.CharField(max_length=10, default=Channel.ONLINE.value)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["online", "paper"]), name="right_used_online_or_on_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.right_id}"


class BoxTally(models.Model):
    """What one person counted in the paper box of a secret vote, by place of the option; two must find the same."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="tallies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "by"], name="box_tally_once_a_person")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.by_id}"


class Box(models.Model):
    """The box of a running secret vote: all its envelopes in one sealed text, in the order of their random names.

    One row that is written anew with every envelope: no envelope has a place, a time or a transaction of its own, and
    two copies of the database do not show which one came in between. Emptied when the vote is closed.
    """

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="box", primary_key=True)
    sealed = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.vote_id}"


class Envelope(models.Model):
    """A sealed choice of a closed vote, under a random name that only its voter knows. All written in one go."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="envelopes")
    tracker = models.CharField(max_length=32)
    sealed = models.JSONField()

    class Meta:
        ordering = ["tracker"]
        constraints = [models.UniqueConstraint(fields=["vote", "tracker"], name="tracker_once_a_vote")]

    def __str__(self) -> str:
        return self.tracker


class SecretEnd(models.Model):
    """That a secret vote ends without a result: a draft by one person, one that has begun by two, with the reason."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ends")
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("asked_by")), name="secret_end_by_two"
            ),
            models.UniqueConstraint(
                fields=["vote"], condition=Q(answered_at__isnull=True), name="one_waiting_secret_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.pk}"


class Opening(models.Model):
    """The key of an envelope as two trustees have found it, and the places ticked inside; empty: it did not open."""

    envelope = models.OneToOneField(Envelope, on_delete=models.PROTECT, related_name="opening", primary_key=True)
    key = models.CharField(max_length=64, blank=True)
    places = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.envelope_id}"
