"""What people are told."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """Something a person should know; what happens to one matter while it is unread is gathered in one message."""

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
        indexes = [models.Index(fields=["person", "read_at", "-id"], name="messages_of_person")]

    def __str__(self) -> str:
        return self.title
