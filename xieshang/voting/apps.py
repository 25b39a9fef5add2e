"""The voting app."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.voting"
