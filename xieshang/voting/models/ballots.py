"""Ballots: the one that stands for a right, what is ticked on it, every version of it, and disputes about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.accounts.models import Assistable
from xieshang.community.models import Place
from xieshang.discussion.models import Attachment

from ..rules import BALLOT_CHANNELS, Channel, Mark
from .rights import Right
from .votes import Option, Vote


class Ballot(Assistable):
    """The one ballot that stands for a right; a change replaces it where that is allowed, the ledger keeps each."""

    right = models.OneToOneField(Right, on_delete=models.PROTECT, related_name="ballot")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    # Whose will it is; nobody's account for a paper that came without one.
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    channel = models.CharField(max_length=10, default=Channel.ONLINE.value)
    mark = models.CharField(max_length=10, default=Mark.VALID.value)
    receipt = models.CharField(max_length=20, unique=True)
    # The signed sheet, where a helper was at the door.
    sheet = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel if c in BALLOT_CHANNELS]), name="ballot_channel_known"
            ),
            models.CheckConstraint(condition=Q(mark__in=[mark.value for mark in Mark]), name="ballot_mark_known"),
            models.CheckConstraint(
                condition=Q(channel="assisted", assisted_by__isnull=False)
                | (~Q(channel="assisted") & Q(assisted_by__isnull=True)),
                name="assisted_ballot_names_the_helper",
            ),
            models.CheckConstraint(
                condition=Q(cast_by__isnull=False) | Q(channel__in=["paper", "assisted"]), name="ballot_has_a_hand"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class BallotChoice(models.Model):
    """One tick on one ballot; its rank where the vote asks for an order."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="choice_once_a_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.option_id}"


class BallotVersion(models.Model):
    """Every casting and every change of a ballot, with its receipt. This table only grows."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="versions")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="versions")
    key = models.CharField(max_length=40)
    receipt = models.CharField(max_length=20, unique=True)
    cast_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    mark = models.CharField(max_length=10, default=Mark.VALID.value)
    hands = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Hash over nonce and choices: the chain can be shown without showing what was chosen.
    nonce = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "key"], name="ballot_version_once_a_key")]

    def __str__(self) -> str:
        return self.receipt


class Dispute(models.Model):
    """A co-owner says that the ballot cast for their unit is not theirs: before closing, settled by the tellers."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="disputes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    # Upheld: the ballot counts as disputed and takes no part.
    upheld = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="dispute_once_a_person"),
            models.CheckConstraint(condition=Q(settled_at__isnull=True) | ~Q(reason=""), name="dispute_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.person_id}"
