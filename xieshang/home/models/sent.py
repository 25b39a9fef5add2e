"""Forms that were sent and done."""

from django.db import models


class Sent(models.Model):
    """A form that was done: its mark (`lib/once.py`, a hash that tells nothing of who or what) and where it led."""

    mark = models.CharField(max_length=64, primary_key=True)
    led_to = models.TextField(default="")
    at = models.DateTimeField(db_index=True)
