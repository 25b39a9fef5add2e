"""Documents on the steps of a topic."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString

from xieshang.community.models import Body, Office
from xieshang.discussion.models import Attachment
from xieshang.lib.officialtext import plain, shown

from ..rules import RecordKind
from .topics import Topic, TopicStep


class Record(models.Model):
    """One document: what was studied, held, decided, answered or explained, by whom and when."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="records")
    step = models.ForeignKey(TopicStep, null=True, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20)
    held_on = models.DateField(null=True, blank=True)
    host = models.CharField(max_length=60, blank=True)
    venue = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=40, blank=True)
    # Of a meeting: how many should come, how many came, and the tally.
    expected = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    agree = models.PositiveIntegerField(null=True, blank=True)
    against = models.PositiveIntegerField(null=True, blank=True)
    abstain = models.PositiveIntegerField(null=True, blank=True)
    quorum_met = models.BooleanField(null=True, blank=True)
    sends_back = models.BooleanField(default=False)
    conclusion = models.TextField(blank=True)
    signer = models.CharField(max_length=60, blank=True)
    minority = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A document that was put right stays, and says which one replaced it.
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in RecordKind]), name="record_kind_known"),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(expected__isnull=True) | Q(present__lte=models.F("expected")),
                name="record_present_within_expected",
            ),
        ]
        indexes = [models.Index(fields=["topic", "kind"], name="record_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.kind}"

    @property
    def html(self) -> SafeString:
        """What was concluded, for a page."""
        return shown(self.conclusion)

    @property
    def words(self) -> str:
        """What was concluded, as lines."""
        return plain(self.conclusion)
