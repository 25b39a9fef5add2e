"""The topics app."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.topics"
