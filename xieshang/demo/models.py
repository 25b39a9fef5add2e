"""How far the demo's clock was moved, and the text messages that a phone would have got."""

from django.db import models

from xieshang.voting.models import Vote


class ClockShift(models.Model):
    """One row: seconds by which this demo runs ahead of real time."""

    seconds = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seconds)


class OutboxText(models.Model):
    """A text message that left the house, kept here instead of being sent."""

    phone = models.CharField(max_length=16)
    text = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.phone} {self.at}"


class TrusteeSheet(models.Model):
    """The key sheet of a trustee, kept only in the demo, so that a visitor can play the trustee.

    On a real site it exists on the trustee's paper alone.
    """

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="+")
    seat = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "seat"], name="trustee_sheet_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.seat}"
