"""The outcomes app."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.outcomes"
