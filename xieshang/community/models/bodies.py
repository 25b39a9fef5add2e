"""Bodies that act, and the offices people hold in them."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..rules import BodyKind, Role
from .places import Place

BODY_LABELS = {
    BodyKind.PARTY_ORG: _("党组织"),
    BodyKind.RESIDENTS_COMMITTEE: _("居民委员会"),
    BodyKind.VILLAGERS_COMMITTEE: _("村民委员会"),
    BodyKind.SUPERVISION_COMMITTEE: _("监督委员会"),
    BodyKind.HOMEOWNERS_COMMITTEE: _("业主委员会"),
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE: _("物业管理委员会"),
    BodyKind.PROPERTY_COMPANY: _("物业企业"),
    BodyKind.STREET_OFFICE: _("街道办事处"),
    BodyKind.DISTRICT_OFFICE: _("区级部门"),
    BodyKind.STATIONED_UNIT: _("驻区单位"),
    BodyKind.SOCIAL_ORGANISATION: _("社会组织"),
}
ROLE_LABELS = {
    Role.PARTY_SECRETARY: _("书记"),
    Role.PARTY_MEMBER: _("委员"),
    Role.COMMITTEE_CHAIR: _("主任"),
    Role.COMMITTEE_MEMBER: _("委员"),
    Role.GRID_WORKER: _("网格员"),
    Role.OWNERS_CHAIR: _("主任"),
    Role.OWNERS_MEMBER: _("委员"),
    Role.PROPERTY_MANAGER: _("项目经理"),
    Role.PROPERTY_STAFF: _("工作人员"),
    Role.STREET_OFFICER: _("工作人员"),
    Role.DISTRICT_OFFICER: _("工作人员"),
    Role.SUPERVISOR: _("监督员"),
    Role.UNIT_REPRESENTATIVE: _("代表"),
}


class Body(models.Model):
    """An organisation with a place it answers for; Party organisations also hang in a tree of their own."""

    kind = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="body_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in BodyKind]), name="body_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices by term."""

    def running(self, on: datetime.date) -> "OfficeQuerySet":
        """Those whose term runs on this day; powers end with the term."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on)


class Office(models.Model):
    """This person holds this role in this body from one day to another, both included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offices")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(max_length=24)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "body", "role", "starts"], name="office_once"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="office_role_known"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="office_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["body", "role"], name="office_by_body")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The office as people say it: 和顺社区居委会主任; held by a deputy: 和顺社区居委会主任（代理）."""
        name = f"{self.body.short_name}{self.role_word}"
        return str(_("%s（代理）") % name) if self.is_deputised else name

    @property
    def is_deputised(self) -> bool:
        """Whether it was read for somebody who acts in it as a deputy (by `offices_of`)."""
        return bool(getattr(self, "as_deputy", False))

    @property
    def role_word(self) -> str:
        """The role within the body: 主任."""
        return str(ROLE_LABELS[Role(self.role)])

    @property
    def place_path(self) -> str:
        """Stored path of the place the body answers for."""
        return self.body.place.path


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Deputies by their days."""

    def running(self, on: datetime.date) -> "DeputyQuerySet":
        """Those who may act on this day: while their own term in the same body runs, and the office does."""
        own = Office.objects.running(on).filter(person=OuterRef("person"), body=OuterRef("office__body"))
        held = Q(office__ends__isnull=True) | Q(office__ends__gte=on)
        return self.filter(Exists(own), held, starts__lte=on, ends__gte=on, office__starts__lte=on)


class Deputy(models.Model):
    """Somebody of the same body acts in an office from one day to another, both included, under their own name."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputising")
    starts = models.DateField()
    ends = models.DateField()
    reason = models.CharField(max_length=200)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="deputy_ends_after_start"),
            models.CheckConstraint(condition=~Q(reason=""), name="deputy_with_reason"),
        ]
        indexes = [
            models.Index(fields=["office", "-starts"], name="deputy_by_office"),
            models.Index(fields=["person", "ends"], name="deputy_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.person_id} {self.starts} {self.ends}"
