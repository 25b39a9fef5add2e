"""Since when a body sits again where representatives had sat in its place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A day on the side."""

    dependencies = [("coordination", "0011_rounds_of_positions")]
    operations = [
        migrations.AddField(model_name="side", name="seated_on", field=models.DateField(blank=True, null=True)),
    ]
