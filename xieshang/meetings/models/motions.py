"""Motions: what is put to the room under an item of the agenda; the vote itself is a vote like every other."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.community.models import Office
from xieshang.voting.models import Vote

from ..rules import MotionState, MotionWay
from .meetings import AgendaItem, Meeting


class Motion(models.Model):
    """A motion (表决事项): its words, how the room votes, how it stands, and the vote it was put as."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="motions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    way = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=MotionState.DRAFTED.value)
    vote = models.OneToOneField(Vote, null=True, blank=True, on_delete=models.PROTECT, related_name="motion")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="motion_number_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_motion_at_a_time"),
            models.CheckConstraint(condition=~Q(words=""), name="motion_has_words"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in MotionState]), name="motion_state_known"),
            models.CheckConstraint(condition=Q(way__in=[way.value for way in MotionWay]), name="motion_way_known"),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "withdrawn"], vote__isnull=True)
                | Q(state__in=["open", "closed"], vote__isnull=False),
                name="motion_put_has_a_vote",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.words
