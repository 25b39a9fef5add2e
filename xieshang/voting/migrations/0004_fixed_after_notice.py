"""From the notice of the meeting on nothing of text, options, rule or window changes, on any path."""

from django.db import migrations

from xieshang.lib.appendonly import stays_fixed

from ..fixed import NOTICED, OF_SCOPES, install


class Migration(migrations.Migration):
    dependencies = [("voting", "0003_frozen_rolls")]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
        stays_fixed(
            "voting_option",
            when=NOTICED.replace("VOTE", "OLD.vote_id"),
            keeps_out=NOTICED.replace("VOTE", "NEW.vote_id"),
        ),
        stays_fixed(
            "voting_decision_scopes",
            when=OF_SCOPES.replace("ROW", "OLD"),
            keeps_out=OF_SCOPES.replace("ROW", "NEW"),
        ),
    ]
