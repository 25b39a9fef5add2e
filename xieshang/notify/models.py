"""What people are told, and how they wish to hear of what they only follow."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """Something a person should know; what happens to one matter while it is unread is gathered in one message.

    The message of a day is shown from `at` on and holds what happened to many matters as its lines.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages_received")
    number = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"],
                condition=Q(read_at__isnull=True) & ~Q(number=""),
                name="one_unread_message_a_matter",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="messages_by_time"),
            models.Index(fields=["person", "at"], condition=Q(read_at__isnull=True), name="messages_not_read"),
        ]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One thing that happened, in the message of a day."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="lines")
    title = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title


class Followed(StrEnum):
    """What becomes of news of a matter that one supported, spoke on, voted in or asked to follow."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class Wish(models.Model):
    """How a person wishes to hear of what they only follow; without a row, at once."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="message_wish")
    followed = models.CharField(max_length=10, default=Followed.AT_ONCE.value)

    def __str__(self) -> str:
        return f"{self.person_id} {self.followed}"
