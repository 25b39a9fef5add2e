"""Each time the sides are asked for their positions is a round of its own."""

from django.db import migrations, models

from xieshang.lib.appendonly import only_grows
from xieshang.lib.migrating import Statements

ASKED = "UPDATE coordination_thread SET round = 1 WHERE positions_due IS NOT NULL"


class Migration(migrations.Migration):
    """What was said so far is the first round; the ledgers whose tables SQLite makes anew get their triggers again."""

    dependencies = [("coordination", "0010_study_in_a_meeting")]
    operations = [
        migrations.RemoveConstraint(model_name="entry", name="position_of_a_side"),
        migrations.RemoveConstraint(model_name="entry", name="position_version_once"),
        migrations.AddField(
            model_name="entry",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="entry", name="round", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="thread", name="round", field=models.PositiveSmallIntegerField(default=0)
        ),
        Statements(lambda _vendor: [ASKED]),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="position")
                | models.Q(side__isnull=False, round__gte=1, version__gte=1, part="public"),
                name="position_of_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(kind="position"),
                fields=("side", "round", "version"),
                name="position_version_once",
            ),
        ),
        only_grows("coordination_entry"),
        only_grows("coordination_acceptance"),
    ]
