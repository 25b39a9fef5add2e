"""What the migrations made, drawing few models as they go, is what the models say."""

import pytest
from django.apps import apps
from django.db import connection

OURS = [model for model in apps.get_models() if model.__module__.startswith(("xieshang.", "cms."))]


@pytest.mark.django_db
def test_every_column_index_and_constraint_of_ours_is_there():
    wrong = []
    with connection.cursor() as cursor:
        made = "\n".join(sql for (sql,) in cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        for model in OURS:
            table, fields = model._meta.db_table, model._meta.local_concrete_fields
            found = {row.name: row.null_ok for row in connection.introspection.get_table_description(cursor, table)}
            wrong += [f"{table}.{name}" for name, _null in found.items() ^ {f.column: f.null for f in fields}.items()]
            named = [one.name for one in (*model._meta.constraints, *model._meta.indexes)]
            wrong += [f"{table}: {name}" for name in named if f'"{name}"' not in made]
    assert len(OURS) > 100
    assert wrong == []
