"""A study may be held in a meeting of the platform."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The matter of that meeting."""

    dependencies = [("coordination", "0009_scans_of_filed_papers"), ("matters", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="study",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matter",
            ),
        )
    ]
