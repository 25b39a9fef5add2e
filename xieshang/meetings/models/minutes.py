"""Minutes (会议纪要): the words that are signed, who signed them, what was added afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.community.models import Body, Office, Place
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import SYSTEM, Actor

from ..rules import Mark, MinutesState, Scope
from .meetings import Meeting


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes by who may read them."""

    def visible_to(self, actor: Actor) -> "MinutesQuerySet":
        """Published ones in their scope; before that, whoever called the meeting, and then the sides that sign."""
        if actor is SYSTEM:
            return self
        known = Q(meeting__in=Meeting.objects.visible_to(actor).values("pk"))
        published = Q(state=MinutesState.PUBLISHED.value)
        seen = published & (Q(scope=Scope.PUBLIC.value) | (known & Q(scope=Scope.PLACE.value)))
        if actor.person_id is None:
            return self.filter(seen)
        laid_out = ~Q(state=MinutesState.DRAFTED.value)
        here = Minutes.objects.filter(
            Q(signatures__person_id=actor.person_id) | Q(meeting__attendance__person_id=actor.person_id)
        )
        seen |= laid_out & Q(pk__in=here.values("pk"))
        if actor.office is None:
            return self.filter(seen)
        signs = Minutes.objects.filter(signatures__body_id=actor.office.body_id)
        seen |= Q(meeting__body_id=actor.office.body_id) | (laid_out & Q(pk__in=signs.values("pk")))
        return self.filter(seen | Q(meeting__chair_id=actor.office.id))


class Minutes(models.Model):
    """The minutes of one meeting. What was counted is drawn from the meeting when they are drafted, and then stands."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=MinutesState.DRAFTED.value)
    # Drawn from what happened: when and where, who presided, who was there and who was not, what was voted.
    held = models.JSONField(default=dict)
    positions = models.JSONField(default=list)
    # Written: what was agreed and what was not, what is to be done, the next meeting.
    agreed = models.TextField(blank=True)
    not_agreed = models.TextField(blank=True)
    actions = models.JSONField(default=list)
    next_meeting = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=8, default=Scope.PLACE.value)
    # Goes up with every edit, so that nobody saves over what another wrote meanwhile.
    edition = models.PositiveIntegerField(default=1)
    # Check code of all words, from the moment they are laid before the sides.
    code = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sign_by = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in MinutesState]), name="minutes_state_known"),
            models.CheckConstraint(condition=Q(scope__in=[s.value for s in Scope]), name="minutes_scope_known"),
            models.CheckConstraint(condition=Q(state="drafted") | ~Q(code=""), name="minutes_signed_by_code"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="minutes_published_since"
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="minutes_by_state")]

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    def get_absolute_url(self) -> str:
        """The page of the minutes."""
        return reverse("meetings:minutes", args=[self.meeting_id])


class MinutesSignature(models.Model):
    """One side, or one member, asked to sign: what they said, who said it in which office, with which sheet."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of a member who signs for themselves, or who came for a side without a body here.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mark = models.CharField(max_length=10, default=Mark.ASKED.value)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    sheet = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Check code of the words that were signed.
    code = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="minutes_signed_in_order"),
            models.UniqueConstraint(fields=["minutes", "body"], name="minutes_signed_once_a_body"),
            models.CheckConstraint(condition=Q(mark__in=[m.value for m in Mark]), name="minutes_mark_known"),
            models.CheckConstraint(condition=~Q(mark="refused") | ~Q(reason=""), name="minutes_refused_with_reason"),
            models.CheckConstraint(
                condition=~Q(mark="on_paper") | Q(sheet__isnull=False), name="minutes_on_paper_with_sheet"
            ),
            models.CheckConstraint(
                condition=~Q(mark__in=["signed", "on_paper"]) | ~Q(code=""), name="minutes_signature_of_words"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.name}"


class MinutesAddendum(models.Model):
    """A correction or an addition to signed minutes, beside them. This table only grows."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_addendum_once"),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_addendum_says_something"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.number}"
