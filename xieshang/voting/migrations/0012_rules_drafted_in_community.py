"""Drafts of rules of owners' decisions stand with those of every other kind (community) from now on: the rows."""

from django.db import migrations

COLUMNS = (
    "place_id",
    "values",
    "effective_from",
    "source",
    "written_by_id",
    "written_in_id",
    "written_at",
    "answered_by_id",
    "answered_at",
    "confirmed",
)


def move(apps, schema_editor):
    """Few rows: one for every change of rules that somebody wrote down."""
    drafts = apps.get_model("community", "RulesDraft")
    rows = apps.get_model("voting", "RulesDraft").objects.order_by("pk").values(*COLUMNS)
    drafts.objects.bulk_create(drafts(kind="assembly", **row) for row in rows)


class Migration(migrations.Migration):
    """Copied; their own table is dropped in the next step."""

    dependencies = [
        ("community", "0003_draft_rules_of_any_kind"),
        ("voting", "0011_secret_ends"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
