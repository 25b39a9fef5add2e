"""Meetings, their steps and agenda."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from xieshang.community.models import Body, Office, Place
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.days import day_of
from xieshang.matters.models import Matter, OfMatter, visible

from ..rules import KINDS, Base, MeetingKind, Procedure, State, Step


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by who may know of them."""

    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Those this actor may know of: with the matter, asked to come or signed in, or as the side they speak for."""
        seen = visible(actor, "matter__")
        if actor is SYSTEM or actor.person_id is None:
            return self.filter(seen)
        called = ~Q(state=State.PLANNED.value)
        asked = Meeting.objects.filter(invitations__person_id=actor.person_id)
        came = Meeting.objects.filter(attendance__person_id=actor.person_id)
        seen |= called & (Q(pk__in=asked.values("pk")) | Q(pk__in=came.values("pk")))
        if actor.office is None:
            return self.filter(seen)
        at_table = Meeting.objects.filter(sides__body_id=actor.office.body_id)
        return self.filter(seen | Q(body_id=actor.office.body_id) | (called & Q(pk__in=at_table.values("pk"))))

    def with_frame(self) -> "MeetingQuerySet":
        """With everything that the head of a page speaks of."""
        return self.select_related("matter__place", "matter__community", "body__place", "chair__body", "demand")


class Meeting(OfMatter):
    """A meeting (会议): what is called together, when and where, who is counted, and how it stands."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="meeting")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    # The body that calls it, and whoever presides.
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    base = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=State.PLANNED.value)
    text = models.TextField(blank=True)
    venue = models.CharField(max_length=120, blank=True)
    room_url = models.URLField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    # How many should come, where that is a number from a register and not a list; and which register.
    expected = models.PositiveIntegerField(null=True, blank=True)
    expected_source = models.CharField(max_length=120, blank=True)
    # The numbers of the rule set as they were when it was planned.
    values = models.JSONField(default=dict)
    # What is read from the screen and typed, and what its QR code leads to; empty while nobody may sign in.
    code = models.CharField(max_length=6, blank=True)
    key = models.CharField(max_length=40, blank=True)
    # What members of the committee demanded and this meeting is held for; of several plans one notice goes out.
    demand = models.ForeignKey(
        "MeetingRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    # The position of the item in hand.
    at_item = models.PositiveSmallIntegerField(null=True, blank=True)

    planned_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True, blank=True)
    # The hour it was first called for, once it was adjourned because too few came.
    adjourned_from = models.DateTimeField(null=True, blank=True)
    # Who had come then: numbers, and names of sides.
    adjourned_with = models.JSONField(default=dict, blank=True)
    # Of the day before; none while it is to come.
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Who was there when it was opened, for the minutes: numbers, and sides whose absence was noted.
    opened_with = models.JSONField(default=dict, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in MeetingKind]), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(base__in=[b.value for b in Base]), name="meeting_base_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["noticed", "adjourned", "open"]) | Q(noticed_at__isnull=False),
                name="meeting_called_by_notice",
            ),
            models.CheckConstraint(condition=~Q(state="open") | Q(opened_at__isnull=False), name="meeting_open_since"),
            models.CheckConstraint(
                condition=~Q(kind="party") | Q(state__in=["planned", "closed", "cancelled"]),
                name="meeting_of_party_not_held_here",
            ),
            models.UniqueConstraint(
                fields=["demand"],
                condition=~Q(state__in=[State.PLANNED.value, State.CANCELLED.value]),
                name="one_live_meeting_for_demand",
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="meeting_code_once"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="meeting_key_once"),
        ]
        indexes = [
            models.Index(fields=["community", "state", "starts_at"], name="meeting_by_state"),
            models.Index(fields=["community", "-starts_at", "-id"], name="meeting_by_day"),
            models.Index(fields=["body", "state"], name="meeting_by_body"),
            models.Index(fields=["state", "starts_at"], name="meeting_by_hour"),
        ]

    def get_absolute_url(self) -> str:
        """The page of the meeting."""
        return reverse("meetings:detail", args=[self.pk])

    @property
    def procedure(self) -> Procedure:
        """What its kind asks for."""
        return KINDS[MeetingKind(self.kind)]

    @property
    def starts_on(self) -> datetime.date:
        """The day it is held."""
        return day_of(self.starts_at)

    @property
    def was_adjourned(self) -> bool:
        """Whether it is held a second time because too few came."""
        return self.adjourned_from is not None


class MeetingStep(models.Model):
    """One step taken: from where to where, when, by whom in which office, and the reason given."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=[s.value for s in Step]), name="meeting_step_known"),
        ]
        indexes = [models.Index(fields=["meeting", "id"], name="meeting_step_by_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.step}"


class AgendaItem(models.Model):
    """One item of the agenda: what is talked over; whether it is put to a vote; what it comes from."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    is_voted = models.BooleanField(default=False)
    of = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_named"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A document to read before the meeting, for one item or for all of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="material")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="material")
    file = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.file_id}"


class PartyResult(models.Model):
    """All that is kept of a Party meeting: its numbers, whether it was carried, the file number of the paper."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="party_result")
    held_on = models.DateField()
    entitled = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    agree = models.PositiveIntegerField()
    is_election = models.BooleanField(default=False)
    is_carried = models.BooleanField()
    file_number = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("entitled")) & Q(agree__lte=F("present")), name="party_numbers_fit"
            ),
            models.CheckConstraint(condition=~Q(file_number=""), name="party_result_on_file"),
        ]

    def __str__(self) -> str:
        return self.file_number
