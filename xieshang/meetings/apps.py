"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.meetings"
