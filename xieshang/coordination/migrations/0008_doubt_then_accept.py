"""A side that said what is lacking may accept the commitment once that is mended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One doubt and one acceptance of each side."""

    dependencies = [("coordination", "0007_fourtwo_only_grows")]
    operations = [
        migrations.RemoveConstraint(model_name="acceptance", name="accepted_once"),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(fields=("commitment", "side", "accepts"), name="judged_once_each_way"),
        ),
    ]
