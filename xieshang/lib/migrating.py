"""Migrations that take no longer than their SQL: model classes are drawn once for many tables, or not at all.

Django keeps its model classes up to date after each single operation, and with a foreign key to people nearly every
class hangs together with every other; a table more then costs as much as all tables before it.
"""

from collections.abc import Callable, Iterable
from typing import Any, override

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class NewTables(migrations.Migration):
    """A migration made of nothing but CreateModel: no class is drawn before the last table is known."""

    @override
    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Make all tables with the models as they are after the migration; printing SQL goes Django's own way."""
        if collect_sql or not all(isinstance(one, migrations.CreateModel) for one in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        before = project_state.clone()
        vars(project_state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


class Statements(Operation):
    """Plain SQL that changes no model, chosen by the vendor of the database; nothing is drawn. Going back does nothing.

    Triggers go with their table, so there is nothing to take away.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, statements: Callable[[str], Iterable[str]]) -> None:
        self.statements = statements

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Execute the statements one by one."""
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Nothing: see the class."""

    def describe(self) -> str:
        """What `migrate` prints of it."""
        return "Guard rows by triggers"
