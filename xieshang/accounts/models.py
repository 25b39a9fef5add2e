"""Tables of people who sign in, and of what they agreed to."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_handle() -> str:
    """A short random name for a person that says nothing about them."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class PersonManager(BaseUserManager["Person"]):
    """Makes people; the framework asks for these two names."""

    def create_user(self, phone: str | None = None, password: str | None = None, **fields: object) -> "Person":
        """A person with a phone number; without a password they sign in by one-time code."""
        person = self.model(phone=phone, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, handle: str, password: str, **fields: object) -> "Person":
        """Whoever keeps the machine running; holds no office by it and passes no product permission."""
        return self.create_user(None, password, handle=handle, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """A human being: real name behind, nickname in front."""

    handle = models.CharField(max_length=20, unique=True, default=new_handle)
    phone = models.CharField(max_length=16, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    # The second person on one number, let in by the committee at its desk; owners' votes do not open by such a number.
    shares_phone = models.BooleanField(default=False)
    nickname = models.CharField(max_length=20, blank=True)
    real_name = models.CharField(max_length=40, blank=True)
    # The eighteenth birthday of somebody under age; nothing is kept of an adult's birthday.
    minor_until = models.DateField(null=True, blank=True)
    elder = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    # The offices held today, as read once for a request that acts in one; no column.
    running_offices: Any = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=Q(shares_phone=False), name="one_person_per_phone"),
            models.CheckConstraint(
                condition=Q(shares_phone=False) | Q(phone__isnull=False), name="sharing_needs_a_phone"
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="person_by_phone")]

    def __str__(self) -> str:
        return self.get_short_name()

    @property
    def email(self) -> str:
        """Nobody has one; the page editor asks every user for it before it writes its letters."""
        return ""

    @property
    def first_name(self) -> str:
        """The name that the page editor greets its user by: the one in front."""
        return self.get_short_name()

    def get_full_name(self) -> str:
        """What the framework shows of a person: the nickname, never the real name."""
        return self.get_short_name()

    def get_short_name(self) -> str:
        """The nickname, or a name that says nothing."""
        return self.nickname or f"邻居{self.handle[:4]}"


class Consent(models.Model):
    """One version of the privacy notice, agreed to or withdrawn by one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"], condition=Q(withdrawn_at__isnull=True), name="consent_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"


class Assistable(models.Model):
    """What an officer may do for a neighbour without a phone at hand: both are kept, and how consent was given."""

    assisted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consent = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True
