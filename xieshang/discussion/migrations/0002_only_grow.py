"""Rulings and replaced words only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = [("discussion", "0001_initial")]
    operations = [only_grows("discussion_ruling"), only_grows("discussion_postversion")]
