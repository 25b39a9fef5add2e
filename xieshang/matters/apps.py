"""The matters app."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Registers who may listen to a matter, and ends the following of those who leave."""

    name = "xieshang.matters"

    def ready(self) -> None:
        """Answer for the live groups `matter.N`, and hear from below who leaves."""
        from xieshang.accounts import hooks as accounts  # apps are ready only now
        from xieshang.live import hooks

        from .queries import may_listen
        from .services import stop_following

        hooks.register("matter", may_listen)
        accounts.on_leaving.append(stop_following)
