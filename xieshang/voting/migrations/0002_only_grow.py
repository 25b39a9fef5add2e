"""From here on the ledger of ballots and its chain only grow."""

from django.db import migrations

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial")]

    operations = [only_grows("voting_ballotversion"), only_grows("voting_ledgerlink")]
