"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.demo"
