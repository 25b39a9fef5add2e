"""The cms app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Hangs the public site onto the product's hooks."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the lists of lower apps."""
        from xieshang.community import hooks as community  # apps are ready only now
        from xieshang.home import hooks as home

        from . import permissions, queries, services  # noqa: F401  permissions register by being imported

        community.on_community_made.append(services.make_community_pages)
        community.on_office_changed.append(services.follow_office)
        home.sections.append(queries.sections_of)
        home.search.append(queries.pages_with)
        home.queues.append(queries.queues)
        home.due.append(services.due)
