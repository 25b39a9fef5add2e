"""The coordination app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.coordination"
