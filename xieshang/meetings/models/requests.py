"""Demands of members of a homeowners' committee that its chair call a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place
from xieshang.community.rules import OFFICER_ROLES
from xieshang.lib.actor import SYSTEM, Actor

from ..rules.requests import STANDING, RequestState

REQUEST_LABELS = {
    RequestState.GATHERING: _("正在联名"),
    RequestState.REACHED: _("等主任召集"),
    RequestState.ANSWERED: _("已发会议通知"),
    RequestState.WITHDRAWN: _("已撤回"),
}


class MeetingRequestQuerySet(models.QuerySet["MeetingRequest"]):
    """Demands by who may know of them."""

    def visible_to(self, actor: Actor) -> "MeetingRequestQuerySet":
        """The members of the committee; once enough have signed, the officers of its place as well."""
        if actor is SYSTEM:
            return self
        if actor.office is None:
            return self.none()
        seen = Q(body_id=actor.office.body_id)
        if actor.role in OFFICER_ROLES:
            seen |= Q(call_by__isnull=False, body__place__path__startswith=actor.office.place_path)
        return self.filter(seen)


class MeetingRequest(models.Model):
    """A demand (联名要求开会): what the meeting is to be about, who has signed, by when the chair calls it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default=RequestState.GATHERING.value)
    # The numbers of the rule set as they were when it was written.
    values = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    # From when enough had signed, of how many members; the last day for the chair's notice.
    reached_at = models.DateTimeField(null=True, blank=True)
    members = models.PositiveSmallIntegerField(null=True, blank=True)
    call_by = models.DateField(null=True, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in RequestState]), name="request_state_known"),
            models.CheckConstraint(condition=~Q(about=""), name="request_about_something"),
            models.CheckConstraint(
                condition=Q(state__in=["gathering", "withdrawn"]) | Q(call_by__isnull=False, members__isnull=False),
                name="request_reached_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(state__in=[state.value for state in sorted(STANDING)]),
                name="one_standing_request",
            ),
        ]
        indexes = [models.Index(fields=["state", "call_by"], name="request_by_day")]

    def __str__(self) -> str:
        return self.about

    @property
    def stands(self) -> bool:
        """Whether it is not answered yet."""
        return self.state in STANDING

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return str(REQUEST_LABELS[RequestState(self.state)])

    def get_absolute_url(self) -> str:
        """The page of the demand."""
        return reverse("meetings:request", args=[self.pk])


class RequestSignature(models.Model):
    """One member who signed a demand."""

    request = models.ForeignKey(MeetingRequest, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="request_signed_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.person_id}"
