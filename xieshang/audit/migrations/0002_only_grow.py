"""From here on the record and its chain only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = [("audit", "0001_initial")]
    operations = [only_grows("audit_entry"), only_grows("audit_link")]
