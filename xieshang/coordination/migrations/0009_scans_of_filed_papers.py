"""A filed paper may stand with its scan."""

from django.db import migrations, models

import xieshang.coordination.models.bodies


class Migration(migrations.Migration):
    """The file, and whether it is a picture."""

    dependencies = [("coordination", "0008_doubt_then_accept")]
    operations = [
        migrations.AddField(
            model_name="filedpaper",
            name="scan",
            field=models.FileField(blank=True, max_length=120, upload_to=xieshang.coordination.models.bodies.scan_name),
        ),
        migrations.AddField(model_name="filedpaper", name="scan_is_photo", field=models.BooleanField(default=False)),
    ]
