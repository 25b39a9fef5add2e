"""What was published and what was rated only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = [("outcomes", "0001_initial")]
    operations = [only_grows("outcomes_noticeversion"), only_grows("outcomes_ratingversion")]
