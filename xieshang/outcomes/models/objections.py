"""Objections to a notice, their answers, and the street's second look."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from xieshang.accounts.models import Assistable
from xieshang.community.models import Office, Place

from ..rules import ObjectionState
from .notices import Notice


class Objection(Assistable):
    """What a resident holds against a notice; the answer is public, so is whether the objection was sustained."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    grounds = models.TextField()
    at = models.DateTimeField()
    # By when the answer is owed.
    due = models.DateField()
    state = models.CharField(max_length=10, default=ObjectionState.OPEN.value)
    sustained = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    # Objections answered together carry the id of the first of them.
    group = models.BigIntegerField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_answer = models.TextField(blank=True)
    appeal_upheld = models.BooleanField(default=False)
    appeal_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    appeal_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    appeal_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person"], condition=Q(state="open"), name="one_open_objection_each"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ObjectionState]), name="objection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="answered_objection_has_answer",
            ),
            models.CheckConstraint(condition=~Q(state="open", sustained=True), name="sustained_is_answered"),
            models.CheckConstraint(
                condition=Q(appealed_at__isnull=True) | (Q(state="answered") & ~Q(appeal="")),
                name="appeal_after_answer",
            ),
            models.CheckConstraint(
                condition=Q(appeal_at__isnull=True) | (Q(appealed_at__isnull=False) & ~Q(appeal_answer="")),
                name="appeal_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "due"], name="objection_by_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.person_id}"

    @property
    def place_path(self) -> str:
        """Stored path of the place of the notice's matter."""
        return self.notice.place_path

    @property
    def appeal_waits(self) -> bool:
        """Whether the street still owes its second look."""
        return self.appealed_at is not None and self.appeal_at is None
