"""The estate's own list of units and owners, from which rolls are made: imported, corrected by two, never guessed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xieshang.community.models import Office, Place, PropertyArea

from ..rules import Sale, UnitKind
from ..rules.estate import AreaSource, ClaimState, ClaimWay, Sameness


class Register(models.Model):
    """The list of one property management area, with the columns its own files have."""

    area = models.OneToOneField(PropertyArea, on_delete=models.PROTECT, related_name="register")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    # Header of the estate's files → field of ours, remembered from the last import.
    columns = models.JSONField(default=dict)
    # Goes up with every change, so that a dry run made before somebody else's change is refused.
    edition = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.area)

    @property
    def place_path(self) -> str:
        """Stored path of the place it answers to: the community's."""
        return self.community.path


class RegisterUnit(models.Model):
    """One unit of the list: home, shop, parking space or common room. One that is gone stays, with its last day."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="units")
    # What makes it one and the same from file to file: 3-2-501.
    code = models.CharField(max_length=60)
    building = models.CharField(max_length=20, blank=True)
    stairwell = models.CharField(max_length=20, blank=True)
    room = models.CharField(max_length=20)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    area_centi = models.PositiveBigIntegerField(null=True, blank=True)
    area_source = models.CharField(max_length=10, blank=True)
    sale_state = models.CharField(max_length=12, default=Sale.SOLD.value)
    gone_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "code"], name="register_unit_once"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in UnitKind]), name="unit_kind_known"),
            models.CheckConstraint(condition=Q(sale_state__in=[s.value for s in Sale]), name="sale_state_known"),
            models.CheckConstraint(
                condition=Q(area_source__in=["", *(s.value for s in AreaSource)]), name="area_source_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="common") | Q(area_centi__isnull=False, area_centi__gt=0), name="unit_has_an_area"
            ),
        ]
        indexes = [models.Index(fields=["register", "building", "stairwell", "room"], name="unit_by_building")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How neighbours say it: 3号楼2单元501室; a parking space by its own name."""
        return f"{self.building}{self.stairwell}{self.room}"


class RegisterOwner(models.Model):
    """An owner of the list. Who is the same is decided by the ID number, never by the name."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="owners")
    name = models.CharField(max_length=60)
    # Kept sealed; matched by a keyed hash; shown by its last four characters.
    id_sealed = models.TextField(blank=True)
    id_hash = models.CharField(max_length=64, blank=True)
    id_tail = models.CharField(max_length=4, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    # Who acts for an owner without full capacity (民法典第23、27、28条).
    guardian = models.CharField(max_length=40, blank=True)
    # The owner this one was found to be the same person as; heads count the other one only.
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "id_hash"], condition=~Q(id_hash=""), name="owner_once_an_id_number"
            ),
            models.CheckConstraint(condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")), name="owner_not_own_copy"),
        ]
        indexes = [
            models.Index(fields=["register", "name"], name="owner_by_name"),
            models.Index(fields=["register", "phone"], name="owner_by_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.pk}"


class UnitOwner(models.Model):
    """An owner of a unit; a unit with several is co-owned."""

    unit = models.ForeignKey(RegisterUnit, on_delete=models.CASCADE, related_name="owners")
    owner = models.ForeignKey(RegisterOwner, on_delete=models.PROTECT, related_name="units")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "owner"], name="unit_owner_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.owner_id}"


class SameName(models.Model):
    """A question to the clerk: are these two of one name one person? The answer changes the head count."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="questions")
    first = models.ForeignKey(RegisterOwner, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(RegisterOwner, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, default=Sameness.OPEN.value)
    basis = models.CharField(max_length=200, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="same_name_asked_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_name_in_order"),
            models.CheckConstraint(condition=Q(answer__in=[s.value for s in Sameness]), name="sameness_known"),
            models.CheckConstraint(
                condition=Q(answer="open") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="sameness_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.answer}"


class RegisterImport(models.Model):
    """One import of the list: which file, by whom, what it changed."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name


class OwnerClaim(models.Model):
    """A person says: this owner of the list is me. Found right against the list, or returned with a reason.

    Opens owners' votes; a phone number in somebody's list never does (电子签名法第13条).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owner_claims")
    owner = models.ForeignKey(RegisterOwner, on_delete=models.PROTECT, related_name="claims")
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ClaimState.ASKED.value)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "owner"], condition=Q(state__in=["asked", "confirmed"]), name="one_living_claim"
            ),
            models.UniqueConstraint(fields=["owner"], condition=Q(state="confirmed"), name="one_person_an_owner"),
            models.CheckConstraint(condition=Q(way__in=[w.value for w in ClaimWay]), name="claim_way_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ClaimState]), name="claim_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.owner_id} {self.state}"
