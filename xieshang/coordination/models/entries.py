"""What the sides say: positions and words, each in the public or the working part, never changed; measurements."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from xieshang.accounts.models import Assistable
from xieshang.community.models import Office, Place
from xieshang.discussion.models import Attachment

from ..rules.threads import CoverKind, EntryKind, Part, Via
from .threads import Side, Thread


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries by who may read them."""

    def readable(self, *, at_table: bool) -> "EntryQuerySet":
        """Everything for those at the table; for all others the public part, and what was opened since."""
        opened = Exists(Opening.objects.filter(entry=OuterRef("pk")))
        rows = self.annotate(was_opened=opened)
        return rows if at_table else rows.filter(Q(part=Part.PUBLIC.value) | Q(was_opened=True))


class Entry(models.Model):
    """Something a side said; rows are never changed: a revision is a new row, and what is covered is kept beside it.

    `side` is empty where the convenor speaks. `version` counts the positions of one side in one round of asking.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="entries")
    side = models.ForeignKey(Side, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, default=EntryKind.WORD.value)
    part = models.CharField(max_length=8)
    round = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    text = models.TextField()
    via = models.CharField(max_length=8, default=Via.ACCOUNT.value)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    # Of a stamped letter: its scan, its day; of a guest: the name they gave.
    letter = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    letter_day = models.DateField(null=True, blank=True)
    guest = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    # The day positions were asked for by, as it stood then.
    due_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in EntryKind]), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(part__in=[p.value for p in Part]), name="entry_part_known"),
            models.CheckConstraint(condition=Q(via__in=[v.value for v in Via]), name="entry_via_known"),
            models.CheckConstraint(
                condition=~Q(kind="position") | Q(side__isnull=False, round__gte=1, version__gte=1, part="public"),
                name="position_of_a_side",
            ),
            models.CheckConstraint(condition=~Q(via="letter") | Q(letter__isnull=False), name="letter_has_scan"),
            models.CheckConstraint(condition=~Q(via="guest") | ~Q(guest=""), name="guest_has_name"),
            models.UniqueConstraint(
                fields=["side", "round", "version"], condition=Q(kind="position"), name="position_version_once"
            ),
        ]
        indexes = [models.Index(fields=["thread", "kind", "id"], name="entry_by_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.kind}"

    @property
    def speaker(self) -> str:
        """Whose words these are; the convenor's where there is no side."""
        return self.side.speaker(self.office) if self.side else str(_("召集人"))


class Cover(models.Model):
    """Words of an entry that residents read as a mark: why, who covered them and when; this ledger only grows."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="covers")
    kind = models.CharField(max_length=10)
    words = models.CharField(max_length=200)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in CoverKind]), name="cover_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="cover_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class Opening(models.Model):
    """A working entry that its side later opened to residents: when, by whom and why; it stays open."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="opening")
    reason = models.CharField(max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opened_with_reason")]

    def __str__(self) -> str:
        return str(self.entry_id)


class Reading(Assistable):
    """One measurement in one home: the moment, and tenths of a degree; by a neighbour in their home, or by a side."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    measured_at = models.DateTimeField()
    tenths = models.SmallIntegerField()
    # The commitment that this measurement proves.
    commitment = models.ForeignKey(
        "coordination.Commitment", null=True, on_delete=models.PROTECT, related_name="readings"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "unit", "measured_at"], name="reading_once")]
        indexes = [models.Index(fields=["thread", "unit", "-measured_at"], name="reading_by_home")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.tenths}"
