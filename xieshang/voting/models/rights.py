"""Rights to vote on a frozen roll: how much each weighs, whose it is, from which homes, and who may cast it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xieshang.community.models import Household, Office, Place
from xieshang.discussion.models import Attachment

from .register import RegisterOwner, RegisterUnit
from .votes import Vote


class Right(models.Model):
    """One right to vote on the frozen roll: how much it weighs, and whose it is. Not who may cast it.

    A poll's right is a person's or a household's; an owners' right is that of a set of owners, with its units beside.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="rights")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Heads and exclusive area in 0.01 m²; a poll counts heads only.
    head = models.PositiveSmallIntegerField(default=1)
    area_centi = models.PositiveBigIntegerField(default=0)
    # Of an owners' roll: its place on the roll, the owners' names as they stood, the key of their set, and the salted
    # commitment by which the public roll holds it without naming anybody.
    number = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    # Each name by itself and in full, as it went into the commitment; empty on rolls frozen before it was kept.
    names = models.JSONField(null=True, blank=True)
    owners_key = models.CharField(max_length=64, blank=True)
    is_developer = models.BooleanField(default=False)
    salt = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "household"], name="right_once_a_household"),
            models.UniqueConstraint(fields=["vote", "person"], name="right_once_a_person"),
            models.UniqueConstraint(fields=["vote", "number"], name="right_number_once"),
            models.UniqueConstraint(
                fields=["vote", "owners_key"], condition=~Q(owners_key=""), name="right_once_a_set_of_owners"
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=True) | Q(person__isnull=True), name="right_of_one_or_the_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.number or self.household_id or self.person_id}"


class RightUnit(models.Model):
    """A unit that a right comes from, as it stood when the roll was frozen."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(RegisterUnit, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    building = models.CharField(max_length=20, blank=True)
    stairwell = models.CharField(max_length=20, blank=True)
    area_centi = models.PositiveBigIntegerField()
    area_source = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "unit"], name="unit_once_a_vote")]
        indexes = [models.Index(fields=["vote", "building", "stairwell"], name="right_unit_by_building")]

    def __str__(self) -> str:
        return self.label


class RightOwner(models.Model):
    """An owner within the set that a right belongs to."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="owners")
    owner = models.ForeignKey(RegisterOwner, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["right", "owner"], name="right_owner_once")]

    def __str__(self) -> str:
        return f"{self.right_id} {self.owner_id}"


class RightHolder(models.Model):
    """A person who may cast a right: a poll's as frozen with the roll; an owner's once identified against it."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="holders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="voting_rights")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "right"], name="right_holder_once")]

    def __str__(self) -> str:
        return f"{self.right_id} {self.person_id}"


class Succession(models.Model):
    """A sale after the roll was frozen: who may cast this right from now on. Head and area stay (民法典第278条).

    Written down by one person, confirmed by another human being; it moves nothing before that.
    """

    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="successions")
    name = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    proof = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_in = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("written_by")), name="succession_by_two"
            ),
            models.UniqueConstraint(
                fields=["right"], condition=Q(confirmed_at__isnull=True), name="one_waiting_succession"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.pk}"
