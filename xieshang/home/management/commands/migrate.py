"""Django's own command, with an executor that draws only the models it needs."""

from typing import Any, override

from django.core.management.commands import migrate

from xieshang.lib.migrating import Executor


class Command(migrate.Command):
    """Brings the tables to the present."""

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """The command looks its executor up by its name."""
        vars(migrate)["MigrationExecutor"] = Executor
        super().handle(*args, **options)
