"""Files of matters that are over, and their handing over from one committee to the next."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Office, Place
from xieshang.community.rules import OFFICER_ROLES, OWNERS_ROLES, Role
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.matters.models import Matter, visible

KIND_LABELS = {
    "topic": _("协商议题"),
    "vote": _("表决"),
    "consent": _("住改商核对"),
    "meeting": _("会议"),
    "coordination": _("议事协调"),
    "fourtwo": _("四议两公开"),
    "guidance": _("党组织指导意见"),
    "study": _("定期研究"),
}
READERS = OFFICER_ROLES | OWNERS_ROLES | {Role.SUPERVISOR}
# What a homeowners' committee keeps: the owners' own matters.
OF_OWNERS = frozenset({"vote", "consent"})


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Filed matters by who may know of them."""

    def visible_to(self, actor: Actor) -> "ArchiveQuerySet":
        """Those of the place of the office acted in, as far as the office may know of their matters."""
        if actor is SYSTEM:
            return self
        if actor.office is None or actor.role not in READERS:
            return self.none()
        found = self.filter(visible(actor, "matter__"), matter__place__path__startswith=actor.office.place_path)
        return found.filter(kind__in=OF_OWNERS) if actor.role in OWNERS_ROLES else found

    def newest(self) -> "ArchiveQuerySet":
        """Of each matter the newest filing."""
        newer = Archive.objects.filter(matter=models.OuterRef("matter"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(newer))


class Archive(models.Model):
    """A matter filed once: the check code of its file, how long it is kept. Never changed; filed anew it is another."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="archives")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    # The year in which the matter ended.
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    # Up to when the record is part of it.
    as_of = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=12, default="sha256")
    papers = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    # Years it is kept, 0 for good, and the last day.
    keep_years = models.PositiveSmallIntegerField()
    keep_until = models.DateField(null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "version"], name="archive_version_once"),
            models.CheckConstraint(
                condition=Q(keep_years=0, keep_until__isnull=True) | Q(keep_years__gt=0, keep_until__isnull=False),
                name="archive_kept_for_good_or_until",
            ),
        ]
        indexes = [models.Index(fields=["community", "year", "kind", "-id"], name="archive_by_year")]

    def __str__(self) -> str:
        return f"{self.matter_id} v{self.version}"

    def get_absolute_url(self) -> str:
        """The file of its matter."""
        return reverse("home:file", args=[self.matter_id])

    @property
    def kind_label(self) -> str:
        """What kind of matter it was, in words."""
        return kind_label(self.kind)

    @property
    def kept(self) -> str:
        """How long it is kept, in words."""
        return str(_("永久")) if self.keep_until is None else str(_("%d年")) % self.keep_years

    @property
    def short_code(self) -> str:
        """The beginning of the check code, for a list."""
        return self.content_hash[:12]


class HandOver(models.Model):
    """The files of a body given by one human being and received by another, with the list as it then stood."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="hand_overs")
    # Number, version, check code and title of each file, and the check code of the list.
    files = models.JSONField(default=list)
    list_hash = models.CharField(max_length=64)
    # How many matters were still running, and go on under the next committee.
    running = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_in = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due = models.DateField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_by__isnull=True) | ~Q(received_by=F("given_by")), name="hand_over_by_two"
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_at__isnull=True)
                | Q(received_by__isnull=False, received_at__isnull=False),
                name="hand_over_received_at",
            ),
            models.UniqueConstraint(fields=["body"], condition=Q(received_at__isnull=True), name="one_hand_over_waits"),
        ]
        indexes = [models.Index(fields=["body", "-id"], name="hand_over_by_body")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.given_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The list that was handed over, for the printer."""
        return reverse("home:hand_over", args=[self.pk])

    @property
    def place_path(self) -> str:
        """Stored path of the place of its body."""
        return self.body.place.path


def kind_label(kind: str) -> str:
    """A kind of matter in words."""
    return str(KIND_LABELS.get(kind) or _("其他"))
