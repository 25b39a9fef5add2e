"""The live app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.live"
