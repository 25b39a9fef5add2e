"""Motions in meetings: what a room is asked, fixed when it is asked, and what was counted there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.appendonly import only_grows


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0004_closed_files_are_opened_by_their_app'),
        ('voting', '0009_names_on_a_roll'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RoomVote',
            fields=[
                ('vote', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='room', serialize=False, to='voting.vote')),
                ('entitled', models.PositiveIntegerField()),
                ('approval', models.CharField(max_length=12)),
                ('is_enough', models.BooleanField(default=False)),
                ('is_of_all', models.BooleanField(default=False)),
                ('is_advice', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('entitled__gte', 1)), name='room_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='RoomCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('channel', models.CharField(max_length=10)),
                ('heads', models.PositiveIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='voting.option')),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussion.attachment')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='room_counts', to='voting.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vote', 'number', 'option', 'channel'), name='room_count_once'), models.CheckConstraint(condition=models.Q(('channel__in', ['hands', 'paper', 'online'])), name='room_count_channel_known')],
            },
        ),
        only_grows("voting_roomvote"),
        only_grows("voting_roomcount"),
    ]
