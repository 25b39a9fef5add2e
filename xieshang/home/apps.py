"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.home"
