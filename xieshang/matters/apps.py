"""The matters app."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Registers who may listen to a matter."""

    name = "xieshang.matters"

    def ready(self) -> None:
        """Answer for the live groups `matter.N`."""
        from xieshang.live import hooks  # apps are ready only now

        from .queries import may_listen

        hooks.register("matter", may_listen)
