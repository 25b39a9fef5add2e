"""Notices with their versions, their numbers, and the boards they hang on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office, Place
from xieshang.community.rules import OFFICER_ROLES
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.matters.models import Matter, visible

from ..rules import OBJECTION_DAYS, SHOWN, UNPUBLISHED, NoticeKind, NoticeState

KIND_LABELS = {
    NoticeKind.ADVANCE: _("协商预告"),
    NoticeKind.GONGSHI: _("公示"),
    NoticeKind.GONGGAO: _("公告"),
    NoticeKind.FEEDBACK: _("办理反馈"),
    NoticeKind.CORRECTION: _("更正通知"),
    NoticeKind.MEETING: _("业主大会会议公告"),
    NoticeKind.PRELIM: _("初步统计结果公示"),
    NoticeKind.RESULT: _("业主大会决定公告"),
    NoticeKind.WORD: _("业主大会通知"),
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by who may know of them."""

    def visible_to(self, actor: Actor) -> "NoticeQuerySet":
        """Published ones for whoever may know of the matter; drafts for the officers of the place and their writers."""
        if actor is SYSTEM:
            return self
        seen = Q(state__in=[state.value for state in SHOWN])
        if actor.office is not None and actor.office.body_id:
            seen |= Q(drafted_in__body_id=actor.office.body_id)
        if actor.office is not None and actor.role in OFFICER_ROLES:
            seen |= Q(matter__place__path__startswith=actor.office.place_path)
        return self.filter(seen & visible(actor, "matter__"))

    def unpublished(self) -> "NoticeQuerySet":
        """Those that officers still write at."""
        return self.filter(state__in=[state.value for state in UNPUBLISHED])


class NoticeSeries(models.Model):
    """The last number of one place's notices in one year, and the short form it is written with."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    mark = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="notice_series_once"),
            models.UniqueConstraint(fields=["mark", "year"], name="notice_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.year} {self.last}"


class Notice(models.Model):
    """What a body makes known about a matter: written by the committee, published by whoever may, corrected openly."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="notices")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=NoticeState.DRAFT.value)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    # What was typed, and the same made safe: pages show only the second.
    source = models.TextField()
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)
    signers = models.JSONField(default=list)
    party_signed = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    returned_for = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_for = models.CharField(max_length=300, blank=True)
    # Days of the period, 0 for none; the boards it must hang on; whether the net alone counts as posting.
    days = models.PositiveSmallIntegerField(default=0)
    boards = models.JSONField(default=list)
    net_is_enough = models.BooleanField(default=False)
    # Working days in which an objection is owed its answer.
    objection_days = models.PositiveSmallIntegerField(default=OBJECTION_DAYS)
    # The later of the net and the boards, and the period that follows; empty until the last board is recorded.
    posted_on = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="notice_number_once"),
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(state__in=["draft", "returned"]), name="one_draft_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in NoticeKind]), name="notice_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in NoticeState]), name="notice_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"])
                | (~Q(number="") & Q(published_at__isnull=False) & Q(published_by__isnull=False)),
                name="published_notice_has_number",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(
                    # A comparison with nothing is neither true nor false, and would pass.
                    first_day__isnull=False,
                    last_day__isnull=False,
                    posted_on__isnull=False,
                    last_day__gte=F("first_day"),
                    posted_on__lt=F("first_day"),
                ),
                name="notice_days_in_order",
            ),
            # Once it counts as posted, a notice with a period has its first and last day.
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(days=0) | Q(last_day__isnull=False),
                name="posted_notice_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind="gongshi", state="published", days=0), name="gongshi_has_a_period"
            ),
            models.CheckConstraint(condition=~Q(state="returned", returned_for=""), name="returned_with_reason"),
        ]
        indexes = [
            models.Index(fields=["community", "state", "-id"], name="notice_by_community"),
            models.Index(fields=["matter", "kind", "-id"], name="notice_by_matter"),
            models.Index(fields=["community", "state", "-published_at", "-id"], name="notice_by_publication"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The notice as residents read it."""
        return reverse("outcomes:notice", args=[self.pk])

    @property
    def place_path(self) -> str:
        """Stored path of the place of its matter."""
        return self.matter.place_path

    @property
    def label(self) -> str:
        """What sort of notice it is, in words."""
        return str(KIND_LABELS[NoticeKind(self.kind)])

    @property
    def is_published(self) -> bool:
        """Whether residents can read it as in force."""
        return self.state == NoticeState.PUBLISHED


class NoticeVersion(models.Model):
    """A notice as it read from a moment on: written at publication and at each correction, never changed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "version"], name="notice_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.version}"


class Posting(models.Model):
    """A notice hanging on one board: which, on what day, with the photo that proves it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="postings")
    board = models.CharField(max_length=60)
    on = models.DateField()
    photo = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "board"], name="board_once_a_notice")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.board} {self.on}"
