"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Registers its permissions, and how the actor of a socket is built."""

    name = "xieshang.home"

    def ready(self) -> None:
        """Fill the lists of lower apps."""
        from xieshang.live import hooks  # apps are ready only now

        from . import permissions  # noqa: F401  registers by being imported
        from .queries.socket import actor_of_socket, may_hear_person

        hooks.register_actor(actor_of_socket)
        hooks.register("person", may_hear_person)
