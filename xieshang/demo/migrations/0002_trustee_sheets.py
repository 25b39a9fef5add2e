"""The demo keeps trustees' key sheets, so that a visitor can play the trustee."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('demo', '0001_initial'),
        ('voting', '0006_secret_votes'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrusteeSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=80)),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='voting.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vote', 'seat'), name='trustee_sheet_once')],
            },
        ),
    ]
