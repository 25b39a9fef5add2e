"""The community app."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.community"
