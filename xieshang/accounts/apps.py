"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.accounts"
