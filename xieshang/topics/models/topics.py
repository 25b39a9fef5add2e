"""Topics, their steps, versions, parties and supporters."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from xieshang.accounts.models import Assistable
from xieshang.community.models import Body, Household, Office, Place
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_of
from xieshang.matters.models import Matter, OfMatter, visible
from xieshang.outcomes.models import Notice

from ..rules import Nature, OwnersResult, PartyOpinion, State, Step, TopicKind


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by who may know of them."""

    def visible_to(self, actor: Actor) -> "TopicQuerySet":
        """Those this actor may know of; all others answer as if they did not exist."""
        return self.filter(visible(actor, "matter__"))

    def with_frame(self) -> "TopicQuerySet":
        """With everything that the head of a page speaks of."""
        return self.select_related(
            "matter__place", "matter__community", "first_officer__body", "first_officer__person", "receiver", "convener"
        )


class Topic(OfMatter, Assistable):
    """A consultation topic (协商议题): what was raised, where it stands, and what its steps have settled."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="topic")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    text = models.TextField()
    kind = models.CharField(max_length=20, blank=True)
    nature = models.CharField(max_length=20, blank=True)
    wide_impact = models.BooleanField(default=False)
    danger = models.BooleanField(default=False)
    plain_repair = models.BooleanField(default=False)
    first_officer = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    # The body whose name stands beside the author's when somebody raised it for a body.
    raised_for = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    # The numbers of the rule set as they were when the matter was raised: nobody moves the goalposts.
    values = models.JSONField(default=dict)
    households = models.PositiveIntegerField(default=0)
    lifted = models.BooleanField(default=False)

    entered_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    alarm_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True)
    suspended_since = models.DateField(null=True, blank=True)
    suspended_reason = models.CharField(max_length=400, blank=True)
    stops = models.JSONField(default=list)

    review_needed = models.BooleanField(default=False)
    was_screened = models.BooleanField(default=False)
    rejected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    appeal_made = models.BooleanField(default=False)
    appeal_dismissed = models.BooleanField(default=False)
    withdrawal_agreed = models.BooleanField(default=False)

    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=60, blank=True)
    receiver_due = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    party_opinion = models.CharField(max_length=12, default=PartyOpinion.NONE.value)
    form = models.CharField(max_length=60, blank=True)
    discussion_first_day = models.DateField(null=True, blank=True)
    discussion_days = models.PositiveSmallIntegerField(default=0)
    discussion_last_day = models.DateField(null=True, blank=True)
    last_session_on = models.DateField(null=True, blank=True)
    sent_back_on = models.DateField(null=True, blank=True)
    dissent = models.BooleanField(default=False)
    opinion_confirmed = models.BooleanField(default=False)
    reopened_times = models.PositiveSmallIntegerField(default=0)
    meeting_on = models.DateField(null=True, blank=True)

    # The notice of a 四议两公开 whose days are this topic's publicity too.
    resolution = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="+")
    convener = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    convener_name = models.CharField(max_length=60, blank=True)
    owners_by = models.DateField(null=True, blank=True)
    owners_result = models.CharField(max_length=12, default=OwnersResult.NONE.value)
    feedback_by = models.DateField(null=True, blank=True)
    evaluation_until = models.DateField(null=True, blank=True)
    unsolved_explained = models.BooleanField(default=False)
    report_to = models.CharField(max_length=60, blank=True)
    report_due = models.DateField(null=True, blank=True)
    report_sent_on = models.DateField(null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="topic_state_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *(k.value for k in TopicKind)]), name="topic_kind_known"),
            models.CheckConstraint(condition=Q(nature__in=["", *(n.value for n in Nature)]), name="topic_nature_known"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="topic_merged_into_another"
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="topic_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(suspended_since__isnull=True) | ~Q(suspended_reason=""), name="topic_suspended_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "due_on"], name="topic_by_state"),
            models.Index(fields=["community", "-id"], name="topic_by_community"),
            models.Index(fields=["state", "due_on"], name="topic_by_due"),
        ]

    def get_absolute_url(self) -> str:
        """The page of the topic."""
        return reverse("topics:detail", args=[self.pk])

    @property
    def host_path(self) -> str:
        """Stored path of the place whose bodies lead it: the community, or what contains several of them."""
        return self.matter.community.path

    @property
    def entered_on(self) -> datetime.date:
        """The day its present state began."""
        return day_of(self.entered_at)


class TopicStep(Assistable):
    """One step taken: from where to where, when it was recorded and since when it holds, by whom in which office."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=24)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    at = models.DateTimeField()
    fell_due_at = models.DateTimeField()
    # The last day that was allowed for it, as it stood then.
    due_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=[s.value for s in Step]), name="topic_step_known"),
        ]
        indexes = [models.Index(fields=["topic", "id"], name="step_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.step}"


class TopicVersion(models.Model):
    """The author's words as they stood from a moment on."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "version"], name="topic_version_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.version}"


class TopicParty(models.Model):
    """One side asked to take part: a body of the platform or others by name; whether it has confirmed the opinion."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="parties")
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "name"], name="topic_party_once")]

    def __str__(self) -> str:
        return self.name


class Support(Assistable):
    """One neighbour's support, counted by household; whether that home lies in the scope."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="topics_supported")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    in_scope = models.BooleanField(default=False)
    # From a duplicate that was merged into this one.
    came_from = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.person_id}"
