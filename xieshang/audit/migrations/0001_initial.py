import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('office_id', models.BigIntegerField(null=True)),
                ('office_title', models.CharField(blank=True, max_length=80)),
                ('verb', models.CharField(max_length=60)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('place_path', models.CharField(blank=True, max_length=255)),
                ('before', models.CharField(blank=True, max_length=40)),
                ('after', models.CharField(blank=True, max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['number', 'id'], name='audit_by_number'), models.Index(fields=['place_path', 'id'], name='audit_by_place'), models.Index(fields=['verb', 'id'], name='audit_by_verb')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(unique=True)),
                ('before', models.CharField(max_length=64)),
                ('value', models.CharField(max_length=64)),
                ('algorithm', models.CharField(max_length=12)),
                ('linked_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='audit.entry')),
            ],
        ),
    ]
