"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.audit"
