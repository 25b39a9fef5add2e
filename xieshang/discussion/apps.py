"""The discussion app."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.discussion"
