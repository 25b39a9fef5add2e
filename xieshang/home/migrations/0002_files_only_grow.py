"""What was filed stays as it was filed."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    dependencies = [("home", "0001_archives")]

    operations = [only_grows("home_archive")]
