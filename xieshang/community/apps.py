"""The community app."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Named for the framework."""

    name = "xieshang.community"

    def ready(self) -> None:
        from xieshang.accounts import hooks

        from . import permissions, queries
        from .services import end_homes_of, refuse_in_office

        assert permissions
        hooks.on_my_page.append(queries.about_me)
        hooks.after_welcome.append(queries.first_home_step)
        hooks.known.append(queries.known_homes)
        hooks.on_closing.append(refuse_in_office)
        hooks.on_leaving.append(end_homes_of)
