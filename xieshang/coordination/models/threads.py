"""Coordination threads, their steps, and the sides that sit at the table."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.community.models import Body, Office, Place
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_of
from xieshang.matters.models import Matter, OfMatter, visible

from ..rules.threads import FILLED_LABELS, STANDING, STATE_LABELS, SideKind, SideRole, State, Step


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads by who may know of them."""

    def visible_to(self, actor: Actor) -> "ThreadQuerySet":
        """Those this actor may know of: by the matter, or because the actor sits at the table."""
        seen = visible(actor, "matter__")
        if actor.office is not None and actor.office.body_id is not None:
            seen |= Q(pk__in=Side.objects.filter(body_id=actor.office.body_id).values("thread"))
        elif actor.person_id is not None:
            named = Representative.objects.filter(person_id=actor.person_id, ended_at=None)
            seen |= Q(pk__in=named.values("side__thread"))
        return self.filter(seen)

    def with_frame(self) -> "ThreadQuerySet":
        """With everything that the head of a page speaks of."""
        return self.select_related("matter__place", "matter__community", "convenor__place", "raised_for", "meeting")


class Thread(OfMatter):
    """A coordination thread (三方联席会议): what is to be settled, where it stands, and what its steps have settled."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="coordination")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    # The compound whose board its commitments stand on; none for what concerns a whole community.
    estate = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default=State.RAISED.value)
    text = models.TextField()
    # The body that raised it, and whose voice it brings: “17户居民反映”.
    raised_for = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    voices = models.CharField(max_length=60, blank=True)
    # The community's Party organisation, and whom its secretary has asked to convene in their stead.
    convenor = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    # Which item of the owners' catalogue it belongs to, where only they decide; what is measured, where something is.
    owners_item = models.CharField(max_length=60, blank=True)
    measures = models.BooleanField(default=False)

    entered_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    positions_due = models.DateField(null=True, blank=True)
    # How often the sides have been asked for their positions.
    round = models.PositiveSmallIntegerField(default=0)
    meeting = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_place = models.CharField(max_length=80, blank=True)
    adjourned = models.PositiveSmallIntegerField(default=0)
    rated_until = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    # The latest thing that happened, and about whose silence the convenor was told.
    event_at = models.DateTimeField()
    told_stale_of = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="thread_state_known"),
            models.CheckConstraint(condition=Q(adjourned__lte=1), name="thread_adjourned_once"),
            models.CheckConstraint(
                condition=~Q(state="positions") | Q(positions_due__isnull=False), name="positions_have_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="meeting") | Q(meeting_at__isnull=False), name="thread_meeting_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "due_on"], name="thread_by_state"),
            models.Index(fields=["community", "-id"], name="thread_by_community"),
            models.Index(fields=["state", "event_at"], name="thread_by_event"),
        ]

    def get_absolute_url(self) -> str:
        """The page of the thread."""
        return reverse("coordination:thread", args=[self.pk])

    @property
    def entered_on(self) -> datetime.date:
        """The day its present state began."""
        return day_of(self.entered_at)

    @property
    def meeting_on(self) -> datetime.date | None:
        """The day of the joint meeting."""
        return day_of(self.meeting_at) if self.meeting_at else None

    @property
    def label(self) -> str:
        """How it stands, in words."""
        return str(STATE_LABELS[State(self.state)])


class ThreadStep(models.Model):
    """One step taken: from where to where, when, by whom in which office; `due_on` is the day it was due by."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16)
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=["raise", *(s.value for s in Step)]), name="thread_step_known")
        ]
        indexes = [models.Index(fields=["thread", "id"], name="thread_step_by_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.step}"


class Side(models.Model):
    """One side at the table: a body, or, where the estate has none, representatives of the owners in its place."""

    # What a page that reads the table notes for one reader: whether they bind it, and its words of an earlier round.
    binds = False
    said_before: str | None = None

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="sides")
    kind = models.CharField(max_length=12)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, default=SideRole.NONE.value, blank=True)
    # Since when nobody in office spoke for it any more, so that representatives sit in its place.
    filled_since = models.DateField(null=True, blank=True)
    # Since when the body itself sits where representatives, or nobody, sat before.
    seated_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "body"], name="side_once"),
            models.UniqueConstraint(
                fields=["thread", "kind"], condition=Q(body__isnull=True), name="empty_side_once_a_kind"
            ),
            models.UniqueConstraint(fields=["thread"], condition=Q(role="lead"), name="one_lead"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in SideKind]), name="side_kind_known"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in SideRole]), name="side_role_known"),
            models.CheckConstraint(condition=~Q(kind="invited") | Q(body__isnull=False), name="invited_side_has_body"),
        ]
        indexes = [models.Index(fields=["body", "thread"], name="side_by_body")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The body, or who sits in its place."""
        return self.body.name if self.body and not self.filled_since else str(FILLED_LABELS[SideKind(self.kind)])

    @property
    def short_name(self) -> str:
        """The name on a small screen."""
        if self.body and not self.filled_since:
            return self.body.short_name
        return str(FILLED_LABELS[SideKind(self.kind)])

    def speaker(self, office: Office | None) -> str:
        """Who spoke here in this office: the body it is of; in none, the representatives who sat in its place then."""
        if self.kind not in FILLED_LABELS:
            return self.short_name
        return office.body.short_name if office else str(FILLED_LABELS[SideKind(self.kind)])

    @property
    def is_filled(self) -> bool:
        """Whether representatives of the owners sit in the place of a body."""
        return self.body_id is None or self.filled_since is not None

    @property
    def is_standing(self) -> bool:
        """Whether it is one of the three sides, not one that was invited."""
        return self.kind in STANDING


class Representative(models.Model):
    """An owner whom the committee has named to sit where a body is missing."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="representatives")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["side", "person"], condition=Q(ended_at__isnull=True), name="representative_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.person_id}"


class GuestLink(models.Model):
    """A link by which somebody of an invited side may speak until a day; only a hash of its key is kept."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="guest_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.side_id} {self.expires_at:%Y-%m-%d}"
