"""Who is asked to a meeting, who came, who stands for whom, who wants to speak."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.accounts.models import Assistable
from xieshang.community.models import Body, Household, Place
from xieshang.discussion.models import Attachment

from ..rules import Answer, Capacity, Way
from .meetings import AgendaItem, Meeting


class MeetingSide(models.Model):
    """One side at the table: a body, or others by name; filled by owners' representatives where the body is missing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sides")
    name = models.CharField(max_length=60)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # An invited side is heard, but the meeting is held without it too.
    is_needed = models.BooleanField(default=True)
    stands_in = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="meeting_side_once")]

    def __str__(self) -> str:
        return self.name


class Invitation(Assistable):
    """Somebody asked to come: when they were told, when they confirmed that they know, what they answered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Of somebody who does not use the platform; seen by those who keep the list.
    name = models.CharField(max_length=40, blank=True)
    side = models.ForeignKey(MeetingSide, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    capacity = models.CharField(max_length=8, default=Capacity.MEMBER.value)
    told_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="invited_once"),
            models.CheckConstraint(
                condition=Q(capacity__in=[c.value for c in Capacity]), name="invitation_capacity_known"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", *(a.value for a in Answer)]), name="invitation_answer_known"
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="invitation_of_somebody"),
        ]
        indexes = [models.Index(fields=["person", "meeting"], name="invitation_by_person")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class Attendance(models.Model):
    """Somebody who signed in, or is represented by somebody who did; `counts` where they are of those entitled."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Of somebody signed in by the clerk without an account; seen by those who keep the list.
    name = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    side = models.ForeignKey(MeetingSide, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    counts = models.BooleanField(default=False)
    way = models.CharField(max_length=6)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="signed_in_once"),
            # One household, one seat, whoever of it came first.
            models.UniqueConstraint(
                fields=["meeting", "household"],
                condition=Q(household__isnull=False, counts=True),
                name="household_signed_in_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "invitation"], condition=Q(invitation__isnull=False), name="invited_signed_in_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "name", "unit"],
                condition=Q(person__isnull=True, unit__isnull=False),
                name="named_signed_in_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(person__isnull=True, unit__isnull=True, side__isnull=True, invitation__isnull=True),
                name="bare_name_signed_in_once",
            ),
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="attendance_way_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="attendance_of_somebody"),
        ]
        indexes = [models.Index(fields=["meeting", "counts", "left_at"], name="attendance_by_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class MeetingProxy(models.Model):
    """A written authority: whose seat it is, who in the room stands for it, for what (民法典第165条)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proxies")
    seat = models.OneToOneField(Attendance, on_delete=models.PROTECT, related_name="proxy")
    agent = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="stands_for")
    powers = models.CharField(max_length=200)
    paper = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(seat=models.F("agent")), name="proxy_of_another"),
            models.CheckConstraint(condition=~Q(powers=""), name="proxy_with_powers"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seat_id}"


class Hand(models.Model):
    """A hand that went up on an item, and the turn that came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="hands")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="hands")
    speaker = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="hands")
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lowered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["speaker"], condition=Q(ended_at__isnull=True, lowered_at__isnull=True), name="one_hand_up"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(called_at__isnull=False, ended_at__isnull=True),
                name="one_speaks_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(called_at__isnull=False), name="turn_ended_after_call"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "item"], name="hand_by_item")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.speaker_id}"
