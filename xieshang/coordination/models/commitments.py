"""What the sides bind themselves to. The doing itself (due, progress, proof, look, rating) is an outcomes.ActionItem.

A commitment adds what an item does not know: which side promised it and where, who answers for it, whether the other
sides accept it. So an item exists only for what a side itself promised or signed, and nothing else can be overdue.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office, Place
from xieshang.lib.actor import Actor
from xieshang.outcomes.models import ActionItem

from ..rules.threads import Origin
from .entries import Entry
from .threads import Side, Thread


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments by who may know of them."""

    def visible_to(self, actor: Actor) -> "CommitmentQuerySet":
        """Those of threads that this actor may know of."""
        return self.filter(thread__in=Thread.objects.visible_to(actor))


class Commitment(models.Model):
    """One thing a side bound itself to, beside the item that is worked on."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="commitments")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="commitments")
    item = models.OneToOneField(ActionItem, on_delete=models.PROTECT, related_name="commitment")
    # For boards and records: the estate it stands on, and the last day first promised.
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    estate = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    first_due = models.DateField()
    answerer = models.CharField(max_length=40)
    origin = models.CharField(max_length=10)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="commitments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=[o.value for o in Origin]), name="origin_known"),
            models.CheckConstraint(condition=~Q(answerer=""), name="commitment_has_answerer"),
        ]
        indexes = [
            models.Index(fields=["thread", "id"], name="commitment_by_thread"),
            models.Index(fields=["estate", "-id"], name="commitment_by_estate"),
        ]

    def __str__(self) -> str:
        return self.item.what


class Acceptance(models.Model):
    """What another side says of a commitment: accepted, or what is still lacking."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="acceptances")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")
    accepts = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "side", "accepts"], name="judged_once_each_way"),
            models.CheckConstraint(condition=Q(accepts=True) | ~Q(reason=""), name="not_accepted_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.accepts}"

    @property
    def speaker(self) -> str:
        """Who says it: the side, or the representatives who sat in its place then."""
        return self.side.speaker(self.office)


class Ask(models.Model):
    """What one side asks another to promise; it binds nobody until that side promises it."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="asks")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="asked")
    asked_by = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    due = models.DateField(null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    commitment = models.OneToOneField(Commitment, null=True, on_delete=models.PROTECT, related_name="ask")
    declined_for = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, commitment__isnull=True, declined_for="")
                | Q(answered_at__isnull=False, commitment__isnull=False, declined_for="")
                | (Q(answered_at__isnull=False, commitment__isnull=True) & ~Q(declined_for="")),
                name="ask_promised_or_declined",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def speaker(self) -> str:
        """Who asks: a side, or the representatives who sat in its place then; else the convenor."""
        return self.asked_by.speaker(self.office) if self.asked_by else str(_("召集人"))


class MoveAsk(models.Model):
    """A side asks the convenor for another day; until that is granted the old day holds."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="move_asks")
    due = models.DateField()
    reason = models.CharField(max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    granted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(answered_at__isnull=True), name="one_move_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="move_asked_with_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, granted__isnull=True)
                | Q(answered_at__isnull=False, granted__isnull=False),
                name="move_answered_yes_or_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.due}"


class RecordReply(models.Model):
    """What a company says to its public record, to all of it or to one commitment; this ledger only grows."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="record_replies")
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="record_reply_has_text")]
        indexes = [models.Index(fields=["body", "-id"], name="record_reply_by_body")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.at:%Y-%m-%d}"
