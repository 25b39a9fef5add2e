"""Regular study: how often, each time with its points, its record, and the help it asks for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office, Place
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter, OfMatter, visible

from ..rules.study import PointKind, Rhythm, State, words_of

RHYTHM_LABELS = {Rhythm.MONTHLY: _("每月一次"), Rhythm.QUARTERLY: _("每季度一次")}
STUDY_LABELS = {State.CALLED: _("待开会"), State.RECORDED: _("已记录")}
POINT_LABELS = {
    PointKind.TOPIC: _("居民的议题"),
    PointKind.COMMITMENT: _("逾期的承诺"),
    PointKind.RATING: _("评价下降"),
    PointKind.GUIDANCE: _("没有答复的指导意见"),
    PointKind.DUTY: _("任期、备案、合同"),
    PointKind.THREAD: _("协调的事"),
    PointKind.OTHER: _("其他"),
}


class StudyRhythm(models.Model):
    """How often a community's Party organisation studies services."""

    community = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="study_rhythm")
    every = models.CharField(max_length=10)
    set_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    # The reminders that were given lately.
    told = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__in=[r.value for r in Rhythm]), name="study_rhythm_known")
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.every}"

    @property
    def word(self) -> str:
        """How often, in words."""
        return str(RHYTHM_LABELS[Rhythm(self.every)])


class StudyQuerySet(models.QuerySet["Study"]):
    """Studies by who may know of them."""

    def visible_to(self, actor: Actor) -> "StudyQuerySet":
        """Those whose matter this actor may know of."""
        return self.filter(visible(actor, "matter__"))


class Study(OfMatter):
    """One study of one period."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="study")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="studies")
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=10, default=State.CALLED.value)
    held_on = models.DateField()
    where = models.CharField(max_length=80, blank=True)
    # The meeting in which it is held, where it was called on the platform.
    meeting = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")

    # The record: how many, what came of it, the file's number; no list of names is kept here.
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    file_number = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    # What the community cannot do alone, and what those above say to it.
    help_wanted = models.TextField(blank=True)
    help_answer = models.TextField(blank=True)
    help_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    help_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    help_at = models.DateTimeField(null=True, blank=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "period"], name="study_once_a_period"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="study_state_known"),
            models.CheckConstraint(
                condition=Q(state="called") | (Q(present__gt=0, recorded_at__isnull=False) & ~Q(conclusion="")),
                name="recorded_study_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["community", "-held_on"], name="study_by_community")]

    def get_absolute_url(self) -> str:
        """The study with its points and its record."""
        return reverse("coordination:study", args=[self.pk])

    @property
    def state_word(self) -> str:
        """How it stands, in words."""
        return str(STUDY_LABELS[State(self.state)])

    @property
    def period_word(self) -> str:
        """Its period, in words."""
        return words_of(self.period)

    @property
    def waits_for_help(self) -> bool:
        """Whether those above were asked and have not answered."""
        return bool(self.help_wanted) and self.help_at is None


class StudyPoint(models.Model):
    """One thing on the table, as it stood when it was put there, and what was said to it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    line = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PointKind]), name="study_point_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="study_point_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_word(self) -> str:
        """Where it comes from, in words."""
        return str(POINT_LABELS[PointKind(self.kind)])
