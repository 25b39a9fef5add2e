"""Records of meetings, accounts, checks and steps of 四议两公开 stay as they were entered."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows

TABLES = ("fourtworecord", "fourtwoaccount", "fourtwocheck", "fourtwostep")


class Migration(migrations.Migration):
    dependencies = [("coordination", "0006_fourtwo")]

    operations = [only_grows(f"coordination_{table}") for table in TABLES]
