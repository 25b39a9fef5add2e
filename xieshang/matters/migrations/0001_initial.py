import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('community', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('title', models.CharField(max_length=80)),
                ('url', models.CharField(blank=True, max_length=120)),
                ('audience', models.CharField(default='author', max_length=10)),
                ('standing', models.CharField(blank=True, max_length=40)),
                ('is_open', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='community.place')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters_raised', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'kind', '-id'], name='matter_by_community'), models.Index(fields=['community', 'is_open', '-moved_at'], name='matter_by_movement')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['author', 'officers', 'place', 'public'])), name='matter_audience_known')],
            },
        ),
        migrations.CreateModel(
            name='Gram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gram', models.CharField(max_length=24)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='community.place')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grams', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'gram'], name='gram_by_community')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'gram'), name='gram_once_a_matter')],
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(default='asked', max_length=10)),
                ('muted', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='following', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='matters.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'person'), name='follow_once')],
            },
        ),
        migrations.CreateModel(
            name='MatterLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='related', max_length=16)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='matters.matter')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='matters.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target', 'kind'), name='matter_link_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='matter_not_linked_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=12)),
                ('year', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prefix', 'place', 'year'), name='number_series_once')],
            },
        ),
    ]
