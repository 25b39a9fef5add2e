"""Counts of a closed vote, made from its ballots only: the first, and each recount beside it."""

from django.db import models
from django.db.models import Q

from ..rules import CountRow
from .votes import Option, Vote


class VoteCount(models.Model):
    """A count of a closed vote: what there was in all, what came out, what was flagged."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=200, blank=True)
    counted_at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    area_centi = models.PositiveBigIntegerField(default=0)
    # Of an owners' vote: the engine's outcome, the option that passed, those elected in order, the flags.
    outcome = models.CharField(max_length=24, blank=True)
    choice = models.ForeignKey(Option, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    elected = models.JSONField(default=list)
    reserve = models.JSONField(default=list)
    flags = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="count_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="recount_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.number}"


class CountLine(models.Model):
    """Heads and area of one row of a count, by channel: of an option, of all who took part, invalid, deemed."""

    count = models.ForeignKey(VoteCount, on_delete=models.CASCADE, related_name="lines")
    row = models.CharField(max_length=10, default=CountRow.OPTION.value)
    option = models.ForeignKey(Option, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    heads = models.PositiveIntegerField()
    area_centi = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "option", "channel"], condition=Q(option__isnull=False), name="count_line_once"
            ),
            models.UniqueConstraint(
                fields=["count", "row", "channel"], condition=Q(option__isnull=True), name="count_of_all_once"
            ),
            models.CheckConstraint(
                condition=Q(row="option", option__isnull=False) | (~Q(row="option") & Q(option__isnull=True)),
                name="count_line_of_an_option",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.option_id} {self.channel} {self.heads}"
