"""The notify app."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.notify"
