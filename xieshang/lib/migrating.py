"""Migrations that take little longer than their SQL: only those model classes are drawn that an operation looks at.

Django keeps its model classes up to date after each single operation, and with a foreign key to people nearly every
class hangs together with every other; a table more then costs as much as all tables before it. What only adds tables,
columns, indexes and constraints needs no more classes than those that its own tables point to.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, override

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Model


class NewTables(migrations.Migration):
    """A migration made of nothing but new tables."""


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


# Only what is looked at -----------------------------------------------------------------------------------------

NEAR = (
    migrations.CreateModel,
    migrations.DeleteModel,
    migrations.AddField,
    migrations.RemoveField,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AlterUniqueTogether,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    Statements,
)


def _is_near(operation: Operation) -> bool:
    """Whether it touches its own table alone: a unique column may be pointed to, so its change reaches others."""
    if isinstance(operation, migrations.AlterField):
        return not operation.field.unique
    return isinstance(operation, NEAR)


class _FewModels:
    """The models of a state, of which those are drawn that are asked for, with all that they point to."""

    def __init__(self, state: ProjectState) -> None:
        self.state = state
        self.drawn: dict[tuple[str, str], type[Model]] = {}

    def get_model(self, app_label: str, model_name: str) -> type[Model]:
        """A model by its name; who points to it is not known here, and nothing near asks for it."""
        key = (app_label, model_name.lower())
        if key not in self.drawn:
            names = _with_what_it_points_to(self.state, key)
            apps = StateApps(list(self.state.real_apps), {name: self.state.models[name] for name in names})
            self.drawn = {name: apps.get_model(*name) for name in names}
        return self.drawn[key]


def _with_what_it_points_to(state: ProjectState, key: tuple[str, str]) -> list[tuple[str, str]]:
    found, waiting = {}, [key]
    while waiting:
        name = waiting.pop()
        if name not in found and name in state.models:
            found[name] = True
            waiting += _pointed_to(state.models[name])
    return list(found)


def _pointed_to(model: ModelState) -> Iterable[tuple[str, str]]:
    """The models that the fields and bases of one name."""
    own = (model.app_label, model.name_lower)
    for base in model.bases:
        if isinstance(base, str):
            yield resolve_relation(base, *own)
    for field in model.fields.values():
        for name in (getattr(field.remote_field, "model", None), getattr(field.remote_field, "through", None)):
            if name:
                yield resolve_relation(name, *own)


def _add(migration: migrations.Migration, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> ProjectState:
    """Apply a migration as Django does, with few models on both sides of each operation."""
    for operation in migration.operations:
        vars(state).pop("apps", None)
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        for side in (before, state):
            vars(side)["apps"] = _FewModels(side)
        if isinstance(operation, FieldOperation):
            # Columns stand in the order in which their fields were drawn: what is new comes last.
            before.apps.get_model(migration.app_label, operation.model_name)
        operation.database_forwards(migration.app_label, schema_editor, before, state)
    vars(state).pop("apps", None)
    return state


class Executor(MigrationExecutor):
    """Applies what stays near its own tables without drawing every model; all else Django's own way."""

    @override
    def _migrate_all_forwards(
        self, state: ProjectState, plan: Any, full_plan: Any, fake: bool, fake_initial: bool
    ) -> ProjectState:
        wanted = {migration for migration, _ in plan}
        for migration, _ in full_plan:
            if migration not in wanted:
                continue
            if migration.atomic and all(map(_is_near, migration.operations)):
                vars(migration)["apply"] = partial(_add, migration)
            else:
                _ = state.apps
            state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        return state
