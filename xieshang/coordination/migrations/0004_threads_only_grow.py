"""What was said, covered, opened and measured, the steps and the replies only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    """Triggers on the ledgers of a thread."""

    dependencies = [("coordination", "0003_coordination_threads")]
    operations = [
        only_grows(f"coordination_{table}")
        for table in ("threadstep", "entry", "cover", "opening", "reading", "acceptance", "recordreply")
    ]
