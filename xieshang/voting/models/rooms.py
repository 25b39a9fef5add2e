"""Motions in a meeting: what is asked of the room, and what was counted there beside the phones."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.discussion.models import Attachment

from ..rules import Channel
from .votes import Option, Vote


class RoomVote(models.Model):
    """What is asked for when a room votes: of how many, which share; fixed when the vote opens."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="room", primary_key=True)
    # All who may take part in this meeting, whether present or not; those present are the roll.
    entitled = models.PositiveIntegerField()
    # The share that must agree, as a fraction; whether reaching it is enough (以上); of all or of those present.
    approval = models.CharField(max_length=12)
    is_enough = models.BooleanField(default=False)
    is_of_all = models.BooleanField(default=False)
    # An opinion of a consultation, no decision of a body.
    is_advice = models.BooleanField(default=False)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(entitled__gte=1), name="room_of_somebody")]

    def __str__(self) -> str:
        return f"{self.vote_id}"


class RoomCount(models.Model):
    """How many raised a hand, or stood on a sheet, or came out of the box, for one line of the paper. Only grows.

    Of a secret motion also what came from the phones, all in one go when it is closed, in the order of the paper.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="room_counts")
    # The first count, and each recount beside it.
    number = models.PositiveSmallIntegerField(default=1)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    heads = models.PositiveIntegerField()
    # Nobody for what came from the phones.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The sheet on which it was counted when the net was down.
    sheet = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "number", "option", "channel"], name="room_count_once"),
            models.CheckConstraint(
                condition=Q(channel__in=[Channel.HANDS.value, Channel.PAPER.value, Channel.ONLINE.value]),
                name="room_count_channel_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.option_id} {self.heads}"
