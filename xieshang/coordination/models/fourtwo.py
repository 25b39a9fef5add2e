"""四议两公开: its drafts, the records of its meetings, accounts, checks and steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from xieshang.community.models import Office, Place
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter, OfMatter, visible
from xieshang.meetings.models import Meeting
from xieshang.outcomes.models import Notice

from ..rules.fourtwo import Stage, State, Step

LOOKS: dict[State, tuple[str, str]] = {
    State.BEGUN: ("pencil", "plain"),
    State.PROPOSED: ("users", "go"),
    State.DISCUSSED: ("users", "go"),
    State.REVIEWED: ("landmark", "go"),
    State.RESOLVED: ("file-text", "wait"),
    State.RESOLUTION_PUBLISHED: ("megaphone", "go"),
    State.IMPLEMENTING: ("hammer", "go"),
    State.RESULT_PUBLISHED: ("circle-check", "done"),
    State.REFUSED: ("circle-x", "closed"),
    State.WITHDRAWN: ("undo-2", "closed"),
}


class FourTwoQuerySet(models.QuerySet["FourTwo"]):
    """Procedures by who may know of them."""

    def visible_to(self, actor: Actor) -> "FourTwoQuerySet":
        """Those this actor may know of; the supervision committee sees those of its place from the beginning."""
        seen = visible(actor, "matter__")
        if actor.office is not None and actor.role == "supervisor":
            seen |= Q(matter__place__path__startswith=actor.office.place_path)
        return self.filter(seen)

    def with_frame(self) -> "FourTwoQuerySet":
        """With everything that the head of a page speaks of."""
        return self.select_related("matter__place", "matter__community", "resolution", "result")


class FourTwo(OfMatter):
    """One matter on its way through the six steps."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="fourtwo")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=State.BEGUN.value)
    # One of the matters that belong to the villagers' meeting itself (村民委员会组织法第24条).
    is_reserved = models.BooleanField(default=False)
    # The numbers of the rule sets, its own and those of meetings, as they were when it began.
    values = models.JSONField(default=dict)
    was_proposed = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    resolution = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = FourTwoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="fourtwo_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "implementing", "done"]) | Q(resolution__isnull=False),
                name="fourtwo_published_by_notice",
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(result__isnull=False), name="fourtwo_done_by_notice"),
        ]
        indexes = [models.Index(fields=["community", "state", "-id"], name="fourtwo_by_state")]

    def get_absolute_url(self) -> str:
        """The page that shows the whole way."""
        return reverse("coordination:fourtwo", args=[self.pk])


class FourTwoDraft(models.Model):
    """One draft of what is to be decided; a “no” ends it, and the next one begins at the first step."""

    flow = models.ForeignKey(FourTwo, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="fourtwo_draft_once"),
            models.UniqueConstraint(fields=["flow"], condition=Q(ended_at__isnull=True), name="fourtwo_one_draft_runs"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_for=""), name="fourtwo_draft_ended_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.number}"


class FourTwoRecord(models.Model):
    """The record of one of the four meetings: who came, how they voted, where the paper is. Never changed."""

    flow = models.ForeignKey(FourTwo, on_delete=models.PROTECT, related_name="records")
    draft = models.ForeignKey(FourTwoDraft, on_delete=models.PROTECT, related_name="records")
    stage = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    base = models.CharField(max_length=12)
    # Held on the platform; else its paper was entered here.
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    chair = models.CharField(max_length=60)
    expected = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    agree = models.PositiveIntegerField()
    against = models.PositiveIntegerField(default=0)
    abstain = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    representatives = models.PositiveIntegerField(default=0)
    women = models.PositiveIntegerField(default=0)
    authorisation = models.CharField(max_length=200, blank=True)
    file_number = models.CharField(max_length=60, blank=True)
    minutes = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signers = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    is_carried = models.BooleanField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "stage"], name="fourtwo_meeting_once_a_draft"),
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="fourtwo_record_stage_known"),
            models.CheckConstraint(
                condition=Q(present__lte=F("expected"), present__gte=F("agree") + F("against") + F("abstain")),
                name="fourtwo_numbers_fit",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["proposal", "review"]) | ~Q(file_number=""), name="fourtwo_party_on_file"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["discussion", "resolution"])
                | Q(minutes__isnull=False)
                | Q(meeting__isnull=False),
                name="fourtwo_meeting_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.stage}"


class FourTwoAccount(models.Model):
    """What came in and went out, as entered at one moment; the newest is in force."""

    flow = models.ForeignKey(FourTwo, on_delete=models.PROTECT, related_name="accounts")
    version = models.PositiveSmallIntegerField()
    # Lines of side, label and fen.
    lines = models.JSONField(default=list)
    papers = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flow", "version"], name="fourtwo_account_version_once")]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.version}"


class FourTwoCheck(models.Model):
    """What the supervision committee found about one account and what was done."""

    account = models.OneToOneField(FourTwoAccount, on_delete=models.PROTECT, related_name="check_made")
    passed = models.BooleanField()
    text = models.TextField()
    signers = models.CharField(max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="fourtwo_check_in_words")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.passed}"


class FourTwoStep(models.Model):
    """One step taken: from where to where, when, by whom in which office, why."""

    flow = models.ForeignKey(FourTwo, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    fell_due_at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(step__in=[s.value for s in Step]), name="fourtwo_step_known")]
        indexes = [models.Index(fields=["flow", "id"], name="fourtwo_step_by_flow")]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.step}"
