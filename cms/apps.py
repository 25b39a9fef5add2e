"""The cms app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Named for the framework."""

    name = "cms"
