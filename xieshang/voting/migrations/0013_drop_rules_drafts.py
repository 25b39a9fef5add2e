"""The table of drafts of rules, whose rows stand in community now."""

from django.db import migrations


class Migration(migrations.Migration):
    """Dropped once the rows are copied."""

    dependencies = [("voting", "0012_rules_drafted_in_community")]

    operations = [migrations.DeleteModel(name="RulesDraft")]
