"""From here on the ledger, its chain and heads, ballots' versions, deliveries and steps only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows

TABLES = ("ballotversion", "ledgerentry", "ledgerlink", "treehead", "delivery", "keying", "decisionstep")


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial")]

    operations = [only_grows(f"voting_{table}") for table in TABLES]
